"""What the booking pages show: properties, room types, offers. Visitors have no rights of their own."""

import time
from datetime import timedelta
from functools import cache

from odoo import api, models, tools

#: so few rooms left are worth a word
FEW = 3
#: days from today whose nights are asked for the price "from"
SAMPLE_DAYS = (1, 4, 9, 20, 45)
#: seconds that a price "from" is shown before it is asked again
KEPT = 600
#: other dates that are tried where nothing is left: days later or earlier, the nearest first
SHIFTS = (1, -1, 2, -2, 3, -3, 7)


#: what a page and its prices need to know of the guest, and of the partners of a property and its company
PARTNER_FIELDS = (
    *("active", "name", "email", "lang", "company_id", "is_company", "parent_id", "commercial_partner_id", "vat"),
    *("street", "zip", "city", "state_id", "country_id", "tz"),
    *("property_account_position_id", "specific_property_product_pricelist"),
)


class HotelBookingPage(models.AbstractModel):
    """The booking pages: everything that visitors see is picked here, with sudo, field by field."""

    _name = "hotel.booking.page"
    _description = "Booking Page"

    @api.model
    def _get_hotels(self):
        """Return the properties that are bookable online.

        :rtype: hotel.property, with sudo
        """
        hotels = self.env["hotel.property"]
        return hotels.sudo().search(hotels._get_online_domain())

    @api.model
    def _get_types(self, hotel):
        """Return the room types that a property shows.

        :rtype: hotel.room.type, with sudo
        """
        return hotel.room_type_ids.filtered(lambda room_type: room_type.active and room_type.is_online)

    @api.model
    def _search_offers(self, hotel, search, partner=None):
        """Return what can be booked, and what cannot and why; cheapest first.

        :param visitor.Search search: with dates
        :param res.partner partner: the guest who is logged in
        :returns: room_type, free, is_few, problems (sentences), offers (see `_prepare_offer`)
        :rtype: list[dict]
        """
        partners = hotel.partner_id | hotel.company_id.partner_id | (partner or self.env["res.partner"])
        partners.with_env(hotel.env).fetch(PARTNER_FIELDS)
        found = self.env["hotel.quote"].sudo()._search_offers(
            hotel,
            search.arrival_date,
            search.departure_date,
            search.adults,
            children=search.children,
            rooms=search.rooms,
            partner=partner or None,
            online=True,
        )
        describe = cache(lambda policy: self._describe_terms_of(hotel, policy, search.arrival_date))
        types = hotel.env["hotel.room.type"].browse(item.room_type_id for item in found)
        rows = [
            {
                "room_type": room_type,
                "free": item.free,
                "is_few": 0 < item.free - search.rooms + 1 <= FEW,
                "problems": item.problems,
                "offers": [self._prepare_offer(offer, search, describe) for offer in item.offers],
            }
            for item, room_type in zip(found, types, strict=True)
        ]
        return sorted(rows, key=lambda row: (not row["offers"], row["offers"][0]["total"] if row["offers"] else 0))

    @api.model
    def _prepare_offer(self, offer, search, describe):
        """Return an offer for a number of rooms in the form in which pages show it.

        :param pricing.Offer offer: one room
        :param describe: policy -> terms and is_free, see `_describe_terms_of`
        :returns: offer, plan, meal, total, per_night, taxes, deposit, currency, terms (list of sentences), is_free
        :rtype: dict
        """
        plan = self.env["hotel.rate.plan"].sudo().browse(offer.rate_plan_id or ())
        policy = self.env["hotel.cancellation.policy"].sudo().browse(offer.policy_id or ())
        currency = self.env["res.currency"].browse(offer.currency_id)
        return {
            "offer": offer,
            "plan": plan,
            "meal": self._get_meal(plan),
            "currency": currency,
            "total": currency.round(offer.total_gross * search.rooms),
            "per_night": currency.round(offer.total_gross / len(offer.nights)) if offer.nights else 0.0,
            "has_one_rate": len({night.gross for night in offer.nights}) == 1,
            "taxes": [(tax.name, currency.round(tax.amount * search.rooms)) for tax in offer.taxes],
            "deposit": currency.round(offer.deposit * search.rooms),
            **describe(policy),
        }

    @api.model
    def _describe_terms_of(self, hotel, policy, arrival):
        """Return terms (list of sentences) and is_free of a booking that is made now.

        :rtype: dict
        """
        return {
            "terms": self._describe_policy(hotel, policy, arrival),
            "is_free": bool(policy) and self._is_free(hotel, policy, arrival),
        }

    @api.model
    def _get_other_dates(self, hotel, search, partner=None):
        """Return other dates of the same length on which something is free.

        :returns: (search, row) pairs, at most three
        :rtype: list
        """
        found = []
        today = hotel._get_local_today()
        for days in SHIFTS:
            arrival = search.arrival_date + timedelta(days=days)
            if arrival < today or len(found) == 3:
                continue
            other = search.moved(days)
            row = next((row for row in self._search_offers(hotel, other, partner) if row["offers"]), None)
            if row:
                found.append((other, row))
        return sorted(found, key=lambda pair: pair[0].arrival_date)

    @api.model
    def _get_from_prices(self, hotel):
        """Return the lowest price of a night of each room type among some nights to come.

        :returns: id of a room type to an amount with tax, in the property's currency
        :rtype: dict
        """
        return self._read_from_prices(hotel.id, hotel._get_local_today(), int(time.time() // KEPT))

    @tools.ormcache("hotel_id", "today", "period")
    def _read_from_prices(self, hotel_id, today, period):
        """Return `_get_from_prices`, kept for some minutes; ``period`` counts them."""
        hotel = self.env["hotel.property"].sudo().browse(hotel_id)
        hotel = hotel.with_company(hotel.company_id)
        prices = {}
        for days in SAMPLE_DAYS:
            arrival = today + timedelta(days=days)
            departure = arrival + timedelta(days=1)
            for item in self.env["hotel.quote"].sudo()._search_offers(hotel, arrival, departure, 1, online=True):
                if item.offers:
                    lowest = min(offer.total_gross for offer in item.offers)
                    prices[item.room_type_id] = min(lowest, prices.get(item.room_type_id, lowest))
        return prices
