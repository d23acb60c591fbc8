from odoo import models

from odoo.addons.hotel_crm_base.booking_request import RequestError
from odoo.addons.hotel_crm_base.models.booking.errors import CodeRefused


class HotelBookingApi(models.AbstractModel):
    """Discounts in the answers of the booking API, and a limit on codes that are refused."""

    _inherit = "hotel.booking.api"

    def _quote(self, code, stay):
        return self._counting_refusals(super()._quote, code, stay)

    def _book(self, request, key, digest):
        return self._counting_refusals(super()._book, request, key, digest)

    def _counting_refusals(self, call, *arguments):
        """Count codes that are refused: an account that guesses codes has to stop.

        :raises RequestError: 429
        """
        try:
            return call(*arguments)
        except CodeRefused:
            if self.env["hotel.rate.limit"]._spend("code_api", f"api {self.env.uid}"):
                raise RequestError("Too many codes were refused. Try again later.", "rate_limited", 429) from None
            raise

    def _show_booking(self, reservation):
        """Add what coupons and points take off, and what is to pay for the rooms then."""
        uses = reservation.reward_use_ids.filtered(lambda use: use.state in ("held", "used"))
        off = sum(uses.mapped("amount"))
        answer = super()._show_booking(reservation)
        return {
            **answer,
            "discounts": [{"name": use.name, "amount": -use.amount} for use in uses],
            "payable": reservation.currency_id.round(answer["total"] - off),
        }
