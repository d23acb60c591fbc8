from odoo import api, models
from odoo.exceptions import AccessError

from .loyalty_card_guard import is_permitted


class LoyaltyHistory(models.Model):
    _inherit = "loyalty.history"

    def _get_order_portal_url(self):
        """Lead from a use on a booking to the page of the booking."""
        if self.order_id and self.order_model == "hotel.reservation":
            return self.env["hotel.reservation"].browse(self.order_id).get_portal_url()
        return super()._get_order_portal_url()

    def _get_order_description(self):
        """Guests have no rights on bookings: the row says which one it is."""
        if self.order_model == "hotel.reservation":
            return self.description
        return super()._get_order_description()

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse history by hand.

        :raises AccessError: somebody but the program writes it
        """
        self._check_hotel_hand()
        return super().create(vals_list)

    def write(self, vals):
        self._check_hotel_hand()
        return super().write(vals)

    def _check_hotel_hand(self):
        if not is_permitted(self.env):
            raise AccessError(self.env._("The history of a card is written with its points."))
