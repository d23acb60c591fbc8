"""A programme in which every record of `schema.describe` stands, with every column and choice of it."""

from ...rules import programme, schema

SAMPLES = {
    "text": "EUR",
    "code": "code",
    "whole": 3,
    "number": "2.5",
    "date": "2026-05-01",
    "flag": True,
    "names": {"en": "Name", "zh_CN": "名称", "fr": "Nom"},
}
#: columns that name something else of the same version
REFERENCES = {
    **dict.fromkeys(("Node.metric", "Rollover.metric", "Milestone.metric"), "nights"),
    **dict.fromkeys(("Metric.tier", "Reward.every_tier", "Reward.minimum_tier", "Transfers.minimum_tier"), "gold"),
    **dict.fromkeys(("Bonus.tiers", "Expiry.exempt_tiers", "Rollover.tiers"), ["gold"]),
}


def make_full(record=programme.Programme.__name__, depth=4):
    """Return plain data with every column filled; trees end after so many levels. What it means is not checked."""
    columns = [column for column in schema.describe()[record] if depth or not _is_record(column)]
    return {column["name"]: _fill(record, column, depth) for column in columns}


def _is_record(column):
    return column["of"] in schema.RECORDS


def _fill(record, column, depth):
    path = f"{record}.{column['name']}"
    if path in REFERENCES:
        return REFERENCES[path]
    if _is_record(column):
        inner = make_full(column["of"], depth - 1 if column["of"] == record else depth)
        return [inner] if column["type"] == "many" else inner
    if column["type"] == "many":
        return column["choices"] or [SAMPLES[column["of"]]]
    return column["choices"][0] if column["choices"] else SAMPLES[column["type"]]


def make_valid():
    """Return plain data of a programme that the check takes and in which every record stands."""
    return VALID


NIGHTS = {"op": "at_least", "metric": "nights", "value": "10"}
DIRECT = {"op": "in", "field": "channel", "values": ["direct", "web"]}
CLOSED = [{"from_date": "2026-12-24", "until_date": "2026-12-26", "properties": ["HARB"]}]
VALID = {
    "code": "full", "name": {"en": "Full", "zh_CN": "全"}, "currency": "EUR", "source": "A test.",
    "left_out": [{"path": "versions[0].debt", "note": "Nothing is known of it."}],
    "versions": [
        {
            "code": "1", "from_date": "2020-01-01",
            "metrics": [
                {"code": "nights", "kind": "nights", "where": DIRECT, "rooms": 2, "name": {"en": "nights"}},
                {"code": "growth", "kind": "growth", "points": "2", "per": "10", "groups": ["room"]},
                {"code": "missed", "kind": "no_shows"},
                {"code": "years", "kind": "tier_years", "tier": "gold"},
            ],
            "earning": {
                "where": {"op": "not", "nodes": [{"op": "is", "field": "is_award"}]}, "rooms": 3, "tier_on": "arrival",
                "rates": [{
                    "code": "food", "points": "1", "per": "10", "groups": ["food"], "where": DIRECT, "whole": True,
                    "minimum": "20", "cap": {"points": 500, "per": "day"}, "tier_bonus": False,
                }],
                "bonuses": [
                    {"code": "hello", "kind": "fixed", "value": "100", "trigger": "enrolment"},
                    {"code": "may", "kind": "percent", "value": "50", "from_date": "2026-05-01",
                     "until_date": "2026-05-31", "tiers": ["gold"], "minimum": "50", "times": 2, "cap": 1000},
                ],
                "rounding": {"mode": "half_up", "step": 5, "each": "rate"},
                "posting_days": 2, "posting_calendar": "all",
            },
            "expiry": [
                {"kind": "lot", "months": 24, "start": "posted", "round_to": "year_end", "grace_days": 7},
                {"kind": "calendar", "years": 2, "month": 2, "day": 31},
                {"kind": "inactivity", "months": 12, "activities": ["stay"], "exempt_tiers": ["gold"]},
            ],
            "cycle": {"kind": "joining", "months": 6, "best_of_previous": True, "reset_on": ["upgrade", "renewal"]},
            "changes": {"upgrade": "working_days", "upgrade_days": 3, "renewal": "at_end", "landing": "never",
                        "month": 3, "day": 1, "after_refund": "keep"},
            "validity": {"kind": "months", "months": 18},
            "tiers": [
                {"code": "base"},
                {
                    "code": "gold", "name": {"en": "Gold", "zh_CN": "金卡"}, "replaces": ["old"], "price": "99",
                    "gain": {"op": "all", "nodes": [
                        {"op": "any", "nodes": [NIGHTS, {**NIGHTS, "scope": "joining", "days": 90, "value": "3"}]},
                        {"op": "at_most", "metric": "missed", "value": "0"}]},
                    "keep": {"op": "at_least", "metric": "growth", "value": "500"},
                    "lifetime": {"op": "at_least", "metric": "years", "value": "5", "scope": "lifetime"},
                    "bonus_multiplier": "1.5", "discount_percent": "7.5", "validity": {"kind": "forever"},
                    "grants": ["bought", "gifted", "invited", "matched", "opening"],
                    "benefits": [{"code": "late", "name": {"en": "Late", "zh_CN": "延迟"}, "note": "14:00"}],
                },
            ],
            "rollovers": [{"metric": "nights", "tiers": ["gold"], "below_next": False}],
            "milestones": [{"code": "m", "metric": "nights", "every": 5, "first": 10,
                            "options": [{"code": "p", "points": 50}, {"code": "gift", "name": {"en": "A gift"}}]}],
            "debt": {"policy": "debt", "late_days": 30},
            "rewards": [
                {"code": "night", "kind": "free_night", "every": 5, "every_tier": "gold", "minimum_tier": "gold",
                 "cash_rate": "0.01", "least_points": 10, "blackouts": CLOSED, "from_date": "2026-01-01"},
                {"code": "spa", "kind": "fixed", "points": "50", "until_date": "2030-01-01"},
            ],
            "claims": {"days": 30, "answer_days": 5, "answer_calendar": "all", "auto_points": 10},
            "transfers": {"kinds": ["transfer", "gift", "pool"], "least": 10, "step": 10, "most": 100,
                          "year_points": 1000, "year_count": 3, "year_receive": 500, "member_days": 30,
                          "minimum_tier": "gold", "pool_size": 5, "keep_expiry": False},
            "discount": {"where": DIRECT, "blackouts": CLOSED},
            "accounts": {"minimum_age": 18, "one_per_person": False, "idle_years": 5},
        }
    ],
}  # fmt: skip
