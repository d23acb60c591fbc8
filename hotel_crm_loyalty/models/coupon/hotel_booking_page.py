from odoo import api, models

from odoo.addons.hotel_crm_base import visitor


class HotelBookingPage(models.AbstractModel):
    _inherit = "hotel.booking.page"

    @api.model
    def _read_booking_form(self, hotel, values, rooms):
        """Read which discount was shown: another one is not booked."""
        facts, problems = super()._read_booking_form(hotel, values, rooms)
        facts["expected_discount"] = self._read_shown_discount(values.get("expected_discount"))
        return facts, problems

    @api.model
    def _read_shown_discount(self, text):
        """Return an amount as the form sent it, or None.

        :rtype: float | None
        """
        text = visitor.read_text(text or "", 32)
        return float(text) if text.replace(".", "", 1).isdecimal() and text.isascii() else None

    @api.model
    def _prepare_terms(self, hotel, search, basket, facts, ref, booker):
        """Hand on which discount was shown."""
        terms = super()._prepare_terms(hotel, search, basket, facts, ref, booker)
        terms.extra["expected_discount"] = facts.get("expected_discount")
        return terms
