from odoo import api, models
from odoo.tools.misc import format_duration


class HotelFrontDesk(models.AbstractModel):
    _inherit = "hotel.front.desk"

    @api.model
    def _prepare_rows(self, stays):
        """Say until when guests may stay who were promised a late check-out."""
        rows = super()._prepare_rows(stays.with_context(hotel_short_flags=True))
        for stay, row in zip(stays, rows, strict=True):
            if stay.state == "in_house" and stay.hotel_late_check_out:
                hour = format_duration(stay.hotel_late_check_out)
                row["flags"] = [*row["flags"], ("warning", self.env._("Check-out until %(time)s", time=hour))]
        return rows
