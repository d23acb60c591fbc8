from datetime import timedelta

from odoo import models

from .hotel_stay_assignment import LIVE, READINESS


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    def action_open_check_in(self):
        """Open the form of the check-in. Callable by those who may write stays.

        :rtype: dict: action
        :raises UserError: as action_check_in, before anything is typed
        """
        self.ensure_one()
        self.check_access("write")
        self._check_transition("in_house")
        self._check_check_in_day()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_stay_checkin_action")
        return {**action, "context": {"default_stay_id": self.id}}

    def _get_free_rooms(self):
        """Return the rooms that this stay can have: nobody else's, and not out of order.

        :rtype: hotel.room: those of its type first, the cleanest first
        """
        self.ensure_one()
        hotel = self.property_id
        first = max(self.arrival_date, hotel.business_date)
        last = max(self.departure_date, first + timedelta(days=1))
        taken = self.env["hotel.stay"].search(
            [
                ("property_id", "=", hotel.id),
                ("id", "!=", self.id),
                ("state", "in", LIVE),
                ("room_id", "!=", False),
                ("arrival_date", "<", last),
                ("departure_date", ">", first),
            ]
        )
        closed = self.env["hotel.room.closure"].search(
            [("property_id", "=", hotel.id), ("start_date", "<", last), ("end_date", ">", first)]
        )
        rooms = self.env["hotel.room"].search([("property_id", "=", hotel.id)]) - taken.room_id - closed.room_id
        return rooms.sorted(
            lambda room: (room.room_type_id != self.room_type_id, -READINESS.get(room.housekeeping_state, 0), room.name)
        )

    def _get_occupants(self, rooms):
        """Return the other stays whose guests are in these rooms now, be it that they should leave today.

        :param rooms: hotel.room
        :rtype: hotel.stay
        """
        return self.env["hotel.stay"].search(
            [("room_id", "in", rooms.ids), ("state", "=", "in_house"), ("id", "not in", self.ids)]
        )

    def _get_occupied_rooms(self):
        """Return those of the rooms of these coming stays in which a guest still is.

        :rtype: hotel.room
        """
        coming = self.filtered(lambda stay: stay.state in ("held", "booked"))
        return coming._get_occupants(coming.room_id).room_id

    def _get_check_in_room(self):
        """Return the room to offer at the check-in: the one given already, else the best free one of the type.

        :rtype: hotel.room
        """
        self.ensure_one()
        return self.room_id or self.env["hotel.room"].browse(self._propose_rooms().get(self.id))
