"""Two guests turn out to be one: their cards of a programme become one card."""

from odoo import api, models

from .. import guards


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    @api.model
    def _hotel_unite(self, sources, target):
        """Unite the cards of guests who are merged. The target's own card stays, else the oldest.

        Facts keep the card that they were written for; the card that stays counts them as its own, and what
        was booked on the others is taken back there when they are evaluated.

        :param res.partner sources: the guests who will be gone
        :param res.partner target: the guest who remains
        :returns: all cards concerned, to be evaluated when stays and charges have moved
        :rtype: loyalty.card
        """
        domain = [("partner_id", "in", (sources | target).ids), ("hotel_managed", "=", True)]
        found = self.search(domain).with_context(hotel_loyalty_ledger=guards.LEDGER)
        for cards in found.grouped("program_id").values():
            own = cards.filtered(lambda card: card.partner_id == target)
            kept = (own or cards.sorted(lambda card: (card.hotel_joined_date, card.id)))[:1]
            others = cards - kept
            if others:
                earlier = self.with_context(active_test=False).search([("hotel_merged_into_id", "in", others.ids)])
                united = others | earlier.with_env(others.env)
                united.write({"active": False, "hotel_state": "closed", "hotel_merged_into_id": kept.id})
            joined = min(cards.mapped("hotel_joined_date"))
            kept.write({"partner_id": target.id, "hotel_joined_date": joined})
        return found
