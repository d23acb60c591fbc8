from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.hotel_crm_base.models.booking.errors import BookingError


class HotelDeskBooking(models.AbstractModel):
    _inherit = "hotel.desk.booking"

    @api.model
    def quote_code(self, property_id, wish):
        """Return what a code takes off an offer. Callable by those who book for guests.

        :param int property_id: a property that the user sees
        :param dict wish: as for ``book``, with ``code``
        :returns: ``lines`` (dicts of name and amount), ``total`` with them, and ``problem``, a sentence where the
            code is not accepted
        :rtype: dict
        :raises AccessError: not one of those who book, or another's property
        :raises UserError: what is asked for makes no sense
        """
        terms = self._read_terms(property_id, wish)
        hotel = self.env["hotel.property"].sudo().browse(terms.property_id)
        if self.env["hotel.rate.limit"]._spend("code", f"user {self.env.uid}"):
            raise UserError(self.env._("Too many codes were tried. Please wait some minutes."))
        try:
            # role, property and guest are checked; nobody at the desk has rights on coupons
            reservations = self.env["hotel.reservation"].sudo().with_company(hotel.company_id)
            lines = reservations._get_quote_lines(terms)
        except BookingError as error:
            return {"lines": [], "total": terms.expected_total, "problem": str(error)}
        off = sum(line["amount"] for line in lines)
        return {"lines": lines, "total": hotel.currency_id.round(terms.expected_total + off), "problem": ""}
