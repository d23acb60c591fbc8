"""Birthdays that come round: found by the day of the year, in SQL."""

from calendar import isleap
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_next_birthday_date = fields.Date(
        string="Next Birthday",
        compute="_compute_hotel_next_birthday_date",
        search="_search_hotel_next_birthday_date",
        help="Today included. Who was born on 29 February celebrates on the 28th in other years.",
    )

    @api.depends("hotel_birth_date")
    @api.depends_context("tz")
    def _compute_hotel_next_birthday_date(self):
        today = fields.Date.context_today(self)
        for partner in self:
            born = partner.hotel_birth_date
            partner.hotel_next_birthday_date = born and self._next_birthday(born, today)

    @api.model
    def _next_birthday(self, born, today):
        """Return the first birthday on or after a day.

        :param date born: birth date
        :param date today: the day to start from
        :rtype: date
        """
        birthday = born + relativedelta(year=today.year)  # 29 February becomes the 28th
        return birthday if birthday >= today else born + relativedelta(year=today.year + 1)

    def _search_hotel_next_birthday_date(self, operator, value):
        if operator == "in":
            return Domain.OR(self._get_birthday_domain(day, day) for day in value)
        if operator not in ("<", "<=", ">", ">=") or not value:
            return NotImplemented
        today = fields.Date.context_today(self)
        day = fields.Date.to_date(value)
        last = day - timedelta(days=1) if operator in ("<", ">=") else day
        until = self._get_birthday_domain(today, last)
        if operator in ("<", "<="):
            return until
        return Domain("hotel_birth_mmdd", ">", 0) & ~until

    def _get_birthday_domain(self, first, last):
        """Return the domain of guests whose next birthday falls into a range of dates.

        :param date first: first day, or False for guests without a birth date
        :param date last: last day
        :rtype: Domain
        """
        if not first:
            return Domain("hotel_birth_mmdd", "in", [0, False])
        today = fields.Date.context_today(self)
        first = max(fields.Date.to_date(first), today)
        last = min(fields.Date.to_date(last), today + relativedelta(years=1, days=-1))
        if last < first:
            return Domain.FALSE
        start, end = self._to_mmdd(first), self._to_mmdd(last)
        if end == 228 and not isleap(last.year):
            end = 229
        after = Domain("hotel_birth_mmdd", ">=", start)
        before = Domain("hotel_birth_mmdd", "<=", end)
        if start <= end:
            return after & before
        return after | (before & Domain("hotel_birth_mmdd", ">", 0))

    @api.model
    def _to_mmdd(self, day: date) -> int:
        """Return month times 100 plus day."""
        return day.month * 100 + day.day
