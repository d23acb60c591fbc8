"""What the columns of a programme cannot say by themselves: names that must exist, orders, trees that fit.

>>> from .programme import Programme
>>> from .schema import read
>>> programme = {"code": "p", "name": {"en": "P"}, "currency": "EUR", "versions": [{"code": "1", "tiers": [
...     {"code": "base"}, {"code": "gold", "gain": {"op": "at_least", "metric": "nights", "value": 10}}]}]}
>>> [str(problem) for problem in find_problems(read(Programme, programme))]
["versions[0].tiers[1].gain.metric: there is no metric 'nights'"]
"""

from .problems import Problem
from .programme import Programme

LEAF_NEEDS = {"at_least": "value", "at_most": "value", "in": "values", "not_in": "values"}
NUMBER_FIELDS = {"rooms", "nights"}
FLAG_FIELDS = {"is_award", "is_own"}


def find_problems(programme: Programme) -> list[Problem]:
    """Return all that is wrong with a programme whose columns are right."""
    problems = []
    if not programme.versions:
        problems.append(Problem.of("versions", "none"))
    _check_unique(programme.versions, "versions", problems)
    for at, version in enumerate(programme.versions):
        path = f"versions[{at}]"
        previous = programme.versions[at - 1] if at else None
        if previous and (not version.from_date or (previous.from_date and previous.from_date >= version.from_date)):
            problems.append(Problem.of(f"{path}.from_date", "later_version"))
        _VersionCheck(version, path, problems).run()
    return problems


def _check_unique(records, path, problems):
    seen = set()
    for at, found in enumerate(records):
        if found.code in seen:
            problems.append(Problem.of(f"{path}[{at}].code", "twice", what=found.code))
        seen.add(found.code)


