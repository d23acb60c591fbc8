"""A guest's own spending: by month, hotel, place and kind, in the currency of each company."""

from datetime import date

from babel.dates import format_skeleton
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang
from odoo.tools.misc import babel_locale_parse, get_lang

#: months that may be looked at, and those shown where nothing is chosen
SPANS = (6, 12, 24, 60)
DEFAULT_SPAN = 12


class HotelMemberSpending(models.AbstractModel):
    """What a guest has spent: sums for the page /my/spending, of one guest and nobody else."""

    _name = "hotel.member.spending"
    _description = "Own Spending"

    @api.model
    def _get_spending(self, partner, months=DEFAULT_SPAN, property_id=None):
        """Return what a guest has spent in the last months, this one included.

        A charge and what was given back later stand in the month of each. The number of queries does
        not depend on how much there is.

        :param res.partner partner: whose; the caller has made sure that it is the one who asks
        :param int months: one of SPANS
        :param int property_id: one hotel only; one where the guest has spent nothing is answered as all
        :returns: spans (what months may be), months, hotels (hotel.property, with sudo), hotel (the one chosen, or
            none), companies (see `_prepare_company`), the largest first
        :rtype: dict
        """
        months = months if months in SPANS else DEFAULT_SPAN
        last = fields.Date.context_today(self).replace(day=1)
        first = last - relativedelta(months=months - 1)
        # guests have no rights on facts: the domain picks their own
        # with one company at work the report leaves each row in its own company's currency
        report = self.env["hotel.consumption.report"].sudo().with_context(allowed_company_ids=self.env.company.ids)
        domain = Domain("partner_id", "=", partner.id)
        hotels = self._get_hotels(report, domain)
        hotel = hotels.filtered(lambda one: one.id == property_id)
        if hotel:
            domain &= Domain("property_id", "=", hotel.id)
        domain &= Domain("business_date", ">=", first)
        rows = report._read_group(
            domain,
            ["company_id", "property_id", "outlet_id", "kind", "business_date:month"],
            ["amount_gross:sum"],
        )
        span = [first + relativedelta(months=number) for number in range(months)]
        companies = {}
        for company, *row in rows:
            companies.setdefault(company, []).append(row)
        found = [self._prepare_company(company, rows, span) for company, rows in companies.items()]
        return {
            "spans": SPANS,
            "months": months,
            "hotels": hotels,
            "hotel": hotel,
            "companies": sorted(found, key=lambda one: (-one["total"], one["company"].id)),
        }

    @api.model
    def _get_hotels(self, report, domain):
        """Return the hotels where a guest has ever spent anything, by name."""
        rows = report._read_group(domain, ["property_id"])
        return self.env["hotel.property"].sudo().union(*(hotel for (hotel,) in rows)).sorted("name")

    @api.model
    def _prepare_company(self, company, rows, span):
        """Return the sums of one company in its currency.

        :param list rows: property, outlet, kind, month, amount
        :param list[date] span: first days of the months shown
        :returns: company, currency, total; by_month, by_hotel, by_kind and by_place (see `_prepare_rows`)
        :rtype: dict
        """
        currency = company.currency_id
        kinds = dict(self.env["hotel.consumption"]._fields["kind"]._description_selection(self.env))
        sums = {"month": dict.fromkeys(span, 0.0), "hotel": {}, "kind": {}, "place": {}}
        for hotel, outlet, kind, month, amount in rows:
            keys = {"month": month, "hotel": hotel, "kind": kind, "place": (hotel, outlet or kind)}
            for by, key in keys.items():
                sums[by][key] = sums[by].get(key, 0.0) + amount

        def name_place(hotel, place):
            where = kinds[place] if isinstance(place, str) else place.name
            return f"{hotel.name} · {where}"

        named = {
            "by_month": [(self._name_month(day), amount) for day, amount in sorted(sums["month"].items())],
            "by_hotel": self._rank((hotel.name, amount) for hotel, amount in sums["hotel"].items()),
            "by_kind": self._rank((kinds[kind], amount) for kind, amount in sums["kind"].items()),
            "by_place": self._rank((name_place(*place), amount) for place, amount in sums["place"].items()),
        }
        return {
            "company": company,
            "currency": currency,
            "total": currency.round(sum(sums["month"].values())),
            **{by: self._prepare_rows(currency, pairs) for by, pairs in named.items()},
        }

    @api.model
    def _rank(self, pairs):
        """Return pairs (name, amount), the largest amount first."""
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    @api.model
    def _prepare_rows(self, currency, pairs):
        """Return rows of a table: name, amount, text (as it is written), share (percent of the largest)."""
        most = max((amount for _name, amount in pairs), default=0.0)
        return [
            {
                "name": name,
                "amount": currency.round(amount),
                "text": formatLang(self.env, amount, currency_obj=currency),
                "share": round(100 * max(amount, 0.0) / most) if most > 0 else 0,
            }
            for name, amount in pairs
        ]

    @api.model
    def _name_month(self, day: date) -> str:
        """Return a month as the guest writes it."""
        return format_skeleton("yMMM", day, locale=babel_locale_parse(get_lang(self.env).code))

    @api.model
    def _has_spending(self, partner):
        """Return whether a guest has ever spent anything; the portal's home asks it.

        :rtype: bool
        """
        # guests have no rights on facts: the domain picks their own
        lines = self.env["hotel.consumption"].sudo()
        return bool(lines.search_count([("partner_id", "=", partner.id)], limit=1))
