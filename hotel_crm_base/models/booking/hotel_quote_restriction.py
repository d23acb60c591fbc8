from odoo import models
from odoo.tools import format_date

from ...rate_calendar import MIN_STAY, Problem, RateCalendar, strictest
from .errors import NotForSale


class HotelQuote(models.AbstractModel):
    """What stands against a stay: closed days, arrivals, departures, lengths of stay, size, rooms left."""

    _inherit = "hotel.quote"

    def _check_restrictions(self, hotel, wish):
        """Refuse a stay that the restrictions of its property or its rate plan do not allow.

        :param hotel.property hotel: where
        :param terms.RoomWish wish: type, dates and rate plan
        :raises NotForSale: with the first reason as a sentence
        """
        quote, hotel, _partner = self._prepare(hotel, None)
        plan = quote.env["hotel.rate.plan"].browse(wish.rate_plan_id or [])
        calendar = quote._get_calendar(hotel, wish.arrival_date, wish.departure_date)
        problems = quote._find_plan_problems(calendar, wish.room_type_id, plan, wish.nights)
        if problems:
            raise NotForSale(quote._say(problems[0]))

    def _get_calendar(self, hotel, arrival, departure):
        """Return the restrictions that meet these dates.

        :rtype: rate_calendar.RateCalendar
        """
        restrictions = self.env["hotel.rate.restriction"]
        restrictions = restrictions.search_fetch(
            [("property_id", "=", hotel.id), ("start_date", "<=", departure), ("end_date", ">=", arrival)],
            restrictions._get_engine_fields(),
        )
        return RateCalendar((restriction._to_engine() for restriction in restrictions), arrival, departure)

    def _find_plan_problems(self, calendar, room_type_id, plan, nights):
        """Return what stands against a type under a plan, the plan's own minimum too."""
        problems = calendar.find_problems(room_type_id, plan.id or None)
        if plan.min_stay > nights:
            problems = strictest([*problems, Problem(MIN_STAY, nights=plan.min_stay)])
        return problems

    def _find_problems(self, hotel, room_types, arrival, departure, partner):
        """Return what stands against each type and plan.

        :returns: problems by type and by plan; the plan may be empty, where the property has none
        :rtype: dict[int, dict[hotel.rate.plan, list[Problem]]]
        """
        calendar = self._get_calendar(hotel, arrival, departure)
        nights = (departure - arrival).days
        plans = list(self._get_plans(hotel, partner)) or self._get_planless(hotel)
        return {
            type_id: {plan: self._find_plan_problems(calendar, type_id, plan, nights) for plan in plans}
            for type_id in room_types.ids
        }

    def _get_planless(self, hotel):
        """Return one empty plan where a property has none at all: rooms are sold at public rates then."""
        plans = self.env["hotel.rate.plan"]
        domain = ["|", ("property_ids", "=", False), ("property_ids", "in", hotel.ids)]
        return [] if plans.search_count(domain, limit=1) else [plans]

    # ---- sentences --------------------------------------------------------------------------

    def _explain(self, room_type, free, rooms, persons, found):
        """Return codes and sentences of why a type has no offer.

        :param int free: rooms left
        :param int rooms: rooms wanted
        :param tuple persons: adults and children in each room
        :param dict found: as `_find_problems` returns
        """
        if not self._is_big_enough(room_type, *persons):
            return ["too_small"], [self._say_too_small(room_type)]
        if free < rooms:
            return ["sold_out"], [self._say_sold_out(free)]
        by_plan = found[room_type.id]
        if not by_plan:
            return ["no_rate"], [self.env._("There is no rate for this room type.")]
        problems = strictest(problem for problems in by_plan.values() for problem in problems)
        return [problem.code for problem in problems], [self._say(problem) for problem in problems]

    def _say(self, problem):
        """Return the sentence of what stands against a stay."""
        values = {"day": self._format(problem.day) if problem.day else "", "nights": problem.nights}
        sentences = {
            "closed": self.env._("No room is sold for the night of %(day)s.", **values),
            "closed_to_arrival": self.env._("Arrival on %(day)s is not possible.", **values),
            "closed_to_departure": self.env._("Departure on %(day)s is not possible.", **values),
            "min_stay": self.env._("The stay must be %(nights)s nights or longer.", **values),
            "max_stay": self.env._("The stay must be %(nights)s nights or shorter.", **values),
        }
        return sentences[problem.code]

    def _say_too_small(self, room_type):
        places = room_type.capacity_adults + room_type.capacity_children
        return self.env._(
            "The room takes %(adults)s adults, and %(persons)s persons in all.",
            adults=room_type.capacity_adults,
            persons=places,
        )

    def _say_sold_out(self, free):
        if free > 0:
            return self.env._("Only %(rooms)s rooms are left.", rooms=free)
        return self.env._("No room is left for these nights.")

    def _format(self, day):
        return format_date(self.env, day)
