from odoo import api, models

from ... import guards
from ..guest.hotel_guest_token import STAY_FIELDS


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    @api.model_create_multi
    def create(self, vals_list):
        stays = super().create(vals_list)
        stays.filtered(lambda stay: stay.state in ("in_house", "departed"))._refresh_hotel_recency()
        return stays

    def write(self, vals):
        guest_ids = set(self.partner_id.ids) if "partner_id" in vals else set()
        result = super().write(vals)
        if set(STAY_FIELDS) & set(vals):
            self._refresh_hotel_recency(guest_ids)
        return result

    def _refresh_hotel_recency(self, more_ids=()):
        """Let look-up know when the guests of these stays were seen last.

        :param more_ids: further ids of guests, such as those whom a stay was taken from
        """
        guest_ids = {*self.partner_id.ids, *more_ids}
        if guest_ids and not guards.is_given(self.env.context, guards.BULK):
            # nobody has rights on the look-up tables
            self.env["hotel.guest.token"].sudo()._refresh_recency(list(guest_ids))
