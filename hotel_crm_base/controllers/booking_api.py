"""Routes of the booking API: read the request, one call of the model, answer as JSON."""

from odoo.http import Controller, request, route

from ..booking_request import digest, read_key
from ..booking_request_kinds import read_availability, read_booking, read_cancel, read_change, read_quote
from .booking_api_dispatcher import API

BASE = "/hotel/api/v1"


class BookingApi(Controller):
    """For websites and channel managers that have an API key; the README says how."""

    @route(f"{BASE}/availability", methods=["GET"], **API)
    def availability(self, **_params):
        """Return the room types of a property for some dates and persons."""
        return self._api()._get_availability(*read_availability(request.httprequest.args.to_dict()))

    @route(f"{BASE}/quote", methods=["POST"], **API)
    def quote(self, **_params):
        """Return the price of one room, night by night."""
        return self._api()._quote(*read_quote(request.params["body"]))

    @route(f"{BASE}/bookings", methods=["POST"], **API)
    def book(self, **_params):
        """Book rooms; the same request twice is one booking."""
        key, body = read_key(request.httprequest.headers.get("Idempotency-Key")), request.params["body"]
        booking, is_new = self._api()._book(read_booking(body), key, digest(body))
        return request.make_json_response(booking, status=201 if is_new else 200)

    @route(f"{BASE}/bookings/<string:reference>", methods=["GET"], **API)
    def read(self, reference, **_params):
        """Return a booking."""
        return self._api()._read(reference)

    @route(
        [f"{BASE}/bookings/<string:reference>", f"{BASE}/bookings/<string:reference>/change"],
        methods=["PATCH", "POST"],
        **API,
    )
    def change(self, reference, **_params):
        """Change a room of a booking, or say what it would cost."""
        return self._api()._change(reference, read_change(request.params["body"]))

    @route(f"{BASE}/bookings/<string:reference>/cancel", methods=["POST"], **API)
    def cancel(self, reference, **_params):
        """Cancel a booking, or say what it would cost."""
        return self._api()._cancel(reference, *read_cancel(request.params["body"]))

    def _api(self):
        return request.env["hotel.booking.api"]
