"""Rooms for arrivals, chosen by the engine in ``assignment.py``."""

from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ... import assignment

#: states that take a room
LIVE = ("held", "booked", "in_house")
#: how ready a room is, by its state of housekeeping
READINESS = {"inspected": 2, "clean": 1}
#: what a preference about a room begins with; the rest names what the room has
PREFIXES = ("room_", "bed_")
EARLIER_ROOMS = 3


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    def action_assign_room(self):
        """Give rooms to those of these stays that have none. Callable by those who may write stays.

        :returns: a message that says how many have a room now
        :rtype: dict: client action
        :raises UserError: where no stay waits for a room
        """
        waiting = self.filtered(lambda stay: not stay.room_id and stay.state in LIVE)
        if not waiting:
            raise UserError(self.env._("These stays have a room already, or are over."))
        waiting.check_access("write")
        assigned = waiting._assign_rooms()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if assigned == waiting else "warning",
                "message": waiting._describe_assignment(assigned),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _describe_assignment(self, assigned):
        """Return what came of looking for rooms, in one or two sentences.

        :param hotel.stay assigned: those of these stays that have a room now
        :rtype: str
        """
        left = self - assigned
        done = self.env._("Rooms given: %(count)s.", count=len(assigned))
        if not left:
            return done
        names = ", ".join(stay._get_guest_name() for stay in left[:5])
        more = " …" if len(left) > 5 else ""
        return done + " " + self.env._("No free room of the type for: %(guests)s.", guests=names + more)

    def _assign_rooms(self):
        """Give each of these stays the room that suits best; the database refuses a room twice.

        :returns: those that have a room now
        :rtype: hotel.stay
        """
        found = self._propose_rooms()
        assigned = self.filtered(lambda stay: stay.id in found)
        for stay in assigned:
            stay.room_id = found[stay.id]
        assigned.flush_recordset(["room_id"])
        return assigned

    def _propose_rooms(self):
        """Return the room that suits each of these stays best; nothing is written.

        :rtype: dict[int, int]: id of the stay to id of the room; without those that find none
        """
        found = {}
        live = self.filtered(lambda stay: stay.state in LIVE and stay.room_type_id)
        for hotel, stays in live.grouped("property_id").items():
            rooms = self.env["hotel.room"].search([("room_type_id", "in", stays.room_type_id.ids)])
            found |= assignment.assign(
                stays._prepare_assignment_stays(hotel, rooms),
                self._prepare_assignment_rooms(rooms, stays._get_taken(rooms)),
            )
        return found

    def _get_taken(self, rooms):
        """Return when rooms are taken or out of order while these stays last.

        :rtype: dict[int, list[tuple[date, date]]]: id of the room to (first night, free from)
        """
        first, last = min(self.mapped("arrival_date")), max(self.mapped("departure_date"))
        # neighbours in the plan count too: a stay fits where it leaves no hole
        around = timedelta(days=assignment.WIDE)
        meets = Domain("room_id", "in", rooms.ids)
        others = self.env["hotel.stay"].search_fetch(
            meets
            & Domain("state", "in", LIVE)
            & Domain("departure_date", ">=", first - around)
            & Domain("arrival_date", "<=", last + around),
            ["room_id", "arrival_date", "departure_date"],
        )
        closures = self.env["hotel.room.closure"].search_fetch(
            meets & Domain("end_date", ">", first) & Domain("start_date", "<=", last),
            ["room_id", "start_date", "end_date"],
        )
        taken = {room.id: [] for room in rooms}
        for stay in others - self:
            taken[stay.room_id.id].append(self._get_span(stay))
        for closure in closures:
            taken[closure.room_id.id].append((closure.start_date, closure.end_date))
        return taken

    @api.model
    def _get_span(self, stay):
        """Return the range in which a stay takes its room; day use takes its day."""
        return stay.arrival_date, max(stay.departure_date, stay.arrival_date + timedelta(days=1))

    def _prepare_assignment_stays(self, hotel, rooms):
        """Return these stays as the engine takes them.

        :rtype: list[assignment.Stay]
        """
        usual = self._get_usual_rooms(hotel, rooms)
        return [
            assignment.Stay(
                id=stay.id,
                type_id=stay.room_type_id.id,
                arrival=stay.arrival_date,
                departure=stay.departure_date,
                wants=frozenset(stay._get_room_wishes()),
                usual_room_ids=tuple(usual.get(stay.partner_id.id, ()))[:EARLIER_ROOMS],
                is_today=stay.arrival_date <= hotel.business_date,
                rank=stay._get_choice_rank(),
            )
            for stay in self
        ]

    def _get_usual_rooms(self, hotel, rooms):
        """Return the rooms in which the guests of these stays slept before, the latest first.

        :rtype: dict[int, list[int]]: id of the guest to ids of rooms
        """
        before = self.env["hotel.stay"].search_fetch(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("property_id", "=", hotel.id),
                ("state", "=", "departed"),
                ("room_id", "in", rooms.ids),
            ],
            ["partner_id", "room_id"],
            order="departure_date desc, id desc",
        )
        usual = {}
        for stay in before:
            known = usual.setdefault(stay.partner_id.id, [])
            if stay.room_id.id not in known:
                known.append(stay.room_id.id)
        return usual

    def _get_choice_rank(self):
        """Hook: return who chooses a room first, where rooms are given: the higher, the earlier.

        :rtype: int: 0 for everybody, 1 for who has a VIP code
        """
        return int(bool(self.partner_id.hotel_vip_code_id))

    def _get_room_wishes(self):
        """Return what the guest of this stay likes a room to have, as codes of particulars.

        :rtype: set[str]
        """
        codes = self.partner_id.hotel_preference_ids.preference_id.mapped("code")
        return {code.split("_", 1)[1] if code.startswith(PREFIXES) else code for code in codes}

    @api.model
    def _prepare_assignment_rooms(self, rooms, taken):
        """Return rooms as the engine takes them.

        :param dict taken: of ``_get_taken``
        :rtype: list[assignment.Room]
        """
        floors = self.env["hotel.floor"].search([("property_id", "in", rooms.property_id.ids)])
        traits = assignment.FloorTraits(floors.mapped("level"))
        return [
            assignment.Room(
                id=room.id,
                type_id=room.room_type_id.id,
                traits=assignment.get_traits(
                    room.amenity_ids.mapped("code") + room.room_type_id.amenity_ids.mapped("code"),
                    traits.get(room.floor_id.level) if room.floor_id else None,
                ),
                readiness=self._get_readiness(room),
                taken=tuple(taken.get(room.id, ())),
            )
            for room in rooms
        ]

    @api.model
    def _get_readiness(self, room):
        """Return how soon a guest can go up to this room; the higher, the sooner."""
        return READINESS.get(room.housekeeping_state, 0)
