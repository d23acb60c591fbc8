"""Members told before points expire, when their tier changes, and what they may choose: through the gate, each once."""

from odoo import api, fields, models
from odoo.tools import SQL

#: days before points expire on which a member is told
DAYS = (90, 30, 7)
#: for how many days a notice is made up for where the job did not run
LATE = 3
CHUNK = 2000
#: days after a milestone on which a member is told of what waits there to be chosen
REMINDERS = (0, 14, 45)
TEMPLATES = {"expiry": "expiry", "gain": "tier_up", "downgrade": "tier_down", "milestone": "milestone"}


class HotelLoyaltyEvaluation(models.AbstractModel):
    _inherit = "hotel.loyalty.evaluation"

    @api.model
    def _cron_notices(self):
        """Ask for messages to members, a part of them per transaction; who was told already is not told again."""
        cron, asked = self.env["ir.cron"], [
            *self._query_expiring(),
            *self._query_changed_tiers(),
            *self._query_open_milestones(),
        ]
        parts = [
            (kind, program_id, key, partner_ids[start : start + CHUNK])
            for kind, program_id, key, partner_ids in asked
            for start in range(0, len(partner_ids), CHUNK)
        ]
        cron._commit_progress(remaining=len(parts))
        for kind, program_id, key, partner_ids in parts:
            program = self.env["loyalty.program"].sudo().browse(program_id)
            self._notify(kind, program, key, self.env["res.partner"].browse(partner_ids))
            if not cron._commit_progress(1):
                break

    @api.model
    def _notify(self, kind, program, key, guests):
        """Ask for one message to each of some members: an e-mail where there is an address, else an SMS."""
        company = program.company_id or self.env.company
        by_mail = guests.sudo().filtered("email_normalized")
        for channel, addressed in (("email", by_mail), ("sms", guests - by_mail)):
            if addressed:
                name = f"{'mail' if channel == 'email' else 'sms'}_template_loyalty_{TEMPLATES[kind]}"
                template = self.env.ref(f"hotel_crm_loyalty.{name}")
                self.env["hotel.message"]._send(addressed, "loyalty", channel, key, template=template, company=company)

    @api.model
    def _query_expiring(self):
        """Return who is to be told that points will be lost; SQL because there may be a million lots.

        :returns: (kind, programme's id, key of the occasion, ids of guests)
        :rtype: list[tuple]
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT due.program_id, due.day, notice.days, array_agg(DISTINCT due.partner_id)
                     FROM (SELECT card.program_id, card.partner_id, lot.expiry_date AS day, %(today)s AS today
                             FROM hotel_loyalty_lot lot JOIN loyalty_card card ON card.id = lot.card_id
                             JOIN loyalty_program program ON program.id = card.program_id
                            WHERE lot.remaining > 0 AND lot.expiry_date BETWEEN %(now)s::date - 1 AND %(now)s::date + 92
                              AND %(told)s
                            UNION ALL
                           SELECT card.program_id, card.partner_id, card.hotel_lost_date, %(today)s
                             FROM loyalty_card card JOIN loyalty_program program ON program.id = card.program_id
                            WHERE card.points > 0
                              AND card.hotel_lost_date BETWEEN %(now)s::date - 1 AND %(now)s::date + 92
                              AND %(told)s) due
                     JOIN unnest(%(days)s) AS notice (days)
                       ON due.day - due.today BETWEEN notice.days - %(late)s AND notice.days
                    GROUP BY due.program_id, due.day, notice.days ORDER BY due.program_id, due.day""",
                today=self._get_today_of_program(),
                told=SQL(
                    "card.hotel_managed AND card.active AND card.partner_id IS NOT NULL AND program.hotel_notices"
                ),
                now=fields.Datetime.now(),
                days=list(DAYS),
                late=LATE,
            )
        )
        return [
            ("expiry", program_id, f"loyalty/{program_id}/expiry/{day}/{days}", partner_ids)
            for program_id, day, days, partner_ids in rows
        ]

    @api.model
    def _query_changed_tiers(self):
        """Return who is to be told of another tier, as above; what history brings along is no news."""
        rows = self.env.execute_query(
            SQL(
                """SELECT row.kind, card.program_id, row.tier_id, row.effective_date,
                          array_agg(DISTINCT card.partner_id)
                     FROM hotel_loyalty_decision row JOIN loyalty_card card ON card.id = row.card_id
                     JOIN loyalty_program program ON program.id = card.program_id
                    WHERE row.kind IN ('gain', 'downgrade') AND row.is_void IS NOT TRUE
                      AND row.effective_date BETWEEN %(today)s - %(late)s AND %(today)s
                      AND row.effective_date > %(now)s::date - 10
                      AND card.hotel_managed AND card.active AND card.hotel_tier_id = row.tier_id
                      AND card.partner_id IS NOT NULL AND program.hotel_notices
                    GROUP BY row.kind, card.program_id, row.tier_id, row.effective_date""",
                today=self._get_today_of_program(),
                now=fields.Datetime.now(),
                late=LATE,
            )
        )
        return [
            (kind, program_id, f"loyalty/{program_id}/{kind}/{tier_id}/{day}", partner_ids)
            for kind, program_id, tier_id, day, partner_ids in rows
        ]

    @api.model
    def _query_open_milestones(self):
        """Return who may choose a reward at a milestone and has not, as above; what history brings along is no news.

        What is taken by itself, because there is one option only, is not asked for.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT card.program_id, offer.date, notice.days, array_agg(DISTINCT card.partner_id)
                     FROM hotel_loyalty_decision offer JOIN loyalty_card card ON card.id = offer.card_id
                     JOIN loyalty_program program ON program.id = card.program_id
                     JOIN unnest(%(days)s) AS notice (days)
                       ON %(today)s - offer.date BETWEEN notice.days AND notice.days + %(late)s
                    WHERE offer.kind = 'milestone' AND offer.is_void IS NOT TRUE
                      AND offer.date > %(now)s::date - 60
                      AND card.hotel_managed AND card.active AND card.partner_id IS NOT NULL AND program.hotel_notices
                      AND NOT EXISTS (SELECT FROM hotel_loyalty_choice choice WHERE choice.decision_id = offer.id)
                      AND NOT EXISTS (
                          SELECT FROM hotel_loyalty_decision other
                           WHERE other.card_id = offer.card_id AND other.is_void IS NOT TRUE
                             AND ((other.kind = 'choice' AND other.inputs ->> 'offer' = offer.key)
                                  OR (other.kind = 'withdraw' AND right(other.origin, length(offer.key)) = offer.key)))
                    GROUP BY card.program_id, offer.date, notice.days ORDER BY card.program_id, offer.date""",
                days=list(REMINDERS),
                today=self._get_today_of_program(),
                late=LATE,
                now=fields.Datetime.now(),
            )
        )
        return [
            ("milestone", program_id, f"loyalty/{program_id}/milestone/{day}/{days}", partner_ids)
            for program_id, day, days, partner_ids in rows
        ]
