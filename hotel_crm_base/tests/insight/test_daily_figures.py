from collections import Counter
from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .metric_case import TAKEN, MetricCase


class FigureCase(MetricCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # at work in one company: amounts of each stay in its own currency
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.hotel.company_id.ids))
        cls.figures = cls.env["hotel.figure.day"]
        cls.rooms = cls.env["hotel.room"].union(*(cls._make_room(cls.room_type) for _number in range(4)))
        cls.countries = cls.env.ref("base.pt") | cls.env.ref("base.cn")

    @classmethod
    def _make_guests(cls, count):
        return cls.env["res.partner"].union(
            *(
                cls._make_guest(f"Guest {number}", country_id=cls.countries[number % 2].id)
                for number in range(count)
            )
        )

    def _refresh_figures(self, batch=50):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60.0):
            return self.figures._refresh_changed(batch)


@tagged("post_install", "-at_install")
class TestDailyFigures(FigureCase):
    def _count(self):
        """Return the figures per property, day and measure, counted from records."""
        counts = Counter()
        currency = self.env["res.currency"]
        hotels = self.hotel | self.other_hotel
        stays = self.env["hotel.stay"].search([("property_id", "in", hotels.ids), ("state", "in", TAKEN)])
        known = set()
        for stay in stays.sorted(lambda stay: (stay.arrival_date, stay.id)):
            company, day = stay.company_id, stay.arrival_date
            counts[stay.property_id, day, "arrivals"] += 1
            counts[stay.property_id, day, "persons"] += stay.adults
            is_new = bool(stay.partner_id) and (stay.partner_id, company) not in known
            counts[stay.property_id, day, "new_guests"] += is_new
            known.add((stay.partner_id, company))
            for night in stay.night_ids:
                rate = currency._get_conversion_rate(stay.currency_id, company.currency_id, company, night.date)
                counts[stay.property_id, night.date, "nights"] += 1
                counts[stay.property_id, night.date, "room_revenue"] += night.rate * rate
        for line in self.env["hotel.consumption"].search([("property_id", "in", hotels.ids)]):
            company, day = line.company_id, line.business_date
            rate = currency._get_conversion_rate(line.currency_id, company.currency_id, company, day)
            counts[line.property_id, day, "spend"] += line.amount_gross * rate
            counts[line.property_id, day, "charges"] += -1 if line.reversal_of_id else 1
        return counts

    def _check(self):
        names = ("arrivals", "persons", "new_guests", "nights", "room_revenue", "spend", "charges")
        counts = self._count()
        rows = self.figures._read_group(
            [("property_id", "in", (self.hotel | self.other_hotel).ids)],
            ["property_id", "date:day"],
            [f"{name}:sum" for name in names],
        )
        for hotel, day, *values in rows:
            for name, value in zip(names, values, strict=True):
                self.assertAlmostEqual(value or 0, counts.pop((hotel, day, name), 0), places=3, msg=f"{day} {name}")
        self.assertFalse([key for key, value in counts.items() if round(value, 3)])

    def test_figures_equal_those_counted_in_python_and_stay_so(self):
        self.hotel.currency_id = self.pound
        guests = self._make_guests(12)
        self._make_facts(guests, 80)
        self.assertGreater(self._refresh_figures(), 100)
        self._check()
        stays = self.env["hotel.stay"].search([("property_id", "=", self.hotel.id), ("state", "=", "booked")])
        stays[0].state = "in_house"
        stays[1].state = "cancelled"
        stays[2].partner_id = guests[0]
        self.env["hotel.stay"].search([("state", "=", "in_house")], limit=1).departure_date += timedelta(days=2)
        self.env["hotel.stay.night"].search([("property_id", "=", self.hotel.id)], limit=3).sudo().rate = 77
        charge = self.env["hotel.consumption"].search([("reversal_of_id", "=", False)], order="id desc", limit=1)
        charge.action_reverse()
        self.assertGreater(self._refresh_figures(), 1)
        self._check()
        self.assertEqual(self._refresh_figures(), 0)

    def test_figures_follow_a_bulk_load_and_its_corrections(self):
        loader = self.env["hotel.bulk.loader"]
        loader._load_guests([{"source_ref": "1", "name": "Ana Costa"}], "pms")
        stay = {"source_ref": "1", "guest_ref": "1", "property_id": self.hotel.id, "state": "departed", "rate": 90}
        days = {"arrival_date": date(2026, 3, 1), "departure_date": date(2026, 3, 4)}
        loader._load_stays([{**stay, **days}, {**stay, **days, "source_ref": "2", "guest_ref": None}], "pms")
        charge = {"kind": "spa", "business_date": date(2026, 3, 9), "amount_gross": 40}
        loader._load_consumption([{"source_ref": "1", "stay_ref": "1", "property_id": self.hotel.id, **charge}], "pms")
        self._refresh_changed()
        self._refresh_figures()
        self._check()
        guest = self.env["hotel.stay"].search([("source_system", "=", "pms"), ("source_ref", "=", "1")]).partner_id
        self.assertEqual((guest.hotel_metric_ids.night_count, guest.hotel_metric_ids.spend_gross), (3, 40))
        moved = {"arrival_date": date(2026, 4, 1), "departure_date": date(2026, 4, 2)}
        loader._load_stays([{**stay, **moved}], "pms")
        self._refresh_changed()
        self._refresh_figures()
        self._check()
        self.assertEqual(guest.hotel_metric_ids.night_count, 1)

    def test_an_earlier_stay_makes_the_later_arrival_no_new_guest(self):
        guest = self._make_guest()
        later = self._make_stay(guest, arrival=date(2026, 3, 1), state="departed")
        self._refresh_figures()
        domain = [("date", "=", later.arrival_date), ("property_id", "=", self.hotel.id), ("arrivals", ">", 0)]
        self.assertEqual(self.figures.search(domain).new_guests, 1)
        self._make_stay(guest, arrival=date(2026, 1, 1), state="departed")
        self._refresh_figures()
        self.assertEqual(self.figures.search(domain).new_guests, 0)

    def test_a_day_that_is_queued_often_is_computed_once(self):
        queue = self.env["hotel.figure.queue"].sudo()
        self._refresh_figures()
        days = [date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 3)]
        queue.create([{"property_id": self.hotel.id, "date": day} for day in days * 40])
        self.assertEqual(self._refresh_figures(batch=2), 3)
        self.assertFalse(queue.search_count([]))

    def test_every_day_has_its_rooms_and_the_past_keeps_them(self):
        self.hotel.business_date = date(2026, 3, 5)
        self._make_stay(self._make_guest(), arrival=date(2026, 3, 1), nights=1, state="departed")
        self._make_stay(self._make_guest(), arrival=date(2026, 3, 4), nights=4, state="in_house")
        self._refresh_figures()
        domain = [("property_id", "=", self.hotel.id), ("part", "=", "room")]
        self.assertEqual(
            self.figures.search(domain, order="date").mapped("date"),
            [date(2026, 3, day) for day in range(1, 8)],
        )
        self.assertEqual(set(self.figures.search(domain).mapped("rooms")), {4})
        self.rooms[0].active = False
        self._refresh_figures()
        self.assertEqual(
            self.figures.search(domain, order="date").mapped("rooms"), [4, 4, 4, 4, 3, 3, 3]
        )

    def test_rooms_out_of_order_are_none_to_let(self):
        self._patch_today(self.hotel, date(2026, 5, 1))
        self._make_stay(self._make_guest(), arrival=date(2026, 5, 1), nights=4, state="departed")
        self.env["hotel.room.closure"].create(
            {
                "room_id": self.rooms[0].id,
                "start_date": date(2026, 4, 1),
                "end_date": date(2026, 5, 3),
                "reason": "Painting",
            }
        )
        self._refresh_figures()
        rows = self.figures._read_group(
            [("property_id", "=", self.hotel.id), ("part", "=", "room"), ("date", ">=", "2026-05-01")],
            ["date:day"],
            ["rooms:sum"],
        )
        self.assertEqual([rooms for _day, rooms in rows], [3, 3, 4, 4])

    def test_rates_of_totals_are_ratios_of_sums(self):
        guest = self._make_guest()
        self.hotel.business_date = date(2026, 2, 2)
        self._make_stay(guest, arrival=date(2026, 1, 31), nights=1, rate=100, state="departed")
        for _number in range(3):
            self._make_stay(guest, arrival=date(2026, 2, 1), nights=1, rate=300, state="departed")
        self._refresh_figures()
        domain = [("property_id", "=", self.hotel.id), ("date", "<", "2026-02-02")]
        measures = ["adr:avg", "occupancy:avg", "revpar:avg"]
        self.assertEqual(self.figures._read_group(domain, [], measures), [(250, 50, 125)])
        months = self.figures._read_group(domain, ["date:month"], measures)
        self.assertEqual([row[1:] for row in months], [(100, 25, 25), (300, 75, 225)])
        sets = self.figures.formatted_read_grouping_sets(domain, [["date:month"], []], measures)
        self.assertEqual([row["adr:avg"] for row in sets[1]], [250])

    def test_a_country_has_no_rooms_and_so_no_occupancy(self):
        guest = self._make_guests(1)
        self._make_stay(guest, state="departed")
        self._refresh_figures()
        domain = [("property_id", "=", self.hotel.id), ("part", "=", "stay")]
        rows = self.figures._read_group(domain, ["country_id"], ["adr:avg", "occupancy:avg"])
        self.assertEqual(rows, [(self.countries[0], 100, 0)])
