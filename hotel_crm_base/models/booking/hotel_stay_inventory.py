"""A stay takes a room of its type on each of its nights, however it is entered."""

from odoo import api, fields, models

from ... import guards
from .errors import SoldOut

TAKING_FIELDS = {"state", "room_type_id", "arrival_date", "departure_date"}


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._add_room_type(vals) for vals in vals_list]
        self._check_rooms_open(
            [(vals.get("room_id"), self._get_date(vals, 0), self._get_date(vals, 1)) for vals in vals_list]
        )
        if not guards.is_given(self.env.context, guards.BULK):
            inventory = self.env["hotel.inventory"].sudo()
            inventory._take(inventory._count_nights(map(self._prepare_taking, vals_list)))
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("room_id"):
            vals = self._add_upgrade(vals)
        if {"room_id", "arrival_date", "departure_date"} & set(vals):
            self._check_rooms_open(
                [
                    (
                        vals.get("room_id", stay.room_id.id),
                        self._get_date(vals, 0) or stay.arrival_date,
                        self._get_date(vals, 1) or stay.departure_date,
                    )
                    for stay in self
                    if vals.get("state", stay.state) in ("held", "booked", "in_house")
                ]
            )
        if TAKING_FIELDS & set(vals) and not guards.is_given(self.env.context, guards.BULK):
            inventory = self.env["hotel.inventory"].sudo()
            change = inventory._count_nights(stay._prepare_taking(vals) for stay in self)
            change.subtract(inventory._count_nights(stay._prepare_taking() for stay in self))
            inventory._take(change)
        return super().write(vals)

    def unlink(self):
        inventory = self.env["hotel.inventory"].sudo()
        taken = inventory._count_nights(stay._prepare_taking() for stay in self)
        inventory._take({key: -number for key, number in taken.items()})
        return super().unlink()

    def _prepare_taking(self, vals=None):
        """Return what of a stay the inventory counts: as it is, or as these values make it.

        :param dict vals: values to be written; all there are for a stay that is yet to be
        :rtype: dict
        """
        vals = vals or {}
        return {
            "state": vals.get("state") or self.state or "booked",
            "room_type_id": vals.get("room_type_id", self.room_type_id.id),
            "arrival_date": self._get_date(vals, 0) or self.arrival_date,
            "departure_date": self._get_date(vals, 1) or self.departure_date,
        }

    @api.model
    def _get_date(self, vals, end):
        """Return the arrival (0) or the departure (1) among values, as a date or False."""
        return fields.Date.to_date(vals.get(("arrival_date", "departure_date")[end])) or False

    @api.model
    def _add_room_type(self, vals):
        """Return values with the type of the room, where only the room is named."""
        if vals.get("room_id") and not vals.get("room_type_id"):
            # the room itself was chosen: its type is no secret
            vals = {**vals, "room_type_id": self.env["hotel.room"].sudo().browse(vals["room_id"]).room_type_id.id}
        return vals

    def _add_upgrade(self, vals):
        """Return values that keep what was booked where a room of another type is given."""
        if "room_type_id" in vals:
            return vals
        # as above
        room_type = self.env["hotel.room"].sudo().browse(vals["room_id"]).room_type_id
        booked = self.booked_room_type_id or self.room_type_id
        if len(self) > 1 or not self.room_type_id or room_type == self.room_type_id:
            return {**vals, "room_type_id": room_type.id}
        kept = {} if booked == room_type else {"booked_room_type_id": booked.id}
        return {**vals, "room_type_id": room_type.id, **(kept or {"booked_room_type_id": False})}

    @api.model
    def _check_rooms_open(self, rooms):
        """Refuse rooms on nights on which they are out of order.

        :param list[tuple] rooms: id of the room or nothing, arrival, departure
        :raises SoldOut: naming the first of them
        """
        wanted = [(room_id, first, last) for room_id, first, last in rooms if room_id and first and last]
        if not wanted or guards.is_given(self.env.context, guards.BULK):
            return
        closures = self.env["hotel.room.closure"].sudo().search_fetch(
            [
                ("room_id", "in", [room_id for room_id, _first, _last in wanted]),
                ("end_date", ">", min(first for _room, first, _last in wanted)),
                ("start_date", "<", max(last for _room, _first, last in wanted)),
            ],
            ["room_id", "start_date", "end_date", "reason"],
        )
        for room_id, first, last in wanted:
            for closure in closures.filtered(lambda closure: closure.room_id.id == room_id):
                if closure.start_date < last and closure.end_date > first:
                    raise SoldOut(
                        self.env._(
                            "Room %(room)s is out of order from %(start)s to %(end)s (%(reason)s).",
                            room=closure.room_id.name,
                            start=closure.start_date,
                            end=closure.end_date,
                            reason=closure.reason,
                        )
                    )
