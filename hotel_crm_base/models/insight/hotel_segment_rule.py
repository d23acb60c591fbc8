from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...segments import get_period
from ..guest.hotel_consent import CHANNELS, PURPOSES

OPERATORS = [("at_least", "at least"), ("at_most", "at most"), ("exactly", "exactly"), ("between", "between")]
PERIODS = [
    ("ever", "Ever"),
    ("last", "In the Last Days"),
    ("next", "In the Next Days"),
    ("between", "Between Dates"),
]
MAX_DAYS = 36500


class HotelSegmentRule(models.Model):
    """One condition of a segment."""

    _name = "hotel.segment.rule"
    _description = "Rule of a Segment"
    _order = "sequence, id"
    _rec_name = "criterion"

    segment_id = fields.Many2one("hotel.segment", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    is_alternative = fields.Boolean(string="Or", help="This rule or the one above it; else both have to hold.")
    is_negative = fields.Boolean(string="Not", help="Guests for whom this does not hold.")
    criterion = fields.Selection("_get_criterion_selection", required=True, default="guest")
    domain = fields.Char(string="Filter", default="[]")
    domain_model = fields.Char(compute="_compute_asks")
    operator = fields.Selection(OPERATORS, default="at_least", required=True)
    number = fields.Float(default=1.0, digits=(16, 2))
    number_to = fields.Float(string="And", digits=(16, 2))
    period = fields.Selection(PERIODS, default="ever", required=True)
    days = fields.Integer(default=365)
    from_date = fields.Date()
    to_date = fields.Date()
    purpose = fields.Selection(PURPOSES)
    channel = fields.Selection(CHANNELS, default="any")
    asks_domain = fields.Boolean(compute="_compute_asks")
    asks_compare = fields.Boolean(compute="_compute_asks")
    asks_period = fields.Boolean(compute="_compute_asks")
    asks_consent = fields.Boolean(compute="_compute_asks")
    description = fields.Char(compute="_compute_description")

    _days_in_range = models.Constraint(
        f"CHECK (days BETWEEN 0 AND {MAX_DAYS})", "A period has between 0 days and 100 years."
    )

    @api.model
    def _get_criterion_selection(self):
        return [(code, found.label) for code, found in self.env["hotel.segment"]._get_criteria().items()]

    @api.depends("criterion")
    def _compute_asks(self):
        criteria = self.env["hotel.segment"]._get_criteria()
        for rule in self:
            found = criteria.get(rule.criterion)
            rule.domain_model = found.model if found else "res.partner"
            for name in ("domain", "compare", "period", "consent"):
                rule[f"asks_{name}"] = bool(found) and name in found.asks

    @api.onchange("criterion")
    def _onchange_criterion(self):
        """A filter on one kind of fact makes no sense on another."""
        self.domain = "[]"

    @api.constrains("operator", "number", "number_to", "period", "from_date", "to_date", "criterion", "purpose")
    def _check_values(self):
        for rule in self:
            if rule.asks_compare and rule.operator == "between" and rule.number > rule.number_to:
                raise ValidationError(self.env._("The second number is less than the first."))
            if rule.asks_period and rule.period == "between":
                if not (rule.from_date or rule.to_date):
                    raise ValidationError(self.env._("Say from when or until when."))
                if rule.from_date and rule.to_date and rule.from_date > rule.to_date:
                    raise ValidationError(self.env._("The period ends before it begins."))
            if rule.asks_consent and not (rule.purpose and rule.channel):
                raise ValidationError(self.env._("Say to what the guest has agreed, and on which channel."))

    def _get_period(self, today):
        """Return the first and last day that this rule is about; None is open."""
        return get_period(self.period, today, self.days, self.from_date or None, self.to_date or None)

    @api.depends(
        *("criterion", "operator", "number", "number_to", "period", "days", "from_date", "to_date"),
        *("purpose", "channel", "is_negative", "domain"),
    )
    def _compute_description(self):
        criteria = self.env["hotel.segment"]._get_criteria()
        for rule in self:
            found = criteria.get(rule.criterion)
            rule.description = rule._describe(found) if found else ""

    def _describe(self, criterion):
        """Return this rule in words."""
        words = [self.env._("not:")] if self.is_negative else []
        words.append(criterion.label)
        if self.asks_compare:
            words.append(self._describe_comparison(criterion))
        if self.asks_period:
            words.append(self._describe_period())
        if self.asks_consent:
            words += [self._say("purpose"), self._say("channel")]
        if self.asks_domain and (self.domain or "[]") != "[]":
            words.append(self.env._("(filtered)"))
        return " ".join(filter(None, words))

    def _say(self, name):
        """Return the label of a choice."""
        return dict(self._fields[name]._description_selection(self.env)).get(self[name]) or ""

    def _describe_comparison(self, criterion):
        unit = criterion.unit or self.segment_id.currency_id.name or ""
        number = f"{self.number:g}"
        if self.operator == "between":
            number = self.env._("%(first)s and %(last)s", first=number, last=f"{self.number_to:g}")
        return f"{self._say('operator')} {number} {unit}".strip()

    def _describe_period(self):
        if self.period == "last":
            return self.env._("in the last %(days)s days", days=self.days)
        if self.period == "next":
            return self.env._("in the next %(days)s days", days=self.days)
        if self.period == "between":
            first = format_date(self.env, self.from_date) if self.from_date else "…"
            last = format_date(self.env, self.to_date) if self.to_date else "…"
            return self.env._("from %(first)s to %(last)s", first=first, last=last)
        return ""
