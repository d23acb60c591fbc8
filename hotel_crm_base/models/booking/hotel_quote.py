"""What rooms cost and which are for sale: the one place where the desk, the web and other systems ask."""

from datetime import timedelta

from odoo import models

from ...pricing import TypeOffer
from .errors import InvalidTerms, NotForSale

#: what a search reads of each type and plan, in the query that finds them; what pages show of them, too
TYPE_FIELDS = (
    *("property_id", "product_id", "capacity_adults", "capacity_children", "included_adults"),
    *("extra_adult_rate", "child_rate", "is_online", "active", "name", "area_sqm"),
)
PLAN_FIELDS = (
    *("pricelist_id", "policy_id", "audience", "deposit_percent", "min_stay", "currency_id"),
    *("meal_adult_rate", "meal_child_rate", "meal_plan", "name", "code", "description"),
)


class HotelQuote(models.AbstractModel):
    """Prices, restrictions and offers of rooms. Nothing is written here.

    Prices are read as the superuser: they are the same for everybody who may ask. Callers answer for
    who may ask about which property.
    """

    _name = "hotel.quote"
    _description = "Room Quote"

    def _price(self, hotel, wish, partner=None, check=True):
        """Return the price of one room.

        :param hotel.property hotel: whose room
        :param terms.RoomWish wish: type, dates, persons and rate plan; no plan means the public rates
        :param res.partner partner: for whom, for own price lists, plans for some and the fiscal position
        :param bool check: refuse what is not for sale; without it the price alone, such as for a stay
            that has begun
        :rtype: pricing.Offer
        :raises InvalidTerms: dates, persons, type or plan make no sense
        :raises NotForSale: closed, restricted, beyond the horizon, or the plan is for others
        """
        quote, hotel, partner = self._prepare(hotel, partner)
        room_type = quote._get_room_type(hotel, wish)
        if check:
            quote._check_dates(hotel, wish.arrival_date, wish.departure_date)
            quote._check_capacity(room_type, wish.adults, wish.children)
        plan = quote._get_plan(hotel, wish, partner, check)
        if check:
            quote._check_restrictions(hotel, wish)
        if wish.nights < 1:
            raise InvalidTerms(self.env._("A stay is one night at least."))
        offers = quote._make_offers(hotel, room_type, plan or [None], wish, partner)
        return offers[room_type.id][0]

    def _search_offers(self, hotel, arrival, departure, adults, children=0, rooms=1, partner=None, online=True):
        """Return every room type of a property with what it costs and what stands against it.

        :param hotel.property hotel: where
        :param date arrival: first night
        :param date departure: day of departure
        :param int adults: adults in each room
        :param int children: children in each room
        :param int rooms: how many such rooms; a type with fewer left is sold out
        :param res.partner partner: who asks, where known
        :param bool online: only what is bookable online
        :rtype: list[pricing.TypeOffer], those with offers first, then in the order of the types
        :raises InvalidTerms: dates or persons make no sense
        :raises NotForSale: beyond the horizon
        """
        quote, hotel, partner = self.with_context(hotel_online=online)._prepare(hotel, partner)
        quote._check_dates(hotel, arrival, departure)
        if adults < 1 or children < 0 or rooms < 1:
            raise InvalidTerms(self.env._("A room is booked for one adult at least."))
        if online and not hotel.is_online:
            return []
        room_types = quote._get_room_types(hotel)
        free = quote.env["hotel.inventory"]._get_free(hotel, arrival, departure)
        found = quote._find_problems(hotel, room_types, arrival, departure, partner)
        wanted = room_types.filtered(
            lambda room_type: free.get(room_type.id, 0) >= rooms
            and self._is_big_enough(room_type, adults, children)
        )
        offers = quote._get_offers(hotel, wanted, found, (arrival, departure, adults, children), partner)
        answers = []
        for room_type in room_types:
            codes, problems = [], []
            if not offers.get(room_type.id):
                codes, problems = quote._explain(
                    room_type, free.get(room_type.id, 0), rooms, (adults, children), found
                )
            answers.append(
                TypeOffer(
                    room_type_id=room_type.id,
                    free=max(free.get(room_type.id, 0), 0),
                    offers=tuple(sorted(offers.get(room_type.id, ()), key=lambda offer: offer.total_gross)),
                    problems=tuple(problems),
                    codes=tuple(codes),
                )
            )
        return sorted(answers, key=lambda answer: not answer.offers)

    # ---- who asks, for what -----------------------------------------------------------------

    def _prepare(self, hotel, partner):
        """Return the quote, the property and the partner as the superuser in the property's company and clock."""
        # prices and restrictions are the same for everybody; who may ask is the caller's to say
        hotel = hotel.sudo()
        quote = self.sudo().with_company(hotel.company_id).with_context(tz=hotel.tz)
        partner = (partner or self.env["res.partner"]).with_env(quote.env)
        return quote, hotel.with_env(quote.env), partner

    def _is_online(self):
        """Whether only what is bookable online may be sold, as the context key ``hotel_online`` says."""
        return bool(self.env.context.get("hotel_online"))

    def _get_room_types(self, hotel):
        """Return the types that are for sale at a property."""
        domain = [("property_id", "=", hotel.id)]
        if self._is_online():
            domain.append(("is_online", "=", True))
        return self.env["hotel.room.type"].search_fetch(domain, TYPE_FIELDS)

    def _get_room_type(self, hotel, wish):
        """Return the type that is wished for."""
        room_type = self.env["hotel.room.type"].browse(wish.room_type_id).exists()
        if room_type.property_id != hotel or not room_type.active:
            raise InvalidTerms(self.env._("There is no such room type at this hotel."))
        if self._is_online() and not (room_type.is_online and hotel.is_online):
            raise NotForSale(self.env._("This room type is not sold online."))
        return room_type

    def _get_plan(self, hotel, wish, partner, check=True):
        """Return the rate plan that is wished for; none where no plan is named."""
        plan = self.env["hotel.rate.plan"].browse(wish.rate_plan_id or []).exists()
        if wish.rate_plan_id and (not plan or (check and plan not in self._get_plans(hotel, partner, plan))):
            raise NotForSale(self.env._("This rate is not sold here."))
        return plan

    def _get_plans(self, hotel, partner, among=None):
        """Return the rate plans that a partner may book at a property.

        :param hotel.rate.plan among: only of these; default all
        """
        domain = [
            "|",
            ("property_ids", "=", False),
            ("property_ids", "in", hotel.ids),
            ("audience", "in", list(partner._get_hotel_audiences(hotel))),
        ]
        if among is not None:
            domain.append(("id", "in", among.ids))
        if self._is_online():
            domain.append(("is_online", "=", True))
        return self.env["hotel.rate.plan"].search_fetch(domain, PLAN_FIELDS)

    # ---- checks -----------------------------------------------------------------------------

    def _get_first_arrival_date(self, hotel):
        """Return the first day for which rooms are sold.

        The business date, so that the night is for sale until the day ends; today by the calendar
        where the day was ended before midnight, so that a guest at 23:59 still gets a room.
        """
        today = hotel._get_local_today()
        return today if today + timedelta(days=1) == hotel.business_date else hotel.business_date

    def _check_dates(self, hotel, arrival, departure):
        """Refuse dates that make no sense, are past, or too far ahead."""
        if departure <= arrival:
            raise InvalidTerms(self.env._("The departure is after the arrival."))
        if arrival < self._get_first_arrival_date(hotel):
            raise InvalidTerms(self.env._("The day of arrival is past."))
        horizon = hotel.business_date + timedelta(days=hotel.horizon_days)
        if departure > horizon:
            raise NotForSale(self.env._("Rooms are sold until %(day)s.", day=self._format(horizon)))

    def _is_big_enough(self, room_type, adults, children):
        """Whether so many persons may sleep in a room: children also take the place of adults."""
        places = room_type.capacity_adults + room_type.capacity_children
        return adults <= room_type.capacity_adults and adults + children <= places

    def _check_capacity(self, room_type, adults, children):
        """Refuse more persons than a room takes."""
        if adults < 1 or children < 0:
            raise InvalidTerms(self.env._("A room is booked for one adult at least."))
        if not self._is_big_enough(room_type, adults, children):
            raise InvalidTerms(self._say_too_small(room_type))
