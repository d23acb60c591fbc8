from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .value_case import TODAY, ValueCase


@tagged("post_install", "-at_install")
class TestGuestValue(ValueCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guests = cls._make_cohort(900)
        cls.fit = cls._value()

    def test_a_fit_is_kept_with_what_it_came_to(self):
        fit = self.fit
        self.assertEqual((fit.state, fit.method, fit.stay_reason), ("done", "forecast", ""))
        self.assertEqual((fit.today_date, fit.progress), (TODAY, 100))
        self.assertEqual((fit.guest_count, fit.valued_count), (900, 900))
        self.assertTrue(0.3 < fit.r < 3 and fit.alpha > 5 and fit.p > 1 and fit.q > 1, fit.read())
        self.assertLess(fit.stay_log_likelihood, 0)
        self.assertEqual(self.model.last_fit_id, fit)
        self.assertIn("|", fit.cut_text)

    def test_facts_are_those_that_the_orm_counts(self):
        ids, facts = self.model._query_facts(lambda column: SQL("%s = ANY(%s)", column, self.guests[:20].ids), TODAY)
        self.assertEqual(sorted(ids), sorted(self.guests[:20].ids))
        for partner_id, visits, first, last, spend in zip(ids.tolist(), *facts, strict=True):
            stays = self.env["hotel.stay"].search([("partner_id", "=", partner_id)])
            days = set(stays.mapped("arrival_date"))
            self.assertEqual((visits, first, last), (len(days), min(days).toordinal(), max(days).toordinal()))
            charges = self.env["hotel.consumption"].search([("partner_id", "=", partner_id)])
            self.assertAlmostEqual(spend, sum(charges.mapped("amount_gross")), places=2)

    def test_stays_that_did_not_happen_or_lie_ahead_do_not_count(self):
        guest = self._make_guest()
        self._make_stay(guest, arrival=date(2026, 5, 1), state="departed")
        self._make_stay(guest, arrival=date(2026, 5, 1), state="departed")  # a second room
        self._make_stay(guest, arrival=date(2026, 4, 1), state="cancelled")
        self._make_stay(guest, arrival=date(2026, 7, 1), state="in_house")
        self._make_stay(guest, self.other_hotel, arrival=date(2026, 3, 1), state="departed")
        _ids, facts = self.model._query_facts(lambda column: SQL("%s = %s", column, guest.id), TODAY)
        self.assertEqual([float(column[0]) for column in facts[:2]], [1, date(2026, 5, 1).toordinal()])

    def test_each_guest_has_scores_a_band_and_a_forecast(self):
        rows = self.env["hotel.guest.value"].search([("model_id", "=", self.model.id)])
        self.assertEqual(rows.partner_id, self.guests)
        for row in rows[:50]:
            scores = (row.recency_score, row.frequency_score, row.monetary_score)
            self.assertTrue(all(1 <= score <= 5 for score in scores))
            self.assertEqual(row.cell // 10, sum(scores))
            self.assertTrue(0 <= row.return_probability <= row.active_probability <= 1)
            self.assertGreater(row.expected_amount, 0)
            self.assertAlmostEqual(row.expected_value, row.expected_stays * row.expected_amount, delta=0.02)
        self.assertEqual(sum(rows.mapped("visit_count")), self.env["hotel.stay"].search_count(
            [("partner_id", "in", self.guests.ids)]
        ))  # fmt: skip

    def test_ranges_come_to_the_same_as_all_at_once(self):
        columns = ["partner_id", "cell", "expected_stays", "expected_value", "active_probability"]
        rows = self.env["hotel.guest.value"].search([("model_id", "=", self.model.id)])
        before = rows.read(columns)
        span = self.guests.ids[-1] - self.guests.ids[0]
        fit = self._value(step=max(self.guests.ids[-1] // 7, span // 3))
        self.assertEqual(fit.valued_count, 900)
        rows.invalidate_recordset()
        self.assertEqual(rows.read(columns), before)

    def test_who_has_no_stay_any_more_loses_the_row_and_who_is_new_gets_one(self):
        gone, fresh = self.guests[0], self._make_guest()
        self.env.cr.execute("UPDATE hotel_stay SET state = 'no_show' WHERE partner_id = %s", [gone.id])
        self.env.cr.execute("UPDATE hotel_consumption SET kind = 'fee' WHERE partner_id = %s", [gone.id])
        self._make_stay(fresh, arrival=date(2026, 5, 1), state="departed")
        self._value()
        self.assertFalse(self._row(gone))
        self.assertEqual(self._row(fresh).visit_count, 1)

    def test_the_guest_shows_it_for_the_company_at_work(self):
        row = self._row(self.guests[3])
        guest = self.guests[3].with_user(self._make_user("front_office"))
        self.assertAlmostEqual(guest.hotel_expected_stays, row.expected_stays, places=2)
        self.assertEqual(guest.hotel_value_scores.count("–"), 2)
        cells = self.env["hotel.value.class"]._get_cells()
        self.assertEqual(guest.hotel_value_class_id.id, cells.get(row.cell, False))
        both = self._make_user("front_office", self.hotel | self.other_hotel)
        elsewhere = self.guests[3].with_user(both).with_context(allowed_company_ids=self.other_company.ids)
        self.assertFalse(elsewhere.hotel_value_class_id or elsewhere.hotel_valued_date)
        with self.assertRaises(AccessError):
            self.guests[3].with_user(self._make_user("housekeeping")).read(["hotel_expected_value"])

    def test_guests_are_found_as_python_finds_them(self):
        guests = self.guests[:60] | self._make_guest()  # one who is not valued
        value_class = guests.hotel_value_class_id[:1]
        for domain in (
            [("hotel_expected_stays", ">=", 0.5)], [("hotel_expected_stays", "<", 0.5)],
            [("hotel_expected_stays", "=", 0)], [("hotel_expected_value", ">", 100.0)],
            [("hotel_expected_value", "<=", 100.0)], [("hotel_return_probability", "!=", 0)],
            [("hotel_active_probability", ">", 0.5)], [("hotel_churn_band", "=", "active")],
            [("hotel_churn_band", "not in", ["active", "lost"])], [("hotel_churn_band", "=", False)],
            [("hotel_value_class_id", "=", value_class.id)], [("hotel_value_class_id", "!=", value_class.id)],
            [("hotel_value_class_id", "=", False)], [("hotel_value_class_id", "in", [value_class.id, False])],
        ):  # fmt: skip
            with self.subTest(domain):
                found = self.env["res.partner"].search([("id", "in", guests.ids), *domain])
                self.assertEqual(found, guests.filtered_domain(domain))
        found = self.env["res.partner"].search([("hotel_value_class_id", "ilike", value_class.name)])
        self.assertIn(value_class, found.hotel_value_class_id)

    def test_the_list_of_guests_reads_values_by_the_same_queries_for_few_and_many(self):
        manager = self._make_user("manager")
        counts = []
        for number in (2, 5, 200):  # the first one fills caches
            guests = self.guests[:number].with_user(manager)
            guests.mapped("name")
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            guests.mapped("hotel_expected_value")
            guests.mapped("hotel_value_class_id.name")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertLess(counts[1], 8)

    def test_a_class_is_cut_anew_at_once(self):
        self.env["hotel.value.class"].search([]).active = False
        everybody = self.env["hotel.value.class"].create(
            {"name": "Everybody", "is_active_band": True, "is_cooling_band": True, "is_at_risk_band": True,
             "is_lost_band": True, "sequence": 9}
        )  # fmt: skip
        best = self.env["hotel.value.class"].create(
            {"name": "Best", "score_from": 13, "is_active_band": True, "sequence": 1}
        )
        self.assertLessEqual(self.guests.hotel_value_class_id, everybody | best)
        found = self.env["res.partner"].search([("hotel_value_class_id", "=", best.id)])
        self.assertTrue(found)
        for row in map(self._row, found):
            self.assertTrue(row.cell // 10 >= 13 and row.cell % 10 == 0)
        groups = self.env["hotel.value.report"]._read_group(
            [("company_id", "=", self.company.id)], ["class_id"], ["guests:sum"]
        )
        self.assertEqual(dict(groups), {best: len(found), everybody: 900 - len(found)})

    def test_classes_that_cannot_be_are_refused(self):
        for values in ({"score_from": 2}, {"score_until": 16}, {"score_from": 9, "score_until": 8}):
            with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env["hotel.value.class"].create({"name": "Odd", "is_lost_band": True, **values})
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env["hotel.value.class"].create({"name": "Nowhere"})

    def test_merged_guests_leave_no_second_row(self):
        keep, lost = self.guests[1], self.guests[2]
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((keep | lost).ids, keep)
        self.assertEqual(len(self.env["hotel.guest.value"].search([("partner_id", "=", keep.id)])), 1)


@tagged("post_install", "-at_install")
class TestValueRuns(ValueCase):
    def test_few_guests_are_classed_without_a_forecast_and_it_says_why(self):
        guests = self._make_cohort(30)
        fit = self._value()
        self.assertEqual((fit.state, fit.method, fit.stay_reason), ("done", "rfm", "few"))
        self.assertIn("too few guests have come back", fit.note)
        rows = self.env["hotel.guest.value"].search([("model_id", "=", self.model.id)])
        self.assertEqual(rows.partner_id, guests)
        self.assertFalse(any(rows.mapped("expected_value")) or any(rows.mapped("active_probability")))
        for row in rows:
            self.assertEqual(row.cell % 10, {5: 0, 4: 0, 3: 1, 2: 2, 1: 3}[row.recency_score])
        self.assertTrue(guests.hotel_value_class_id)

    def test_a_property_is_valued_by_itself(self):
        sister = self._make_property(name="Harbour Annex", code="ANNE")
        guests = self._make_cohort(20, seed=2) + self._make_cohort(15, seed=3, hotel=sister)
        both = guests[0]
        self._insert(sister, [(both.id, date(2026, 3, 1), date(2026, 3, 3))], [(both.id, date(2026, 3, 1), 77.0)])
        model = self.env["hotel.value.model"].create({"company_id": self.company.id, "property_id": sister.id})
        fit = self._value(model)
        self.assertEqual(fit.valued_count, 16)
        _ids, facts = model._query_facts(lambda column: SQL("%s = %s", column, both.id), TODAY)
        self.assertEqual([float(column[0]) for column in facts], [1, *[date(2026, 3, 1).toordinal()] * 2, 77.0])
        row = self._row(both, model)
        self.assertEqual(row.property_id, sister)
        clerk, neighbour = self._make_user("marketing", sister), self._make_user("marketing")
        self.assertTrue(row.with_user(clerk).search([("id", "=", row.id)]))
        self.assertFalse(row.with_user(neighbour).search([("id", "=", row.id)]))
        self.assertFalse(both.hotel_valued_date)  # the guest shows the company's

    def test_a_model_is_of_one_company_and_once(self):
        with self.assertRaises(ValidationError):
            self.env["hotel.value.model"].create(
                {"company_id": self.company.id, "property_id": self.other_hotel.id}
            )
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env["hotel.value.model"].create({"company_id": self.company.id})
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.model.limit_cooling = 0.6
            self.env.flush_all()

    def test_managers_order_it_and_see_it_go_on(self):
        manager = self._make_user("manager")
        action = self.model.with_user(manager).action_value()
        fit = self.env["hotel.value.fit"].browse(action["res_id"])
        self.assertEqual((fit.state, fit.progress), ("running", 0))
        self.assertEqual(self.model.with_user(manager).action_value()["res_id"], fit.id)
        fit.with_user(manager).action_cancel()
        self.assertEqual(fit.state, "cancelled")
        for role in ("marketing", "front_office"):
            with self.assertRaises(AccessError):
                self.model.with_user(self._make_user(role)).action_value()
            with self.assertRaises(AccessError):
                fit.with_user(self._make_user(role)).action_cancel()

    def test_the_job_values_each_company_once_a_month(self):
        self._make_cohort(10)
        models = self.env["hotel.value.model"]
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 9):
            for days, reports in ((0, 1), (29, 1), (2, 2)):
                # the date of a record is the transaction's, which stands still in a test
                self.env.flush_all()
                self.env.cr.execute("UPDATE hotel_value_fit SET create_date = create_date - %s", [timedelta(days=days)])
                models._cron_value()
                self.assertEqual(len(self.model.fit_ids), reports)
        self.assertIn(self.other_company, models.search([]).company_id)

    def test_a_run_that_was_cut_off_goes_on_where_it_was(self):
        guests = self._make_cohort(12)
        with freeze_time(TODAY), patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 0):
            fit = self.model._start()
            self.env["hotel.value.fit"]._continue(step=10**6)
            self.assertEqual((fit.state, fit.position), ("running", 0))
            self.env["hotel.value.fit"]._continue(step=guests[5].id)
            self.assertEqual((fit.position, fit.valued_count), (guests[5].id, 6))
            self.env["hotel.value.fit"]._continue(step=guests[5].id)
        self.assertEqual((fit.state, fit.valued_count), ("done", 12))

    def test_guests_who_only_dine_are_valued_by_their_visits(self):
        self._make_cohort(200)
        regular, once, taken_back, stayed = (self._make_guest(name) for name in ("Regular", "Once", "Nobody", "Both"))
        for number in range(8):
            self._make_consumption(regular, amount=40.0, business_date=TODAY - timedelta(days=7 * number + 1))
        self._make_consumption(regular, amount=5.0, business_date=TODAY - timedelta(days=1))
        self._make_consumption(once, amount=15.0, business_date=TODAY - timedelta(days=900))
        self._make_consumption(taken_back, business_date=TODAY - timedelta(days=3)).action_reverse("Wrong guest")
        self._make_stay(stayed, arrival=TODAY - timedelta(days=30), state="departed")
        self._make_consumption(stayed, business_date=TODAY - timedelta(days=3))
        self.env["hotel.guest.metric"]._refresh_partners((regular | once | taken_back | stayed).ids)
        fit = self._value()
        self.assertEqual([self._row(guest).visit_count for guest in (regular, once, stayed)], [8, 1, 1])
        self.assertFalse(self._row(taken_back))
        self.assertGreater(self._row(regular).frequency_score, self._row(once).frequency_score)
        self.assertGreater(self._row(regular).return_probability, self._row(once).return_probability)
        self.assertEqual(fit.guest_count, 201, "who never stayed does not teach how often guests stay")
