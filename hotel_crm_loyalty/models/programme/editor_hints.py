"""What helps an editor beyond the types of the columns: what belongs together and what refers to what.

Nothing here is needed for a programme to be right; a field that holds something is always shown.
"""

#: record.field -> (deciding field, its values): shown where one of these values stands there
RELEVANT = {
    "Metric.groups": ("kind", ("spend", "growth", "base_points")),
    "Metric.rooms": ("kind", ("nights", "stays", "spend", "growth")),
    "Metric.points": ("kind", ("growth",)),
    "Metric.per": ("kind", ("growth",)),
    "Metric.tier": ("kind", ("tier_years",)),
    "Bonus.dated_on": ("trigger", ("transaction",)),
    "Bonus.minimum": ("trigger", ("transaction",)),
    "Bonus.where": ("trigger", ("transaction",)),
    "Bonus.tiers": ("trigger", ("transaction",)),
    "Expiry.months": ("kind", ("lot", "inactivity")),
    "Expiry.years": ("kind", ("calendar",)),
    "Expiry.month": ("kind", ("calendar",)),
    "Expiry.day": ("kind", ("calendar",)),
    "Expiry.start": ("kind", ("lot",)),
    "Expiry.round_to": ("kind", ("lot", "inactivity")),
    "Expiry.activities": ("kind", ("inactivity",)),
    "Reward.per": ("kind", ("by_value", "free_night")),
    "Reward.every": ("kind", ("free_night",)),
    "Reward.every_tier": ("kind", ("free_night",)),
    "Cycle.months": ("kind", ("joining", "tier_change", "rolling")),
    "Validity.years": ("kind", ("day",)),
    "Validity.month": ("kind", ("day",)),
    "Validity.day": ("kind", ("day",)),
    "Validity.months": ("kind", ("months",)),
    "Validity.cycles": ("kind", ("cycles",)),
    "Changes.upgrade_days": ("upgrade", ("working_days",)),
}
#: record.field -> list of the version whose codes it names
REFERENCES = {
    "Metric.tier": "tiers",
    "Node.metric": "metrics",
    "Bonus.tiers": "tiers",
    "Expiry.exempt_tiers": "tiers",
    "Rollover.metric": "metrics",
    "Rollover.tiers": "tiers",
    "Milestone.metric": "metrics",
    "Reward.every_tier": "tiers",
    "Reward.minimum_tier": "tiers",
    "Transfers.minimum_tier": "tiers",
}
#: record.field -> list of suggested codes
SUGGESTIONS = {
    "Programme.currency": "currency",
    "Metric.groups": "group",
    "Rate.groups": "group",
    "Blackout.properties": "property_code",
}
#: trees about counts of a member; all others are about facts
COUNT_TREES = ("Tier.gain", "Tier.keep", "Tier.lifetime")
#: fields of a fact that hold a number, or yes and no (see ``rules.check``)
NUMBER_FIELDS = ("rooms", "nights")
FLAG_FIELDS = ("is_award", "is_own")
