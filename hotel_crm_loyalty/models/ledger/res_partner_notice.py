"""What notices tell a member about his or her own cards; for messages to the guest only."""

from datetime import timedelta

from odoo import models
from odoo.tools import format_date


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_loyalty_expiring(self, days=92):
        """Return points that are lost soon, the soonest first.

        :param int days: how soon
        :returns: programme, points and day, in words of the environment's language
        :rtype: list[dict[str, str]]
        """
        self.ensure_one()
        found = []
        for card in self._get_loyalty_cards():
            today = card.program_id._get_hotel_today()
            soon = today + timedelta(days=days)
            lots = card.hotel_lot_ids.filtered(lambda lot: lot.remaining and lot.expiry_date)
            lots = lots.filtered(lambda lot, today=today, soon=soon: today < lot.expiry_date <= soon)
            sums = {day: sum(part.mapped("remaining")) for day, part in lots.grouped("expiry_date").items()}
            if card.points and card.hotel_lost_date and today < card.hotel_lost_date <= soon:
                sums = {card.hotel_lost_date: int(card.points)}
            found += [
                {"program": card.program_id.name, "points": str(points), "day": format_date(self.env, day)}
                for day, points in sorted(sums.items())
            ]
        return found

    def _get_loyalty_tiers(self):
        """Return the tiers that this guest holds.

        :returns: programme, tier, last day (empty: no end) and benefits, in words of the environment's language
        :rtype: list[dict[str, str]]
        """
        self.ensure_one()
        return [
            {
                "program": card.program_id.name,
                "tier": card.hotel_tier_id.name or "",
                "until": format_date(self.env, card.hotel_tier_until) if card.hotel_tier_until else "",
                "benefits": (card.hotel_tier_id.benefit_text or "").splitlines(),
            }
            for card in self._get_loyalty_cards()
        ]

    def _get_loyalty_choices(self):
        """Return what this guest may still choose at milestones.

        :returns: programme, reason, options (names) and link, in words of the environment's language
        :rtype: list[dict]
        """
        self.ensure_one()
        cards = self._get_loyalty_cards()
        offers, link = cards._get_hotel_offers(), f"{self.get_base_url()}/my/club/milestones"
        return [
            {
                "program": card.program_id.name,
                "reason": offer["reason"],
                "options": [name for _code, name, _points in offer["options"]],
                "link": f"{link}?card={card.id}",
            }
            for card in cards
            for offer in offers[card.id]
        ]

    def _get_loyalty_cards(self):
        """Return this guest's open accounts.

        :rtype: loyalty.card, with sudo
        """
        # the guest's own; templates are filled in by the program
        return self.env["loyalty.card"].sudo().search([("partner_id", "=", self.id), ("hotel_managed", "=", True)])
