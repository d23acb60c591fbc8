from datetime import timedelta

from odoo import models

from ...pricing import Extras, PlanTerms, make_offer


class HotelQuote(models.AbstractModel):
    """Offers: rates, extra persons, meals, taxes and terms brought together."""

    _inherit = "hotel.quote"

    def _get_offers(self, hotel, room_types, found, stay, partner):
        """Return the offers of types under the plans that nothing stands against.

        :param dict found: problems by type and plan, as `_find_problems` returns
        :param tuple stay: arrival, departure, adults and children
        :rtype: dict[int, list[pricing.Offer]]
        """
        arrival, departure, *persons = stay
        days = [arrival + timedelta(days=number) for number in range((departure - arrival).days)]
        open_plans = {
            room_type: [plan for plan, problems in found[room_type.id].items() if not problems]
            for room_type in room_types
        }
        return self._compute_offers(hotel, open_plans, days, persons, partner)

    def _make_offers(self, hotel, room_type, plans, wish, partner):
        """Return the offers of one type under each of some plans, an empty one too."""
        plans = [plan or self.env["hotel.rate.plan"] for plan in plans]
        return self._compute_offers(
            hotel, {room_type: plans}, wish.dates, (wish.adults, wish.children), partner
        )

    def _compute_offers(self, hotel, open_plans, days, persons, partner):
        """Return offers by type.

        :param dict open_plans: plans by type
        :param list[date] days: the nights
        :param persons: adults and children
        """
        plans = {plan for plans in open_plans.values() for plan in plans}
        lists = {plan: self._get_pricelist(hotel, plan, partner) for plan in plans}
        room_types = self.env["hotel.room.type"].union(*(each for each, chosen in open_plans.items() if chosen))
        products = self._read_products(room_types)
        rates = self._get_rates(hotel, list(dict.fromkeys(lists.values())), products, days)
        tills = self._get_tills(hotel, products, partner)
        terms = {plan: self._get_plan_terms(hotel, plan, lists[plan]) for plan in plans}
        meals = {plan: self._get_meal_rates(hotel, plan) for plan in plans}
        shares = {plan: self._get_night_shares(hotel, plan, lists[plan], days, partner) for plan in plans}
        offers = {}
        for room_type in room_types:
            adapt, till = tills[room_type.product_id.id]
            offers[room_type.id] = []
            for plan in open_plans[room_type]:
                nightly = rates[lists[plan].id or None, room_type.product_id.id]
                extra = self._get_extras(room_type, meals[plan]).amount(*persons)
                billed = tuple(
                    adapt(rate * share + extra) for rate, share in zip(nightly, shares[plan], strict=True)
                )
                offers[room_type.id].append(make_offer(room_type.id, terms[plan], days, billed, till))
        return offers

    def _read_products(self, room_types):
        """Return the products of types; of their many fields, only what prices are made of is read.

        :rtype: product.product
        """
        products = room_types.product_id
        products.fetch(["product_tmpl_id", "combination_indices"])
        products.product_tmpl_id.fetch(["categ_id", "list_price", "company_id", "taxes_id"])
        products.product_tmpl_id.with_context(active_test=False).taxes_id.fetch(["active", "company_id"])
        return products

    def _get_pricelist(self, hotel, plan, partner):
        """Return the price list for a partner under a plan; empty for the public rates of the types.

        A list that is set on the guest or the guest's company comes first, but not before the list
        of a plan for everybody: who books the saver rate pays the saver rate.
        """
        own = self._get_own_pricelist(hotel, partner)
        choice = [own, plan.pricelist_id] if plan.audience in ("member", "company") else [plan.pricelist_id, own]
        return choice[0] or choice[1] or hotel.pricelist_id

    def _get_own_pricelist(self, hotel, partner):
        """Return the price list of a partner; empty where nobody has chosen one.

        :rtype: product.pricelist
        """
        # only what somebody has chosen for this partner: Odoo's own choice by country is for shops
        own = partner.specific_property_product_pricelist
        own = own or partner.commercial_partner_id.specific_property_product_pricelist
        return own.filtered(
            lambda each: each.active and each.company_id in (hotel.company_id, each.company_id.browse())
        )

    def _get_night_shares(self, hotel, plan, pricelist, days, partner):
        """Hook: return which share of the room's rate a partner pays for each night; extra persons and meals are whole.

        :param product.pricelist pricelist: the list that the rates are from
        :param list[date] days: the nights
        :rtype: list[float]: 1.0 is the rate itself
        """
        return [1.0] * len(days)

    def _get_plan_terms(self, hotel, plan, pricelist):
        return PlanTerms(
            rate_plan_id=plan.id or None,
            policy_id=(plan.policy_id or hotel.policy_id).id or None,
            deposit_percent=plan.deposit_percent,
            pricelist_id=pricelist.id or None,
        )

    def _get_meal_rates(self, hotel, plan):
        """Return what meals cost per adult and child, in the currency of the property."""
        if not (plan.meal_adult_rate or plan.meal_child_rate):
            return 0.0, 0.0
        factor = self._get_factor(plan.currency_id or hotel.currency_id, hotel.currency_id, hotel.business_date)
        return plan.meal_adult_rate * factor, plan.meal_child_rate * factor

    def _get_extras(self, room_type, meals):
        return Extras(room_type.included_adults, room_type.extra_adult_rate, room_type.child_rate, *meals)
