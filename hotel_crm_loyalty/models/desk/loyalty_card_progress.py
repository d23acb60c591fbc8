"""Where a member stands: what the desk and the member's own pages show alike."""

from decimal import Decimal

from odoo import models
from odoo.tools import format_date
from odoo.tools.i18n import format_list

from ... import progress
from ...rules import balance, benefits

HISTORY = 6


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _get_hotel_progress(self):
        """Return where these members stand, in the language of the reader. Whose card it is, is the caller's to check.

        :returns: card's id -> programme, tier (with benefits), points (available, pending, debt, buckets by day),
            ahead (next tier and the ways to it) and keep (the same for the present one), both None where there is
            nothing to reach; days as {"date": ISO, "text": as the language writes it} or None
        :rtype: dict[int, dict]
        """
        cards = self.sudo()
        lots = cards._get_hotel_open_lots()
        return {card.id: card._prepare_hotel_progress(lots.get(card, ())) for card in cards}

    def _get_hotel_open_lots(self):
        """Return the points of these members that are not spent: card -> (day of expiry, points, can be used)."""
        rows = self.env["hotel.loyalty.lot"]._read_group(
            [("card_id", "in", self.ids), ("remaining", ">", 0)],
            ["card_id", "expiry_date:day", "is_available"],
            ["remaining:sum"],
        )
        found = {}
        for card, day, is_available, points in rows:
            found.setdefault(card, []).append((day or None, points, is_available))
        return found

    def _prepare_hotel_progress(self, lots):
        terms = self.program_id._get_hotel_plan().at(self.hotel_evaluated_date or self.program_id._get_hotel_today())
        names = self.program_id._get_hotel_names(self._get_hotel_language())
        held = terms.get_tier(self.hotel_tier_id.code or "")
        return {
            "id": self.id,
            "code": self.code,
            "programme": self.program_id.name,
            "program_id": self.program_id.id,
            "state": self.hotel_state,
            "joined": self._say_day(self.hotel_joined_date),
            "tier": self._prepare_hotel_tier(held),
            "points": self._prepare_hotel_balance(lots),
            "ahead": self._prepare_hotel_ahead(terms, held, names),
            "keep": self._prepare_hotel_keep(held, names),
            "cycle": {"start": self._say_day(self.hotel_cycle_start), "end": self._say_day(self.hotel_cycle_end)},
        }

    def _prepare_hotel_tier(self, held):
        return {
            "code": held.code,
            "name": self.hotel_tier_id.name or held.code,
            "rank": held.rank,
            "color": self.hotel_tier_id.color,
            "since": self._say_day(self.hotel_tier_since),
            "until": self._say_day(self.hotel_tier_until),
            "benefits": self._list_hotel_benefits(held.record.benefits),
        }

    def _list_hotel_benefits(self, records):
        """Return benefits of a tier with what the desk makes of them.

        :param records: rules.record_tiers.Benefit each
        :rtype: list[dict]: code, kind, hour (local, or None), name, note
        """
        language = self._get_hotel_language()
        return [
            {
                **benefits.read(record.code)._asdict(),
                "name": (record.name or {}).get(language) or (record.name or {}).get("en") or record.code,
                "note": record.note or "",
            }
            for record in records
        ]

    def _prepare_hotel_balance(self, lots):
        """Return points by what can be done with them, and by the day on which they are lost."""
        buckets = balance.bundle([(day, points) for day, points, _usable in lots], self.hotel_lost_date or None)
        rows = [{"day": self._say_day(bucket.expires), "points": bucket.points} for bucket in buckets]
        return {
            "name": self.program_id.portal_point_name or "",
            "available": int(self.points),
            "pending": self.hotel_pending,
            "debt": self.hotel_debt,
            "buckets": rows,
            "next_expiry": rows[0] if rows and rows[0]["day"] else None,
        }

    # ---- the way to a tier ------------------------------------------------------------------

    def _prepare_hotel_ahead(self, terms, held, names):
        """Return the next tier that can be reached, and how."""
        for tier in terms.tiers[held.rank + 1 :]:
            if tier.record.gain is not None:
                ways = self._prepare_hotel_ways(tier.record.gain, names)
                name = names.get(tier.code, tier.code)
                return {"tier": name, "ways": ways, "sentence": self._say_hotel_ahead(name, ways)}
        return None

    def _prepare_hotel_keep(self, held, names):
        """Return what keeps the present tier; None where it does not end."""
        node = held.record.keep or held.record.gain
        if node is None or not self.hotel_tier_until:
            return None
        ways = self._prepare_hotel_ways(node, names)
        return {
            "tier": names.get(held.code, held.code),
            "ways": ways,
            "sentence": self._say_hotel_keep(self.hotel_tier_id.name or held.code, ways),
        }

    def _prepare_hotel_ways(self, node, names):
        """Return the ways to a tier: each the needs that are met together, of which there is so much."""
        found = progress.list_ways(node, self.hotel_counts or {}, self.hotel_lifetime or {})
        return [
            {
                "is_met": way.is_met,
                "needs": [
                    {
                        "metric": need.metric,
                        "name": names.get(need.metric, need.metric),
                        "have": self._say_hotel_amount(need.metric, need.have),
                        "need": self._say_hotel_amount(need.metric, need.need),
                        "missing": self._say_hotel_amount(need.metric, need.missing) if need.missing else "",
                        "percent": need.percent,
                    }
                    for need in way.needs
                ],
            }
            for way in found
        ]

    def _say_hotel_ahead(self, tier, ways):
        missing = self._say_hotel_missing(ways)
        if missing is None:
            return self.env._("%(tier)s is reached and begins soon.", tier=tier)
        return self.env._("%(missing)s more until %(tier)s.", missing=missing, tier=tier) if missing else ""

    def _say_hotel_keep(self, tier, ways):
        missing = self._say_hotel_missing(ways)
        if missing is None:
            return self.env._("%(tier)s is safe for the next term.", tier=tier)
        return self.env._("%(missing)s more to keep %(tier)s.", missing=missing, tier=tier) if missing else ""

    def _say_hotel_missing(self, ways):
        """Return what is missing, in words; None where nothing is, empty where it cannot be said.

        :rtype: str | None
        """
        if any(way["is_met"] for way in ways):
            return None
        texts = [
            format_list(self.env, [f"{need['missing']} {need['name']}" for need in way["needs"] if need["missing"]])
            for way in ways
        ]
        return format_list(self.env, texts, style="or")

    def _say_hotel_amount(self, metric, amount):
        """Return how much of a metric, as the language writes numbers; spend in the programme's currency."""
        amount = Decimal(str(amount))
        if metric in self._get_hotel_money_metrics():
            return self.program_id.currency_id.format(float(amount))
        digits = 0 if amount == int(amount) else 1
        return self.env["res.lang"]._lang_get(self.env.lang or "en_US").format(f"%.{digits}f", float(amount), True)

    def _get_hotel_money_metrics(self):
        """Return the codes of metrics that are amounts of money in the rules in force."""
        versions = self.program_id._get_hotel_plan().programme.versions
        return {metric.code for version in versions for metric in version.metrics if metric.kind == "spend"}

    def _say_day(self, day):
        return {"date": day.isoformat(), "text": format_date(self.env, day)} if day else None

    def _get_hotel_language(self):
        """Return the language of the rules' own words that fits the reader."""
        return "zh_CN" if (self.env.lang or "").startswith("zh") else "en"

    # ---- what happened lately ---------------------------------------------------------------

    def _get_hotel_history(self, limit=HISTORY):
        """Return the latest moves and decisions of one member with their reasons.

        :param int limit: so many of each
        :rtype: dict[str, list[dict]]: moves (day, points, kind, reason) and decisions (day, kind, reason)
        """
        self.ensure_one()
        card = self.sudo()
        latest = {"limit": limit, "order": "date desc, id desc"}
        moves = self.env["hotel.loyalty.move"].sudo().search_fetch([("card_id", "=", card.id)], **latest)
        decisions = self.env["hotel.loyalty.decision"].sudo().search_fetch(
            [("card_id", "=", card.id), ("is_void", "=", False)], **latest
        )
        kinds = dict(moves._fields["kind"]._description_selection(self.env))
        named = dict(decisions._fields["kind"]._description_selection(self.env))
        return {
            "moves": [
                {
                    "id": move.id,
                    "day": self._say_day(move.date),
                    "points": move.points,
                    "kind": kinds[move.kind],
                    "reason": move.reason or "",
                }
                for move in moves
            ],
            "decisions": [
                {
                    "id": decision.id,
                    "day": self._say_day(decision.effective_date or decision.date),
                    "kind": named[decision.kind],
                    "reason": decision.reason or "",
                }
                for decision in decisions
            ],
        }
