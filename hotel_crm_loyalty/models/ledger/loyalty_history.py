from odoo import api, models
from odoo.exceptions import AccessError

from .. import guards


class LoyaltyHistory(models.Model):
    _inherit = "loyalty.history"

    @api.model_create_multi
    def create(self, vals_list):
        """Leave out what core writes for orders of members: the evaluation writes it with the points."""
        if not guards.is_given(self.env.context, guards.LEDGER):
            card_ids = {vals["card_id"] for vals in vals_list if vals.get("card_id")}
            cards = self.env["loyalty.card"].sudo().browse(card_ids)
            managed = set(cards.filtered("hotel_managed").ids)
            kept = [vals for vals in vals_list if vals.get("card_id") not in managed]
            if len(kept) < len(vals_list) and not guards.is_given(self.env.context, guards.ORDER):
                raise AccessError(self.env._("The history of a member is written with the points."))
            vals_list = kept
        return super().create(vals_list)

    def write(self, vals):
        return super(LoyaltyHistory, self._leave_members()).write(vals)

    def unlink(self):
        return super(LoyaltyHistory, self._leave_members()).unlink()

    def _leave_members(self):
        """Return those rows that are nobody's of a hotel programme.

        :raises AccessError: others are changed, and not by core for an order
        """
        if guards.is_given(self.env.context, guards.LEDGER):
            return self
        managed = self.filtered(lambda row: row.sudo().card_id.hotel_managed)
        if managed and not guards.is_given(self.env.context, guards.ORDER):
            raise AccessError(self.env._("The history of a member is written with the points."))
        return self - managed

    def _get_order_description(self):
        """Rows of the rules' own events, such as an expiry, have no record behind them."""
        return super()._get_order_description() if self.order_model and self.order_id else self.description
