"""Credit: what is counted, how it is graded, who decides, and that history stays."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ... import guards
from ...models.insight import hotel_credit_grade_review
from ..common import HotelCase
from .credit_case import TODAY, CreditMakers


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20 12:00:00")
class TestCredit(CreditMakers, HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_credit_scene()
        cls.guest = cls._make_guest("Ana Costa")

    def _facts(self, *partners):
        guests = self.env["res.partner"].union(*partners)
        return self.env["hotel.credit.facts"]._get_facts(guests, self.company, TODAY)

    def test_facts_are_counted_as_the_records_say(self):
        guest = self.guest
        for number in range(3):
            self._make_stay(guest, arrival=date(2026, 1, 1) + timedelta(days=30 * number), state="departed")
        self._make_stay(guest, arrival=date(2023, 1, 1), state="departed")
        self._make_stay(guest, arrival=date(2026, 4, 1), state="no_show")
        self._make_stay(guest, hotel=self.other_hotel, arrival=date(2026, 4, 1), state="no_show")
        self._make_consumption(guest, amount=250.0, business_date=date(2026, 2, 1))
        self._make_consumption(guest, amount=900.0, business_date=date(2023, 1, 1))
        kind = self.env.ref("hotel_crm_base.hotel_service_kind_damage")
        self.env["hotel.service.record"].create(
            {"partner_id": guest.id, "property_id": self.hotel.id, "kind_id": kind.id}
        )
        self._make_invoice(guest, 80.0, date(2026, 4, 1))
        facts = self._facts(guest)[guest.id]
        self.assertEqual(
            {name: facts.get(name) for name in ("stay", "no_show", "damage", "overdue", "spend", "late_cancel")},
            {"stay": 3, "no_show": 1, "damage": 1, "overdue": 1, "spend": 250, "late_cancel": 0},
        )
        self.assertEqual(facts["month"], 40)

    def test_a_cancellation_is_late_after_the_free_time_only(self):
        for free_until, late in (("2026-04-01 12:00:00", 1), ("2026-04-03 12:00:00", 1)):
            reservation = self.env["hotel.reservation"].create(
                {"partner_id": self.guest.id, "property_id": self.hotel.id, "free_until_at": free_until}
            )
            self._make_stay(
                self.guest,
                arrival=date(2026, 4, 5),
                state="cancelled",
                reservation_id=reservation.id,
                cancelled_at="2026-04-02 12:00:00",
            )
            self.assertEqual(self._facts(self.guest)[self.guest.id]["late_cancel"], late)

    def test_spend_in_another_currency_counts_at_the_rate_of_its_day(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2026-01-01", "rate": 0.5, "company_id": self.company.id}
        )
        self._make_consumption(self.guest, amount=100.0, business_date=date(2026, 3, 1), currency_id=euro.id)
        self.assertEqual(self._facts(self.guest)[self.guest.id]["spend"], 200)

    def test_stays_count_for_who_pays_them_too(self):
        payer = self._make_payer()
        reservation = self.env["hotel.reservation"].create(
            {"partner_id": self.guest.id, "payer_id": payer.id, "property_id": self.hotel.id}
        )
        self._make_stay(self.guest, arrival=date(2026, 4, 1), state="no_show", reservation_id=reservation.id)
        facts = self._facts(payer, self.guest)
        self.assertEqual((facts[payer.id]["no_show"], facts[self.guest.id]["no_show"]), (1, 1))

    def test_facts_cost_as_many_queries_for_many_as_for_few(self):
        guests = self.env["res.partner"].create([{"name": f"G{n}", "is_hotel_guest": True} for n in range(40)])
        counts = []
        for some in (guests[:2], guests):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["hotel.credit.facts"]._get_facts(some, self.company, TODAY)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts, [5, 5])

    def test_a_proposal_names_its_reasons_in_the_readers_language(self):
        self._make_stay(self.guest, arrival=date(2026, 4, 1), state="no_show")
        grade = self._propose(self.guest)
        self.assertEqual((grade.score, grade.proposed_standard_id.name), (42, "C"))
        self.assertEqual(grade.reason_text.splitlines(), ["+50  To begin with", "-8  No-shows: 1"])

    def test_an_investigation_counts_when_its_answer_is_in(self):
        survey = self.env["hotel.credit.investigation"].with_user(self.clerk).create(
            {"partner_id": self.guest.id, "company_id": self.company.id, "agency": "Bank", "score": 100}
        )
        self.assertEqual(self._propose(self.guest).score, 50)
        with self.assertRaisesRegex(UserError, "Write down what"):
            survey.action_receive()
        survey.result = "Pays within a week"
        survey.action_receive()
        grade = self._propose(self.guest)
        self.assertEqual((grade.score, grade.investigation_id), (70, survey))
        with self.assertRaisesRegex(UserError, "stays as it is"):
            survey.score = 10

    def test_an_approver_puts_a_grade_into_force_and_accounting_knows(self):
        payer = self._make_payer()
        first = self._grant(payer, limit=1000.0)
        self.assertEqual((first.state, first.is_current, first.valid_until), ("approved", True, date(2027, 5, 20)))
        self.assertEqual(payer.with_company(self.company).credit_limit, 1000)
        self.assertEqual(payer.with_company(self.other_company).credit_limit, 0)
        second = self._grant(payer, limit=2000.0)
        self.assertEqual((first.is_current, second.is_current, second.previous_id), (False, True, first))
        self.assertEqual(payer.with_company(self.company).credit_limit, 2000)

    def test_who_proposes_does_not_review(self):
        both = self._make_user("finance+approver")
        grade = self._propose(self.guest, both)
        with self.assertRaisesRegex(AccessError, "somebody else"):
            grade._approve(self.grades["C"], 0)
        with self.assertRaisesRegex(AccessError, "somebody else"):
            grade._refuse("No")
        for role in ("finance", "manager", "admin"):
            with self.assertRaisesRegex(AccessError, "by approvers"):
                grade.with_user(self._make_user(role))._approve(self.grades["C"], 0)

    def test_decisions_other_than_proposed_have_a_reason_and_stay_in_range(self):
        grade = self._propose(self.guest).with_user(self.approver)
        with self.assertRaisesRegex(UserError, "allows"):
            grade._approve(self.grades["A"], 90000.0, "Big")
        with self.assertRaisesRegex(UserError, "write down why"):
            grade._approve(self.grades["A"], 2000.0)
        with self.assertRaisesRegex(UserError, "Write down why"):
            grade._refuse(" ")
        other = self.env["hotel.credit.standard"].search([("company_id", "=", self.other_company.id)], limit=1)
        with self.assertRaises(AccessError):
            grade._approve(other.with_user(self.approver), 0, "Else")

    def test_what_was_decided_is_history(self):
        grade = self._grant(self.guest)
        with self.assertRaisesRegex(UserError, "is history"):
            grade.limit_amount = 9000
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            grade.unlink()
        with self.assertRaisesRegex(UserError, "decided already"):
            grade.with_user(self.approver)._refuse("Late")

    def test_an_appeal_is_a_new_proposal_with_its_note(self):
        refused = self._propose(self.guest)
        refused.with_user(self.approver)._refuse("Too new")
        wizard = self.env["hotel.credit.propose"].with_user(self.clerk).create(
            {"partner_id": self.guest.id, "company_id": self.company.id, "is_appeal": True, "note": "Wedding in June"}
        )
        grade = self.env["hotel.credit.grade"].browse(wizard.action_propose()["res_id"])
        self.assertEqual((grade.state, grade.is_appeal, grade.note), ("proposed", True, "Wedding in June"))
        self.assertEqual(refused.state, "refused")

    def test_a_second_proposal_replaces_the_one_that_waits(self):
        first, second = self._propose(self.guest), self._propose(self.guest)
        self.assertEqual((first.state, second.state), ("withdrawn", "proposed"))

    def test_the_job_ends_what_is_over_and_proposes_what_is_due(self):
        payers = [self._make_payer(name) for name in ("Over", "Soon", "Worse", "Fine")]
        over, soon, worse, fine = (self._grant(payer, "B", 500.0) for payer in payers)
        self.env.flush_all()
        for grade, day in ((over, date(2026, 5, 19)), (soon, date(2026, 6, 1)), (fine, date(2027, 1, 1))):
            self.cr.execute("UPDATE hotel_credit_grade SET valid_until = %s WHERE id = %s", [day, grade.id])
        self.grades["B"].min_score = 50
        self._make_invoice(payers[2], 80.0, date(2026, 4, 1))
        self.env.invalidate_all()
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)
        self.env["hotel.credit.grade"]._cron_recheck()
        self.assertEqual([grade.is_current for grade in (over, soon, worse, fine)], [False, True, True, True])
        self.assertEqual(payers[0].with_company(self.company).credit_limit, 0)
        waiting = self.env["hotel.credit.grade"].search([("state", "=", "proposed")])
        self.assertEqual(waiting.partner_id, payers[1] | payers[2])
        self.env["hotel.credit.grade"]._cron_recheck()
        self.assertEqual(self.env["hotel.credit.grade"].search([("state", "=", "proposed")]), waiting)

    def test_the_job_works_in_batches_until_nothing_is_left(self):
        grades = [self._grant(self._make_payer(f"Payer {number}"), "B", 500.0) for number in range(5)]
        ids = [grade.id for grade in grades]
        self.env.flush_all()
        self.cr.execute("UPDATE hotel_credit_grade SET valid_until = '2026-05-19' WHERE id = ANY(%s)", [ids])
        self.env.invalidate_all()
        done = []
        self._patch(hotel_credit_grade_review, "BATCH", 2)
        commit = lambda cron, number, remaining: done.append(number) or 60.0  # noqa: E731
        self._patch(self.env.registry["ir.cron"], "_commit_progress", commit)
        self.env["hotel.credit.grade"]._cron_recheck()
        self.assertEqual(done[:3], [2, 2, 1])
        self.assertFalse(self.env["hotel.credit.grade"].browse(ids).filtered("is_current"))

    def test_approvers_have_one_activity_for_all_that_waits(self):
        reminders = lambda: self.env["mail.activity"].search(  # noqa: E731
            [("res_model", "=", "hotel.credit.grade"), ("user_id", "=", self.approver.id)]
        )
        first, second = (self._propose(self._make_payer(name)) for name in ("One", "Two"))
        self.assertEqual(reminders().mapped("summary"), ["Credit grades to review: 2"])
        self.assertEqual(reminders().res_id, first.id)
        self.assertFalse(self.env["mail.activity"].search([("user_id", "in", (self.clerk | self.desk).ids)]))
        first.with_user(self.approver)._refuse("Too early")
        self.assertEqual((reminders().res_id, reminders().summary), (second.id, "Credit grades to review: 1"))
        second.with_user(self.approver)._refuse("Too early")
        self.assertFalse(reminders())

    def test_a_grade_is_valid_on_its_last_day_by_the_clock_of_the_hotel(self):
        grade = self._grant(self.guest, "A", 1000.0)
        self.env.flush_all()
        self.cr.execute("UPDATE hotel_credit_grade SET valid_until = '2026-05-20' WHERE id = %s", [grade.id])
        self.env.invalidate_all()
        guest = self.guest.with_company(self.company)
        for zone, found in (("UTC", grade), ("Asia/Shanghai", grade), ("Pacific/Auckland", grade.browse())):
            self.assertEqual(guest.with_context(tz=zone).hotel_credit_grade_id, found, zone)

    def test_a_merge_leaves_one_grade_in_force(self):
        friend = self._make_guest("Anna Costa")
        mine, hers = self._grant(self.guest), self._grant(friend)
        self._propose(self.guest)
        self._propose(friend)
        self.env["base.partner.merge.automatic.wizard"]._merge((self.guest | friend).ids, self.guest)
        self.env.invalidate_all()
        self.assertEqual((mine.is_current, hers.is_current, hers.partner_id), (True, False, self.guest))
        self.assertEqual(len(self.guest.hotel_credit_grade_ids.filtered(lambda grade: grade.state == "proposed")), 1)

    def test_a_merge_that_is_undone_brings_both_grades_back(self):
        friend = self._make_guest("Anna Costa")
        mine, hers = self._grant(self.guest), self._grant(friend)
        waiting = self._propose(self.guest) | self._propose(friend)
        merge = self.env["hotel.merge"]._merge_guests(self.guest, friend)
        self.env.invalidate_all()
        self.assertEqual((mine.is_current, hers.is_current, hers.partner_id), (True, False, self.guest))
        self.assertEqual(waiting.mapped("state"), ["proposed", "withdrawn"])
        merge._undo()
        self.env.invalidate_all()
        self.assertEqual((hers.is_current, hers.partner_id), (True, friend))
        self.assertEqual(waiting.mapped("state"), ["proposed", "proposed"])

    def test_an_erased_guest_has_no_credit_history(self):
        self._grant(self.guest)
        self.assertTrue(self.guest._hotel_export()["Credit Grades"])
        self.guest.with_context(hotel_erasure=guards.ERASURE)._hotel_anonymize()
        self.assertFalse(self.guest.hotel_credit_grade_ids)

    def test_a_companys_first_property_brings_standards_in_its_currency(self):
        yuan = self.env.ref("base.CNY")
        yuan.active = True
        company = self.env["res.company"].create({"name": "Chain CN", "currency_id": yuan.id})
        self.env["res.currency.rate"].create(
            [
                {"currency_id": yuan.id, "name": "2026-01-01", "rate": 1, "company_id": company.id},
                {"currency_id": self.env.ref("base.USD").id, "name": "2026-01-01", "rate": 0.125,
                 "company_id": company.id},
            ]
        )
        self._make_property(company_id=company.id)
        standards = self.env["hotel.credit.standard"].search([("company_id", "=", company.id)])
        self.assertEqual(standards.mapped("amount_max"), [200000, 20000, 0, 0])
        self._make_property(company_id=company.id)
        self.assertEqual(self.env["hotel.credit.standard"].search_count([("company_id", "=", company.id)]), 4)
