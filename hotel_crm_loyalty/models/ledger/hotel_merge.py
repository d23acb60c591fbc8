"""Two members turn out to be one: their cards of a programme become one card, and two again after an undo."""

from odoo import models
from odoo.tools import SQL


class HotelMerge(models.Model):
    _inherit = "hotel.merge"

    def _before_move(self):
        """Unite the cards of a programme that both have, as in ``loyalty.card._hotel_unite``, but journaled."""
        for kept, others in self._get_hotel_united_cards():
            self._unite_cards(kept, others)
        return super()._before_move()

    def _after_move(self):
        """Judge the members anew: points, tiers and lots follow from what has moved."""
        self._get_hotel_cards(self.kept_id | self.gone_id)._hotel_evaluate()
        return super()._after_move()

    def _after_undo(self):
        """Judge both anew: the ledger, to which rows are only added, books back what the merge has booked."""
        self._get_hotel_cards(self.kept_id | self.gone_id)._hotel_evaluate()
        return super()._after_undo()

    def _get_hotel_cards(self, guests):
        """Return the cards of hotel programmes of some guests, united ones too."""
        cards = self.env["loyalty.card"].with_context(active_test=False)
        return cards.search([("partner_id", "in", guests.ids), ("hotel_managed", "=", True)], order="id")

    def _get_hotel_united_cards(self):
        """Return pairs of the card that goes on and those that are united with it.

        The card of the guest who stays goes on, unless the account is closed and the other one is not.
        """
        pairs = []
        found = self._get_hotel_cards(self.kept_id | self.gone_id).filtered("active")
        for cards in found.grouped("program_id").values():
            ranked = cards.sorted(lambda card: (card.hotel_state == "closed", card.partner_id != self.kept_id, card.id))
            if len(ranked) > 1:
                pairs.append((ranked[0], ranked[1:]))
        return pairs

    def _unite_cards(self, kept, others):
        """Close cards in favour of another one, which has been there as long as the oldest of them."""
        journal = self.env["hotel.merge.line"]
        both = SQL("x.id = ANY(%s)", others.ids)
        # cards that were united with these before go along
        united = SQL("x.id = ANY(%s) OR x.hotel_merged_into_id = ANY(%s)", others.ids, others.ids)
        joined = min((kept | others).mapped("hotel_joined_date"))
        self.env.flush_all()
        for column, value, rows in (
            ("active", SQL("FALSE"), both),
            ("hotel_state", SQL("'closed'"), both),
            ("hotel_merged_into_id", SQL("%s", kept.id), united),
            ("hotel_joined_date", SQL("%s::date", joined), SQL("x.id = %s", kept.id)),
        ):
            journal._query_change(self, "loyalty_card", column, value, rows)
        (kept | others).invalidate_recordset()
