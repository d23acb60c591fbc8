"""Telling the audience: drawn by lot who is told, put through the gate, stopped by a button."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..campaign.utm_campaign_state import MARKETING
from ..care.care_options import CHANNEL_ORDER, OTHER_CHANNEL

#: a number from 0 to 1 that nobody can choose, the same each time: by the campaign's seed and the guest
LOT = "(('x' || substr(md5(%s || '/' || %s || '/' || guest.id), 1, 8))::bit(32)::bigint / 4294967296.0)"


class UtmCampaign(models.Model):
    _inherit = "utm.campaign"

    hotel_channel_order = fields.Selection(CHANNEL_ORDER, string="Channels", default="email,sms")
    hotel_mail_subject = fields.Char(string="Subject", translate=True)
    hotel_mail_subject_b = fields.Char(
        string="Subject B", translate=True, help="Another subject to try on a part of the audience first."
    )
    hotel_ab_percent = fields.Float(string="Part to Try on", default=20.0, help="Percent of those who are told.")
    hotel_winner = fields.Selection([("a", "A"), ("b", "B")], string="Winner", readonly=True, copy=False)
    hotel_mail_body = fields.Html(string="E-mail", translate=True)
    hotel_sms_text = fields.Char(string="SMS", translate=True)
    hotel_send_state = fields.Selection(
        [
            ("idle", "Not Told Yet"),
            ("drawing", "Audience Being Drawn"),
            ("sending", "Being Told"),
            ("testing", "Trying A and B"),
            ("stopped", "Stopped"),
            ("done", "Told"),
        ],
        string="Telling",
        default="idle",
        readonly=True,
        copy=False,
    )
    hotel_told_at = fields.Datetime(string="Told since", readonly=True, copy=False)
    hotel_seed = fields.Char(readonly=True, copy=False, groups="base.group_system")
    hotel_member_ids = fields.One2many("hotel.campaign.member", "campaign_id", string="Guests of the Audience")
    hotel_member_count = fields.Integer(compute="_compute_hotel_member_count", string="Audience Size")
    hotel_waiting_count = fields.Integer(compute="_compute_hotel_member_count", string="Still to Tell")
    hotel_progress = fields.Float(compute="_compute_hotel_member_count", string="Progress")

    def _compute_hotel_member_count(self):
        groups = self.env["hotel.campaign.member"]._read_group(
            [("campaign_id", "in", self.ids)], ["campaign_id", "is_holdout", "state"], ["__count"]
        )
        for campaign in self:
            mine = [(held, state, count) for found, held, state, count in groups if found == campaign]
            told = sum(count for held, _state, count in mine if not held)
            campaign.hotel_member_count = sum(count for *_others, count in mine)
            campaign.hotel_waiting_count = sum(count for held, state, count in mine if not held and state == "waiting")
            campaign.hotel_progress = 100.0 * (told - campaign.hotel_waiting_count) / told if told else 0.0

    # ---- actions ------------------------------------------------------------------------------

    def action_hotel_tell(self):
        """Draw the audience and tell it. Callable by marketing; goes on where it was stopped.

        :raises UserError: the activity is not published, or has no words
        """
        self._check_hotel_group(MARKETING)
        for campaign in self.sudo():  # the role was checked; states are written by buttons only
            if campaign.hotel_state not in ("published", "running"):
                raise UserError(self.env._("Publish the activity first."))
            if not campaign.hotel_mail_subject and "email" in campaign.hotel_channel_order:
                raise UserError(self.env._("The e-mail has no subject."))
            if campaign.hotel_send_state in ("drawing", "sending", "testing"):
                continue
            if not campaign.hotel_seed:
                campaign.write({"hotel_seed": secrets.token_hex(16), "hotel_told_at": fields.Datetime.now()})
            is_drawn = campaign.hotel_member_ids.search_count([("campaign_id", "=", campaign.id)], limit=1)
            campaign.hotel_send_state = "sending" if is_drawn else "drawing"
        self.env.ref("hotel_crm_marketing.ir_cron_campaign_tell").sudo()._trigger()

    def action_hotel_pick(self):
        """Tell the rest of the audience with the subject that more guests opened. Callable by marketing."""
        self._check_hotel_group(MARKETING)
        for campaign in self.sudo().filtered(lambda each: each.hotel_send_state == "testing"):
            campaign._pick_hotel_winner()

    # ---- the audience ---------------------------------------------------------------------------

    def _draw_hotel_audience(self):
        """Draw the audience, unless the stop button was pressed meanwhile. By the job: it takes a minute or two."""
        self.ensure_one()
        self._query_hotel_audience()
        self.invalidate_recordset(["hotel_send_state"])
        if self.hotel_send_state == "drawing":
            self.hotel_send_state = "sending"

    def _query_hotel_audience(self):
        """Write down the audience and draw the control group; SQL because an audience is a million guests.

        The lot is the guest's and the seed's: whatever is drawn again is drawn alike.
        """
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO hotel_campaign_member (campaign_id, company_id, partner_id, is_holdout, variant, state)
                   SELECT %(campaign)s, %(company)s, guest.id, %(lot)s < %(holdout)s,
                          CASE WHEN %(test)s THEN CASE WHEN %(ab)s < %(part)s / 2 THEN 'a'
                                                       WHEN %(ab)s < %(part)s THEN 'b' END END, 'waiting'
                     FROM res_partner guest WHERE %(audience)s
                       ON CONFLICT (campaign_id, partner_id) DO NOTHING""",
                campaign=self.id,
                company=self.hotel_company_id.id,
                lot=SQL(LOT, self.hotel_seed, "holdout"),
                holdout=self.hotel_holdout_percent / 100,
                test=bool(self.hotel_mail_subject_b),
                ab=SQL(LOT, self.hotel_seed, "variant"),
                part=self.hotel_ab_percent / 100,
                audience=SQL(" AND ").join(condition for condition, _name in self._get_hotel_audience()),
            )
        )
        self.env["hotel.campaign.member"].invalidate_model()
        self.invalidate_recordset(["hotel_member_count", "hotel_waiting_count", "hotel_progress"])

    def _get_hotel_audience(self):
        """Return the conditions on ``guest``, each with the name of what it is about.

        :rtype: list[tuple[SQL, str]]
        """
        company_id = self.hotel_company_id.id
        conditions = [
            (SQL("guest.is_hotel_guest AND guest.active"), "guest"),
            (SQL("COALESCE(guest.company_id, %s) = %s", company_id, company_id), "company"),
        ]
        if self.hotel_segment_ids:
            queries = [SQL("guest.id IN (%s)", segment._get_query()) for segment in self.hotel_segment_ids]
            conditions.append((SQL("(%s)", SQL(" OR ").join(queries)), "segment"))
        if self.hotel_tier_ids or self.hotel_is_members_only:
            members = SQL("SELECT partner_id FROM loyalty_card WHERE hotel_managed AND active")
            if self.hotel_tier_ids:
                members = SQL("%s AND hotel_tier_id = ANY(%s)", members, self.hotel_tier_ids.ids)
            conditions.append((SQL("guest.id IN (%s)", members), "member"))
        return conditions

    # ---- the job ------------------------------------------------------------------------------

    def _take_hotel_members(self, batch):
        """Return guests who are to be told and lock them; where two subjects are tried, the part for it first.

        :rtype: hotel.campaign.member
        """
        self.ensure_one()
        domain = [("campaign_id", "=", self.id), ("state", "=", "waiting"), ("is_holdout", "=", False)]
        if self.hotel_mail_subject_b and not self.hotel_winner:
            domain.append(("variant", "!=", False))
        found = self.env["hotel.campaign.member"].search(domain, limit=batch, order="id").try_lock_for_update()
        found.invalidate_recordset()
        self.invalidate_recordset(["hotel_send_state"])
        return found.filtered_domain(domain) if self.hotel_send_state == "sending" else found.browse()

    def _tell_hotel_members(self, members):
        """Ask the gate for one message to each of some guests, and give the coupons.

        The number of queries does not grow with the number of guests.
        """
        self.ensure_one()
        guests = members.partner_id
        for channel in self.hotel_channel_order.split(","):
            messages = self.env["hotel.message"]._send(
                guests,
                "offer",
                channel,
                f"campaign/{self.id}",
                subject=self.hotel_mail_subject or "",
                body=self.hotel_sms_text or self.hotel_summary or self.title,
                record=members[:1],
                property=self._get_hotel_speaker(),
                company=self.hotel_company_id,
            )
            self._query_hotel_told(members, messages, channel)
            guests = messages.filtered(lambda message: message.reason_code in OTHER_CHANNEL).partner_id
            if not guests:
                break
        members.invalidate_recordset()
        if self.hotel_program_id and self.hotel_kind in ("coupon", "offer", "member_day"):
            self._give_hotel_coupons(members.filtered(lambda member: member.state == "asked"))

    def _query_hotel_told(self, members, messages, channel):
        """Tie messages and members together; SQL because of volume."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH told AS (
                       UPDATE hotel_campaign_member member SET message_id = message.id, channel = %(channel)s,
                              state = CASE WHEN message.state = 'refused' THEN 'refused' ELSE 'asked' END
                         FROM hotel_message message
                        WHERE message.id = ANY(%(messages)s) AND member.id = ANY(%(members)s)
                          AND member.partner_id = message.partner_id
                       RETURNING member.id, message.id AS message_id)
                   UPDATE hotel_message message SET res_id = told.id FROM told WHERE told.message_id = message.id""",
                channel=channel,
                messages=messages.ids,
                members=members.ids,
            )
        )
        messages.invalidate_recordset(["res_id"])

    def _give_hotel_coupons(self, members):
        if not members:
            return
        cards = self.hotel_program_id._hotel_issue(members.partner_id, is_once=False)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE hotel_campaign_member member SET card_id = card.id FROM loyalty_card card
                    WHERE card.id = ANY(%s) AND member.id = ANY(%s) AND card.partner_id = member.partner_id""",
                cards.ids,
                members.ids,
            )
        )
        members.invalidate_recordset(["card_id"])

    def _finish_hotel_sending(self):
        """Note that all are told, or that the trial of two subjects runs."""
        if self.hotel_send_state == "sending":
            is_trial = self.hotel_mail_subject_b and not self.hotel_winner
            self.hotel_send_state = "testing" if is_trial else "done"

    # ---- two subjects ---------------------------------------------------------------------------

    def _pick_hotel_winner(self):
        """Take the subject that more guests opened, and go on with it; A where both are equal."""
        rates = {variant: opened / told if told else 0.0 for variant, told, opened in self._query_hotel_opened()}
        winner = "b" if rates.get("b", 0.0) > rates.get("a", 0.0) else "a"
        self.write({"hotel_winner": winner, "hotel_send_state": "sending"})
        self.env.ref("hotel_crm_marketing.ir_cron_campaign_tell").sudo()._trigger()

    def _query_hotel_opened(self):
        """Return how many were told by each subject and opened it: (variant, told, opened). SQL as above."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """SELECT member.variant, count(DISTINCT member.id),
                          count(DISTINCT member.id) FILTER (WHERE trace.open_datetime IS NOT NULL)
                     FROM hotel_campaign_member member
                     JOIN mailing_trace trace ON trace.model = 'hotel.campaign.member' AND trace.res_id = member.id
                    WHERE member.campaign_id = %s AND member.variant IS NOT NULL GROUP BY member.variant""",
                self.id,
            )
        )

    @api.model
    def _cron_hotel_pick(self, hours=24):
        """Pick winners of trials that have run for a day."""
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=hours)
        for campaign in self.search([("hotel_send_state", "=", "testing"), ("hotel_told_at", "<", since)]):
            campaign._pick_hotel_winner()
