"""The booking API behind its routes: codes become records, the models do the rest, records become values."""

from odoo import models

from ... import contact
from ...booking_request import RequestError
from ...terms import BookingTerms, RoomWish

#: who may use it: staff who take bookings, and accounts of other systems with their rights
GROUPS = ("group_front_office", "group_call_agent", "group_manager")
SOURCE = "api"


class HotelBookingApi(models.AbstractModel):
    """Availability, prices and bookings for websites and channel managers.

    Every method is asked by an account; it sees the properties of that account and no others. What
    is done there is done as the superuser, because accounts of other systems have no rights on
    prices and inventories; the checks are `_get_property` and `_get_reservation`.
    """

    _name = "hotel.booking.api"
    _description = "Booking API"

    def _check_caller(self):
        """Refuse accounts that do not take bookings.

        :raises RequestError: 403
        """
        if not any(self.env.user.has_group(f"hotel_crm_base.{name}") for name in GROUPS):
            raise RequestError("This account may not use the booking API.", "forbidden", 403)

    # ---- the calls --------------------------------------------------------------------------

    def _get_availability(self, code, stay):
        """Return every room type that is sold online with its offers.

        :param str code: of the property
        :param booking_request.StayRequest stay: dates, persons, rooms; with a type only that one
        :rtype: dict
        """
        hotel = self._get_property(code)
        answers = self.env["hotel.quote"]._search_offers(
            hotel, stay.arrival_date, stay.departure_date, stay.adults, stay.children, stay.rooms
        )
        if stay.room_type:
            room_type = self._get_room_type(hotel, stay.room_type)
            answers = [answer for answer in answers if answer.room_type_id == room_type.id]
        if stay.rate_plan:
            self._get_rate_plan(stay.rate_plan)
        return {
            "property": hotel.code,
            "arrival": stay.arrival_date,
            "departure": stay.departure_date,
            "currency": hotel.currency_id.name,
            "room_types": [self._show_type(answer, stay.rate_plan) for answer in answers],
        }

    def _quote(self, code, stay):
        """Return the price of one room.

        :param str code: of the property
        :param booking_request.StayRequest stay: dates, persons, type and plan
        :rtype: dict
        """
        hotel = self._get_property(code)
        quote = self.env["hotel.quote"].with_context(hotel_online=True)
        wish = self._get_wish(hotel, stay)
        offer = quote._price(hotel, wish)
        # others' terms are no secret, and nobody in particular asks
        reservations = self.env["hotel.reservation"].sudo().with_company(hotel.company_id)
        terms = BookingTerms(hotel.id, (wish,), partner_id=None, channel="web", code=stay.code)
        discounts = reservations.with_context(hotel_online=True)._get_quote_lines(terms)
        free = self.env["hotel.inventory"].sudo()._get_free(hotel, stay.arrival_date, stay.departure_date)
        return {
            "property": hotel.code,
            "room_type": stay.room_type,
            "currency": hotel.currency_id.name,
            "free": free.get(offer.room_type_id, 0),
            **self._show_offer(offer),
            "discounts": discounts,
            "payable": hotel.currency_id.round(offer.total_gross + sum(line["amount"] for line in discounts)),
        }

    def _book(self, request, key, digest):
        """Return a new booking; the one of the first time where a request comes twice.

        :param booking_request.BookingRequest request: what is booked
        :param str key: the idempotency key
        :param str digest: of the whole request
        :returns: the booking, and whether it is a new one
        :rtype: tuple[dict, bool]
        :raises BookingError: it cannot be
        :raises RequestError: a code nobody knows; the key was used for another request
        """
        hotel = self._get_property(request.property)
        # others book too: who comes second is told so, instead of failing beside the first
        self.env["hotel.inventory"]._in_turn(hotel)
        reference = f"{self.env.uid}:{key}"
        reservations = self.env["hotel.reservation"].sudo().with_company(hotel.company_id)
        known = reservations.search([("source_system", "=", SOURCE), ("source_ref", "=", reference)], limit=1)
        if known:
            if known.api_digest != digest:
                raise RequestError("The idempotency key was used for another request.", "idempotency_conflict", 409)
            return self._show_booking(known), False
        terms = self._get_terms(hotel, request, reference, digest)
        online = reservations.with_context(hotel_online=True)
        reservation = online._book(terms, confirm=request.confirm and not hotel.is_confirmation_manual)
        return self._show_booking(reservation), True

    def _read(self, reference):
        """Return a booking.

        :param str reference: its confirmation number
        :rtype: dict
        """
        return self._show_booking(self._get_reservation(reference))

    def _change(self, reference, request):
        """Change a room of a booking, or say what it would cost.

        :param str reference: confirmation number
        :param booking_request.ChangeRequest request: what is to change
        :rtype: dict
        """
        reservation = self._get_reservation(reference)
        hotel = reservation.property_id
        if not request.dry_run:
            self.env["hotel.inventory"]._in_turn(hotel)
        stays = reservation.stay_ids.sorted("id")
        if not 0 < request.room <= len(stays):
            raise RequestError("The booking has no such room.", "not_found", 404)
        stay = stays[request.room - 1]
        changes = self._get_changes(hotel, request.changes)
        if request.dry_run:
            effect = reservation._quote_change(stay, changes)
            return {name: effect[name] for name in ("old_total", "new_total", "difference", "problems")}
        reservation._change(stay, changes, expected_total=request.expected_total)
        return self._show_booking(reservation)

    def _cancel(self, reference, reason, dry_run):
        """Cancel a booking, or say what it would cost.

        :param str reference: confirmation number
        :param str reason: why, where somebody says
        :param bool dry_run: only say
        :rtype: dict
        """
        reservation = self._get_reservation(reference)
        if not dry_run:
            self.env["hotel.inventory"]._in_turn(reservation.property_id)
        effect = reservation._quote_cancel()
        if dry_run:
            return effect
        reservation._cancel(reason)
        return {**self._show_booking(reservation), "fee": effect["fee"], "refund": effect["refund"]}

    # ---- codes become records ---------------------------------------------------------------

    def _get_property(self, code):
        """Return a property that the account sees, as the superuser.

        :raises RequestError: 404; properties of others are as unknown as those that do not exist
        """
        visible = self.env.user.hotel_visible_property_ids.sudo()
        found = visible.filtered(lambda hotel: hotel.active and hotel.code == code)
        if len(found) != 1:
            raise RequestError("There is no such property for this account.", "unknown_property", 404)
        return found.with_company(found.company_id)

    def _get_room_type(self, hotel, code):
        room_type = hotel.room_type_ids.filtered(lambda each: each.code == code)
        if not room_type:
            raise RequestError("The property has no such room type.", "unknown_room_type", 404)
        return room_type

    def _get_rate_plan(self, code):
        plans = self.env["hotel.rate.plan"]
        if not code:
            return plans
        plan = plans.search([("code", "=", code)])
        if not plan:
            raise RequestError("There is no such rate plan.", "unknown_rate_plan", 404)
        return plan

    def _get_reservation(self, reference):
        """Return a booking at a property that the account sees, as the superuser.

        :raises RequestError: 404
        """
        reservation = self.env["hotel.reservation"].sudo().search([("name", "=", reference)], limit=1)
        if not reservation or reservation.property_id not in self.env.user.hotel_visible_property_ids:
            raise RequestError("There is no such booking for this account.", "not_found", 404)
        return reservation.with_company(reservation.company_id).with_context(hotel_online=True)

    def _get_wish(self, hotel, stay, guest_id=None):
        """Return a room wanted with ids instead of codes.

        :rtype: terms.RoomWish
        """
        return RoomWish(
            room_type_id=self._get_room_type(hotel, stay.room_type).id,
            arrival_date=stay.arrival_date,
            departure_date=stay.departure_date,
            adults=stay.adults,
            children=stay.children,
            infants=stay.infants,
            rate_plan_id=self._get_rate_plan(stay.rate_plan).id or None,
            guest_id=guest_id,
        )

    def _get_changes(self, hotel, changes):
        """Return changes with ids instead of codes."""
        changes = dict(changes)
        if "room_type" in changes:
            changes["room_type_id"] = self._get_room_type(hotel, changes.pop("room_type")).id
        if "rate_plan" in changes:
            changes["rate_plan_id"] = self._get_rate_plan(changes.pop("rate_plan")).id
        return changes

    def _get_terms(self, hotel, request, reference, digest):
        """Return the terms of a booking; its guests are made.

        :rtype: terms.BookingTerms
        """
        # codes first: a guest is made for a booking that can be
        for stay in request.stays:
            self._get_wish(hotel, stay)
        booker = self._get_booker(hotel, request.booker)
        pages = self.env["hotel.booking.page"]
        wishes = tuple(
            self._get_wish(hotel, stay, pages._make_sleeper(contact.clean_name(stay.guest_name), booker))
            for stay in request.stays
        )
        return BookingTerms(
            property_id=hotel.id,
            rooms=wishes,
            partner_id=booker.id,
            channel=request.channel,
            market_segment=request.market_segment or None,
            code=request.code,
            note=request.note,
            expected_total=request.expected_total,
            source_system=SOURCE,
            source_ref=reference,
            extra={"values": {"api_digest": digest}},
        )

    # ---- guests -----------------------------------------------------------------------------

    def _get_booker(self, hotel, booker):
        """Return the guest who books: known by a code, else a new one, to be matched by the desk.

        Who is known by an e-mail address or a phone number is neither found nor told: anybody may
        type them. A guest code needs an account of the front office.

        :param booking_request.Booker booker: as it came
        :rtype: res.partner, as the superuser
        """
        if booker.guest_code:
            return self._get_known_guest(booker.guest_code)
        region = hotel.country_id.code or None
        try:
            email = contact.normalise_email(booker.email) if booker.email else ""
            phone = contact.normalise_phone(booker.phone, region) if booker.phone else ""
        except contact.ContactError as error:
            name = error.code.split("_")[0]
            raise RequestError(f"“booker.{name}” cannot be used ({error.code}).") from None
        name = contact.clean_name(booker.name)
        if not name:
            raise RequestError("“booker.name” is missing.")
        installed = dict(self.env["res.lang"].get_installed())
        language = booker.language if booker.language in installed else self.env.user.lang
        facts = {"name": name, "email": email, "phone": phone, "lang": language}
        return self.env["hotel.booking.page"]._make_booker(hotel, facts)

    def _get_known_guest(self, code):
        """Return the guest with a code, where the account may name guests and sees this one."""
        if not self.env.user.has_group("hotel_crm_base.group_front_office"):
            raise RequestError("This account may not name guests by their code.", "forbidden", 403)
        guest = self.env["res.partner"]._find_hotel_guest_by_code(code)
        if not guest:
            raise RequestError("There is no such guest for this account.", "unknown_guest", 404)
        return guest.sudo()
