"""'Send me the link to my booking': the answer is the same whether there is one or not."""

from odoo.http import Controller, request, route

from .. import contact, visitor
from .booking_tools import check_limit, page, render


class BookingFind(Controller):
    """For guests without a login who have lost their e-mail."""

    @route("/hotel/find-booking", type="http", auth="public", website=True, methods=["GET"], sitemap=False)
    @page()
    def ask(self, **_params):
        """Show the form."""
        return render("booking_find", {"values": {}, "is_sent": False, "problem": "", "trap": visitor.TRAP})

    @route("/hotel/find-booking", type="http", auth="public", website=True, methods=["POST"])
    @page("find")
    def send(self, number="", email="", **values):
        """Send the link to the e-mail address of the booking, if both belong together."""
        number = contact.clean(number)[: visitor.MAX_CODE].upper()
        shown = {"values": {"number": number, "email": email[:254]}, "trap": visitor.TRAP, "problem": ""}
        try:
            address = contact.normalise_email(email)
        except contact.ContactError as error:
            problem = request.env["hotel.booking.page"]._explain(error)
            return render("booking_find", {**shown, "is_sent": False, "problem": problem}, 422)
        if not (number and address):
            problem = request.env._("Please enter both: the number and the e-mail address of your booking.")
            return render("booking_find", {**shown, "is_sent": False, "problem": problem}, 422)
        # a booking that exists must not be told by being limited: all numbers are counted
        check_limit("find", f"number {number}")
        if not visitor.is_trapped(values):
            request.env["hotel.reservation"]._send_link(number, address)
        return render("booking_find", {**shown, "is_sent": True})
