"""The domain on guests that a rule means."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval


class HotelSegmentRule(models.Model):
    _inherit = "hotel.segment.rule"

    def _get_criterion(self):
        """Return the criterion of this rule.

        :rtype: Criterion
        """
        return self.env["hotel.segment"]._get_criteria()[self.criterion]

    def _get_domain(self):
        """Return the domain on guests that this rule means.

        :rtype: Domain
        """
        self.ensure_one()
        if not self.criterion:
            return Domain.TRUE
        domain = self.segment_id._get_criteria()[self.criterion].get_domain(self)
        return ~domain if self.is_negative else domain

    def _read_filter(self):
        """Return the rule's own filter.

        :rtype: Domain
        :raises ValidationError: it cannot be read
        """
        # the client writes ``uid`` and ``context_today()`` too
        names = {"uid": self.env.uid, "context_today": self._today}
        try:
            return Domain(safe_eval(self.domain or "[]", names))
        except Exception as error:
            raise ValidationError(self.env._("The filter of the rule cannot be read.")) from error

    def _today(self):
        return fields.Date.context_today(self)

    def _get_period_domain(self, criterion):
        """Return the condition on the date of the facts."""
        first, last = self._get_period(self._today())
        domain = Domain.TRUE
        if first:
            domain &= Domain(criterion.date_field, ">=", first)
        if last:
            domain &= Domain(criterion.date_field, "<=", last)
        return domain

    @api.constrains("domain", "criterion")
    def _check_filter(self):
        """A filter is tried before it is kept: the message names nothing that the user may not see."""
        for rule in self.filtered("criterion"):
            model = rule.segment_id._get_guests().env[rule._get_criterion().model]
            try:
                model._search(rule._read_filter(), limit=1)
            except (ValueError, UserError, KeyError, TypeError) as error:
                raise ValidationError(
                    self.env._(
                        "The filter of the rule “%(rule)s” does not work: %(reason)s",
                        rule=rule.description,
                        reason=error,
                    )
                ) from error
