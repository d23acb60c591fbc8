import random
from collections import Counter
from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.report import bands

from .metric_case import TAKEN
from .test_daily_figures import FigureCase

REPORTS = {
    "hotel.figure.day": {"finance", "marketing"},
    "hotel.stay.report": {"front_office", "finance", "marketing"},
    "hotel.booking.report": {"front_office", "finance", "marketing"},
    "hotel.mix.report": {"front_office", "finance", "marketing"},
    "hotel.occupancy.report": {"front_office", "finance", "marketing"},
    "hotel.pace.report": {"front_office", "finance", "marketing"},
    "hotel.consumption.report": {"food_beverage", "finance", "marketing"},
    "hotel.guest.report": {"finance", "marketing"},
    "hotel.preference.report": {"marketing"},
}
ROLES = ("front_office", "food_beverage", "housekeeping", "finance", "marketing", "service", "call_agent")


@tagged("post_install", "-at_install")
class TestReports(FigureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.currency_id = cls.pound
        cls.hotels = cls.hotel | cls.other_hotel
        cls.guests = cls._make_guests(12)
        cls._make_facts(cls.guests, 80)
        cls.stays = cls.env["hotel.stay"].search([("property_id", "in", cls.hotels.ids)])
        cls.lines = cls.env["hotel.consumption"].search([("property_id", "in", cls.hotels.ids)])
        cls.domain = [("property_id", "in", cls.hotels.ids)]

    def _convert(self, amount, record, day):
        company = record.company_id
        rate = self.env["res.currency"]._get_conversion_rate(record.currency_id, company.currency_id, company, day)
        return amount * rate

    def _assert_equal_sums(self, model, groupby, measure, sums):
        """Compare the groups of a report with sums counted in Python: key to number."""
        rows = dict(self.env[model]._read_group(self.domain, [groupby], [measure]))
        for key in set(rows) | set(sums):
            self.assertAlmostEqual(rows.get(key) or 0, sums.get(key, 0), places=3, msg=f"{model} {measure} {key}")

    def test_nights_and_their_revenue_equal_those_of_the_stays(self):
        sums = {name: Counter() for name in ("nights", "booked_nights", "lost_nights", "room_revenue")}
        for night in self.stays.night_ids:
            stay = night.stay_id
            part = {"booked": "booked_nights", "cancelled": "lost_nights", "no_show": "lost_nights"}
            sums[part.get(stay.state, "nights")][stay.property_id] += 1
            if stay.state in TAKEN:
                sums["room_revenue"][stay.property_id] += self._convert(night.rate, stay, night.date)
        for name, counts in sums.items():
            self._assert_equal_sums("hotel.stay.report", "property_id", f"{name}:sum", counts)
        adr = {hotel: sums["room_revenue"][hotel] / sums["nights"][hotel] for hotel in self.hotels}
        self._assert_equal_sums("hotel.stay.report", "property_id", "adr:avg", adr)
        self._assert_equal_sums("hotel.occupancy.report", "property_id", "room_revenue:sum", sums["room_revenue"])
        self._assert_equal_sums("hotel.occupancy.report", "property_id", "adr:avg", adr)

    def test_bookings_equal_the_stays(self):
        counts, cancelled, no_show, amount = Counter(), Counter(), Counter(), Counter()
        for stay in self.stays:
            counts[stay.property_id] += 1
            cancelled[stay.property_id] += stay.state == "cancelled"
            no_show[stay.property_id] += stay.state == "no_show"
            amount[stay.property_id] += self._convert(stay.rate * stay.nights, stay, stay.arrival_date)
        model = "hotel.booking.report"
        self._assert_equal_sums(model, "property_id", "bookings:sum", counts)
        self._assert_equal_sums(model, "property_id", "amount:sum", amount)
        rates = {hotel: 100 * cancelled[hotel] / counts[hotel] for hotel in self.hotels}
        self._assert_equal_sums(model, "property_id", "cancel_rate:avg", rates)
        rates = {hotel: 100 * no_show[hotel] / (counts[hotel] - cancelled[hotel]) for hotel in self.hotels}
        self._assert_equal_sums(model, "property_id", "no_show_rate:avg", rates)

    def test_lead_time_is_counted_in_dates_of_the_property(self):
        stay = self._make_stay(
            self.guests[0], self.other_hotel, date(2026, 5, 10), booked_at=datetime(2026, 5, 1, 20, 0)
        )
        # 20:00 UTC is the next day in Shanghai
        row = self.env["hotel.booking.report"].browse(stay.id)
        self.assertEqual((row.booked_date, row.lead_days, row.lead_band), (date(2026, 5, 2), 8, "8"))

    def test_charges_guests_and_visits_equal_those_counted_in_python(self):
        revenue, guests, visits = Counter(), {}, {}
        for line in self.lines:
            hotel = line.property_id
            revenue[hotel] += self._convert(line.amount_gross, line, line.business_date)
            guests.setdefault(hotel, set()).add(line.partner_id)
            visits.setdefault(hotel, set()).add((line.partner_id, line.business_date))
        model = "hotel.consumption.report"
        self._assert_equal_sums(model, "property_id", "amount_gross:sum", revenue)
        people = {hotel: len(found) for hotel, found in guests.items()}
        self._assert_equal_sums(model, "property_id", "guests:count_distinct", people)
        self._assert_equal_sums(
            model, "property_id", "frequency:avg", {hotel: len(visits[hotel]) / people[hotel] for hotel in people}
        )
        self._assert_equal_sums(
            model, "property_id", "spend_per_guest:avg", {hotel: revenue[hotel] / people[hotel] for hotel in people}
        )
        self._assert_equal_sums(
            model,
            "amount_band",
            "__count",
            Counter(bands.place(bands.AMOUNTS, abs(amount)) for amount in self.lines.mapped("amount_gross")),
        )

    def test_guests_are_sorted_into_bands(self):
        self.metrics._refresh_partners(self.guests.ids)
        rows = self.env["hotel.guest.report"].search([("partner_id", "in", self.guests.ids)])
        self.assertEqual(sum(rows.mapped("stays")), len(self.stays.filtered(lambda stay: stay.state in TAKEN)))
        for row in rows:
            self.assertEqual(row.spend_band, bands.place(bands.AMOUNTS, row.spend))
            self.assertEqual(row.stay_band, bands.place(bands.COUNTS, row.stays))

    def test_a_guest_of_two_companies_is_one_guest(self):
        self.metrics._refresh_partners(self.guests.ids)
        both = self.guests.filtered(lambda guest: len(guest.hotel_metric_ids) == 2)[0]
        report = self.env["hotel.guest.report"]
        measures = ["guests:count_distinct", "__count", "frequency:avg"]
        stays = sum(both.hotel_metric_ids.mapped("stay_count"))
        self.assertEqual(report._read_group([("partner_id", "=", both.id)], [], measures), [(1, 2, stays)])
        one = report.with_user(self._make_user("marketing"))
        guests, count, frequency = one._read_group([("partner_id", "=", both.id)], [], measures)[0]
        self.assertEqual((guests, count), (1, 1))
        self.assertEqual(frequency, both.hotel_metric_ids.filtered(
            lambda row: row.company_id == self.hotel.company_id).stay_count)

    def test_preferences_are_counted_by_guest_and_region(self):
        preferences = self.env["hotel.preference"].search([], limit=2)
        for guest in self.guests[:5]:
            for preference in preferences:
                self.env["hotel.guest.preference"].create({"partner_id": guest.id, "preference_id": preference.id})
        rows = self.env["hotel.preference.report"]._read_group(
            [("partner_id", "in", self.guests.ids)], ["country_id"], ["guests:count_distinct", "__count"]
        )
        self.assertEqual(sorted(row[1:] for row in rows), [(2, 4), (3, 6)])

    def test_occupancy_is_nights_per_room_of_each_type_and_date(self):
        hotel = self._make_property(name="Small Inn")
        kinds = self._make_room_type(hotel) | self._make_room_type(hotel)
        for kind, count in zip(kinds, (1, 3), strict=True):
            for _number in range(count):
                self._make_room(kind)
        for kind, day, nights in ((kinds[0], 1, 2), (kinds[1], 2, 1), (kinds[1], 2, 2)):
            self._make_stay(
                self.guests[0], hotel, date(2026, 6, day), nights, rate=90, room_type_id=kind.id, state="departed"
            )
        report = self.env["hotel.occupancy.report"]
        domain = [("property_id", "=", hotel.id)]
        measures = ["rooms:sum", "nights:sum", "occupancy:avg", "adr:avg", "revpar:avg"]
        self.assertEqual(
            [row[1:] for row in report._read_group(domain, ["date:day"], measures)],
            [(4, 1, 25, 90, 22.5), (4, 3, 75, 90, 67.5), (4, 1, 25, 90, 22.5)],
        )
        by_type = report._read_group(domain, ["room_type_id"], ["occupancy:avg"])
        self.assertEqual([round(row[1], 2) for row in by_type], [66.67, 33.33])
        day = report.search([*domain, ("room_type_id", "=", kinds[1].id), ("date", "=", "2026-06-02")])
        self.assertEqual((day.rooms, day.nights, day.room_revenue), (3, 2, 180))

    def test_a_property_without_rooms_has_revenue_and_no_occupancy(self):
        report = self.env["hotel.occupancy.report"]
        row = report._read_group([("property_id", "=", self.other_hotel.id)], [], ["nights:sum", "occupancy:avg"])
        self.assertGreater(row[0][0], 0)
        self.assertFalse(row[0][1])

    def test_figures_of_a_file_of_another_system(self):
        """Two hotels with noise as in public booking data: zero nights, no persons, cancelled, no-shows."""
        dice = random.Random(1)
        facts = Counter()
        rows = []
        for number in range(300):
            hotel = dice.choice(self.hotels)
            state = dice.choice(["departed", "departed", "departed", "cancelled", "no_show"])
            nights, rate = dice.randrange(8), dice.choice([-6.38, 0, dice.randrange(2000, 20000) / 100])
            rows.append(
                {
                    "property_id": hotel.id,
                    "arrival_date": date(2024, 1, 1),
                    "departure_date": date(2024, 1, 1) + timedelta(days=nights),
                    "rate": rate,
                    "state": state,
                    "source_system": "file",
                    "source_ref": str(number),
                    "adults": dice.randrange(3),
                }
            )
            facts[hotel, state] += 1
            if state == "departed":
                facts[hotel, "nights"] += nights
                facts[hotel, "revenue"] += round(nights * rate * 100)
        self.env["hotel.stay"].create(rows)
        domain = [("stay_id.source_system", "=", "file")]
        for hotel in self.hotels:
            mine = [*domain, ("property_id", "=", hotel.id)]
            nights, revenue, adr = self.env["hotel.stay.report"]._read_group(
                mine, [], ["nights:sum", "property_revenue:sum", "adr:avg"]
            )[0]
            self.assertEqual((nights, round(revenue * 100)), (facts[hotel, "nights"], facts[hotel, "revenue"]))
            stay = self.stays.filtered(lambda stay: stay.property_id == hotel)[0]  # noqa: B023
            expected = self._convert(facts[hotel, "revenue"] / 100 / nights, stay, date(2024, 1, 1))
            self.assertAlmostEqual(adr, expected, places=6)
            bookings, cancelled, no_shows = self.env["hotel.booking.report"]._read_group(
                mine, [], ["bookings:sum", "cancelled:sum", "no_shows:sum"]
            )[0]
            self.assertEqual((cancelled, no_shows), (facts[hotel, "cancelled"], facts[hotel, "no_show"]))
            self.assertEqual(bookings, sum(facts[hotel, state] for state in ("departed", "cancelled", "no_show")))

    def test_each_role_reads_its_reports_and_no_other(self):
        for role in ROLES:
            user = self._make_user(role, self.hotels)
            for model, readers in REPORTS.items():
                with self.subTest(role=role, model=model):
                    report = self.env[model].with_user(user)
                    if role in readers:
                        report.search([], limit=1)
                        report._read_group([], [], ["__count"])
                    else:
                        with self.assertRaises(AccessError):
                            report.search([], limit=1)
                    for operation in ("create", "write", "unlink"):
                        self.assertFalse(report.has_access(operation))

    def test_a_stranger_sees_nothing_of_a_property(self):
        self._refresh_figures()
        self.metrics._refresh_partners(self.guests.ids)
        companies = self.hotels.company_id.ids
        for hotels, seen in ((self.hotel, self.hotel), (self.env["hotel.property"], self.env["hotel.property"])):
            user = self._make_user("manager", hotels)
            for model in REPORTS:
                report = self.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
                if "property_id" in report._fields:
                    found = report.search(self.domain).property_id
                    self.assertLessEqual(set(found.ids), set(seen.ids), model)
                    self.assertEqual(bool(found), bool(seen), model)
        stranger = self._make_user("marketing", self.other_hotel)
        report = self.env["hotel.guest.report"].with_context(allowed_company_ids=stranger.company_ids.ids)
        rows = report.with_user(stranger).search([("company_id", "in", companies)])
        self.assertEqual(rows.company_id, self.other_hotel.company_id)

    def test_money_of_two_companies_is_added_up_in_the_first_ones_currency(self):
        first, second = self.hotel.company_id, self.other_hotel.company_id
        report = self.env["hotel.stay.report"]
        alone = {
            company: report._read_group([("company_id", "=", company.id)], [], ["room_revenue:sum"])[0][0]
            for company in (first, second)
        }
        both = report.with_context(allowed_company_ids=[first.id, second.id])
        measures = ["room_revenue:sum", "adr:avg", "nights:sum", "currency_id:array_agg_distinct"]
        revenue, adr, nights, currencies = both._read_group(
            [("company_id", "in", [first.id, second.id])], [], measures
        )[0]
        self.assertAlmostEqual(revenue, alone[first] + alone[second] / 0.8, places=3)
        self.assertAlmostEqual(adr, revenue / nights, places=3)
        self.assertEqual(currencies, [first.currency_id.id])
        alone_adr = report._read_group([("company_id", "=", second.id)], [], ["adr:avg"])[0][0]
        rows = both._read_group([("company_id", "=", second.id)], ["company_id"], ["adr:sum_currency"])
        self.assertAlmostEqual(rows[0][1], alone_adr / 0.8, places=3)

    def test_a_filter_on_dates_and_property_reaches_the_index(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        # of tables that are all but empty, indexes that begin with the property are alike
        self.env.cr.execute("DROP INDEX hotel_stay_changed_idx, hotel_consumption_changed_idx")
        for model, name in (
            ("hotel.stay.report", "date"),
            ("hotel.booking.report", "arrival_date"),
            ("hotel.consumption.report", "business_date"),
            ("hotel.occupancy.report", "date"),
            ("hotel.figure.day", "date"),
        ):
            query = self.env[model]._search(
                [("property_id", "=", self.hotel.id), (name, ">=", "2026-01-01"), (name, "<", "2026-02-01")]
            )
            plan = "\n".join(line for (line,) in self.env.execute_query(SQL("EXPLAIN %s", query.select())))
            conditions = [line for line in plan.splitlines() if "Index Cond" in line and "2026-01-01" in line]
            self.assertTrue(conditions, f"{model}\n{plan}")

    def test_ids_of_the_days_of_room_types_are_unique(self):
        report = self.env["hotel.occupancy.report"]
        self.assertEqual(len(report.search([])), report.search_count([]))
