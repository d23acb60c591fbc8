"""From a filled-in form to a booking: everything that a visitor sends is checked and priced again here."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ... import contact, visitor
from ...terms import BookingTerms, RoomWish
from .errors import CodeRefused, GuestRefused

_lt = LazyTranslate(__name__)

SOURCE = "web"
MESSAGES = {
    "dates_wrong": _lt("Please choose both dates."),
    "dates_order": _lt("The departure has to be after the arrival."),
    "arrival_past": _lt("This arrival lies in the past. Please choose another one."),
    "too_long": _lt("Stays of this length are booked with the hotel directly. Please contact us."),
    "too_far": _lt("These dates are not on sale yet. Please choose earlier ones."),
    "name_missing": _lt("Please enter your name."),
    "contact_missing": _lt("Please enter an e-mail address or a phone number, so that we can reach you."),
    "not_agreed": _lt("Please agree to the terms of the booking."),
    "type_wrong": _lt("This type of room is not for sale."),
    "nothing_new": _lt("Please choose what is to change."),
    "gone": _lt("We are sorry: this room has just been booked by somebody else."),
    "trapped": _lt("This form could not be sent. Please try again."),
}


class HotelBookingPage(models.AbstractModel):
    _inherit = "hotel.booking.page"

    @api.model
    def _explain(self, code):
        """Return a sentence for a visitor.

        :param code: key of MESSAGES, or a contact.ContactError
        :rtype: str
        """
        if isinstance(code, contact.ContactError):
            return self.env["res.partner"]._explain_hotel_contact(code)
        return self.env._(MESSAGES[code]) if code else ""

    @api.model
    def _read_booking_form(self, hotel, values, rooms):
        """Return what a visitor wrote and sentences about what is wrong with it.

        :param values: as they came with the request
        :param int rooms: number of rooms
        :returns: facts (see `visitor.read_form`; also lang and country), problems (field to sentence)
        :rtype: tuple[dict, dict]
        """
        countries = self.env["res.country"].sudo()
        country = countries.browse(visitor.read_id(values.get("country_id")) or ()).exists()
        facts, problems = visitor.read_form(values, rooms, country.code or hotel.country_id.code or None)
        installed = dict(self.env["res.lang"].get_installed())
        facts["lang"] = values.get("lang") if values.get("lang") in installed else self.env.lang
        facts["country"] = country
        sentences = {name: self._explain(problem) for name, problem in problems.items()}
        if visitor.is_trapped(values):
            sentences["form"] = self._explain("trapped")
        return facts, sentences

    @api.model
    def _find_booked(self, ref):
        """Return the booking that this very form has made already; none at its first try.

        :param str ref: what names the form, see the controller
        :rtype: hotel.reservation, with sudo
        """
        # visitors have no rights on reservations; ``ref`` is bound to the session of the visitor
        reservations = self.env["hotel.reservation"].sudo()
        return reservations.search([("source_system", "=", SOURCE), ("source_ref", "=", ref)], limit=1)

    @api.model
    def _book_online(self, hotel, search, basket, facts, ref, partner=None):
        """Make a booking of what a visitor chose, and hold or confirm it.

        :param hotel.property hotel: with sudo
        :param visitor.Search search: with dates
        :param dict basket: the rooms, as `_get_basket` has returned them in this request
        :param dict facts: as `_read_booking_form` has returned them, without problems
        :param str ref: names the form: sent twice it makes one booking
        :param res.partner partner: the guest who is logged in, else a new one is made
        :rtype: hotel.reservation, with sudo
        :raises BookingError: the booking cannot be; the sentence is for visitors
        """
        booker = partner or self._make_booker(hotel, facts)
        terms = self._prepare_terms(hotel, search, basket, facts, ref, booker)
        # visitors have no rights of their own; what they may book was checked above
        reservation = self.env["hotel.reservation"].sudo().with_company(hotel.company_id)._book(terms)
        if reservation.state == "held" and not reservation._is_request() and not reservation._get_deposit_due():
            reservation._confirm()
        return reservation

    @api.model
    def _quote_form(self, hotel, search, basket, code, partner=None):
        """Return what rooms cost with the code that a visitor typed.

        :param hotel.property hotel: with sudo
        :param dict basket: the rooms, as `_get_basket` has returned them
        :param str code: as typed
        :param res.partner partner: the guest who is logged in
        :returns: ``lines`` (dicts of name and amount), ``total`` and ``deposit`` with them, and ``problem``, a
            sentence where the code is not accepted
        :rtype: dict
        """
        booker = partner or self.env["res.partner"]
        facts = {"guests": [""] * search.rooms, "code": code or "", "note": "", "arrival_hour": -1}
        terms = self._prepare_terms(hotel, search, basket, facts, None, booker)
        lines, problem = [], ""
        try:
            # visitors have no rights of their own; what they may see of an offer was checked before
            lines = self.env["hotel.reservation"].sudo().with_company(hotel.company_id)._get_quote_lines(terms)
        except CodeRefused as error:
            problem = str(error)
        off = sum(line["amount"] for line in lines)
        currency, total = basket["currency"], basket["total"]
        return {
            "lines": lines,
            "total": currency.round(total + off),
            "deposit": currency.round(basket["deposit"] * (total + off) / total) if total else 0.0,
            "problem": problem,
        }

    @api.model
    def _prepare_terms(self, hotel, search, basket, facts, ref, booker):
        """Return the terms of a booking online; other addons add to them.

        :rtype: BookingTerms
        """
        wishes = tuple(
            RoomWish(
                choice["pick"].type_id,
                search.arrival_date,
                search.departure_date,
                adults=choice["pick"].adults,
                children=choice["pick"].children,
                rate_plan_id=choice["pick"].plan_id,
                guest_id=self._make_sleeper(name, booker),
            )
            for choice, name in zip(basket["choices"], facts["guests"], strict=True)
        )
        return BookingTerms(
            property_id=hotel.id,
            rooms=wishes,
            partner_id=booker.id,
            channel="web",
            code=facts["code"],
            note=facts["note"],
            expected_total=basket["total"],
            source_system=SOURCE,
            source_ref=ref,
            extra={"values": {"arrival_hour": facts["arrival_hour"]}},
        )

    @api.model
    def _make_booker(self, hotel, facts):
        """Return a new guest for the desk to match; who is known already is neither found nor told.

        :rtype: res.partner, with sudo
        :raises GuestRefused: somebody with this e-mail address or phone number is blocked
        """
        # visitors have no rights on guests
        partners = self.env["res.partner"].sudo()
        known = Domain("email_normalized", "=", facts["email"].lower()) if facts["email"] else Domain.FALSE
        if facts["phone"]:
            known |= Domain("phone_sanitized", "=", facts["phone"])
        # the reason has an index, and few guests have one
        if partners.search(Domain("hotel_block_reason", "!=", False) & known).filtered("hotel_is_blocked"):
            raise GuestRefused(self._get_refusal())
        return partners.create(self._prepare_booker_vals(hotel, facts))

    @api.model
    def _get_refusal(self):
        """Return the sentence for guests whose bookings the hotel does not take; it tells no reason."""
        return self.env._("We are sorry: we cannot take this booking online. Please contact the hotel directly.")

    @api.model
    def _prepare_booker_vals(self, hotel, facts):
        """Return values of a guest who books online; other addons add to them.

        :rtype: dict
        """
        return {
            "name": facts["name"],
            "email": facts["email"] or False,
            "phone": facts["phone"] or False,
            "lang": facts["lang"],
            "is_hotel_guest": True,
            "hotel_is_to_match": True,
            "company_id": False,
        }

    @api.model
    def _make_sleeper(self, name, booker):
        """Return the id of a new guest who sleeps in a room that somebody else books; None without a name.

        :rtype: int | None
        """
        if not name or name.casefold() == (booker.name or "").casefold():
            return None
        vals = {
            "name": name,
            "lang": booker.lang,
            "is_hotel_guest": True,
            "hotel_is_to_match": True,
            "company_id": False,
        }
        # visitors have no rights on guests
        return self.env["res.partner"].sudo().create(vals).id
