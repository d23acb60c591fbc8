"""Changing a booked room: the price effect first, then old nights given back and new ones taken."""

from dataclasses import replace
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import float_compare

from ... import cancellation
from .errors import BookingError, InvalidTerms, NotChangeable, PriceChanged, SoldOut

#: what may change about the stay; a field of the wish each
CHANGES = (
    *("arrival_date", "departure_date", "room_type_id", "room_id", "rate_plan_id"),
    *("adults", "children", "infants"),
)
EMPTY = {"adults": 0, "children": 0, "infants": 0}
#: changes that leave the price of a night that stays as it was agreed
FREE_CHANGES = {"arrival_date", "departure_date", "room_id", "infants"}


class Plan(NamedTuple):
    """A stay as a change would make it: nights as ``(date, rate, gross)``."""

    wish: object
    offer: object
    nights: list
    total: float


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    def _quote_change(self, stay, changes):
        """Say what a change of one room would cost, before it is done. Nothing is written or locked.

        :param hotel.stay stay: one of this reservation's
        :param dict changes: values of CHANGES; records as ids
        :returns: ``old_total`` and ``new_total`` of the stay with tax, their ``difference``, the
            ``offer`` for the nights that are priced anew (None where none is), and ``problems``, sentences
        :rtype: dict
        """
        self.ensure_one()
        old_total = self._get_rooms_total(stay)
        problems, plan = [], None
        try:
            changes = self._check_change(stay, changes)
            plan = self._plan_change(stay, changes)
            # a guest has no rights on the inventory
            sold_out = self.env["hotel.inventory"].sudo()._get_problem(stay._get_taking_change(changes))
            problems = [sold_out] if sold_out else []
        except BookingError as error:
            problems = [str(error)]
        new_total = plan.total if plan else old_total
        return {
            "old_total": old_total,
            "new_total": new_total,
            "difference": self.currency_id.round(new_total - old_total),
            "offer": plan and plan.offer,
            "problems": problems,
        }

    def _change(self, stay, changes, expected_total=None):
        """Change one room of a booking, all in one transaction, or refuse and change nothing.

        Nights that remain keep the price agreed, unless type, plan or persons change. A room that is
        not free on the new dates is taken off a guest who has not come yet.

        :param hotel.stay stay: one of this reservation's
        :param dict changes: values of CHANGES; records as ids
        :param float expected_total: the new total of this stay that was shown, with tax
        :raises BookingError: NotChangeable, InvalidTerms, NotForSale, SoldOut or PriceChanged
        """
        self.ensure_one()
        self.check_access("write")
        changes = self._check_change(stay, changes)
        if not changes:
            return
        # first the lock, so that what is read afterwards is still so when it is written
        self.env["hotel.inventory"].sudo()._take_lock(stay._get_taking_change(changes))
        plan = self._plan_change(stay, changes)
        if expected_total is not None and float_compare(
            plan.total, expected_total, precision_rounding=self.currency_id.rounding
        ):
            raise PriceChanged(self.env._("The price is %(total)s now.", total=self.currency_id.format(plan.total)))
        before = {"stay_id": stay.id, "total": self._get_rooms_total(stay)}
        before |= {name: self._get_raw(stay, name) for name in changes}
        free_until = self._get_moved_free_until(changes)
        self._write_change(stay, changes, plan)
        if free_until:
            self.free_until_at = free_until
        self._sync_folio()
        self._after_change(before)

    def _get_raw(self, stay, name):
        return stay[name].id if name.endswith("_id") else stay[name]

    def _check_change(self, stay, changes):
        """Return the changes that change something, or refuse.

        :rtype: dict
        :raises BookingError: NotChangeable or InvalidTerms
        """
        if stay not in self.stay_ids or set(changes) - set(CHANGES):
            raise InvalidTerms(self.env._("There is nothing like this to change."))
        if stay.state not in ("held", "booked", "in_house"):
            raise NotChangeable(self.env._("This stay is over or cancelled: it cannot be changed."))
        changes = {
            name: fields.Date.to_date(value) if name.endswith("_date") else value or EMPTY.get(name, False)
            for name, value in changes.items()
        }
        changes = {name: value for name, value in changes.items() if value != self._get_raw(stay, name)}
        if changes and self._is_changed_by_guest():
            self._check_change_by_guest(stay)
        if stay.state == "in_house" and "arrival_date" in changes:
            raise NotChangeable(self.env._("The guest has arrived already: only the departure can change."))
        self._check_change_of_rooms(stay, changes)
        return changes

    def _check_change_of_rooms(self, stay, changes):
        """Refuse dates in the past and numbers of people that do not fit."""
        wish = self._get_changed_wish(stay, changes)
        today = self.property_id.business_date
        if wish.nights < 0 or wish.nights == 0 and not stay.is_day_use and stay.state != "in_house":
            raise InvalidTerms(self.env._("The departure is before the arrival."))
        if wish.departure_date < today or changes.get("arrival_date", today) < today:
            raise InvalidTerms(self.env._("The new dates are in the past."))
        room_type = self.env["hotel.room.type"].browse(wish.room_type_id)
        if room_type and {"room_type_id", "adults", "children"} & set(changes):
            if not room_type.exists() or room_type.property_id != self.property_id:
                raise InvalidTerms(self.env._("This hotel has no such type of room."))
            self._check_persons(wish, room_type)

    def _is_changed_by_guest(self):
        """Return whether the guest changes the booking, and nobody of the hotel does.

        :rtype: bool
        """
        return self.env.user.share or bool(self.env.context.get("hotel_by_guest"))

    def _check_change_by_guest(self, stay):
        """Refuse changes that the terms leave to the hotel.

        :raises NotChangeable: with a sentence for the guest
        """
        if stay.state == "in_house":
            raise NotChangeable(self.env._("Please ask the front desk to change a stay that has begun."))
        policy = self.policy_id
        is_late = not cancellation.is_free(fields.Datetime.now(), self.free_until_at or None)
        if is_late or (policy and not policy.is_change_allowed):
            raise NotChangeable(self.env._("This booking cannot be changed online. Please call the hotel."))

    # ---- price --------------------------------------------------------------------------------

    def _get_changed_wish(self, stay, changes):
        """Return the stay as a wish, changed; the type is the one that was sold.

        :rtype: RoomWish
        """
        ids = {name: value or None for name, value in changes.items() if name.endswith("_id")}
        return replace(stay._get_wish(), **{**changes, **ids})

    def _plan_change(self, stay, changes):
        """Price the nights that are new, or all that are still to come where what was sold changes.

        :rtype: Plan
        :raises BookingError: NotForSale or InvalidTerms
        """
        wish = self._get_changed_wish(stay, changes)
        # guests have no rights on nights
        known = {night.date: night for night in stay.sudo().night_ids}
        kept = self._get_kept_nights(stay, changes, known)
        days = set(wish.dates)
        offer = None
        if days - kept:
            # what a guest has begun to sleep in is no question of restrictions any more
            offer = self._price(wish, check=stay.state != "in_house")
        priced = {night[0]: night for night in (offer.nights if offer else ())}
        nights = []
        for day in wish.dates:
            night = known[day] if day in kept else None
            nights.append((day, night.rate, night.gross or night.rate) if night else tuple(priced[day][:3]))
        total = self.currency_id.round(sum(night[2] for night in nights))
        if offer and not days & kept:
            total = offer.total_gross
        return Plan(wish, offer, nights, total)

    def _get_kept_nights(self, stay, changes, known):
        """Return the dates of the nights that keep their price.

        :rtype: set[date]
        """
        if set(changes) <= FREE_CHANGES:
            return set(known)
        today = self.property_id.business_date
        return {day for day in known if stay.state == "in_house" and day < today}

    def _get_moved_free_until(self, changes):
        """Return the end of the free time for another arrival; who is late already gains nothing.

        :rtype: datetime
        """
        if "arrival_date" not in changes or not self.free_until_at or len(self._get_live_stays()) > 1:
            return None
        if not cancellation.is_free(fields.Datetime.now(), self.free_until_at):
            return None
        hotel = self.property_id
        notice = hotel._to_utc(self.arrival_date, hotel.check_in_time) - self.free_until_at
        return hotel._to_utc(changes["arrival_date"], hotel.check_in_time) - notice

    # ---- writing ------------------------------------------------------------------------------

    def _write_change(self, stay, changes, plan):
        """Write the stay, its nights and the room wanted."""
        vals = {**changes, **self._get_room_vals(stay, changes)}
        hotel_id = self.property_id.id
        # neither call agents nor guests have rights to write stays and nights at large
        stay = stay.sudo()
        known = {night.date: night for night in stay.night_ids}
        commands = [(2, night.id) for day, night in known.items() if not _is_same(night, plan.nights)]
        gone = {night_id for _two, night_id in commands}
        commands += [
            (0, 0, {"property_id": hotel_id, "date": day, "rate": rate, "gross": gross})
            for day, rate, gross in plan.nights
            if day not in known or known[day].id in gone
        ]
        if plan.nights:
            vals["rate"] = self.currency_id.round(sum(night[1] for night in plan.nights) / len(plan.nights))
        stay.write({**vals, "night_ids": commands})
        line = self.sudo().line_ids.filtered(lambda line: line.stay_id == stay)
        line.write({name: value for name, value in changes.items() if name != "room_id"})

    def _get_room_vals(self, stay, changes):
        """Return what a change does to the room of a stay.

        :rtype: dict
        :raises SoldOut: where a guest in house would lose the room
        """
        vals = {}
        if "room_type_id" in changes:
            vals["booked_room_type_id"] = False
        if "room_id" in changes or not stay.room_id:
            return vals
        wish = self._get_changed_wish(stay, changes)
        if "room_type_id" in changes and stay.room_id.room_type_id.id != wish.room_type_id:
            return {**vals, "room_id": False}
        if stay._is_room_taken(wish.arrival_date, wish.departure_date):
            if stay.state == "in_house":
                raise SoldOut(
                    self.env._("Room %(room)s is taken on these nights: choose another room.", room=stay.room_id.name)
                )
            vals["room_id"] = False
        return vals


def _is_same(night, nights):
    return (night.date, night.rate, night.gross or night.rate) in nights
