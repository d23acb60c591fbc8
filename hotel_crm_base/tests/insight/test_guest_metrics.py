import random
from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.tests.common import HotelCase

TAKEN = ("in_house", "departed")
FIGURES = (
    "stay_count",
    "night_count",
    "cancel_count",
    "no_show_count",
    "charge_count",
    "spend_gross",
    "spend_net",
    "first_arrival_date",
    "last_departure_date",
)


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
            cls._make_stay(guest, hotel, arrival=day, nights=dice.randrange(4), state=state)
            line = cls._make_consumption(
                guest,
                hotel,
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

    def _refresh_changed(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60.0):
            return self.metrics._refresh_changed(batch=7)


@tagged("post_install", "-at_install")
class TestGuestMetrics(MetricCase):
    def test_figures_equal_those_counted_in_python(self):
        guests = self.env["res.partner"].union(*(self._make_guest(f"Guest {n}") for n in range(8)))
        self._make_facts(guests)
        self.metrics._refresh_partners(guests.ids)
        self._check(guests)

    def test_changes_are_queued_and_refreshed_in_batches(self):
        self._refresh_changed()
        guests = self.env["res.partner"].union(*(self._make_guest(f"Guest {n}") for n in range(20)))
        self._make_facts(guests)
        self.assertGreaterEqual(self.queue.search_count([]), 60)
        refreshed = self._refresh_changed()
        self.assertGreaterEqual(refreshed, len(guests.filtered("hotel_stay_ids")))
        self.assertFalse(self.queue.search_count([]))
        self._check(guests)
        self.assertEqual(self._refresh_changed(), 0)

    def test_a_full_computation_gives_the_same_and_goes_on_where_it_stopped(self):
        guests = self.env["res.partner"].union(*(self._make_guest(f"Guest {n}") for n in range(8)))
        self._make_facts(guests, 30)
        stale = self.metrics.create({"partner_id": self._make_guest().id, "company_id": self.hotel.company_id.id})
        run = self.metrics._refresh_all()
        self.assertEqual(self.metrics._refresh_all(), run)
        runs = self.env["hotel.metric.run"]
        step = run.last_position // 3 + 1
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 0.0):
            runs._cron_continue(step=step)
            self.assertEqual((run.state, run.position), ("running", step))
            self.assertAlmostEqual(run.progress, 100 * step / run.last_position)
            runs._cron_continue(step=step)
            runs._cron_continue(step=step)
        self.assertEqual((run.state, run.progress, bool(run.finished_at)), ("done", 100, True))
        self._check(guests)
        self.assertFalse(stale.exists())
        self.assertNotEqual(self.metrics._refresh_all(), run)

    def test_a_reversal_takes_the_charge_out_of_the_figures(self):
        guest = self._make_guest()
        line = self._make_consumption(guest, amount=80)
        self._refresh_changed()
        self.assertEqual((guest.hotel_metric_ids.spend_gross, guest.hotel_metric_ids.charge_count), (80, 1))
        line.action_reverse("Wrong room")
        self._refresh_changed()
        self.assertEqual((guest.hotel_metric_ids.spend_gross, guest.hotel_metric_ids.charge_count), (0, 0))

    def test_a_stay_begun_and_one_cancelled_are_told_apart(self):
        guest = self._make_guest()
        stays = self._make_stay(guest, state="booked") | self._make_stay(guest, state="booked")
        self._refresh_changed()
        self.assertEqual((guest.hotel_metric_ids.stay_count, guest.hotel_metric_ids.cancel_count), (0, 0))
        stays[0].state = "in_house"
        stays[1].state = "cancelled"
        self._refresh_changed()
        self.assertEqual((guest.hotel_metric_ids.stay_count, guest.hotel_metric_ids.cancel_count), (1, 1))
        self.assertEqual(guest.hotel_metric_ids.first_arrival_date, stays[0].arrival_date)

    def test_a_stay_given_to_another_guest_counts_for_that_one_only(self):
        guest, other = self._make_guest(), self._make_guest("Bruno Dias")
        stay = self._make_stay(guest, state="departed")
        self._refresh_changed()
        stay.partner_id = other
        self._refresh_changed()
        self.assertFalse(guest.hotel_metric_ids)
        self.assertEqual(other.hotel_metric_ids.night_count, 2)

    def test_figures_follow_a_merge_of_contacts(self):
        kept, gone = self._make_guest(), self._make_guest("Ana da Costa")
        for guest in kept | gone:
            self._make_stay(guest, state="departed")
            self._make_consumption(guest, amount=30)
        self._refresh_changed()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((kept | gone).ids, kept)
        self.assertFalse(gone.exists())
        self.assertEqual(kept.hotel_metric_ids.mapped("stay_count"), [2])
        self.assertEqual(kept.hotel_metric_ids.mapped("spend_gross"), [60])

    def test_a_new_rate_changes_the_figures_of_its_days_only(self):
        company = self.hotel.company_id
        before, after = self._make_guest(), self._make_guest("Bruno Dias")
        for guest, day in ((before, date(2026, 1, 31)), (after, date(2026, 2, 1))):
            self._make_consumption(guest, amount=80, business_date=day, currency_id=self.pound.id)
        self._refresh_changed()
        self.assertEqual((before | after).hotel_metric_ids.mapped("spend_gross"), [100, 100])
        rates = self.env["res.currency.rate"]
        rates.create({"currency_id": self.pound.id, "name": "2026-02-01", "rate": 0.4, "company_id": False})
        self._refresh_changed()
        self.assertEqual([before.hotel_metric_ids.spend_gross, after.hotel_metric_ids.spend_gross], [100, 200])
        # a company's own rate comes before those for all companies
        rates.create({"currency_id": self.pound.id, "name": "2026-02-01", "rate": 0.1, "company_id": company.id})
        self._refresh_changed()
        self.assertEqual([before.hotel_metric_ids.spend_gross, after.hotel_metric_ids.spend_gross], [100, 800])

    def test_rows_that_are_right_are_not_written_again(self):
        guest = self._make_guest()
        self._make_stay(guest, state="departed")
        self.metrics._refresh_partners(guest.ids)
        version = SQL("SELECT xmin::text, ctid::text FROM hotel_guest_metric WHERE partner_id = %s", guest.id)
        before = self.env.execute_query(version)
        self.metrics._refresh_partners(guest.ids)
        self.assertEqual(self.env.execute_query(version), before)

    def test_an_addon_adds_a_figure_to_a_scan_or_a_query_of_its_own(self):
        guest = self._make_guest()
        self._make_stay(guest, state="departed", children=2)
        model = type(self.metrics)
        aggregates, queries = self.metrics._get_metric_aggregates(), self.metrics._get_metric_queries()
        aggregates["stay"]["night_count"] = SQL("sum(fact.children)")
        with patch.object(model, "_get_metric_aggregates", lambda self: aggregates):
            self.metrics._refresh_partners(guest.ids)
            self.assertEqual(guest.hotel_metric_ids.night_count, 2)
        own = SQL("SELECT partner_id, company_id, count(*) AS charge_count FROM hotel_stay GROUP BY 1, 2")
        with patch.object(model, "_get_metric_queries", lambda self: {"stay": queries["stay"], "own": own}):
            self.metrics._refresh_partners(guest.ids)
            self.assertEqual(guest.hotel_metric_ids.charge_count, 1)
        with (
            patch.object(model, "_get_metric_queries", lambda self: {**queries, "own": own}),
            self.assertRaisesRegex(ValueError, "charge_count"),
        ):
            self.metrics._refresh_partners(guest.ids)

    def test_the_condition_on_the_guest_reaches_the_index_of_the_facts(self):
        guest = self._make_guest()
        scope = lambda column: SQL("%s = ANY(%s)", column, guest.ids)  # noqa: E731
        queries = {name: self.metrics._get_metric_queries()[name] for name in self.metrics._get_metric_sources()}
        joined = self.metrics._get_joined_queries(queries, scope)
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        plan = "\n".join(
            line for (line,) in self.env.execute_query(SQL("EXPLAIN SELECT * FROM %s", joined))
        )
        self.assertIn("hotel_stay_", plan)
        self.assertNotIn("Seq Scan on hotel_stay", plan)
        self.assertNotIn("Seq Scan on hotel_consumption", plan)
        self.assertEqual(plan.count(f"(partner_id = ANY ('{{{guest.id}}}'::integer[]))"), 2, plan)

    def test_nobody_below_a_manager_orders_a_full_computation(self):
        runs = self.env["hotel.metric.run"]
        with self.assertRaises(AccessError):
            runs.with_user(self._make_user("marketing")).action_start()
        action = runs.with_user(self._make_user("manager")).action_start()
        self.assertEqual(runs.browse(action["res_id"]).state, "running")

    def test_rates_are_found_by_one_step_in_one_index(self):
        amount = self.env["res.currency"]._get_day_amount(
            SQL("line.amount_gross"), SQL("line.currency_id"), SQL("company"), SQL("line.business_date")
        )
        self.env.cr.execute(
            """INSERT INTO res_currency_rate (currency_id, name, rate)
               SELECT currency.id, day::date, 2 FROM generate_series(DATE '2010-01-01', '2015-01-01', '1 day') day,
                      res_currency currency WHERE currency.id IN %s""",
            [(self.pound | self.yen)._ids],
        )
        self.env.cr.execute("ANALYZE res_currency_rate")
        plan = "\n".join(
            line
            for (line,) in self.env.execute_query(
                SQL(
                    "EXPLAIN SELECT %s FROM hotel_consumption line JOIN res_company company"
                    " ON company.id = line.company_id",
                    amount,
                )
            )
        )
        self.assertEqual(plan.count("res_currency_rate_hotel_rate_idx"), 8, plan)
