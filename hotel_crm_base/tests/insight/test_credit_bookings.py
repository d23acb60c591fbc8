"""Credit where bookings ask for it: deposit, check-in, bill to a company."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..booking.folio_common import FolioCase
from .credit_case import CreditMakers


@tagged("post_install", "-at_install")
class TestCreditBookings(CreditMakers, FolioCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_credit_scene()
        cls.payer = cls._make_payer()

    def _make_held(self, **values):
        reservation = self._make_reservation(state="held", deposit_percent=30.0, **values)
        reservation._sync_folio()
        return reservation

    def test_the_deposit_follows_the_grade(self):
        reservation = self._make_held()
        self.assertEqual(reservation.deposit_due, 69)  # 30 % of two nights at 115
        for grade, limit, due in (("B", 500, 0), ("D", 0, 230), ("C", 0, 69)):
            self._grant(self.guest, grade, limit)
            reservation.invalidate_recordset()
            self.assertEqual(reservation.deposit_due, due, grade)

    def test_a_guest_without_a_grade_has_the_terms_of_the_booking(self):
        reservation = self._make_held()
        self.assertEqual(reservation._get_credit_terms(), {"deposit_percent": 30, "is_bill_allowed": False})
        self.assertFalse(reservation.credit_hint)

    def test_bills_are_sent_up_to_the_limit(self):
        first = self._make_in_house(payer_id=self.payer.id)
        second = self._make_in_house(payer_id=self.payer.id, nights=8)
        with self.assertRaisesRegex(UserError, "no credit here"):
            first._get_folio().with_user(self.desk).action_hotel_bill_later()
        self._grant(self.payer, "A", 1000.0)
        first._get_folio().with_user(self.desk).action_hotel_bill_later()
        self.assertEqual(self.payer._get_hotel_credit_used(self.company), 230)
        with self.assertRaisesRegex(UserError, "770.* left; this folio is .*920"):
            second._get_folio().with_user(self.desk).action_hotel_bill_later()

    def test_open_invoices_use_the_credit_up(self):
        self._grant(self.payer, "A", 1000.0)
        self._make_invoice(self.payer, 900.0, self.hotel.business_date)
        reservation = self._make_in_house(payer_id=self.payer.id)
        self.assertEqual(reservation._get_credit_terms()["left"], 100)
        with self.assertRaisesRegex(UserError, "100.* left"):
            reservation._get_folio().with_user(self.desk).action_hotel_bill_later()

    def test_guests_leave_before_the_bill_is_paid_while_the_credit_holds(self):
        self._grant(self.payer, "A", 1000.0)
        reservation = self._make_in_house(payer_id=self.payer.id)
        folio = reservation._get_folio()
        folio.with_user(self.desk).action_hotel_bill_later()
        self.assertTrue(folio._is_bill_allowed())
        self._make_invoice(self.payer, 5000.0, self.hotel.business_date)
        self.assertFalse(folio._is_bill_allowed())
        reservation.invalidate_recordset()
        self.assertIn("no credit now", reservation.credit_hint)

    def test_the_credit_of_a_split_folio_is_its_payers(self):
        self._grant(self.payer, "A", 1000.0)
        reservation = self._make_in_house()
        self.assertFalse(reservation._get_credit_terms()["is_bill_allowed"])
        self.assertTrue(reservation._get_credit_terms(self.payer)["is_bill_allowed"])

    def test_people_of_a_company_do_not_book_on_its_credit_by_themselves(self):
        self._grant(self.payer, "A", 1000.0)
        employee = self._make_guest("Rui Pinto", parent_id=self.payer.id)
        mine = self._make_in_house(guest=employee)
        self.assertFalse(mine._get_credit_terms()["is_bill_allowed"])
        address = self.env["res.partner"].create(
            {"name": "Accounts", "type": "invoice", "parent_id": self.payer.id}
        )
        billed = self._make_in_house(payer_id=address.id)
        self.assertTrue(billed._get_credit_terms()["is_bill_allowed"])

    def test_a_grade_that_has_run_out_allows_nothing(self):
        grade = self._grant(self.payer, "A", 1000.0)
        self.env.flush_all()
        self.cr.execute("UPDATE hotel_credit_grade SET valid_until = '2020-01-01' WHERE id = %s", [grade.id])
        self.env.invalidate_all()
        reservation = self._make_in_house(payer_id=self.payer.id)
        self.assertFalse(reservation._get_credit_terms()["is_bill_allowed"])

    def test_the_desk_reads_what_is_allowed_at_booking_and_check_in(self):
        self._grant(self.guest, "B", 500.0)
        reservation = self._make_reservation()
        wizard = self.env["hotel.stay.checkin"].with_user(self.desk).create({"stay_id": reservation.stay_ids.id})
        text = "Credit B: no deposit, pays later up to $\xa0500.00"
        self.assertEqual(reservation.with_user(self.desk).credit_hint, text)
        self.assertEqual(wizard.credit_hint, text)
        self.assertIn(("info", text), self.guest.with_user(self.desk)._get_hotel_flags())

    def test_deposits_of_a_list_cost_as_many_queries_for_many_as_for_few(self):
        bookings = self.env["hotel.reservation"].union(
            *[self._make_held(guest=self._make_guest(f"Guest {number}")) for number in range(6)]
        )
        counts = []
        for some in (bookings[:2], bookings):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("deposit_due")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)
