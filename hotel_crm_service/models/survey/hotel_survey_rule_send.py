"""The job that finds stays to ask about, makes one link for each, and asks the gate to send it."""

from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import Command, api, fields, models
from odoo.fields import Domain

BATCH = 200
#: making a link is no event of the record
QUIET = {"mail_create_nolog": True, "mail_create_nosubscribe": True, "tracking_disable": True}


class HotelSurveyRule(models.Model):
    _inherit = "hotel.survey.rule"

    @api.model
    def _cron_send(self, batch=BATCH):
        """Ask guests, and remind them once, batch by batch; what was asked is not asked again."""
        cron = self.env["ir.cron"]
        for rule in self.search([]):
            for step in (rule._send_invitations, rule._send_reminders):
                while count := step(batch):
                    if not cron._commit_progress(count):
                        return

    def _send_invitations(self, batch):
        """Ask about the next stays.

        :returns: how many guests were asked
        :rtype: int
        """
        self.ensure_one()
        stays = self.env["hotel.stay"].search(self._get_stay_domain(), limit=batch, order="id")
        stays = stays.try_lock_for_update()
        try:
            with self.env.cr.savepoint():
                inputs = self._make_inputs(self._leave_out_second(stays))
        except UniqueViolation:
            # another connection has asked about one of these since this one began to read: next time
            return 0
        for user_input in inputs:
            self._send_link(user_input, "invite")
        return len(inputs)

    def _get_stay_domain(self):
        """Return which stays are asked about now: the occasion has come, lately, and nobody has asked yet.

        :rtype: Domain
        """
        hotels = self.property_ids or self.env["hotel.property"].search([("company_id", "=", self.company_id.id)])
        domain = Domain("property_id", "in", hotels.ids) & Domain("partner_id", "!=", False)
        domain &= Domain("nights", ">=", self.min_nights)
        domain &= Domain("survey_input_ids", "not any", [("survey_id", "=", self.survey_id.id)])
        if self.market_segment_ids:
            domain &= Domain("market_segment_id", "not in", self.market_segment_ids.ids)
        if self.rate_plan_ids:
            domain &= Domain("rate_plan_id", "not in", self.rate_plan_ids.ids)
        domain &= ~self._get_lately_asked_domain()
        if self.is_case_excluded:
            open_cases = self.env["hotel.case"]._search([("is_open", "in", [True]), ("partner_id", "!=", False)])
            domain &= Domain("partner_id", "not in", open_cases.subselect("partner_id"))
        return domain & (self._get_in_stay_domain(hotels) if self.occasion == "in_stay" else self._get_after_domain())

    def _get_lately_asked_domain(self):
        """Return stays of guests who were asked on this occasion within the days of the throttle."""
        if not self.throttle_days:
            return Domain.FALSE
        since = fields.Datetime.now() - timedelta(days=self.throttle_days)
        asked = [("hotel_occasion", "=", self.occasion), ("hotel_invited_at", ">", since)]
        return Domain("partner_id.hotel_survey_input_ids", "any", asked)

    def _get_after_domain(self):
        now = fields.Datetime.now()
        return (
            Domain("state", "=", "departed")
            & Domain("checked_out_at", "<=", now - timedelta(hours=self.delay_hours))
            & Domain("checked_out_at", ">", now - timedelta(hours=self.delay_hours, days=self.within_days))
        )

    def _get_in_stay_domain(self, hotels):
        """Return stays in house on their nth day, by the business date of each hotel, that do not end today."""
        days = []
        for hotel in hotels:
            latest = hotel.business_date - timedelta(days=self.stay_day - 1)
            days.append(
                Domain("property_id", "=", hotel.id)
                & Domain("arrival_date", "<=", latest)
                & Domain("arrival_date", ">", latest - timedelta(days=self.within_days))
                & Domain("departure_date", ">", hotel.business_date)
            )
        return Domain("state", "=", "in_house") & Domain.OR(days)

    def _leave_out_second(self, stays):
        """Return one stay of each guest: the others wait for the throttle.

        :rtype: hotel.stay
        """
        kept, guests = stays.browse(), set()
        for stay in stays:
            if stay.partner_id.id not in guests:
                kept |= stay
                guests.add(stay.partner_id.id)
        return kept

    def _make_inputs(self, stays):
        """Make the link of each stay.

        :rtype: survey.user_input
        """
        survey = self.survey_id.sudo()
        questions = survey._prepare_user_input_predefined_questions()
        languages = {lang.code: lang.id for lang in self.env["res.lang"].sudo().search([])}
        supported = survey._get_supported_lang_codes()
        now = fields.Datetime.now()
        return self.env["survey.user_input"].sudo().with_context(**QUIET).create(
            [
                {
                    "survey_id": survey.id,
                    "partner_id": stay.partner_id.id,
                    "nickname": stay.partner_id.name,
                    "lang_id": languages.get(stay.partner_id.lang) if stay.partner_id.lang in supported else False,
                    "deadline": now + timedelta(days=self.deadline_days),
                    "predefined_question_ids": [Command.set(questions.ids)],
                    "hotel_stay_id": stay.id,
                    "hotel_rule_id": self.id,
                    "hotel_invited_at": now,
                }
                for stay in stays
            ]
        )

    def _send_link(self, user_input, kind):
        """Ask the gate to send the link of a survey.

        :param str kind: invite or remind
        """
        stay, guest = user_input.hotel_stay_id, user_input.partner_id
        channel = "sms" if not guest.email_normalized and guest.phone_sanitized else "email"
        prefix = "mail" if channel == "email" else "sms"
        template = self.env.ref(f"hotel_crm_service.{prefix}_template_survey_{kind}", raise_if_not_found=False)
        key = f"survey/{user_input.survey_id.id}/{stay.id}/{kind}"
        self.env["hotel.message"]._send(
            guest, "survey", channel, key, template=template, record=user_input, property=stay.property_id
        )

    def _send_reminders(self, batch):
        """Remind guests who have not answered, once.

        :returns: how many were reminded
        :rtype: int
        """
        if not self.reminder_days:
            return 0
        now = fields.Datetime.now()
        inputs = self.env["survey.user_input"].sudo().search(
            [
                ("hotel_rule_id", "=", self.id),
                ("state", "!=", "done"),
                ("hotel_reminded_at", "=", False),
                ("hotel_invited_at", "<=", now - timedelta(days=self.reminder_days)),
                ("deadline", ">", now),
            ],
            limit=batch,
        )  # fmt: skip
        for user_input in inputs:
            self._send_link(user_input, "remind")
        inputs.hotel_reminded_at = now
        return len(inputs)

    @api.model
    def _wake(self, occasion):
        """Let the job run when the first of these surveys is due.

        :param str occasion: of OCCASIONS
        """
        # whoever checks guests in or out need not know of surveys
        rules = self.sudo().search([("occasion", "=", occasion)])
        cron = self.env.ref("hotel_crm_service.hotel_survey_cron_send", raise_if_not_found=False)
        if rules and cron:
            hours = min(rules.mapped("delay_hours")) if occasion == "check_out" else 0
            cron.sudo()._trigger(fields.Datetime.now() + timedelta(hours=hours, minutes=1))
