"""What the small dialog for a new booking asks: offers, and the booking itself."""

from odoo import api, models

#: who may book for a guest
BOOKERS = (
    "hotel_crm_base.group_front_office",
    "hotel_crm_base.group_call_agent",
    "hotel_crm_base.group_manager",
)


class HotelDeskBooking(models.AbstractModel):
    """A booking made by staff in a few seconds: for a walk-in, a caller, or a gap on the rack."""

    _name = "hotel.desk.booking"
    _description = "Booking at the Desk"

    @api.model
    def _can_book(self):
        """Return whether the user may book for guests."""
        return any(self.env.user.has_group(group) for group in BOOKERS)
