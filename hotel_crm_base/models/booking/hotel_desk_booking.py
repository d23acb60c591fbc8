"""What the small dialog for a new booking asks: offers, and the booking itself."""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...terms import BookingTerms, RoomWish

#: who may book for a guest
BOOKERS = (
    "hotel_crm_base.group_front_office",
    "hotel_crm_base.group_call_agent",
    "hotel_crm_base.group_manager",
)
NUMBERS = {"adults": (1, 20), "children": (0, 20), "infants": (0, 10)}
CHANNELS = ("walk_in", "phone", "direct")
SYSTEM, MAX_KEY, MAX_NOTE, MAX_CODE = "desk", 64, 2000, 64


class HotelDeskBooking(models.AbstractModel):
    """A booking made by staff in a few seconds: for a walk-in, a caller, or a gap on the rack."""

    _name = "hotel.desk.booking"
    _description = "Booking at the Desk"

    @api.model
    @api.readonly
    def search_offers(self, property_id, wish):
        """Return what a property has for some nights and persons. Callable by those who book for guests.

        :param int property_id: a property that the user sees
        :param dict wish: arrival_date and departure_date (ISO), adults, children, infants (int);
            guest_id (for whom prices are, may be missing)
        :returns: currency_id, and types: lists of room_type_id, name, free (int), problems (sentences) and
            offers: rate_plan_id (or False), name, total (with tax), nights (lists of [date, price]),
            taxes (lists of [name, amount]), deposit
        :rtype: dict
        :raises AccessError: not one of those who book, or another's property
        :raises UserError: dates or persons that make no sense
        """
        hotel, facts = self._read(property_id, wish)
        answers = self.env["hotel.quote"]._search_offers(
            hotel,
            facts["arrival_date"],
            facts["departure_date"],
            facts["adults"],
            facts["children"],
            partner=self._read_guest(wish.get("guest_id")) if wish.get("guest_id") else None,
            online=False,
        )
        return {"currency_id": hotel.currency_id.id, "types": [self._prepare_type(answer) for answer in answers]}

    @api.model
    def book(self, property_id, wish):
        """Book a room for a guest. Callable by those who book for guests.

        :param int property_id: a property that the user sees
        :param dict wish: as for ``search_offers``, and guest_id, room_type_id, rate_plan_id (or False),
            room_id (or False), expected_total (the total that was shown), channel (walk_in, phone or
            direct), note and code (str), is_held (bool: hold the room instead of confirming the booking), key (str,
            chosen by the caller: the same key twice is one booking)
        :returns: reservation_id, stay_id, name (the confirmation number)
        :rtype: dict
        :raises AccessError: not one of those who book, or another's property
        :raises UserError: what stands against it, such as a room sold meanwhile or another price
        """
        terms = self._read_terms(property_id, wish)
        # role, property and guest are checked; the key of the request is the system's, not the user's
        reservation = self.env["hotel.reservation"].sudo()._book(terms, confirm=not wish.get("is_held"))
        return {
            "reservation_id": reservation.id,
            "stay_id": reservation.stay_ids[:1].id,
            "name": reservation.name or "",
        }

    @api.model
    def _can_book(self):
        """Return whether the user may book for guests."""
        return any(self.env.user.has_group(group) for group in BOOKERS)

    # ---- what is asked ----------------------------------------------------------------------

    @api.model
    def _read(self, property_id, wish):
        """Return the property, and dates and persons as a RoomWish takes them.

        :rtype: tuple[hotel.property, dict]
        """
        if not self._can_book():
            raise AccessError(self.env._("Only the front office, call agents and managers book for guests."))
        hotel = self.env["hotel.front.desk"]._get_visible_property(property_id)
        if not isinstance(wish, dict):
            raise UserError(self.env._("Choose a room first."))
        facts = {name: self._read_date(wish.get(name)) for name in ("arrival_date", "departure_date")}
        for name, (least, most) in NUMBERS.items():
            number = wish.get(name, least)
            if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
                raise UserError(self.env._("This number of persons cannot be."))
            facts[name] = number
        return hotel, facts

    @api.model
    def _read_terms(self, property_id, wish):
        """Return a booking as the dialog asks for it, with rights and values checked.

        :rtype: BookingTerms
        """
        hotel, facts = self._read(property_id, wish)
        guest = self._read_guest(wish.get("guest_id"))
        room_type_id = self._read_id(wish, "room_type_id", self.env._("Choose a room first."))
        room = RoomWish(
            room_type_id=room_type_id,
            rate_plan_id=self._read_id(wish, "rate_plan_id") or None,
            room_id=self._read_room(hotel, room_type_id, self._read_id(wish, "room_id")),
            guest_id=guest.id,
            **facts,
        )
        return BookingTerms(
            property_id=hotel.id,
            rooms=(room,),
            partner_id=guest.id,
            channel=wish.get("channel") if wish.get("channel") in CHANNELS else "direct",
            code=self._read_text(wish.get("code"), MAX_CODE),
            note=self._read_text(wish.get("note"), MAX_NOTE),
            expected_total=self._read_total(wish.get("expected_total")),
            source_system=SYSTEM,
            source_ref=self._read_key(wish.get("key")),
        )

    @api.model
    def _read_date(self, text) -> date:
        return self.env["hotel.room.rack"]._read_date(text)

    @api.model
    def _read_id(self, wish, name, missing=None):
        """Return a number of a record, or False; with a sentence for where it is missing."""
        value = wish.get(name) or False
        if value is not False and not isinstance(value, int) or (missing and not value):
            raise UserError(missing or self.env._("There is no such room at this property."))
        return value

    @api.model
    def _read_guest(self, guest_id):
        """Return the guest to book for.

        :raises UserError: there is none
        """
        found = [("id", "=", guest_id), ("is_hotel_guest", "=", True)]
        guest = isinstance(guest_id, int) and self.env["res.partner"].search(found)
        if not guest:
            raise UserError(self.env._("Say for whom the booking is."))
        return guest

    @api.model
    def _read_room(self, hotel, room_type_id, room_id):
        """Return the id of a room of the type, or None.

        :raises UserError: there is none
        """
        found = [("id", "=", room_id), ("property_id", "=", hotel.id), ("room_type_id", "=", room_type_id)]
        if room_id and not self.env["hotel.room"].search_count(found):
            raise UserError(self.env._("There is no such room at this property."))
        return room_id or None

    @api.model
    def _read_text(self, text, most):
        return text.strip()[:most] if isinstance(text, str) else ""

    @api.model
    def _read_total(self, total):
        """Return the total that was shown.

        :raises UserError: none was
        """
        if isinstance(total, bool) or not isinstance(total, int | float):
            raise UserError(self.env._("Look at the price first."))
        return total

    @api.model
    def _read_key(self, key):
        """Return the key that makes a second call harmless, of this user.

        :raises UserError: there is none
        """
        if not isinstance(key, str) or not 8 <= len(key) <= MAX_KEY:
            raise UserError(self.env._("The request has no key. Load the page again."))
        return f"{self.env.uid}:{key}"

    # ---- what is answered -------------------------------------------------------------------

    @api.model
    def _prepare_type(self, answer):
        """Return an answer of the quote as the dialog shows it."""
        kind = self.env["hotel.room.type"].browse(answer.room_type_id)
        return {
            "room_type_id": kind.id,
            "name": kind.name,
            "free": answer.free,
            "problems": list(answer.problems),
            "offers": [self._prepare_offer(offer) for offer in answer.offers],
        }

    @api.model
    def _prepare_offer(self, offer):
        plan = self.env["hotel.rate.plan"].browse(offer.rate_plan_id or [])
        return {
            "rate_plan_id": plan.id,
            "name": plan.name or self.env._("Public rate"),
            "total": offer.total_gross,
            "nights": [[fields.Date.to_string(night.date), night.gross] for night in offer.nights],
            "taxes": [[tax.name, tax.amount] for tax in offer.taxes],
            "deposit": offer.deposit,
        }
