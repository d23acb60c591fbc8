"""Random facts of guests at two companies, and their figures counted in Python."""

import random
from collections import Counter
from datetime import date, timedelta
from unittest.mock import patch

from odoo.addons.hotel_crm_base.tests.common import HotelCase

TAKEN = ("in_house", "departed")


class MetricCase(HotelCase):
    """Random facts of some guests at two companies, and the same figures counted in Python."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.metrics = cls.env["hotel.guest.metric"]
        cls.queue = cls.env["hotel.guest.metric.queue"]
        cls.dice = random.Random(20261121)
        cls.pound = cls._make_rates("base.GBP", {"2025-01-01": 0.5, "2026-01-01": 0.8})
        cls.yen = cls._make_rates("base.JPY", {"2025-06-01": 150.0})
        cls.other_company.currency_id = cls.pound
        cls.places = {
            hotel: (
                [cls._make_room_type(hotel) for _number in range(2)],
                [False, *(cls._make_outlet(hotel) for _number in range(2))],
            )
            for hotel in (cls.hotel, cls.other_hotel)
        }

    @classmethod
    def _make_rates(cls, xmlid, rates):
        currency = cls.env.ref(xmlid)
        currency.active = True
        currency.rate_ids.unlink()
        cls.env["res.currency.rate"].create(
            [
                {"currency_id": currency.id, "name": day, "rate": rate, "company_id": False}
                for day, rate in rates.items()
            ]
        )
        return currency

    @classmethod
    def _make_facts(cls, guests, count=60):
        dice = cls.dice
        for _number in range(count):
            hotel = dice.choice([cls.hotel, cls.other_hotel])
            guest = dice.choice(guests)
            day = date(2024, 12, 1) + timedelta(days=dice.randrange(700))
            state = dice.choice(["booked", "in_house", "departed", "departed", "cancelled", "no_show"])
            places = cls.places[hotel]
            room_type, outlet = dice.choice(places[0]), dice.choice(places[1])
            cls._make_stay(
                guest, hotel, arrival=day, nights=dice.randrange(4), state=state, room_type_id=room_type.id
            )
            line = cls._make_consumption(
                guest,
                hotel,
                outlet_id=outlet and outlet.id,
                amount=dice.randrange(1, 10000) / 100,
                amount_net=dice.randrange(1, 9000) / 100,
                business_date=day,
                currency_id=dice.choice([hotel.currency_id, hotel.company_id.currency_id, cls.yen]).id,
            )
            if dice.random() < 0.2:
                line.action_reverse("Wrong guest")

    def _count(self, guest, company):
        """Return the figures of a guest at a company, counted from records."""
        stays = guest.hotel_stay_ids.filtered(lambda stay: stay.company_id == company)
        lines = guest.hotel_consumption_ids.filtered(lambda line: line.company_id == company)
        taken = stays.filtered(lambda stay: stay.state in TAKEN)

        def spend(name):
            return sum(
                line[name]
                * self.env["res.currency"]._get_conversion_rate(
                    line.currency_id, company.currency_id, company, line.business_date
                )
                for line in lines
            )

        return {
            "stay_count": len(taken),
            "night_count": sum(taken.mapped("nights")),
            "cancel_count": len(stays.filtered(lambda stay: stay.state == "cancelled")),
            "no_show_count": len(stays.filtered(lambda stay: stay.state == "no_show")),
            "charge_count": len(lines) - 2 * len(lines.filtered("reversal_of_id")),
            "spend_gross": spend("amount_gross"),
            "spend_net": spend("amount_net"),
            "first_arrival_date": min(taken.mapped("arrival_date"), default=False),
            "last_departure_date": max(taken.mapped("departure_date"), default=False),
        }

    def _check(self, guests):
        for guest in guests:
            for company in (self.hotel | self.other_hotel).company_id:
                row = self.metrics.search([("partner_id", "=", guest.id), ("company_id", "=", company.id)])
                facts = guest.hotel_stay_ids.filtered(lambda s: s.company_id == company)  # noqa: B023
                lines = guest.hotel_consumption_ids.filtered(lambda line: line.company_id == company)  # noqa: B023
                self.assertEqual(bool(row), bool(facts or lines))
                for name, figure in self._count(guest, company).items() if row else ():
                    with self.subTest(guest=guest.id, company=company.name, figure=name):
                        if isinstance(figure, float):
                            self.assertAlmostEqual(row[name], figure, places=3)
                        else:
                            self.assertEqual(row[name], figure)

        self._check_months(guests)

    def _check_months(self, guests):
        """Compare months and favourites with those counted from records."""
        for guest in guests:
            for company in (self.hotel | self.other_hotel).company_id:
                own = [("partner_id", "=", guest.id), ("company_id", "=", company.id)]
                row = self.metrics.search(own)
                months = self.env["hotel.guest.metric.month"].search(own, order="month_date")
                stays = guest.hotel_stay_ids.filtered(lambda stay: stay.company_id == company)  # noqa: B023
                lines = guest.hotel_consumption_ids.filtered(lambda line: line.company_id == company)  # noqa: B023
                days = [*stays.mapped("arrival_date"), *lines.mapped("business_date")]
                self.assertEqual(months.mapped("month_date"), sorted({day.replace(day=1) for day in days}))
                for name in ("stay_count", "night_count", "cancel_count", "no_show_count", "charge_count"):
                    self.assertEqual(sum(months.mapped(name)), row[name], name)
                self.assertAlmostEqual(sum(months.mapped("spend_gross")), row.spend_gross, places=2)
                self._check_favourites(row, stays.filtered(lambda stay: stay.state in TAKEN), lines)

    def _check_favourites(self, row, taken, lines):
        rooms, seasons, outlets = Counter(), Counter(), Counter()
        for stay in taken:
            rooms[stay.room_type_id.id] += max(stay.nights, 1)
            seasons[("dec", "mar", "jun", "sep")[stay.arrival_date.month % 12 // 3]] += 1
        for line in lines:
            outlets[line.outlet_id.id] += -1 if line.reversal_of_id else 1
        for found, counted in (
            (row.favourite_room_type_id.id, rooms),
            (row.favourite_season, seasons),
            (row.favourite_outlet_id.id, outlets),
        ):
            counted = {key: number for key, number in counted.items() if key and number > 0}
            most = max(counted.values(), default=0)
            self.assertIn(found, [key for key, number in counted.items() if number == most] or [False])

    def _refresh_changed(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60.0):
            return self.metrics._refresh_changed(batch=7)
