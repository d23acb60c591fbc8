"""A programme in plain words, for those who do not edit it: what is in force, section by section.

>>> from .loader import load_fixture
>>> for section in summarize(load_fixture("hotel_club"))[:2]:
...     print(section.title)
...     for line in section.lines:
...         print("-", line)
Points
- 1 point per EUR 1 of everything but fees
- Welcome: 100 points for joining
- Points can be spent 1 working day after departure.
Tiers
- Member: everybody
- Silver: from 10 nights or EUR 1,500 in a calendar year; kept with 8 nights or EUR 1,200; 10 % more points; \
5 % off the room; may be given: gifted, matched; Late check-out until 14:00
- Gold: from 25 nights or EUR 4,000 in a calendar year; kept with 20 nights or EUR 3,200; 25 % more points; \
10 % off the room; may be given: gifted, matched, by invitation; Late check-out until 16:00; \
Room upgrade where there is one; Welcome gift
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from .programme import Programme, Version
from .summary_speech import Speech, get_name


class Section(NamedTuple):
    """A heading and its lines; ``since`` is set where the programme has several versions."""

    title: str
    lines: list
    since: str = ""


def summarize(
    programme: Programme, language: str = "en", on: date | None = None, names: Mapping | None = None
) -> list[Section]:
    """Return a programme in words.

    :param language: en or zh_CN; another one is answered in English
    :param on: only the version in force on this day; None: all versions
    :param names: field of a fact (channel, segment, rate...) -> code -> what it is called in that language
    """
    versions = list(programme.versions)
    if on is not None:
        versions = [one for one in versions[1:] if one.from_date <= on][-1:] or versions[:1]
    speech, found = Speech(programme, language, names), []
    for version in versions:
        since = ""
        if len(programme.versions) > 1:
            day = version.from_date
            since = speech.say("from_day", day=day) if day else speech.say("from_first")
        told = _Telling(speech, version).tell()
        found += [Section(title, lines, since) for title, lines in told if lines]
    return found


class _Telling:
    """One version in words."""

    def __init__(self, speech: Speech, version: Version):
        self.speech, self.version, self.say = speech, version, speech.say

    def tell(self):
        """Yield (title, lines)."""
        for name in ("points", "tiers", "changes", "expiry", "milestones", "rewards", "around"):
            yield self.say(name), [line for line in getattr(self, f"tell_{name}")() if line]

    def named(self, record, text):
        return self.say("colon", name=get_name(record, self.speech.language), text=text)

    # points

    def tell_points(self):
        earning, speech = self.version.earning, self.speech
        if not earning.rates:
            yield self.say("no_rates")
        for rate in earning.rates:
            yield self.tell_rate(rate)
        for bonus in earning.bonuses:
            yield self.named(bonus, self.tell_bonus(bonus))
        if earning.where:
            yield self.say("earning_where", where=speech.say_fact(earning.where))
        if earning.rooms:
            yield self.say("earning_rooms", rooms=earning.rooms)
        if earning.posting_days:
            yield self.say(f"posting_{earning.posting_calendar}", days=earning.posting_days)

    def tell_rate(self, rate):
        speech = self.speech
        text = self.say("rate", points=rate.points, money=speech.money(rate.per), what=speech.groups(rate.groups))
        if rate.where:
            text = self.say("rate_where", text=text, where=speech.say_fact(rate.where))
        return speech.join([
            text,
            rate.whole and self.say("rate_whole"),
            rate.minimum and self.say("rate_minimum", money=speech.money(rate.minimum)),
            rate.cap and self.say(f"cap_{rate.cap.per}", points=rate.cap.points),
            not rate.tier_bonus and self.say("no_bonus"),
        ], "semicolon")  # fmt: skip

    def tell_bonus(self, bonus):
        speech = self.speech
        kind = "welcome" if bonus.trigger == "enrolment" else bonus.kind
        return speech.join([
            self.say(f"bonus_{kind}", value=bonus.value),
            speech.window(bonus.from_date, bonus.until_date),
            bonus.where and self.say("where", where=speech.say_fact(bonus.where)),
            bonus.tiers and self.say("for_tiers", tiers=speech.tiers(self.version, bonus.tiers)),
            bonus.minimum and self.say("rate_minimum", money=speech.money(bonus.minimum)),
            bonus.times and self.say("times", times=bonus.times),
            bonus.cap and self.say("cap_transaction", points=bonus.cap),
        ], "semicolon")  # fmt: skip

    # tiers

    def tell_tiers(self):
        for rank, tier in enumerate(self.version.tiers):
            yield self.named(tier, self.speech.join(self.tell_tier(tier, rank), "semicolon"))

    def tell_tier(self, tier, rank):
        speech, version = self.speech, self.version
        if rank == 0:
            yield self.say("everybody")
        if tier.gain:
            cycle = self.say(f"cycle_{version.cycle.kind}", months=version.cycle.months)
            yield self.say("gain", text=speech.say_counts(tier.gain, version), cycle=cycle)
        for name in ("keep", "lifetime"):
            if getattr(tier, name):
                yield self.say(name, text=speech.say_counts(getattr(tier, name), version))
        bonuses = {"more_points": tier.bonus_percent, "times_points": tier.bonus_multiplier}
        for phrase, value in {**bonuses, "discount": tier.discount_percent}.items():
            if value:
                yield self.say(phrase, value=value)
        if tier.price is not None:
            yield self.say("price", money=speech.money(tier.price))
        kinds = [speech.phrases[kind] for kind in tier.grants if kind != "bought" or tier.price is None]
        if kinds:
            yield self.say("granted", kinds=speech.join(kinds))
        for benefit in tier.benefits:
            yield get_name(benefit, speech.language)

    def tell_changes(self):
        version, changes, speech = self.version, self.version.changes, self.speech
        if len(version.tiers) < 2:
            return
        yield self.say(changes.upgrade, days=changes.upgrade_days)
        yield self.tell_validity(version.validity)
        for tier in version.tiers:
            if tier.validity:
                yield self.named(tier, self.tell_validity(tier.validity))
        yield self.say(changes.landing)
        if changes.month:
            yield self.say("processed", day=speech.yearly(changes.month, changes.day))
        if version.cycle.best_of_previous:
            yield self.say("best_of_previous")
        for reset in version.cycle.reset_on:
            yield self.say(f"reset_{reset}")
        for rollover in version.rollovers:
            yield self.say("rollover", name=speech.metric(version, rollover.metric))

    def tell_validity(self, validity):
        phrase = f"valid_{validity.kind}"
        number = {"day": validity.years, "cycles": validity.cycles}.get(validity.kind)
        if number in (0, 1):
            phrase = f"{phrase}_{number}"
        return self.say(
            phrase, day=self.speech.yearly(validity.month, validity.day), years=validity.years,
            months=validity.months, cycles=validity.cycles,
        )  # fmt: skip

    # what is lost

    def tell_expiry(self):
        if not self.version.expiry:
            yield self.say("no_expiry")
        for expiry in self.version.expiry:
            yield self.speech.join(self.tell_loss(expiry), "space")
        if self.version.debt.policy in ("debt", "forgive"):
            yield self.say(self.version.debt.policy)

    def tell_loss(self, expiry):
        speech = self.speech
        if expiry.kind == "calendar":
            yield self.say("calendar_expiry", day=speech.yearly(expiry.month, expiry.day), years=expiry.years)
        elif expiry.kind == "inactivity":
            yield self.say("inactivity", months=expiry.months)
        else:
            after = speech.phrases[expiry.round_to] if expiry.round_to else ""
            phrase = "lot_posted" if expiry.start == "posted" else "lot"
            yield self.say(phrase, months=expiry.months, round=after)
        if expiry.grace_days:
            yield self.say("grace", days=expiry.grace_days)
        if expiry.exempt_tiers:
            yield self.say("exempt", tiers=speech.tiers(self.version, expiry.exempt_tiers))

    # what one gets

    def tell_milestones(self):
        speech = self.speech
        for milestone in self.version.milestones:
            options = speech.join((get_name(option, speech.language) for option in milestone.options), "or")
            yield self.say(
                "milestone_first" if milestone.first else "milestone", first=milestone.first, every=milestone.every,
                name=speech.metric(self.version, milestone.metric), options=options,
            )  # fmt: skip

    def tell_rewards(self):
        for reward in self.version.rewards:
            yield self.named(reward, self.speech.join(self.tell_reward(reward), "semicolon"))

    def tell_reward(self, reward):
        speech, version = self.speech, self.version
        if reward.points is None:
            yield self.say("reward_priced")
        elif reward.per is None:
            yield self.say("reward_fixed", points=reward.points)
        else:
            yield self.say("reward_by_value", points=reward.points, money=speech.money(reward.per))
        if reward.every and reward.every_tier:
            yield self.say("reward_every_tier", every=reward.every, tier=speech.tier(version, reward.every_tier))
        elif reward.every:
            yield self.say("reward_every", every=reward.every)
        if reward.minimum_tier:
            yield self.say("from_tier", tier=speech.tier(version, reward.minimum_tier))
        if reward.cash_rate:
            yield self.say("cash", money=speech.money(reward.cash_rate))
        yield speech.window(reward.from_date, reward.until_date)
        if reward.blackouts:
            yield self.say("closed", count=len(reward.blackouts))

    def tell_around(self):
        version, speech = self.version, self.speech
        if version.claims:
            claims = version.claims
            yield speech.join([
                self.say("claims", days=claims.days),
                claims.answer_days and self.say("claims_answer", days=claims.answer_days),
                claims.auto_points and self.say("claims_auto", points=claims.auto_points),
            ], "semicolon")  # fmt: skip
        if version.transfers:
            yield self.tell_transfers(version.transfers)
        accounts = version.accounts
        if accounts.minimum_age:
            yield self.say("minimum_age", years=accounts.minimum_age)
        if accounts.idle_years:
            yield self.say("idle", years=accounts.idle_years)

    def tell_transfers(self, rule):
        return self.speech.join([
            *(self.say(kind) for kind in rule.kinds),
            rule.least > 1 and self.say("least", points=rule.least),
            rule.year_points and self.say("year_points", points=rule.year_points),
            rule.member_days and self.say("member_days", days=rule.member_days),
            rule.minimum_tier and self.say("from_tier", tier=self.speech.tier(self.version, rule.minimum_tier)),
        ], "semicolon")  # fmt: skip
