"""The months of a guest's own stays."""

import calendar

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ... import visitor


class HotelBookingPage(models.AbstractModel):
    _inherit = "hotel.booking.page"

    @api.model
    def _get_calendar(self, partner, month=None):
        """Return a month of a guest's stays, those that others booked for him or her too.

        :param res.partner partner: who is logged in
        :param date month: any day of it; default today's
        :returns: month (first day), weekdays (names), weeks (lists of days: day, is_in_month, is_today,
            stays), stays (that touch the month), before and after (YYYY-MM)
        :rtype: dict
        """
        today = fields.Date.context_today(self)
        first = (month or today).replace(day=1)
        # years that no calendar can go on from
        first = first if 1900 < first.year < 9000 else today.replace(day=1)
        lang = self.env["res.lang"]._get_data(code=self.env.lang)
        days = calendar.Calendar(int(lang.week_start or 7) - 1).monthdatescalendar(first.year, first.month)
        stays = self._find_own_stays(partner, days[0][0], days[-1][-1])
        return {
            "month": first,
            "month_name": format_date(self.env, first, date_format="LLLL y"),
            "weekdays": [format_date(self.env, day, date_format="EEE") for day in days[0]],
            "weeks": [[self._prepare_day(day, first, today, stays) for day in week] for week in days],
            "stays": stays.sorted(lambda stay: (stay.arrival_date, stay.id)),
            "before": (first - relativedelta(months=1)).strftime("%Y-%m"),
            "after": (first + relativedelta(months=1)).strftime("%Y-%m"),
        }

    @api.model
    def _find_own_stays(self, partner, first, last):
        """Return the stays of a guest that touch some days.

        :rtype: hotel.stay, with sudo
        """
        own = Domain("partner_id", "=", partner.id) | Domain("reservation_id.partner_id", "=", partner.id)
        dates = Domain("arrival_date", "<=", last) & Domain("departure_date", ">=", first)
        # guests have no rights on stays: the domain picks their own
        return self.env["hotel.stay"].sudo().search(own & dates & Domain("state", "not in", ("cancelled", "no_show")))

    @api.model
    def _prepare_day(self, day, first, today, stays):
        """Return a day of the calendar; on its day of departure a stay shows too."""
        return {
            "day": day,
            "is_in_month": day.month == first.month,
            "is_today": day == today,
            "stays": stays.filtered(lambda stay: stay.arrival_date <= day <= stay.departure_date),
        }

    @api.model
    def _get_chain_rows(self, search):
        """Return the properties that are bookable online, with the lowest price.

        :param visitor.Search search: with dates or without
        :returns: hotel, price (for a night, with tax; 0 where none is known), is_full (for these dates)
        :rtype: list[dict]
        """
        rows = []
        for hotel in self._get_hotels():
            hotel = hotel.with_company(hotel.company_id)
            if not search.is_ready:
                prices = self._get_from_prices(hotel).values()
                rows.append({"hotel": hotel, "price": min(prices, default=0.0), "is_full": False})
                continue
            today = self.env["hotel.quote"].sudo()._get_first_arrival_date(hotel)
            there = visitor.read_search(search.query, today, hotel.horizon_days)
            offers = self._search_offers(hotel, search) if there.is_ready else []
            nightly = [offer["per_night"] for row in offers for offer in row["offers"]]
            rows.append({"hotel": hotel, "price": min(nightly, default=0.0), "is_full": not nightly})
        return sorted(rows, key=lambda row: row["is_full"])
