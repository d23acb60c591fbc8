"""The day of housekeeping: what a phone shows of the rooms. No names, no money."""

from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .hotel_room_status import STATES

KEEPERS = (
    "hotel_crm_base.group_housekeeping",
    "hotel_crm_base.group_front_office",
    "hotel_crm_base.group_manager",
)
LONGEST_NOTE = 200
LONGEST_CLOSURE = 365


class HotelHousekeeping(models.AbstractModel):
    """Rooms of a property as those who clean them see them."""

    _name = "hotel.housekeeping"
    _description = "Housekeeping"

    @api.model
    @api.readonly
    def get_setup(self):
        """Return what the screen needs once. Callable by all staff.

        :returns: properties (id, name), property_id (where the user works, or False), can_write (bool)
        :rtype: dict
        """
        hotels = self.env["hotel.property"].search_fetch([], ["name"])
        return {
            "properties": [{"id": hotel.id, "name": hotel.name} for hotel in hotels],
            "property_id": (self.env.user._get_hotel_property() & hotels or hotels[:1]).id,
            "can_write": self._may_write(),
        }

    @api.model
    def get_rooms(self, property_id):
        """Return the rooms of a property today. Callable by all staff.

        :param int property_id: a property that the user sees
        :returns: business_date, and floors: lists of id, name, rooms; a room has id, name, type,
            state, since (UTC or False), note, use (list of arrival, departure, stay_over, vacant),
            persons, closed (reason, or False)
        :rtype: dict
        :raises AccessError: the user does not see the property
        """
        hotel = self.env["hotel.front.desk"]._get_visible_property(property_id)
        names = ["name", "room_type_id", "floor_id", "housekeeping_state", "dirty_since_at", "housekeeping_note"]
        rooms = self.env["hotel.room"].search_fetch([("property_id", "=", hotel.id)], names, order="floor_id, name")
        uses, closed = self._get_uses(hotel), self._get_closed(hotel)
        floors = [
            {
                "id": floor.id,
                "name": floor.display_name or "",
                "rooms": [self._prepare_room(room, uses.get(room.id), closed.get(room.id)) for room in on_floor],
            }
            for floor, on_floor in rooms.grouped("floor_id").items()
        ]
        return {"business_date": hotel.business_date, "floors": floors}

    @api.model
    def set_state(self, room_id, state, seen):
        """Say how clean a room is. Callable by housekeeping, front office and managers.

        :param int room_id: a room that the user sees
        :param str state: dirty, clean or inspected
        :param str seen: the state on the user's screen; where somebody else was quicker, nothing is written
        :returns: state (as it is now), is_late (whether somebody else was quicker)
        :rtype: dict
        :raises AccessError: another role, or a room of another property
        """
        room = self._get_room(room_id)
        if state not in dict(STATES):
            raise UserError(self.env._("A room is dirty, clean or inspected."))
        room._lock_housekeeping()
        if room.housekeeping_state not in (seen, state):
            return {"state": room.housekeeping_state, "is_late": True}
        room.write({"housekeeping_state": state})
        return {"state": state, "is_late": False}

    @api.model
    def set_note(self, room_id, note):
        """Leave a note about a room. Callable by housekeeping, front office and managers.

        :param int room_id: a room that the user sees
        :param str note: 200 characters at most; empty takes the note away
        :rtype: bool
        """
        note = " ".join(note.split())[:LONGEST_NOTE] if isinstance(note, str) else ""
        self._get_room(room_id).housekeeping_note = note
        return True

    @api.model
    def report_out_of_order(self, room_id, reason, days=1):
        """Take a room that cannot be let out of the inventory, from today on.

        Callable by housekeeping, front office and managers.

        :param int room_id: a room that the user sees
        :param str reason: what is wrong
        :param int days: for how many nights, 1 to 365
        :rtype: bool
        :raises UserError: no reason, or a guest has the room on one of these nights
        """
        room = self._get_room(room_id)
        reason = " ".join(reason.split())[:LONGEST_NOTE] if isinstance(reason, str) else ""
        if not reason:
            raise UserError(self.env._("Say what is wrong with the room."))
        if not isinstance(days, int) or not 1 <= days <= LONGEST_CLOSURE:
            raise UserError(self.env._("A room is out of order for 1 to %(days)s nights.", days=LONGEST_CLOSURE))
        first = room.property_id.business_date
        self.env["hotel.room.closure"].create(
            {"room_id": room.id, "start_date": first, "end_date": first + timedelta(days=days), "reason": reason}
        )
        return True

    @api.model
    def _may_write(self):
        return any(self.env.user.has_group(group) for group in KEEPERS)

    @api.model
    def _get_room(self, room_id):
        """Return a room that the user may look after, with sudo: rooms themselves are the managers'.

        :raises AccessError: another role, or a room of another property
        """
        room = self.env["hotel.room"].search([("id", "=", room_id)]) if isinstance(room_id, int) else None
        if not room or not self._may_write():
            raise AccessError(self.env._("This room is not yours to look after."))
        return room.sudo()

    @api.model
    def _get_uses(self, hotel):
        """Return what happens in the rooms today: room id -> (uses, persons).

        :rtype: dict[int, tuple[list[str], int]]
        """
        today = hotel.business_date
        coming = Domain("state", "in", ("held", "booked")) & Domain("arrival_date", "=", today)
        domain = Domain("property_id", "=", hotel.id) & Domain("room_id", "!=", False)
        domain &= Domain("state", "=", "in_house") | coming
        names = ["room_id", "state", "departure_date", "adults", "children"]
        uses = {}
        for stay in self.env["hotel.stay"].search_fetch(domain, names):
            if stay.state != "in_house":
                use = "arrival"
            else:
                use = "departure" if stay.departure_date <= today else "stay_over"
            found, persons = uses.get(stay.room_id.id, ([], 0))
            here = stay.adults + stay.children if use != "departure" else 0
            uses[stay.room_id.id] = (sorted({*found, use}, reverse=True), max(persons, here))
        return uses

    @api.model
    def _get_closed(self, hotel):
        today = hotel.business_date
        closures = self.env["hotel.room.closure"].search_fetch(
            [("property_id", "=", hotel.id), ("start_date", "<=", today), ("end_date", ">", today)],
            ["room_id", "reason"],
        )
        return {closure.room_id.id: closure.reason for closure in closures}

    @api.model
    def _prepare_room(self, room, use, closed):
        uses, persons = use or (["vacant"], 0)
        return {
            "id": room.id,
            "name": room.name,
            "type": room.room_type_id.code,
            "state": room.housekeeping_state,
            "since": room.dirty_since_at,
            "note": room.housekeeping_note or "",
            "use": uses,
            "persons": persons,
            "closed": closed or False,
        }
