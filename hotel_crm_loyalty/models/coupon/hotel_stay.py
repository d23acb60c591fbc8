from odoo import models


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    def _enter_state(self, state):
        """Use up the coupons of guests who did not come."""
        result = super()._enter_state(state)
        if state == "no_show":
            self.reservation_id._keep_after_no_show()
        return result

    def _post_nights(self, until_date):
        """Let discounts be due with their nights."""
        count = super()._post_nights(until_date)
        # whoever lets nights be due has no rights on folios
        for reservation in self.sudo().reservation_id.filtered("reward_use_ids"):
            reservation._sync_discounts()
        return count
