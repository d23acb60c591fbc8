"""Facts that loyalty keeps itself, read as the others are: one query per kind and batch."""

from datetime import date

from odoo import api, models
from odoo.tools import SQL

from ...rules import facts as rules
from .. import bulk


class HotelLoyaltyFacts(models.AbstractModel):
    _inherit = "hotel.loyalty.facts"

    @api.model
    def _query_kept(self, scope, table, columns, join=None, condition=None):
        """Return rows of a kind of fact that loyalty keeps, with the card that counts it; SQL because of volume."""
        owners = scope["owners"]
        rows = self.env.execute_query(
            SQL(
                """SELECT fact.card_id, fact.id, fact.date, %(columns)s FROM %(table)s fact %(join)s
                    WHERE fact.card_id = ANY(%(cards)s) AND %(condition)s ORDER BY fact.id""",
                table=SQL.identifier(table),
                columns=columns,
                join=join or SQL(),
                condition=condition or SQL("TRUE"),
                cards=bulk.make_ids(owners),
            )
        )
        return [(owners[card_id], *row) for card_id, *row in rows]

    @api.model
    def _read_postings(self, scope, found):
        columns = SQL(
            "fact.kind, fact.points, fact.expiry_date, fact.status_points, fact.lots, COALESCE(fact.note, '')"
        )
        rows = self._query_kept(scope, "hotel_loyalty_posting", columns, condition=SQL("fact.state = 'posted'"))
        for card_id, fact_id, day, kind, points, expiry, status, lots, note in rows:
            parts = tuple((part, until and date.fromisoformat(until)) for part, until in lots or ())
            yield card_id, rules.Posting(f"post:{fact_id}", day, kind, points, expiry, status or 0, parts, note)

    @api.model
    def _read_redemptions(self, scope, found):
        columns = SQL("fact.points, fact.cancelled_date, fact.property_id, fact.order_id, COALESCE(fact.note, '')")
        rows = self._query_kept(scope, "hotel_loyalty_redemption", columns)
        for card_id, fact_id, day, points, cancelled, place, order_id, note in rows:
            fact = rules.Redemption(f"redeem:{fact_id}", day, points, note, cancelled)
            if place:
                found.places[fact.key] = place
            if order_id:
                found.links[fact.key] = ("sale.order", order_id)
            yield card_id, fact

    @api.model
    def _read_grants(self, scope, found):
        join = SQL("JOIN hotel_loyalty_tier tier ON tier.id = fact.tier_id AND fact.state = 'posted'")
        columns = SQL("tier.code, fact.kind, fact.until_date")
        for card_id, fact_id, day, tier, kind, until in self._query_kept(scope, "hotel_loyalty_grant", columns, join):
            yield card_id, rules.Grant(f"grant:{fact_id}", day, tier, kind, until)

    @api.model
    def _read_extensions(self, scope, found):
        join = SQL("LEFT JOIN hotel_loyalty_lot lot ON lot.id = fact.lot_id")
        columns = SQL("fact.until_date, COALESCE(lot.key, '')")
        for card_id, fact_id, day, until, lot in self._query_kept(scope, "hotel_loyalty_extension", columns, join):
            yield card_id, rules.Extension(f"extend:{fact_id}", day, until, lot)

    @api.model
    def _read_choices(self, scope, found):
        join = SQL("JOIN hotel_loyalty_decision decision ON decision.id = fact.decision_id")
        columns = SQL("decision.key, fact.option")
        for card_id, fact_id, day, key, option in self._query_kept(scope, "hotel_loyalty_choice", columns, join):
            yield card_id, rules.Choice(f"choice:{fact_id}", day, key.split("~")[0], option)
