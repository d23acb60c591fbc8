"""Moving stays on the rack: what it costs is said before, who was quicker is noticed."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

DATES = ("arrival_date", "departure_date")


class HotelRoomRack(models.AbstractModel):
    _inherit = "hotel.room.rack"

    @api.model
    def quote_move(self, stay_id, changes, seen):
        """Return what a move on the rack would cost. Callable by front office and managers.

        :param int stay_id: the stay
        :param dict changes: room_id (id, or False for none), arrival_date and departure_date (ISO), those
            that change
        :param dict seen: room_id, arrival_date, departure_date and state as the caller saw them
        :returns: is_priced (bool: dates or type change, so that somebody has to agree), guest, before and
            after (arrival_date, departure_date, room, room_type), old_total, new_total, difference (with
            tax), currency_id, problems (sentences that forbid it), can_keep_price (bool)
        :rtype: dict
        :raises AccessError: not one of those who may move stays
        :raises UserError: somebody else was quicker, or it cannot be
        """
        stay, vals = self._read_move(stay_id, changes, seen)
        is_priced = bool({"room_type_id", *DATES} & set(vals))
        totals = self._quote(stay, vals) if is_priced else {"old_total": 0.0, "new_total": 0.0, "problems": []}
        return {
            "is_priced": is_priced,
            "guest": stay._get_guest_name(),
            "before": self._describe_place(stay),
            "after": self._describe_place(stay, vals),
            "old_total": totals["old_total"],
            "new_total": totals["new_total"],
            "difference": totals["new_total"] - totals["old_total"],
            "currency_id": stay.currency_id.id,
            "problems": list(totals["problems"]),
            "can_keep_price": "room_type_id" in vals and not set(DATES) & set(vals),
        }

    @api.model
    def move_stay(self, stay_id, changes, seen, expected_total=None, is_price_kept=False):
        """Move a stay to another room, type or other dates. Callable by front office and managers.

        :param int stay_id: the stay
        :param dict changes: as for ``quote_move``
        :param dict seen: as for ``quote_move``
        :param float expected_total: the new total that was shown; another one is refused
        :param bool is_price_kept: give a room of another type at the price of the one that was booked
        :returns: message (str): what was done
        :rtype: dict
        :raises AccessError: not one of those who may move stays
        :raises UserError: somebody else was quicker, the room is taken, or the price is another one
        """
        stay, vals = self._read_move(stay_id, changes, seen)
        reservation = stay.reservation_id
        is_priced = {"room_type_id", *DATES} & set(vals)
        if is_price_kept:
            if set(DATES) & set(vals):
                raise UserError(self.env._("Other dates have their own price."))
            vals.pop("room_type_id", None)  # the stay remembers what was booked
        if reservation and is_priced and not is_price_kept:
            reservation._change(stay, vals, expected_total)
        else:
            stay.write(vals)
        stay.flush_recordset()
        return {"message": self._describe_move(stay)}

    @api.model
    def assign_stay(self, stay_id):
        """Give a stay the room that suits best. Callable by front office and managers.

        :param int stay_id: a stay without a room
        :returns: message (str), left (int: stays that found none)
        :rtype: dict
        :raises AccessError: not one of those who may move stays
        :raises UserError: it has a room, or is over
        """
        stay = self._get_stay(stay_id)
        return self._assign(stay)

    @api.model
    def assign_day(self, property_id):
        """Give rooms to all who arrive on the business date and have none.

        Callable by front office and managers.

        :param int property_id: a property that the user sees
        :returns: message (str), left (int: stays that found none)
        :rtype: dict
        :raises AccessError: not one of those who may move stays, or another's property
        """
        self._check_writer()
        desk = self.env["hotel.front.desk"]
        hotel = desk._get_visible_property(property_id)
        arrivals = desk._get_day_domain(hotel, "arrivals") & Domain("room_id", "=", False)
        stays = self.env["hotel.stay"].search(arrivals)
        if not stays:
            return {"message": self.env._("Everybody who arrives today has a room."), "left": 0}
        return self._assign(stays)

    @api.model
    def _assign(self, stays):
        waiting = stays.filtered(lambda stay: not stay.room_id)
        if not waiting:
            raise UserError(self.env._("These stays have a room already, or are over."))
        assigned = waiting._assign_rooms()
        return {"message": waiting._describe_assignment(assigned), "left": len(waiting - assigned)}

    # ---- what is asked ----------------------------------------------------------------------

    @api.model
    def _check_writer(self):
        """Refuse those who may not move stays.

        :raises AccessError: in one sentence
        """
        if not self._can_write():
            raise AccessError(self.env._("Only the front office and managers move stays."))

    @api.model
    def _get_stay(self, stay_id):
        """Return a stay that the user sees and may move.

        :rtype: hotel.stay
        :raises AccessError: there is none with this id, or the user moves no stays
        """
        self._check_writer()
        stays = self.env["hotel.stay"]
        stay = isinstance(stay_id, int) and stays.search([("id", "=", stay_id)])
        if not stay:
            raise AccessError(self.env._("This stay is not one of your property."))
        return stay

    @api.model
    def _read_move(self, stay_id, changes, seen):
        """Return the stay and the values that a move means, both checked.

        :rtype: tuple[hotel.stay, dict]
        """
        stay = self._get_stay(stay_id)
        if not isinstance(changes, dict) or set(changes) - {"room_id", *DATES} or not isinstance(seen, dict):
            raise UserError(self.env._("The rack moves stays to other rooms and dates only."))
        self._check_seen(stay, seen)
        vals = {name: self._read_date(changes[name]) for name in DATES if name in changes}
        if "room_id" in changes:
            vals.update(self._read_room(stay, changes["room_id"]))
        vals = {name: value for name, value in vals.items() if value != self._get_value(stay, name)}
        if not vals:
            raise UserError(self.env._("Nothing changes by that."))
        self._check_move(stay, vals)
        self._check_free(stay, vals)
        return stay, vals

    @api.model
    def _get_value(self, stay, name):
        value = stay[name]
        return value.id if isinstance(value, models.BaseModel) else value

    @api.model
    def _check_seen(self, stay, seen):
        """Refuse to change what is not as the caller saw it.

        :raises UserError: naming the guest
        """
        now = {
            "room_id": stay.room_id.id,
            "arrival_date": stay.arrival_date.isoformat(),
            "departure_date": stay.departure_date.isoformat(),
            "state": stay.state,
        }
        if any(seen.get(name, value) != value for name, value in now.items()):
            raise UserError(
                self.env._(
                    "Somebody else has changed the stay of %(guest)s meanwhile. The rack shows it as it is now.",
                    guest=stay._get_guest_name(),
                )
            )

    @api.model
    def _read_room(self, stay, room_id):
        """Return the values of another room, and of its type where that differs.

        :raises UserError: there is no such room at the property
        """
        if not room_id:
            return {"room_id": False}
        room = self.env["hotel.room"].search([("id", "=", room_id), ("property_id", "=", stay.property_id.id)])
        if not isinstance(room_id, int) or not room:
            raise UserError(self.env._("There is no such room at this property."))
        vals = {"room_id": room.id}
        if room.room_type_id != stay.room_type_id:
            vals["room_type_id"] = room.room_type_id.id
        return vals

    @api.model
    def _check_move(self, stay, vals):
        """Refuse moves that the state or the business date forbid.

        :raises UserError: with a sentence for the desk
        """
        today = stay.property_id.business_date
        arrival = vals.get("arrival_date", stay.arrival_date)
        departure = vals.get("departure_date", stay.departure_date)
        guest = stay._get_guest_name()
        if stay.state not in ("held", "booked", "in_house"):
            raise UserError(self.env._("The stay of %(guest)s is over and moves no more.", guest=guest))
        if stay.state == "in_house" and not vals.get("room_id", True):
            raise UserError(self.env._("%(guest)s is in house and needs a room.", guest=guest))
        if stay.state == "in_house" and "arrival_date" in vals:
            raise UserError(self.env._("%(guest)s is here already: the arrival stays as it is.", guest=guest))
        if departure <= arrival and not stay.is_day_use:
            raise UserError(self.env._("A stay is one night at least."))
        if "arrival_date" in vals and arrival < today:
            raise UserError(self.env._("The arrival would be before today, %(day)s.", day=format_date(self.env, today)))
        if "departure_date" in vals and departure < today:
            raise UserError(
                self.env._("The departure would be before today, %(day)s.", day=format_date(self.env, today))
            )

    @api.model
    def _check_free(self, stay, vals):
        """Refuse a room that somebody has on these nights, and say who. The database refuses it anyway.

        :raises UserError: naming the room and the guest
        """
        room_id = vals.get("room_id", stay.room_id.id)
        other = room_id and self.env["hotel.stay"].search(
            [
                ("id", "!=", stay.id),
                ("room_id", "=", room_id),
                ("state", "in", ("held", "booked", "in_house")),
                ("arrival_date", "<", vals.get("departure_date", stay.departure_date)),
                ("departure_date", ">", vals.get("arrival_date", stay.arrival_date)),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "Room %(room)s is taken by %(guest)s from %(arrival)s to %(departure)s.",
                    room=other.room_id.name,
                    guest=other._get_guest_name(),
                    arrival=format_date(self.env, other.arrival_date),
                    departure=format_date(self.env, other.departure_date),
                )
            )

    # ---- what is answered -------------------------------------------------------------------

    @api.model
    def _quote(self, stay, vals):
        """Return old_total, new_total and problems of a change.

        A stay without a reservation has no terms: its agreed rate goes on.

        :rtype: dict
        """
        if stay.reservation_id:
            return stay.reservation_id._quote_change(stay, vals)
        arrival = vals.get("arrival_date", stay.arrival_date)
        nights = (vals.get("departure_date", stay.departure_date) - arrival).days
        return {"old_total": stay.nights * stay.rate, "new_total": nights * stay.rate, "problems": []}

    @api.model
    def _describe_place(self, stay, vals=None):
        """Return dates, room and type of a stay, as it is or as it would be."""
        vals = vals or {}
        room = self.env["hotel.room"].browse(vals.get("room_id", stay.room_id.id))
        kind = self.env["hotel.room.type"].browse(vals.get("room_type_id", stay.room_type_id.id))
        return {
            "arrival_date": vals.get("arrival_date", stay.arrival_date),
            "departure_date": vals.get("departure_date", stay.departure_date),
            "room": room.name or "",
            "room_type": kind.name or "",
        }

    @api.model
    def _describe_move(self, stay):
        """Return in one sentence where a stay is now."""
        return self.env._(
            "%(guest)s: %(room)s, %(arrival)s to %(departure)s.",
            guest=stay._get_guest_name(),
            room=stay.room_id.name or self.env._("without a room"),
            arrival=format_date(self.env, stay.arrival_date),
            departure=format_date(self.env, stay.departure_date),
        )
