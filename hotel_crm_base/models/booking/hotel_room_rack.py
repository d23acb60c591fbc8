"""The room rack: rooms by days, read by one call whose queries do not grow with the hotel."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .hotel_stay_assignment import LIVE

MOST_DAYS = 62
#: a stay that is over is drawn where it began no more than this many days before the first day shown
LONGEST_PAST = 92
WRITERS = ("hotel_crm_base.group_front_office", "hotel_crm_base.group_manager")


class HotelRoomRack(models.AbstractModel):
    """Rooms or room types of a property by days: who sleeps where, and what is free."""

    _name = "hotel.room.rack"
    _description = "Room Rack"

    @api.model
    @api.readonly
    def get_setup(self):
        """Return what the screen needs once. Callable by all staff.

        :returns: properties (id, name; those the user sees), property_id (where he or she works, or
            False), can_write (bool: may move stays), can_book (bool: may make reservations), states and
            room_states (lists of [code, name])
        :rtype: dict
        """
        setup = self.env["hotel.front.desk"].get_setup()
        room_states = self.env["hotel.room"]._fields["housekeeping_state"]
        return {
            "properties": setup["properties"],
            "property_id": setup["property_id"],
            "can_write": self._can_write(),
            "can_book": self.env["hotel.desk.booking"]._can_book(),
            "states": self.env["hotel.stay"]._fields["state"]._description_selection(self.env),
            "room_states": room_states._description_selection(self.env),
        }

    @api.model
    def get_rack(self, property_id, start=False, days=14, by="rooms"):
        """Return rooms, stays, closures and numbers of a range of days. Callable by all staff.

        :param int property_id: a property that the user sees
        :param str start: the first day, ISO; False for the business date
        :param int days: 1 to 62
        :param str by: rooms, or types (then no stay is read)
        :returns: property_id, business_date, start, days, currency_id; types (id, name, rooms: number);
            floors (id, name); rooms (lists: id, name, type id, floor id or False, state of
            housekeeping or False); stays (lists: id, room id or False, type id, arrival, departure,
            state, name, flags, persons, reservation id or False); closures (lists: id, room id, start,
            end, reason); numbers (type id as text to a list of [free, sold] for each day, or None where
            the type is not for sale)
        :rtype: dict
        :raises AccessError: the user does not see the property
        :raises UserError: days or dates that make no sense
        """
        hotel = self.env["hotel.front.desk"]._get_visible_property(property_id)
        first, last = self._read_range(hotel, start, days)
        types = self.env["hotel.room.type"].search_fetch([("property_id", "=", hotel.id)], ["name"])
        rooms = self._get_rooms(hotel)
        is_by_room = by == "rooms"
        stays = self._get_stays(hotel, first, last) if is_by_room else self.env["hotel.stay"]
        counts = defaultdict(int)
        for room in rooms:
            counts[room.room_type_id.id] += 1
        return {
            "property_id": hotel.id,
            "business_date": hotel.business_date,
            "start": first,
            "days": days,
            "currency_id": hotel.currency_id.id,
            "types": [{"id": kind.id, "name": kind.name, "rooms": counts[kind.id]} for kind in types],
            "floors": self._prepare_floors(rooms),
            "rooms": [self._prepare_room(room) for room in rooms] if is_by_room else [],
            "stays": self._prepare_stays(stays),
            "closures": self._prepare_closures(hotel, first, last) if is_by_room else [],
            "numbers": self._get_numbers(hotel, first, days),
        }

    @api.model
    def _can_write(self):
        """Return whether the user may move stays on the rack."""
        return any(self.env.user.has_group(group) for group in WRITERS)

    @api.model
    def _read_range(self, hotel, start, days):
        """Return the first day and the day after the last one.

        :raises UserError: where they make no sense
        """
        if not isinstance(days, int) or not 1 <= days <= MOST_DAYS:
            raise UserError(self.env._("The rack shows between 1 and %(days)s days.", days=MOST_DAYS))
        first = self._read_date(start) if start else hotel.business_date
        return first, first + timedelta(days=days)

    @api.model
    def _read_date(self, text):
        """Return the date that a caller wrote in ISO.

        :rtype: date
        :raises UserError: it is none
        """
        try:
            day = fields.Date.to_date(text)
        except (TypeError, ValueError):
            day = None
        if not day or not 1900 < day.year < 9000:
            raise UserError(self.env._("This is not a date."))
        return day

    @api.model
    def _get_rooms(self, hotel):
        """Return the rooms of a property in the order of its types, numbers in their natural order."""
        names = ["name", "room_type_id", "floor_id", "housekeeping_state"]
        rooms = self.env["hotel.room"].search_fetch([("property_id", "=", hotel.id)], names)
        return rooms.sorted(lambda room: (len(room.name), room.name))

    @api.model
    def _get_stays(self, hotel, first, last):
        """Return the stays that meet the days from the first to before the last one."""
        meets = Domain("arrival_date", "<", last) & Domain("departure_date", ">=", first)
        begun = Domain("arrival_date", ">=", first - timedelta(days=LONGEST_PAST))
        states = Domain("state", "in", LIVE) | (Domain("state", "=", "departed") & begun)
        return self.env["hotel.stay"].search_fetch(
            Domain("property_id", "=", hotel.id) & meets & states,
            [
                "room_id",
                "room_type_id",
                "arrival_date",
                "departure_date",
                "state",
                "partner_id",
                "reservation_id",
                "adults",
                "children",
                "infants",
            ],
            order="arrival_date, id",
        )

    @api.model
    def _prepare_floors(self, rooms):
        floors = rooms.floor_id.sorted(lambda floor: (floor.level, floor.id))
        return [{"id": floor.id, "name": floor.name} for floor in floors]

    @api.model
    def _prepare_room(self, room):
        return [room.id, room.name, room.room_type_id.id, room.floor_id.id, room.housekeeping_state]

    @api.model
    def _prepare_stays(self, stays):
        """Return what the bars show; the number of queries does not grow with them.

        :rtype: list[list]
        """
        guests = stays.partner_id
        guests.hotel_preference_ids.preference_id.fetch(["name"])
        flags = {guest.id: guest._get_hotel_flags() for guest in guests}
        anonymous = self.env._("Anonymous guest")
        return [
            [
                stay.id,
                stay.room_id.id,
                stay.room_type_id.id or stay.room_id.room_type_id.id,
                stay.arrival_date,
                stay.departure_date,
                stay.state,
                stay.partner_id.name or anonymous,
                flags.get(stay.partner_id.id, []),
                stay.adults + stay.children + stay.infants,
                stay.reservation_id.id,
            ]
            for stay in stays
        ]

    @api.model
    def _prepare_closures(self, hotel, first, last):
        closures = self.env["hotel.room.closure"].search_fetch(
            [("property_id", "=", hotel.id), ("start_date", "<", last), ("end_date", ">", first)],
            ["room_id", "start_date", "end_date", "reason"],
        )
        return [
            [closure.id, closure.room_id.id, closure.start_date, closure.end_date, closure.reason]
            for closure in closures
        ]

    @api.model
    def _get_numbers(self, hotel, first, days):
        """Return for each room type what is free and sold on each day.

        :rtype: dict[str, list]
        """
        rows = self.env["hotel.inventory"].search_fetch(
            [("property_id", "=", hotel.id), ("date", ">=", first), ("date", "<", first + timedelta(days=days))],
            ["room_type_id", "date", "allotment", "sold"],
        )
        numbers = {}
        for row in rows:
            nights = numbers.setdefault(str(row.room_type_id.id), [None] * days)
            nights[(row.date - first).days] = [row.allotment - row.sold, row.sold]
        return numbers
