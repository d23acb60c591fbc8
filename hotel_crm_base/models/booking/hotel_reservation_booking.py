"""Taking a booking: checked, priced, its rooms taken, its terms frozen."""

from odoo import api, models
from odoo.tools import float_compare

from .errors import CodeRefused, GuestRefused, InvalidTerms, NotForSale, PriceChanged

#: channels on which nobody of the hotel looks at a booking
ONLINE = ("web", "ota", "gds")


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    @api.model
    def _book(self, terms, confirm=False):
        """Book rooms: the one door for the booking page, the desk and other systems.

        Who may is the caller's business: public pages call it as superuser. The rooms are held
        until ``hold_expires_at``, or booked at once.

        :param BookingTerms terms: who books what, at which price
        :param bool confirm: book at once instead of holding the rooms
        :returns: the reservation; that of the first time where a request comes twice
        :rtype: hotel.reservation
        :raises BookingError: InvalidTerms, GuestRefused, NotForSale, SoldOut, PriceChanged or CodeRefused
        """
        known = self._find_by_source(terms)
        if known:
            return known
        hotel = self.env["hotel.property"].browse(terms.property_id)
        self._check_terms(terms, hotel)
        self._check_inventory(terms)
        reservation = self.create(self._prepare_reservation_vals(terms, hotel))
        reservation._take_rooms("booked" if confirm else "held", terms.expected_total)
        problem = reservation._apply_code(terms.code) if terms.code else ""
        if problem:
            raise CodeRefused(problem)
        reservation._after_taken(confirm)
        return reservation

    @api.model
    def _find_by_source(self, terms):
        """Return the booking that a request has made before.

        :rtype: hotel.reservation
        """
        if not terms.source_ref:
            return self.browse()
        return self.search(
            [("source_system", "=", terms.source_system), ("source_ref", "=", terms.source_ref)], limit=1
        )

    @api.model
    def _is_online(self, terms):
        """Return whether the guest or a machine books, and nobody of the hotel decides."""
        return terms.channel in ONLINE or self.env.user.share

    @api.model
    def _check_terms(self, terms, hotel):
        """Refuse what makes no sense and whom the hotel does not take.

        :raises BookingError: InvalidTerms, NotForSale or GuestRefused
        """
        if not terms.rooms:
            raise InvalidTerms(self.env._("Choose a room first."))
        online = self._is_online(terms)
        if not hotel.exists() or not hotel.active or (online and not hotel.is_online):
            raise NotForSale(self.env._("This hotel takes no bookings here."))
        for wish in terms.rooms:
            self._check_wish(wish, hotel, online)
        guest_ids = {terms.partner_id, *(wish.guest_id for wish in terms.rooms if wish.guest_id)}
        self._check_guests(self.env["res.partner"].browse(guest_ids), online)

    @api.model
    def _check_wish(self, wish, hotel, online=False):
        """Refuse dates, types and numbers of persons that cannot be.

        :param RoomWish wish: what somebody wants
        :raises BookingError: InvalidTerms or NotForSale
        """
        if wish.nights < (1 if online else 0):
            raise InvalidTerms(self.env._("The departure is before the arrival."))
        if wish.arrival_date < self.env["hotel.quote"]._get_first_arrival_date(hotel):
            raise InvalidTerms(self.env._("The arrival is in the past."))
        room_type = self.env["hotel.room.type"].browse(wish.room_type_id)
        if not room_type.exists() or room_type.property_id != hotel:
            raise InvalidTerms(self.env._("This hotel has no such type of room."))
        if not room_type.active or (online and not room_type.is_online):
            raise NotForSale(self.env._("This type of room is not for sale."))
        self._check_persons(wish, room_type)

    @api.model
    def _check_persons(self, wish, room_type):
        """Refuse more people than sleep in a room of the type; a child may take an adult's bed.

        :raises InvalidTerms: with the number that fits
        """
        if wish.adults < 1 or wish.children < 0 or wish.infants < 0:
            raise InvalidTerms(self.env._("A room is booked for one adult at least."))
        most = room_type.capacity_adults + room_type.capacity_children
        if wish.adults > room_type.capacity_adults or wish.persons > most:
            raise InvalidTerms(
                self.env._(
                    "A room of type “%(room_type)s” takes %(adults)s adults, and %(persons)s persons in all.",
                    room_type=room_type.name,
                    adults=room_type.capacity_adults,
                    persons=most,
                )
            )

    @api.model
    def _check_guests(self, guests, online=False):
        """Refuse guests on the block list; to themselves politely and without a reason.

        :raises GuestRefused: naming the guest and the reason to the hotel's people only
        """
        blocked = guests.filtered("hotel_is_blocked")[:1]
        if blocked and online:
            raise GuestRefused(self.env._("We are sorry that we cannot take this booking. Please call the hotel."))
        if blocked:
            raise GuestRefused(
                self.env._(
                    "The hotel takes no booking of %(guest)s (%(reason)s)."
                    " Please call a manager, who can lift the block.",
                    guest=blocked.name,
                    reason=blocked.hotel_block_text,
                )
            )

    @api.model
    def _check_inventory(self, terms):
        """Lock what is wanted before anything is written, so that who comes second is told at once.

        :raises BookingError: SoldOut or NotForSale
        """
        # guests and agents have no rights on the inventory
        inventory = self.env["hotel.inventory"].sudo()
        unopened = inventory._check_room_for(inventory._count_nights(map(_as_stay, terms.rooms)))
        if unopened and self._is_online(terms):
            raise NotForSale(self.env._("These nights are not for sale yet."))

    def _prepare_reservation_vals(self, terms, hotel):
        """Return values of a reservation and of the rooms wanted.

        :rtype: dict
        """
        return {
            "partner_id": terms.partner_id,
            "payer_id": terms.payer_id,
            "property_id": hotel.id,
            "channel_id": self._get_code_id("hotel.channel", terms.channel),
            "market_segment_id": self._get_code_id("hotel.market.segment", terms.market_segment),
            "rate_plan_id": terms.rooms[0].rate_plan_id,
            "code": terms.code,
            "note": terms.note,
            "source_system": terms.source_system,
            "source_ref": terms.source_ref,
            "is_hold_endless": hotel.is_confirmation_manual and self._is_online(terms),
            "line_ids": [(0, 0, self._prepare_line_vals(wish)) for wish in terms.rooms],
            **terms.extra.get("values", {}),
        }

    @api.model
    def _prepare_line_vals(self, wish):
        """Return values of a room wanted.

        :rtype: dict
        """
        names = ("room_type_id", "room_id", "rate_plan_id", "arrival_date", "departure_date", "guest_id")
        numbers = ("adults", "children", "infants")
        return {name: getattr(wish, name) for name in (*names, *numbers)}

    @api.model
    def _get_code_id(self, model, code):
        """Return the id of the entry of a coded list, or False.

        :raises InvalidTerms: where there is a code but no entry
        """
        if not code:
            return False
        entry = self.env[model].search([("code", "=", code)], limit=1)
        if not entry:
            raise InvalidTerms(self.env._("“%(code)s” is not known.", code=code))
        return entry.id

    def _take_rooms(self, state, expected_total=None):
        """Price the rooms wanted and take them from the inventory as stays.

        :param str state: of the stays, ``held`` or ``booked``
        :param float expected_total: the price that was shown, with tax
        :returns: the new stays
        :rtype: hotel.stay
        :raises BookingError: NotForSale, SoldOut or PriceChanged
        """
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line._is_open())
        offers = [line._get_offer() for line in lines]
        self._check_total(offers, expected_total)
        # call agents book, but have no rights to write stays at large
        stays = self.env["hotel.stay"].sudo().create(
            [line._prepare_stay_vals(offer, state) for line, offer in zip(lines, offers, strict=True)]
        )
        for line, stay in zip(lines, stays, strict=True):
            line.stay_id = stay
        self.write(self._prepare_terms_vals(offers))
        return stays

    def _is_sold_online(self):
        """Return whether the guest or a machine acts, and nobody of the hotel decides."""
        return self.channel_id.code in ONLINE or self.env.user.share

    def _price(self, wish, check=True):
        """Return the price of a room for this booker, None for day use: its rate is the desk's.

        :param RoomWish wish: what is wanted
        :param bool check: refuse what is not for sale
        :rtype: pricing.Offer
        :raises BookingError: InvalidTerms or NotForSale
        """
        if not wish.nights:
            return None
        online = self._is_sold_online() or self.env["hotel.quote"]._is_online()
        quote = self.env["hotel.quote"].with_context(hotel_online=online, hotel_channel=self.channel_id.code)
        return quote._price(self.property_id, wish, self.partner_id, check=check)

    def _check_total(self, offers, expected_total):
        """Refuse a price that is not the one that was shown.

        :raises PriceChanged: with the present price
        """
        if expected_total is None or not all(offers):
            return
        total = sum(offer.total_gross for offer in offers)
        if float_compare(total, expected_total, precision_rounding=self.currency_id.rounding):
            raise PriceChanged(
                self.env._("The price is %(total)s now.", total=self.currency_id.format(total))
            )


def _as_stay(wish):
    return {
        "state": "held",
        "room_type_id": wish.room_type_id,
        "arrival_date": wish.arrival_date,
        "departure_date": wish.departure_date,
    }
