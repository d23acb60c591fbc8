"""The end of an account."""

from odoo import models

from .. import guards


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _hotel_close(self, note):
        """Close accounts for good. Who comes back joins anew. Whether it may be is the caller's to check.

        :param str note: why, for the history
        """
        open_cards = self.sudo().filtered(lambda card: card.hotel_managed and card.hotel_state == "active")
        # with the permit of the ledger: whether an account is open is no one's to write by hand
        permitted = open_cards.with_context(hotel_loyalty_ledger=guards.LEDGER)
        for program, cards in permitted.grouped("program_id").items():
            closed = {"hotel_state": "closed", "active": False, "hotel_closed_date": program._get_hotel_today()}
            cards.write(closed)
        outcomes = open_cards._hotel_evaluate()
        left = {card: outcomes[card.id].balance - outcomes[card.id].debt for card in open_cards}
        self.env["hotel.loyalty.posting"].sudo().create(
            [
                {"card_id": card.id, "date": card.hotel_closed_date, "points": -points, "note": note}
                for card, points in left.items()
                if points > 0
            ]
        )
        open_cards._hotel_evaluate()
