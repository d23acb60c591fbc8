"""How a programme speaks: numbers, money, names, days and conditions in a language.

>>> from .loader import load_fixture
>>> speech = Speech(load_fixture("hilton"), "en")
>>> version = speech.programme.versions[1]
>>> speech.say_counts(version.tiers[4].gain, version)
'(80 nights or 40 stays) and USD 18,000'
>>> speech.say_fact(version.earning.rates[0].where)
'brand earns_5'
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from decimal import Decimal

from .summary_words import MONTHS, PHRASES, PLURALS

ONE = re.compile(rf"(?<![\d.,])1 ({'|'.join(PLURALS)})\b")


def get_name(record, language: str) -> str:
    """Return what a record is called in a language, else in English, else its code."""
    names = getattr(record, "name", None) or {}
    return names.get(language) or names.get("en") or record.code


def say_number(value):
    """Return a number as text with commas and without useless zeros, anything else as it is.

    >>> say_number(Decimal("11500.50")), say_number(25000)
    ('11,500.5', '25,000')
    """
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return value
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Speech:
    """A programme and a language; one that is not known is answered in English.

    :param names: field of a fact (channel, segment...) -> code -> what it is called in that language
    """

    def __init__(self, programme, language: str, names: Mapping | None = None):
        self.programme, self.language, self.names = programme, language, names or {}
        self.phrases = PHRASES.get(language, PHRASES["en"])
        self.months = MONTHS.get(language, MONTHS["en"])

    def say(self, phrase: str, **params) -> str:
        """Return a phrase with its parameters; numbers with commas, without useless zeros."""
        text = self.phrases[phrase].format(**{name: say_number(value) for name, value in params.items()})
        return ONE.sub(lambda found: f"1 {found[1][:-1]}", text) if self.phrases is PHRASES["en"] else text

    def money(self, value) -> str:
        """Return an amount with the programme's currency."""
        return self.say("money", currency=self.programme.currency, value=value)

    def join(self, texts, by="comma") -> str:
        """Return the texts that are not empty, joined by a word."""
        return self.phrases[by].join(text for text in texts if text)

    def yearly(self, month: int, day: int) -> str:
        """Return a day of every year; 29 February and later is the end of the month."""
        name = self.months[month - 1]
        if day >= monthrange(2027, month)[1] and month == 2:
            return self.say("month_last", month=name)
        return self.say("yearly", month=name, day=min(day, monthrange(2027, month)[1]))

    def tier(self, version, code) -> str:
        """Return the name of a tier by its code."""
        return next((get_name(tier, self.language) for tier in version.tiers if tier.code == code), code or "")

    def tiers(self, version, codes) -> str:
        """Return the names of tiers."""
        return self.join(self.tier(version, code) for code in codes)

    def metric(self, version, code) -> str:
        """Return the name of a metric by its code."""
        record = next((metric for metric in version.metrics if metric.code == code), None)
        if record is None:
            return code
        return get_name(record, self.language) if record.name else self.phrases[f"metric_{record.kind}"]

    def groups(self, groups) -> str:
        """Return the names of revenue groups; none are all."""
        return self.join(self.phrases.get(f"group_{group}", group) for group in groups) or self.phrases["all_spend"]

    def window(self, start, end) -> str:
        """Return from when to when, or nothing."""
        if start and end:
            return self.say("between", start=start, end=end)
        if start or end:
            return self.say("since", start=start) if start else self.say("until", end=end)
        return ""

    def say_counts(self, node, version) -> str:
        """Return a tree about a member's counts in words."""
        return self._tree(node, lambda leaf: self._count(leaf, version)) if node else ""

    def say_fact(self, node) -> str:
        """Return a tree about a fact in words."""
        return self._tree(node, self._field) if node else ""

    def _tree(self, node, say_leaf, is_inner=False):
        if node.op not in ("all", "any", "not"):
            return say_leaf(node)
        if node.op == "not":
            return self.say("not", text=self._tree(node.nodes[0], say_leaf, True))
        parts = [self._tree(inner, say_leaf, len(node.nodes) > 1) for inner in node.nodes]
        text = self.join(parts, "and" if node.op == "all" else "or")
        return self.say("group", text=text) if is_inner and len(parts) > 1 else text

    def _count(self, leaf, version):
        record = next((metric for metric in version.metrics if metric.code == leaf.metric), None)
        kind, name = record.kind if record else "", self.metric(version, leaf.metric)
        if kind == "tier_years":
            return self.say("count_years", value=leaf.value, tier=self.tier(version, record.tier))
        if kind == "spend":
            text = self.say("count_groups" if record.groups else "count_spend", money=self.money(leaf.value), name=name)
        else:
            text = self.say("count_nights" if kind == "nights" else "count", value=leaf.value, name=name)
        if leaf.op == "at_most":
            text = self.say("at_most", text=text)
        if leaf.scope == "lifetime":
            return self.say("for_life", text=text)
        return self.say("early", text=text, days=leaf.days) if leaf.scope == "joining" else text

    def _field(self, leaf):
        if leaf.field in ("is_own", "is_award"):
            return self.phrases[leaf.field if leaf.flag else leaf.field.replace("is_", "not_")]
        field = self.phrases[f"field_{leaf.field}"]
        if leaf.op in ("at_least", "at_most"):
            return self.say("field_least" if leaf.op == "at_least" else "field_most", field=field, value=leaf.value)
        known = self.names.get(leaf.field, {})
        values = self.join(known.get(value, value) for value in leaf.values)
        return self.say("field_not_in" if leaf.op == "not_in" else "field_in", field=field, values=values)