class _VersionCheck:
    """One version and where it stands."""

    def __init__(self, version, path, problems):
        self.version, self.path, self.problems = version, path, problems
        self.metrics = {metric.code for metric in version.metrics}
        self.tiers = {tier.code for tier in version.tiers}

    def run(self):
        version = self.version
        for name in ("metrics", "tiers", "milestones", "rewards", "earning.rates", "earning.bonuses"):
            owner = version
            for step in name.split("."):
                owner = getattr(owner, step)
            _check_unique(owner, f"{self.path}.{name}", self.problems)
        self.check_metrics()
        self.check_tiers()
        self.check_earning()
        self.check_expiry()
        self.check_counted()
        self.check_offers()

    def tell(self, path, code, **params):
        self.problems.append(Problem.of(f"{self.path}.{path}", code, **params))

    def check_metrics(self):
        for at, metric in enumerate(self.version.metrics):
            path = f"metrics[{at}]"
            self.check_fact_tree(metric.where, f"{path}.where")
            self.check_positive(metric.per, f"{path}.per")
            if metric.kind == "tier_years":
                self.check_tier(metric.tier or "", f"{path}.tier")

    def check_tiers(self):
        tiers = self.version.tiers
        if not tiers:
            self.tell("tiers", "no_tiers")
        for at, tier in enumerate(tiers):
            path = f"tiers[{at}]"
            if at == 0 and (tier.gain or tier.keep or tier.lifetime):
                self.tell(path, "first_tier")
            if at and not (tier.gain or tier.lifetime or tier.grants):
                self.tell(path, "unreachable")
            if tier.bonus_percent is not None and tier.bonus_multiplier is not None:
                self.tell(path, "two_bonuses")
            for name in ("gain", "keep", "lifetime"):
                self.check_counts_tree(getattr(tier, name), f"{path}.{name}")

    def check_earning(self):
        earning = self.version.earning
        self.check_fact_tree(earning.where, "earning.where")
        for at, rate in enumerate(earning.rates):
            self.check_fact_tree(rate.where, f"earning.rates[{at}].where")
            self.check_positive(rate.per, f"earning.rates[{at}].per")
        for at, bonus in enumerate(earning.bonuses):
            path = f"earning.bonuses[{at}]"
            self.check_fact_tree(bonus.where, f"{path}.where")
            self.check_all_tiers(bonus.tiers, f"{path}.tiers")
            if bonus.trigger == "enrolment" and bonus.kind != "fixed":
                self.tell(f"{path}.kind", "welcome_fixed")

    def check_expiry(self):
        kinds = [expiry.kind for expiry in self.version.expiry]
        if kinds.count("inactivity") > 1:
            self.tell("expiry", "inactivity_twice")
        for at, expiry in enumerate(self.version.expiry):
            if expiry.kind != "calendar" and not expiry.months:
                self.tell(f"expiry[{at}].months", "missing")
            self.check_all_tiers(expiry.exempt_tiers, f"expiry[{at}].exempt_tiers")

    def check_counted(self):
        if "renewal" in self.version.cycle.reset_on and self.version.changes.renewal != "at_end":
            self.tell("changes.renewal", "renewal_at_end")
        if self.version.cycle.kind == "calendar" and self.version.cycle.months != 12:
            self.tell("cycle.months", "calendar_months")
        if self.version.cycle.kind == "rolling" and (self.version.rollovers or self.version.cycle.best_of_previous):
            self.tell("cycle", "rolling")
        for at, rollover in enumerate(self.version.rollovers):
            self.check_metric(rollover.metric, f"rollovers[{at}].metric")
            self.check_all_tiers(rollover.tiers, f"rollovers[{at}].tiers")
        for at, milestone in enumerate(self.version.milestones):
            self.check_metric(milestone.metric, f"milestones[{at}].metric")
            if not milestone.options:
                self.tell(f"milestones[{at}].options", "none")
            _check_unique(milestone.options, f"{self.path}.milestones[{at}].options", self.problems)

    def check_offers(self):
        for at, reward in enumerate(self.version.rewards):
            path = f"rewards[{at}]"
            for name in ("every_tier", "minimum_tier"):
                self.check_tier(getattr(reward, name), f"{path}.{name}")
            for name in ("per", "cash_rate"):
                self.check_positive(getattr(reward, name), f"{path}.{name}")
            needs = {"fixed": ("points",), "by_value": ("points", "per"), "free_night": ()}[reward.kind]
            for name in needs:
                if getattr(reward, name) is None:
                    self.tell(f"{path}.{name}", "missing")
        if self.version.transfers:
            self.check_tier(self.version.transfers.minimum_tier, "transfers.minimum_tier")
        self.check_fact_tree(self.version.discount.where, "discount.where")

    def check_positive(self, value, path):
        if value == 0:
            self.tell(path, "zero")

    def check_metric(self, code, path):
        if code not in self.metrics:
            self.tell(path, "no_metric", what=code)

    def check_tier(self, code, path):
        if code is not None and code not in self.tiers:
            self.tell(path, "no_tier", what=code)

    def check_all_tiers(self, codes, path):
        for at, code in enumerate(codes):
            self.check_tier(code, f"{path}[{at}]")

    def check_fact_tree(self, node, path):
        for leaf, place in self.check_shape(node, path):
            if leaf.metric or not leaf.field:
                self.tell(place, "needs_field")
            elif not _is_fitting(leaf):
                self.tell(place, "misfit", op=leaf.op, field=leaf.field)

    def check_counts_tree(self, node, path):
        for leaf, place in self.check_shape(node, path):
            if leaf.field or not leaf.metric:
                self.tell(place, "needs_metric")
            elif leaf.op not in ("at_least", "at_most"):
                self.tell(place, "metric_op", op=leaf.op)
            else:
                self.check_metric(leaf.metric, f"{place}.metric")
            if leaf.scope == "joining" and not leaf.days:
                self.tell(f"{place}.days", "joining_days")

    def check_shape(self, node, path):
        """Tell what is wrong with the branches of a tree; return its leaves with their paths."""
        leaves = []
        for found, place in _walk(node, path):
            if found.op not in ("all", "any", "not"):
                leaves.append((found, place))
                need = LEAF_NEEDS.get(found.op)
                if need and getattr(found, need) in (None, ()):
                    self.tell(f"{place}.{need}", "needs_value", op=found.op, what=need)
            elif found.op == "not" and len(found.nodes) != 1:
                self.tell(place, "needs_one_node", op=found.op)
            elif not found.nodes:
                self.tell(place, "needs_nodes", op=found.op)
        return leaves


def _walk(node, path):
    """Yield each node of a tree with its path."""
    if node is not None:
        yield node, path
        for at, inner in enumerate(node.nodes):
            yield from _walk(inner, f"{path}.nodes[{at}]")


def _is_fitting(leaf):
    if leaf.field in NUMBER_FIELDS:
        return leaf.op in ("at_least", "at_most")
    if leaf.field in FLAG_FIELDS:
        return leaf.op == "is"
    return leaf.op in ("in", "not_in", "is")
