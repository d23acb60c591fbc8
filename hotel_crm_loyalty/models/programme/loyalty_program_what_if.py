"""What a stay would earn: asked of the rules before it takes place; nothing is written."""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from odoo import models

from ...rules import engine, facts, plan, trees
from ...rules.results import Reason

WHAT_IF = "stay:what-if"


class WhatIf(NamedTuple):
    """The answer. Points are whole numbers, tiers are codes."""

    points: int  #: all that the stay brings, milestones too
    available: object  #: first day on which they can be spent, or None
    reasons: tuple  #: pairs (points or None, rules.results.Reason), in the order of days
    tier_before: str
    tier_after: str
    tier_from: object  #: first day of the tier that is reached, or None
    next_tier: str  #: code of the tier above, or ""
    missing: list  #: what is missing for it then: lists of pairs (metric, amount), of which any one is enough


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    def _hotel_what_if(self, stay, card=None, tier=None):
        """Return what a stay would earn by the rules in force. With a card: of that member, on top of all so far.

        :param rules.facts.Stay stay: amounts in the programme's currency, net of tax, as Decimal
        :param loyalty.card card: the member; the caller has found out that the user may ask about him or her
        :param str tier: without a card, the tier that is held; default everybody's
        :rtype: WhatIf
        """
        self.ensure_one()
        stay = stay._replace(key=WHAT_IF)
        before, after = self._look_if(stay, card) if card else self._suppose(stay, tier)
        terms = self._get_hotel_plan().at(after.as_of)
        known = {move.key for move in before.moves}
        moves = [move for move in after.moves if move.key not in known]
        decided = {decision.key for decision in before.decisions}
        decisions = [decision for decision in after.decisions if decision.key not in decided]
        gained = next((one for one in reversed(decisions) if one.kind == "gain"), None)
        held = gained.tier if gained else after.tier
        above = terms.tiers[terms.get_tier(held).rank + 1 :][:1]
        counts = trees.Counts(after.counts, after.lifetime, {})
        return WhatIf(
            sum(move.points for move in moves),
            min((move.available for move in moves), default=None),
            (*((move.points, move.reason) for move in moves), *((None, one.reason) for one in decisions)),
            before.tier,
            held,
            gained.effective if gained else None,
            above[0].code if above else "",
            trees.find_missing(above[0].record.gain, counts) if above else [],
        )

    def _look_if(self, stay, card):
        """Return a member's evaluations without and with a stay."""
        evaluation, day = self.env["hotel.loyalty.evaluation"], max(stay.on, self._get_hotel_today())
        before = evaluation._look(card, day)[card.id]
        return before, evaluation._look(card, day, {card.id: [stay]})[card.id]

    def _suppose(self, stay, tier):
        """Return evaluations, without and with a stay, of somebody who has just got a tier and nothing else."""
        rules = self._get_hotel_plan()
        joined, known = stay.on - timedelta(days=stay.nights + 1), ()
        if tier and rules.at(stay.on).get_tier(tier).rank:
            # any tier can be supposed, whether or not it may be given
            versions = [
                replace(version, tiers=tuple(replace(one, grants=("gifted",)) for one in version.tiers))
                for version in rules.programme.versions
            ]
            rules = plan.Plan(replace(rules.programme, versions=tuple(versions)), rules.calendar)
            known = (facts.Grant("grant:what-if", joined, tier, "gifted", stay.on + timedelta(days=1)),)
        members = [facts.Member("what-if", joined, (*known, *more)) for more in ((), (stay,))]
        return tuple(engine.evaluate(rules, members, stay.on))

    def _explain_what_if(self, found):
        """Return the answer in words of the user's language, a line each: pairs (points or None, text).

        :param WhatIf found: the answer
        :rtype: list[tuple]
        """
        card = self.env["loyalty.card"].new({"program_id": self.id})
        return [(points, card._explain_hotel_reasons([self._with_names(reason)])) for points, reason in found.reasons]

    def _with_names(self, reason):
        """Return a reason that speaks of the stay as what it is."""
        stay = self.env._("this stay")
        return Reason(reason.code, tuple((name, stay if value == WHAT_IF else value) for name, value in reason.params))
