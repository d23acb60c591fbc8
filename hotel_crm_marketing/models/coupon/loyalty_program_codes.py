"""Codes in bulk, of whoever has them."""

from odoo import fields, models
from odoo.exceptions import UserError

BATCH = 10_000


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    def _hotel_make_codes(self, number, expiration_date=None):
        """Make coupons of nobody in particular. Who may is the caller's to check.

        :param int number: how many
        :param date expiration_date: last day; default as the programme says
        :returns: the codes
        :rtype: list[str]
        :raises UserError: the programme has no coupons
        """
        self.ensure_one()
        program = self.sudo()  # see above
        if program.program_type not in ("coupons", "next_order_coupons") or not program.reward_ids:
            raise UserError(self.env._("Coupons are given of programmes of coupons with a reward."))
        if not expiration_date and program.hotel_valid_days:
            expiration_date = fields.Date.add(program._get_hotel_today(), days=program.hotel_valid_days)
        points = min(program.reward_ids.mapped("required_points"))
        card_ids = []
        for start in range(0, number, BATCH):
            nobody = [None] * min(BATCH, number - start)
            card_ids += program._query_issue(nobody, points, expiration_date)
        cards = self.env["loyalty.card"].sudo()
        cards.invalidate_model(flush=False)
        return cards.browse(card_ids).mapped("code")
