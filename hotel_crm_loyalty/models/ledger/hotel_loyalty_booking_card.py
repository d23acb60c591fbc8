"""What the rules say about a member, written on the card."""

import json

from odoo import api, models
from odoo.tools import SQL

from ...rules import limits
from .hotel_loyalty_row_mixin import to_plain

COLUMNS = {
    "id": "integer",
    "points": "double precision",
    "hotel_pending": "integer",
    "hotel_debt": "integer",
    "hotel_tier_id": "integer",
    "hotel_tier_since": "date",
    "hotel_tier_until": "date",
    "hotel_lost_date": "date",
    "hotel_next_date": "date",
    "hotel_cycle_start": "date",
    "hotel_cycle_end": "date",
    "hotel_counts": "jsonb",
    "hotel_lifetime": "jsonb",
    "hotel_evaluated_date": "date",
    "hotel_active_date": "date",
    "hotel_fingerprint": "text",
}


class HotelLoyaltyBookingCard(models.AbstractModel):
    """Books the state of cards."""

    _name = "hotel.loyalty.booking.card"
    _description = "Booking of Loyalty Cards"

    @api.model
    def _record(self, program, outcomes, facts):
        """Write what the evaluations say on their cards, and when each is to be looked at again."""
        tiers = {tier.code: tier.id for tier in program.with_context(active_test=False).hotel_tier_ids}
        plan = program._get_hotel_plan()
        rows = [self._make_row(plan, card_id, outcome, tiers, facts) for card_id, outcome in outcomes.items()]
        if rows:
            self._query_update(rows)
        self.env["loyalty.card"].browse(list(outcomes)).invalidate_recordset()

    @api.model
    def _make_row(self, plan, card_id, outcome, tiers, facts):
        available = outcome.available
        active = facts.get_last_activity(card_id, outcome)
        closing = limits.get_closing_day(plan.at(outcome.as_of).version.accounts, active)
        following = min((day for day in (outcome.next_day, closing) if day and day > outcome.as_of), default=None)
        return (
            *(card_id, available, outcome.balance - available, outcome.debt, tiers.get(outcome.tier)),
            *(outcome.tier_since, outcome.tier_until, outcome.expires, following, *outcome.cycle),
            to_plain(outcome.counts.items()),
            to_plain(outcome.lifetime.items()),
            outcome.as_of,
            active,
            facts.prints.get(card_id),
        )

    @api.model
    def _query_update(self, rows):
        """Change cards by one statement, those that say something else; SQL because of volume."""
        names = list(COLUMNS)[1:]
        now = SQL("%s", self.env.cr.now())
        content = json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows], default=str)
        self.env.execute_query(
            SQL(
                """UPDATE loyalty_card card SET %(sets)s, write_date = %(now)s, write_uid = %(uid)s
                     FROM json_to_recordset(%(content)s::json) AS new (%(columns)s)
                    WHERE card.id = new.id AND (%(old)s) IS DISTINCT FROM (%(new)s) RETURNING 1""",
                sets=SQL(", ").join(SQL("%s = %s", SQL.identifier(n), SQL.identifier("new", n)) for n in names),
                content=content,
                # types are those of COLUMNS
                columns=SQL(", ").join(SQL(f"%s {kind}", SQL.identifier(n)) for n, kind in COLUMNS.items()),  # pylint: disable=sql-injection
                old=SQL(", ").join(SQL.identifier("card", n) for n in names),
                new=SQL(", ").join(SQL.identifier("new", n) for n in names),
                now=now,
                uid=self.env.uid,
            )
        )
