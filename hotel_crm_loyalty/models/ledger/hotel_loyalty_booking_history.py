"""Odoo's own history of a card kept in step, so that its screens and portal show the same figures."""

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...rules import words
from .. import bulk

COLUMNS = {
    "card_id": "integer",
    "description": "text",
    "issued": "double precision",
    "used": "double precision",
    "order_model": "text",
    "order_id": "integer",
    "create_date": "timestamp",
    "write_date": "timestamp",
}
#: records of facts that Odoo's portal can show
SHOWN = frozenset({"sale.order", "hotel.stay"})


class HotelLoyaltyBookingHistory(models.AbstractModel):
    """Books Odoo's history of cards: what is issued and used can be spent; pending points come when they can."""

    _name = "hotel.loyalty.booking.history"
    _inherit = ["hotel.loyalty.booking"]
    _description = "Booking of Odoo's History"

    @api.model
    def _record(self, program, outcomes, lots, moves, facts):
        """Add a row for each fact that changed spendable points.

        :param dict lots: as they were before, by card and key
        :param list moves: pairs (card's id, move) that were added
        """
        changes = defaultdict(lambda: [0, 0, {}])  # (card, fact) -> issued, used, reasons
        usable = {
            card_id: {lot.key for lot in outcome.lots if lot.available <= outcome.as_of}
            for card_id, outcome in outcomes.items()
        }
        for card_id, move in moves:
            known = lots[card_id].get(move.lot)
            if move.lot in usable[card_id] or (known and known.is_available and self._is_gone(outcomes[card_id], move)):
                self._note(changes[card_id, move.origin], move.points, move.reason)
        for card_id, outcome in outcomes.items():
            self._note_turned(changes, card_id, outcome, lots[card_id], usable[card_id])
        self._add(program, {key: change for key, change in changes.items() if change[0] or change[1]}, facts)

    @api.model
    def _is_gone(self, outcome, move):
        """Return whether a move is about a lot that the rules do not know any more."""
        return all(lot.key != move.lot for lot in outcome.lots)

    @api.model
    def _note_turned(self, changes, card_id, outcome, known, usable):
        """Note lots that have become spendable since, or are so no longer."""
        for lot in outcome.lots:
            row = known.get(lot.key)
            if row and row.remaining and row.is_available != (lot.key in usable):
                opening = next(move for move in outcome.moves if move.key == lot.key)
                points = row.remaining if lot.key in usable else -row.remaining
                self._note(changes[card_id, opening.origin], points, opening.reason)

    @api.model
    def _note(self, change, points, reason):
        change[0 if points > 0 else 1] += abs(points)
        change[2][reason] = True

    @api.model
    def _add(self, program, changes, facts):
        """Write rows of history down, each in the language of its member; they have no author but the rules."""
        if not changes:
            return
        languages = self._query_languages({card_id for card_id, _origin in changes})
        now, rows = self.env.cr.now(), []
        for (card_id, origin), (issued, used, reasons) in changes.items():
            language = languages[card_id]
            names = program._get_hotel_names(language)
            text = " ".join(words.explain(reason, language, names) for reason in reasons)
            model, number = facts.links.get(origin, (None, None))
            rows.append((card_id, text, issued, used, model, number, now, now))
        self._query_add("loyalty_history", COLUMNS, rows)
        self.env["loyalty.history"].invalidate_model()

    @api.model
    def _query_languages(self, card_ids):
        """Return the language of the rules for each member; SQL because the ORM reads whole guests.

        :rtype: dict[int, str]
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT card.id, COALESCE(guest.lang, '') FROM loyalty_card card
                     LEFT JOIN res_partner guest ON guest.id = card.partner_id WHERE card.id = ANY(%s)""",
                bulk.make_ids(card_ids),
            )
        )
        return {card_id: "zh_CN" if lang.startswith("zh") else "en" for card_id, lang in rows}
