"""What stays take from the inventory: locked first, counted, refused where nothing is left."""

from collections import Counter
from datetime import date, timedelta

from odoo import models
from odoo.tools import SQL, format_date

from .errors import SoldOut

#: states of stays that take a room; those that have departed took it on their nights
TAKING_STATES = ("held", "booked", "in_house", "departed")


class HotelInventory(models.Model):
    _inherit = "hotel.inventory"

    def _get_free(self, hotel, arrival, departure):
        """Return how many rooms of each type may still be sold for all of these nights.

        A type misses where a night is beyond the horizon: nothing is sold there.

        :param hotel.property hotel: the property
        :param date arrival: first night
        :param date departure: day after the last night; that of the arrival means day use
        :returns: rooms by id of their type, closed types too
        :rtype: dict[int, int]
        """
        departure = max(departure, arrival + timedelta(days=1))
        rows = self.env.execute_query(
            SQL(
                """SELECT room_type_id, GREATEST(0, MIN(allotment + overbooking - sold)) FROM hotel_inventory
                    WHERE property_id = %s AND date >= %s AND date < %s
                    GROUP BY room_type_id HAVING COUNT(*) = %s""",
                hotel.id,
                arrival,
                departure,
                (departure - arrival).days,
            )
        )
        return dict(rows)

    def _take(self, change, as_fact=False):
        """Count rooms that are taken or given back, all at once.

        The rows are locked in the order of type and date, as everybody does, so that nobody
        waits in a circle; call it before the stays are written.

        :param dict change: number of rooms by (id of room type, night), negative where given back
        :param bool as_fact: take rooms that are not there, too: the shortfall rises
        :raises SoldOut: where a room is taken that is not there
        """
        change = {key: number for key, number in change.items() if number}
        if not change:
            return
        rows = self._query_lock(change)
        if len(rows) < len(change) and self._open_missing(change, rows):
            rows = self._query_lock(change)
        if not as_fact:
            self._check_left(change, rows)
        self._query_add_sold([(row_id, change[type_id, day]) for row_id, type_id, day, _left in rows])

    def _take_lock(self, change):
        """Lock the nights that a change takes or gives back, and refuse it where a room is missing.

        :param dict change: as of ``_take``
        :raises SoldOut: where a room is missing
        """
        change = {key: number for key, number in change.items() if number}
        if change:
            self._check_room_for(change)

    def _check_room_for(self, change):
        """Lock the nights that a booking wants, and refuse it where a room is missing.

        :param dict change: number of rooms by (id of room type, night)
        :returns: the nights that are not for sale yet, as keys of ``change``
        :rtype: set
        :raises SoldOut: where a room is missing
        """
        rows = self._query_lock(change)
        if len(rows) < len(change) and self._open_missing(change, rows):
            rows = self._query_lock(change)
        self._check_left(change, rows)
        return set(change) - {(type_id, day) for _id, type_id, day, _left in rows}

    def _check_left(self, change, rows):
        for _id, type_id, day, left in rows:
            if change[type_id, day] > max(left, 0):
                raise self._get_sold_out(type_id, day)

    def _get_sold_out(self, room_type_id, day):
        """Return the error that says that no room of a type is left for a night.

        :rtype: SoldOut
        """
        # a guest on the web has no rights on room types
        room_type = self.env["hotel.room.type"].sudo().browse(room_type_id)
        return SoldOut(
            self.env._(
                "Sold out: no room of type “%(room_type)s” is left for the night of %(night)s.",
                room_type=room_type.name,
                night=format_date(self.env, day),
            )
        )

    def _open_missing(self, change, rows):
        """Open nights within the horizon that somebody books before the job has opened them.

        :returns: whether there are more rows now
        :rtype: bool
        """
        missing = set(change) - {(type_id, day) for _id, type_id, day, _left in rows}
        room_types = self.env["hotel.room.type"].sudo().browse({type_id for type_id, _day in missing})
        opened = 0
        for hotel, types in room_types.grouped("property_id").items():
            first, last = hotel._get_horizon()
            if any(first <= day < last for type_id, day in missing if type_id in types._ids):
                opened += self._query_open(hotel, types)
        return bool(opened)

    def _get_problem(self, change):
        """Return what stands against a change, without locking or writing anything.

        :param dict change: as of ``_take``
        :returns: a sentence, empty where nothing stands against it
        :rtype: str
        """
        change = {key: number for key, number in change.items() if number}
        try:
            self._check_left(change, self._query_lock(change, is_for_update=False) if change else ())
        except SoldOut as error:
            return str(error)
        return ""

    def _query_lock(self, change, is_for_update=True):
        """Lock rows in the order of type and date; SQL because the ORM locks in no order and never waits.

        :param dict change: keys are (id of room type, night)
        :param bool is_for_update: lock, not only read
        :returns: ``(id, room_type_id, date, rooms that may still be sold)`` of the rows that exist
        :rtype: list[tuple]
        """
        type_ids, days = zip(*change, strict=True)
        return self.env.execute_query(
            SQL(
                """SELECT i.id, i.room_type_id, i.date, i.allotment + i.overbooking - i.sold
                     FROM hotel_inventory i
                     JOIN unnest(%s::integer[], %s::date[]) wanted(type_id, night)
                       ON i.room_type_id = wanted.type_id AND i.date = wanted.night
                    ORDER BY i.room_type_id, i.date %s""",
                list(type_ids),
                list(days),
                SQL("FOR UPDATE OF i") if is_for_update else SQL(),
            )
        )

    def _query_add_sold(self, changes):
        """Add to the rooms sold of locked rows; a shortfall shrinks where rooms come back.

        SQL because it is one statement for any number of nights, and counts on what is stored.

        :param list[tuple[int, int]] changes: id of a row, rooms
        """
        if not changes:
            return
        ids, numbers = zip(*changes, strict=True)
        self.env.cr.execute(
            SQL(
                """UPDATE hotel_inventory i SET sold = GREATEST(0, i.sold + change.number),
                          shortfall = GREATEST(0, i.sold + change.number - i.allotment - i.overbooking)
                     FROM unnest(%s::integer[], %s::integer[]) change(id, number) WHERE i.id = change.id""",
                list(ids),
                list(numbers),
            )
        )
        self.invalidate_model(["sold", "shortfall"])

    def _count_nights(self, stays):
        """Return how many rooms stays take, by (id of room type, night).

        :param list[dict] stays: values with state, room_type_id (an id), arrival_date, departure_date
        :rtype: Counter
        """
        taken = Counter()
        for values in stays:
            if values["state"] in TAKING_STATES and values["room_type_id"]:
                first, last = values["arrival_date"], values["departure_date"]
                taken.update((values["room_type_id"], day) for day in _get_days(first, last))
        return taken


def _get_days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days)]
