from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .metric_case import MetricCase


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
        stale_guest = self._make_guest()
        about = {"partner_id": stale_guest.id, "company_id": self.hotel.company_id.id}
        stale = self.metrics.create(about)
        self.env["hotel.guest.metric.month"].create({**about, "month_date": date(2026, 1, 1)})
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
        self.assertFalse(self.env["hotel.guest.metric.month"].search([("partner_id", "=", stale_guest.id)]))
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
        self.assertEqual(sum(kept.hotel_metric_month_ids.mapped("spend_gross")), 60)

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

    def test_the_average_rate_and_the_days_ahead_are_those_of_stays_taken(self):
        guest, other = self._make_guest(), self._make_guest()
        for rate, nights, ahead, state in (
            (100.0, 2, 10, "departed"),
            (400.0, 1, 20, "departed"),
            (0.0, 3, -5, "departed"),
            (900.0, 2, 90, "cancelled"),
        ):
            arrival = date(2026, 3, 20) - timedelta(days=nights * 30)
            self._make_stay(
                guest, arrival=arrival, nights=nights, rate=rate, state=state, booked_at=arrival - timedelta(days=ahead)
            )
        guests = (guest | other).with_company(self.hotel.company_id)
        self.assertTrue(self.hotel.company_id.currency_id.rounding)
        self.env.flush_all()
        with self.assertQueryCount(1):
            guests._query_hotel_habits(self.hotel.company_id)
        self.assertEqual(guests.mapped("hotel_average_rate"), [200.0, 0.0])
        self.assertEqual(guests.mapped("hotel_lead_days"), [15.0, 0.0])
        clerk = self._make_user("housekeeping")
        self.assertNotIn("hotel_average_rate", self.env["res.partner"].with_user(clerk).fields_get())

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
        outlet = self._make_outlet(self.hotel)
        own = SQL("SELECT partner_id, company_id, %s AS favourite_outlet_id FROM hotel_stay GROUP BY 1, 2", outlet.id)
        others = {name: query for name, query in queries.items() if name != "outlet"}
        with patch.object(model, "_get_metric_queries", lambda self: {**others, "own": own}):
            self.metrics._refresh_partners(guest.ids)
            self.assertEqual(guest.hotel_metric_ids.favourite_outlet_id, outlet)
        with (
            patch.object(model, "_get_metric_queries", lambda self: {**queries, "own": own}),
            self.assertRaisesRegex(ValueError, "favourite_outlet_id"),
        ):
            self.metrics._refresh_partners(guest.ids)

    def test_the_condition_on_the_guest_reaches_the_index_of_the_facts(self):
        guest = self._make_guest()
        scope = lambda column: SQL("%s = ANY(%s)", column, guest.ids)  # noqa: E731
        months = self.env["hotel.guest.metric.month"]
        favourites = {name: self.metrics._get_metric_queries()[name] for name in ("room", "outlet")}
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        plan = "\n".join(
            line
            for model, queries in ((months, months._get_metric_queries()), (self.metrics, favourites))
            for (line,) in self.env.execute_query(
                SQL("EXPLAIN SELECT * FROM %s", model._get_joined_queries(queries, scope))
            )
        )
        self.assertIn("hotel_stay_", plan)
        self.assertNotIn("Seq Scan on hotel_stay", plan)
        self.assertNotIn("Seq Scan on hotel_consumption", plan)
        self.assertEqual(plan.count(f"Index Cond: (partner_id = ANY ('{{{guest.id}}}'::integer[]))"), 4, plan)

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
