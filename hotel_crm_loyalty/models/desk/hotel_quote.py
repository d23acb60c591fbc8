from odoo import models

from ...rules import facts, limits


class HotelQuote(models.AbstractModel):
    """Members pay by the price list of their tier, or less by the discount of their programme."""

    _inherit = "hotel.quote"

    def _get_own_pricelist(self, hotel, partner):
        """A list that somebody chose for the guest goes first."""
        return super()._get_own_pricelist(hotel, partner) or self._get_member_pricelist(hotel, partner)

    def _get_member_pricelist(self, hotel, partner):
        """Return the list of the highest tier of a guest that has one.

        :rtype: product.pricelist
        """
        cards = partner._get_hotel_cards_at(hotel) if partner else self.env["loyalty.card"]
        lists = cards.hotel_tier_id.pricelist_id.filtered(
            lambda each: each.active and (not each.company_id or each.company_id == hotel.company_id)
        )
        return lists[:1].with_env(self.env)

    def _get_night_shares(self, hotel, plan, pricelist, days, partner):
        """Take off the discount of the programme, where the price is not the guest's or the tier's own."""
        shares = super()._get_night_shares(hotel, plan, pricelist, days, partner)
        if not partner or not days or (pricelist and pricelist == self._get_own_pricelist(hotel, partner)):
            return shares
        best = [0] * len(days)
        for card in partner._get_hotel_cards_at(hotel):
            percents = self._get_member_discounts(hotel, plan, days, card)
            best = [max(one, other) for one, other in zip(best, percents, strict=True)]
        return [share * (1 - float(percent) / 100) for share, percent in zip(shares, best, strict=True)]

    def _get_member_discounts(self, hotel, plan, days, card):
        """Return the discount of each night in percent, blackouts left out.

        :rtype: list[Decimal]
        """
        program = card.program_id
        if not program.hotel_revision_id:
            return [0] * len(days)
        terms = program._get_hotel_plan().at(program._get_hotel_today())
        wish = facts.Stay(
            "quote",
            days[0],
            days[-1],
            property_code=hotel.code or "",
            brand=hotel.hotel_brand or "",
            rate=plan.code or "",
            channel=self.env.context.get("hotel_channel") or ("web" if self._is_online() else "direct"),
            booked=program._get_hotel_today(),
        )
        return [limits.get_discount(terms, card.hotel_tier_id.code or "", wish, night) for night in days]
