"""Decisions written: new ones added, those that hold no more marked void."""

import json

from odoo import api, fields, models
from odoo.tools import SQL

from .. import bulk
from .hotel_loyalty_row_mixin import to_plain

COLUMNS = {
    "card_id": "integer",
    "key": "text",
    "kind": "text",
    "date": "date",
    "effective_date": "date",
    "until_date": "date",
    "tier_id": "integer",
    "previous_tier_id": "integer",
    "revision_id": "integer",
    "version_code": "text",
    "origin": "text",
    "reason_code": "text",
    "reason_params": "jsonb",
    "inputs": "jsonb",
    "is_void": "boolean",
    "booked_at": "timestamp",
}


class HotelLoyaltyBookingDecision(models.AbstractModel):
    """Books the decisions of evaluations."""

    _name = "hotel.loyalty.booking.decision"
    _inherit = ["hotel.loyalty.booking"]
    _description = "Booking of Loyalty Decisions"

    @api.model
    def _record(self, program, outcomes):
        """Add decisions that are new or say something else now, and mark void what holds no more.

        :returns: pairs (card's id, decision) that were added, and ids of those that became void
        :rtype: tuple[list, list]
        """
        tiers = {tier.code: tier.id for tier in program.with_context(active_test=False).hotel_tier_ids}
        booked, new, turned = self._query_booked(list(outcomes)), [], []
        for card_id, outcome in outcomes.items():
            rows, due = booked[card_id], {decision.key: decision for decision in outcome.decisions}
            for key, decision in due.items():
                said = (decision.effective, decision.until, tiers.get(decision.tier), tiers.get(decision.previous))
                same = [row_id for row_id, _void, *rest in rows.get(key, ()) if tuple(rest) == said][:1]
                turned += [row[:2] for row in rows.get(key, ()) if row[1] == (row[0] in same)]
                if not same:
                    place = len(rows.get(key, ()))
                    new.append((card_id, decision._replace(key=f"{key}~{place}" if place else key)))
            turned += [row[:2] for key, known in rows.items() if key not in due for row in known if not row[1]]
        self._query_turn([row_id for row_id, _void in turned])
        self._add(program, new, tiers)
        return new, [row_id for row_id, void in turned if not void]

    @api.model
    def _query_booked(self, card_ids):
        """Return decisions as they are booked; SQL because of volume.

        :returns: card's id -> {key of the rules: rows (id, void, effective, until, tier, previous tier)}
        :rtype: dict[int, dict[str, list[tuple]]]
        """
        found = {card_id: {} for card_id in card_ids}
        rows = self.env.execute_query(
            SQL(
                """SELECT card_id, key, id, COALESCE(is_void, FALSE), effective_date, until_date, tier_id,
                          previous_tier_id
                     FROM hotel_loyalty_decision WHERE card_id = ANY(%s) ORDER BY id""",
                bulk.make_ids(card_ids),
            )
        )
        for card_id, key, *row in rows:
            found[card_id].setdefault(key.split("~")[0], []).append(tuple(row))
        return found

    @api.model
    def _query_turn(self, ids):
        """Mark decisions void, or no longer; SQL because of volume."""
        if ids:
            self.env.execute_query(
                SQL(
                    """UPDATE hotel_loyalty_decision SET is_void = NOT COALESCE(is_void, FALSE)
                        WHERE id = ANY(%s) RETURNING 1""",
                    ids,
                )
            )

    @api.model
    def _add(self, program, new, tiers):
        """Write decisions down."""
        revision, now = program.hotel_revision_id.id, fields.Datetime.now()
        rows = [
            (
                *(card_id, one.key, one.kind, one.on, one.effective, one.until),
                *(tiers.get(one.tier), tiers.get(one.previous), revision, one.version, one.origin, one.reason.code),
                *(json.dumps(to_plain(one.reason.params)), json.dumps(to_plain(one.inputs)), False, now),
            )
            for card_id, one in new
        ]
        self._query_add("hotel_loyalty_decision", COLUMNS, rows)
