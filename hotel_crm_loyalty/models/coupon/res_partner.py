"""The coupons of a guest."""

from odoo import models
from odoo.fields import Domain

from .loyalty_program import CODED


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_hotel_coupons(self, all_states=False):
        """Return the personal coupons of a guest, those that can be used first. The caller says who may see them.

        :param bool all_states: also those that were used or have expired
        :returns: dicts of ``card`` (loyalty.card, with sudo), ``name``, ``code``, ``state`` (valid, held, used or
            expired), ``until`` (date or False), ``until_text``, ``hotels`` (names, empty for all)
        :rtype: list[dict]
        """
        self.ensure_one()
        # guests have no rights on coupons; these are their own
        domain = Domain("partner_id", "=", self.id) & Domain("program_id.program_type", "in", CODED)
        cards = self.env["loyalty.card"].sudo().search(domain, order="expiration_date, id", limit=200)
        rows = [card._prepare_hotel_coupon() for card in cards]
        order = ("valid", "held", "used", "expired")
        rows = [row for row in rows if all_states or row["state"] == "valid"]
        return sorted(rows, key=lambda row: order.index(row["state"]))
