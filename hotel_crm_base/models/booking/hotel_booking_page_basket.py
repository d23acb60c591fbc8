"""The rooms that a visitor has chosen: all alike, or each by itself, such as a double and a single for a family."""

from collections import Counter

from odoo import api, models

from ... import visitor
from .hotel_booking_page import FEW


class HotelBookingPage(models.AbstractModel):
    _inherit = "hotel.booking.page"

    @api.model
    def _get_rows(self, hotel, search, partner=None):
        """Return what a page offers: for all rooms alike, or for the next one that is chosen.

        :param visitor.Search search: with dates
        :param res.partner partner: the guest who is logged in
        :rtype: list[dict]: as `_search_offers`
        """
        if not search.is_each:
            return self._search_offers(hotel, search, partner)
        choices = self._find_choices(hotel, search, search.picks, partner)
        taken = Counter(choice["pick"].type_id for choice in choices)
        terms = self._get_booking_terms(choices[0]["offer"]) if choices else None
        rows = self._search_offers(hotel, search.of_room(_get_next(search)), partner)
        rows = [self._leave_rest(row, taken[row["room_type"].id], terms) for row in rows]
        return sorted(rows, key=lambda row: not row["offers"])

    @api.model
    def _leave_rest(self, row, taken, terms):
        """Return what is left of a type beside the rooms that were chosen already.

        :param int taken: rooms of this type among those
        :param tuple terms: under which those are booked; a booking has one set of terms
        :rtype: dict
        """
        free = row["free"] - taken
        offers = [offer for offer in row["offers"] if free > 0 and terms in (None, self._get_booking_terms(offer))]
        problems = list(row["problems"])
        if row["offers"] and free <= 0:
            problems.append(self.env._("You have chosen the last one."))
        elif row["offers"] and not offers:
            problems.append(self.env._("Its rates have other terms than the room you chose: please book it by itself."))
        return {**row, "free": free, "is_few": 0 < free <= FEW, "offers": offers, "problems": problems}

    @api.model
    def _get_booking_terms(self, offer):
        """Return what has to be the same for all rooms of a booking: its policy and its deposit.

        :param dict offer: of `_prepare_offer`
        :rtype: tuple
        """
        return offer["offer"].policy_id or None, offer["plan"].deposit_percent

    @api.model
    def _find_choices(self, hotel, search, picks, partner=None):
        """Return the rooms that were chosen, up to the first that is not to be had any more.

        :param picks: of visitor.Pick
        :returns: pick, room_type and offer (for one room, see `_prepare_offer`) of each
        :rtype: list[dict]
        """
        found, choices, taken = {}, [], Counter()
        for pick in picks:
            persons = (pick.adults, pick.children)
            if persons not in found:
                found[persons] = self._search_offers(hotel, search.of_room(pick), partner)
            row = next((row for row in found[persons] if row["room_type"].id == pick.type_id), None)
            offers = row["offers"] if row else ()
            offer = next((each for each in offers if (each["offer"].rate_plan_id or None) == pick.plan_id), None)
            taken[pick.type_id] += 1
            if not offer or taken[pick.type_id] > row["free"]:
                break
            if choices and self._get_booking_terms(offer) != self._get_booking_terms(choices[0]["offer"]):
                break
            choices.append({"pick": pick, "room_type": row["room_type"], "offer": offer})
        return choices

    @api.model
    def _get_basket(self, hotel, search, picks, partner=None):
        """Return the rooms that were chosen with what they cost together; None where one is not to be had.

        :param picks: of visitor.Pick, one for each room
        :rtype: dict | None: as `_sum_up`
        """
        choices = self._find_choices(hotel, search, picks, partner) if picks else []
        return self._sum_up(choices) if len(choices) == len(picks) > 0 else None

    @api.model
    def _is_left(self, hotel, search, picks):
        """Return whether rooms of these types are left; prices and restrictions are not asked.

        :param picks: of visitor.Pick, one for each room
        :rtype: bool
        """
        # visitors have no rights on the inventory
        free = self.env["hotel.inventory"].sudo()._get_free(hotel, search.arrival_date, search.departure_date)
        wanted = Counter(pick.type_id for pick in picks)
        return len(picks) == search.rooms and all(free.get(kind, 0) >= rooms for kind, rooms in wanted.items())

    @api.model
    def _sum_up(self, choices):
        """Return rooms with what they cost together.

        :param choices: of `_find_choices`, one at least
        :returns: choices, total, taxes, deposit, currency, terms and is_free (those of all rooms)
        :rtype: dict
        """
        offers = [choice["offer"] for choice in choices]
        currency, taxes = offers[0]["currency"], {}
        for offer in offers:
            for name, amount in offer["taxes"]:
                taxes[name] = currency.round(taxes.get(name, 0.0) + amount)
        return {
            "choices": choices,
            "total": currency.round(sum(offer["total"] for offer in offers)),
            "deposit": currency.round(sum(offer["deposit"] for offer in offers)),
            "taxes": list(taxes.items()),
            **{name: offers[0][name] for name in ("currency", "terms", "is_free")},
        }

    @api.model
    def _name_room(self, number, rooms=None):
        """Return what a room of several is called.

        :param int number: from 1
        :param int rooms: how many there are; default not said
        :rtype: str
        """
        if rooms:
            return self.env._("Room %(number)s of %(rooms)s", number=number, rooms=rooms)
        return self.env._("Room %(number)s", number=number)

    # ---- where its links lead to -------------------------------------------------------------

    @api.model
    def _get_choose_query(self, search, room_type, offer):
        """Return where the choice of an offer leads to: the end of the path, and the query.

        :rtype: tuple[str, dict]
        """
        plan_id = offer["plan"].id or None
        if not search.is_each:
            return "/book", {**search.query, "type": room_type.id, "plan": plan_id or ""}
        pick = visitor.Pick(room_type.id, plan_id, search.adults, search.children)
        chosen = search.picked(*search.picks, pick)
        return "/book" if chosen.is_complete else "", chosen.query

    @api.model
    def _get_query_without(self, search, number):
        """Return the query of the same choice without one room, counted from 0, to choose it again.

        :rtype: dict
        """
        picks = search.picks[:number] + search.picks[number + 1 :]
        query = search.picked(*picks).query
        return {**query, "adults": search.picks[number].adults, "children": search.picks[number].children}


def _get_next(search):
    """Return who sleeps in the room that is chosen next, as a choice without a type."""
    return visitor.Pick(0, None, search.adults, search.children)
