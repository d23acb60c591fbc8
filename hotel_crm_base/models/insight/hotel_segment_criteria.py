"""What rules of segments may ask, and how each question is answered in SQL."""

from collections.abc import Callable
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...segments import Comparison

TAKEN = [("state", "in", ("in_house", "departed"))]


class Criterion(NamedTuple):
    """One question about guests."""

    label: str
    #: what the rule has to say: domain, compare, period, consent
    asks: frozenset
    #: rule -> domain on guests
    get_domain: Callable
    #: model whose records the rule's own filter is about
    model: str = "res.partner"
    #: field of that model that a period is about
    date_field: str = ""
    unit: str = ""


def _matches(values):
    """Return a domain of the guests whose ids a SELECT gives."""
    return Domain.custom(to_sql=lambda model, alias, query: SQL("%s IN (%s)", SQL.identifier(alias, "id"), values))


class HotelSegment(models.Model):
    _inherit = "hotel.segment"

    @api.model
    def _get_criteria(self):
        """Hook: return what rules may ask about guests.

        An addon adds its own, whose domain stays in SQL::

            criteria = super()._get_criteria()
            criteria["tier"] = Criterion(self.env._("Tier"), frozenset({"domain"}), self._get_tier_domain, ...)

        :rtype: dict[str, Criterion]: code to criterion
        """
        facts = frozenset({"domain", "compare", "period"})
        return {
            "guest": Criterion(self.env._("Guest"), frozenset({"domain"}), self._get_guest_domain),
            "stays": Criterion(
                self.env._("Stays"), facts, self._get_fact_domain, "hotel.stay", "departure_date", self.env._("stays")
            ),
            "nights": Criterion(
                self.env._("Nights"), facts, self._get_fact_domain, "hotel.stay", "departure_date", self.env._("nights")
            ),
            "bookings": Criterion(
                self.env._("Bookings to Come"),
                facts,
                self._get_fact_domain,
                "hotel.stay",
                "arrival_date",
                self.env._("bookings"),
            ),
            "spend": Criterion(
                self.env._("Spend"), facts, self._get_fact_domain, "hotel.consumption", "business_date", ""
            ),
            "consent": Criterion(self.env._("Consent"), frozenset({"consent"}), self._get_consent_domain),
        }

    def _get_domain(self):
        """Return the domain on guests that says who belongs here: all rules hold, of alternatives one.

        :rtype: Domain
        """
        self.ensure_one()
        guests = Domain("is_hotel_guest", "=", True)
        if self.kind == "static":
            return guests & Domain("hotel_segment_member_ids.segment_id", "in", self._origin.ids)
        blocks = []
        for rule in self.rule_ids:
            domain = rule._get_domain()
            if rule.is_alternative and blocks:
                blocks[-1] |= domain
            else:
                blocks.append(domain)
        return Domain.AND([guests, *blocks])

    def _get_guest_domain(self, rule):
        return rule._read_filter()

    def _get_consent_domain(self, rule):
        """Return who has agreed; the latest decision on this channel or on any counts."""
        if not rule.purpose or not rule.channel:
            return Domain.FALSE
        return _matches(self.env["res.partner"]._query_hotel_consent(rule.purpose, rule.channel))

    def _get_fact_domain(self, rule):
        """Return the guests whose facts, counted or added up, compare as the rule says.

        Where none at all is enough too, those are left out whose facts say otherwise.
        """
        comparison = Comparison(rule.operator, rule.number, rule.number_to)
        holds, wanted = True, comparison.condition()
        if comparison.holds(0):
            holds, wanted = False, comparison.inverse()
        domain = _matches(self._query_facts(rule, wanted))
        return domain if holds else ~domain

    def _query_facts(self, rule, condition):
        """Return a SELECT of the guests whose facts fulfil a condition; SQL because of volume.

        :param tuple condition: a template with one place for the amount, and its values
        """
        criterion = rule._get_criterion()
        facts = self._get_guests().env[criterion.model]
        base = {"bookings": [("state", "in", ("held", "booked"))], "spend": []}.get(rule.criterion, TAKEN)
        own = [("company_id", "in", self.company_ids.ids), ("partner_id", "!=", False)]
        found = facts._search(Domain.AND([base, own, rule._get_period_domain(criterion), rule._read_filter()]))
        if found.is_empty():
            return self._get_ids(found)
        template, values = condition
        guest = SQL.identifier(found.table, "partner_id")
        amount = self._get_amount(rule, found.table)
        return SQL(
            "SELECT %(guest)s FROM %(tables)s WHERE %(where)s GROUP BY %(guest)s HAVING %(condition)s",
            guest=guest,
            tables=found.from_clause,
            where=found.where_clause or SQL("TRUE"),
            condition=SQL(template, *[part for value in values for part in (amount, value)]),
        )

    def _get_amount(self, rule, table):
        """Return what is counted or added up, as an aggregate."""
        if rule.criterion == "nights":
            return SQL("sum(%s)", SQL.identifier(table, "nights"))
        if rule.criterion != "spend":
            return SQL("count(*)")
        amount = SQL.identifier(table, "amount_gross")
        rates = self._get_spend_rates()
        if set(rates.values()) <= {1.0}:
            return SQL("sum(%s)", amount)
        cases = [SQL("WHEN %s THEN %s", currency_id, rate) for currency_id, rate in rates.items()]
        return SQL("sum(%s * CASE %s %s END)", amount, SQL.identifier(table, "currency_id"), SQL(" ").join(cases))

    def _get_spend_rates(self):
        """Return what each currency is worth in that of the segment today."""
        today = fields.Date.context_today(self)
        company = self.company_ids[:1] or self.env.company
        currencies = self.env["res.currency"].sudo().search([])
        return {
            currency.id: currency._get_conversion_rate(currency, self.currency_id, company, today)
            for currency in currencies
        }
