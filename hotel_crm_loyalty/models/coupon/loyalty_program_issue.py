"""Issuing coupons: to many guests in one go, or to one guest at the desk."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...codes import read_code
from .. import bulk

#: coupons that are written by one statement
BATCH = 10000
TEMPLATE = "hotel_crm_loyalty.mail_template_coupons"


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    hotel_is_handed_out = fields.Boolean(
        string="Given by the Desk", help="Front office, service and marketing give coupons of it to single guests."
    )
    hotel_valid_days = fields.Integer(string="Valid For (Days)", help="From the day of issue. 0: until the end date.")

    def _hotel_issue(self, partners, expiration_date=None, is_once=True, points=None):
        """Give each of some guests a coupon of this programme. Who may is the caller's to check.

        The number of queries does not grow with the number of guests, but by one for every ten thousand.

        :param res.partner partners: the guests; their ids are enough, nothing of them is read
        :param date expiration_date: last day; default as the programme says
        :param bool is_once: leave out who has got a coupon of it before
        :param float points: of each coupon; default what its cheapest reward costs
        :returns: the new coupons
        :rtype: loyalty.card, with sudo
        :raises UserError: the programme has no coupons
        """
        self.ensure_one()
        program = self.sudo()  # see above
        program._check_hotel_coupons()
        partner_ids = list(dict.fromkeys(partners.ids))
        if is_once:
            # two at once wait for each other, so that nobody gets two
            program._lock_hotel_turn()
            partner_ids = program._query_without_coupon(partner_ids)
        return program._issue_to(partner_ids, expiration_date, points, self.env._("Given to the guest"))

    def _hotel_make_codes(self, count, expiration_date=None, points=None, note=None):
        """Make coupons that are nobody's in particular: whoever has the code uses it. Who may is the caller's to check.

        :param int count: how many
        :param date expiration_date: last day; default as the programme says
        :param float points: of each coupon; default what its cheapest reward costs
        :param str note: what Odoo's history says
        :returns: the new coupons
        :rtype: loyalty.card, with sudo
        :raises UserError: the programme has no coupons
        """
        self.ensure_one()
        program = self.sudo()  # see above
        program._check_hotel_coupons()
        return program._issue_to([None] * count, expiration_date, points, note or self.env._("Made for handing out"))

    def _check_hotel_coupons(self):
        if self.program_type not in ("coupons", "next_order_coupons") or not self.reward_ids:
            raise UserError(self.env._("Coupons are given of programmes of coupons with a reward."))

    def _issue_to(self, partner_ids, expiration_date, points, note):
        """Write coupons for some guests, None for nobody in particular; return them."""
        if not expiration_date and self.hotel_valid_days:
            expiration_date = fields.Date.add(self._get_hotel_today(), days=self.hotel_valid_days)
        points = points or min(self.reward_ids.mapped("required_points"))
        card_ids = []
        for start in range(0, len(partner_ids), BATCH):
            card_ids += self._query_issue(partner_ids[start : start + BATCH], points, expiration_date, note)
        cards = self.env["loyalty.card"]
        cards.invalidate_model(flush=False)
        return cards.browse(card_ids)

    def _query_without_coupon(self, partner_ids):
        """Return those of some guests who never got a coupon of this programme, in the same order."""
        self.env["loyalty.card"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT partner_id FROM loyalty_card WHERE program_id = %s AND partner_id = ANY(%s)",
                self.id,
                partner_ids,
            )
        )
        known = {partner_id for (partner_id,) in rows}
        return [partner_id for partner_id in partner_ids if partner_id not in known]

    def _query_issue(self, partner_ids, points, expiration_date, note):
        """Write one coupon for each guest, with its history; SQL, because there may be hundreds of thousands.

        :rtype: list[int]
        """
        cards = self.env["loyalty.card"]
        cards.flush_model()
        made = [cards._generate_code() for _partner_id in partner_ids]
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """WITH made AS (
                       INSERT INTO loyalty_card (program_id, company_id, partner_id, code, hotel_code_key, points,
                              expiration_date, active, hotel_managed, create_uid, create_date, write_uid, write_date)
                       SELECT %(program)s, %(company)s, partner_id, code, code_key, %(points)s, %(until)s, TRUE, FALSE,
                              %(uid)s, %(now)s, %(uid)s, %(now)s
                         FROM unnest(%(partners)s, %(codes)s::varchar[], %(keys)s::varchar[])
                              AS wanted(partner_id, code, code_key)
                       RETURNING id
                   ), noted AS (
                       INSERT INTO loyalty_history (card_id, description, issued, used,
                              create_uid, create_date, write_uid, write_date)
                       SELECT id, %(text)s, %(points)s, 0, %(uid)s, %(now)s, %(uid)s, %(now)s FROM made
                   )
                   SELECT id FROM made ORDER BY id""",
                program=self.id,
                company=self.company_id.id or None,
                points=points,
                until=expiration_date or None,
                uid=self.env.uid,
                now=now,
                partners=bulk.make_ids(partner_ids),
                # codes have letters and digits only
                codes="{" + ",".join(made) + "}",
                keys="{" + ",".join(map(read_code, made)) + "}",
                text=note,
            )
        )
        return [card_id for (card_id,) in rows]

    def _tell_hotel_coupons(self, cards, purpose="offer", key=None, property=None):  # noqa: A002
        """Tell guests of their coupons by e-mail, each once; the gate says who may be told.

        :param loyalty.card cards: of these guests
        :param str purpose: of hotel.message: ``offer``, or ``transaction`` for who has just asked for it
        :param str key: names the occasion; default the coupons
        :param hotel.property property: the hotel that speaks
        :rtype: hotel.message
        """
        self.ensure_one()
        partners = cards.sudo().partner_id
        key = key or f"coupon/{self.id}/{max(cards.ids, default=0)}"
        company = self.sudo().company_id or None
        return self.env["hotel.message"]._send(
            partners, purpose, "email", key, template=TEMPLATE, property=property, company=company
        )
