"""What follows from a call that has ended."""

from odoo import models


class HotelCall(models.Model):
    _inherit = "hotel.call"

    def _after_end(self):
        """Whoever hung up while waiting is called back, unless a call to the number is planned already."""
        super()._after_end()
        for call in self.filtered(lambda call: call.outcome == "abandoned" and call.direction == "in"):
            jobs = self.env["hotel.call.job"]
            planned = jobs.search_count(
                [
                    ("number", "=", call.number),
                    ("property_id", "=", call.property_id.id),
                    ("state", "in", ("waiting", "claimed")),
                ],
                limit=1,
            )
            if call.number and not planned and not call.partner_id._get_hotel_call_refusal("service", call.number):
                call._plan_callback("abandoned")
