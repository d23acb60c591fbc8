"""What the choices of a programme's fields are called: record.field -> value -> label."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

DATES = {
    "arrival": _lt("Arrival"),
    "departure": _lt("Departure"),
    "booking": _lt("Day of booking"),
    "joining": _lt("Day of joining"),
}
CALENDARS = {"working": _lt("Working days"), "all": _lt("All days")}
CHOICES = {
    "Version.judged_by": DATES,
    "Node.op": {
        "all": _lt("All of these"),
        "any": _lt("Any of these"),
        "not": _lt("Not this"),
        "at_least": _lt("At least"),
        "at_most": _lt("At most"),
        "in": _lt("Is one of"),
        "not_in": _lt("Is none of"),
        "is": _lt("Is"),
    },
    "Node.field": {
        "kind": _lt("Stay or purchase"),
        "property_code": _lt("Hotel"),
        "brand": _lt("Brand"),
        "rate": _lt("Rate plan"),
        "channel": _lt("Channel"),
        "segment": _lt("Market segment"),
        "outlet": _lt("Outlet"),
        "event": _lt("Event"),
        "rooms": _lt("Number of rooms"),
        "nights": _lt("Number of nights"),
        "is_award": _lt("Nights paid with points"),
        "is_own": _lt("The member's own stay"),
    },
    "Node.scope": {
        "cycle": _lt("The period"),
        "lifetime": _lt("The whole membership"),
        "joining": _lt("The first days of membership"),
    },
    "Metric.kind": {
        "nights": _lt("Nights"),
        "stays": _lt("Stays"),
        "purchases": _lt("Purchases"),
        "spend": _lt("Spend"),
        "growth": _lt("Growth points by spend"),
        "base_points": _lt("Base points"),
        "status_points": _lt("Status points"),
        "no_shows": _lt("No-shows"),
        "enrolment": _lt("Joining"),
        "tier_years": _lt("Years at a tier"),
    },
    "Rounding.mode": {
        "down": _lt("Down"),
        "half_up": _lt("To the nearest, half up"),
        "half_even": _lt("To the nearest, half to even"),
        "up": _lt("Up"),
    },
    "Rounding.each": {"rate": _lt("At each rate"), "transaction": _lt("Over the whole stay or purchase")},
    "Cap.per": {"transaction": _lt("Stay or purchase"), "event": _lt("Event"), "day": _lt("Day")},
    "Bonus.kind": {
        "percent": _lt("Percent of the base points"),
        "multiplier": _lt("Base points times"),
        "fixed": _lt("A number of points"),
    },
    "Bonus.trigger": {"transaction": _lt("A stay or purchase"), "enrolment": _lt("Joining")},
    "Bonus.dated_on": DATES,
    "Earning.tier_on": DATES,
    "Earning.posting_calendar": CALENDARS,
    "Expiry.kind": {
        "lot": _lt("Some time after they were earned"),
        "calendar": _lt("On a day of the year"),
        "inactivity": _lt("All of them without activity"),
    },
    "Expiry.start": {"earned": _lt("they were earned"), "posted": _lt("they could be spent")},
    "Expiry.round_to": {"month_end": _lt("The month"), "year_end": _lt("The year")},
    "Expiry.activities": {
        "stay": _lt("Stay"),
        "earn": _lt("Earning"),
        "redeem": _lt("Redeeming"),
        "buy": _lt("Buying points"),
        "transfer": _lt("Transfer"),
        "gift": _lt("Gift"),
    },
    "Debt.policy": {
        "other_lots": _lt("Take other points first"),
        "debt": _lt("They are owed"),
        "forgive": _lt("They are forgiven"),
    },
    "Reward.kind": {
        "fixed": _lt("A number of points"),
        "by_value": _lt("Points by price"),
        "free_night": _lt("Free night"),
    },
    "Claims.answer_calendar": CALENDARS,
    "Transfers.kinds": {"transfer": _lt("Transfer"), "gift": _lt("Gift"), "pool": _lt("Pool")},
    "Cycle.kind": {
        "calendar": _lt("Calendar year"),
        "joining": _lt("From joining"),
        "tier_change": _lt("From the last change of tier"),
        "rolling": _lt("The months up to each day"),
    },
    "Cycle.reset_on": {"upgrade": _lt("An upgrade"), "renewal": _lt("A renewal")},
    "Validity.kind": {
        "day": _lt("To a day of a year"),
        "months": _lt("A number of months"),
        "cycles": _lt("The rest of the period and more"),
        "forever": _lt("For ever"),
    },
    "Changes.upgrade": {
        "at_once": _lt("At once"),
        "next_day": _lt("The next day"),
        "working_days": _lt("Some working days later"),
    },
    "Changes.renewal": {"at_once": _lt("As soon as it is met"), "at_end": _lt("At the end of the period")},
    "Changes.landing": {
        "hard": _lt("Falls to what the counts give"),
        "soft": _lt("Falls by one tier at most"),
        "never": _lt("Does not fall"),
    },
    "Changes.after_refund": {"revoke": _lt("Is taken back"), "keep": _lt("Runs on")},
    "Tier.grants": {
        "bought": _lt("Bought"),
        "gifted": _lt("As a gift"),
        "invited": _lt("By invitation"),
        "matched": _lt("By status match"),
        "opening": _lt("Brought in"),
    },
}
