"""Who knows what about credit: the desk what is allowed, finance and approvers why."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import HotelCase
from .credit_case import CreditMakers


@tagged("post_install", "-at_install")
class TestCreditRights(CreditMakers, HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_credit_scene()
        cls.guest = cls._make_guest("Ana Costa")

    def test_the_desk_sees_what_a_grade_allows_and_nothing_else(self):
        self._grant(self.guest, "B", 500.0)
        mine = self.guest.with_user(self.desk)
        self.assertIn("Credit B", mine.hotel_credit_text)
        for name in ("hotel_credit_grade_id", "hotel_credit_grade_ids", "hotel_credit_investigation_ids"):
            with self.assertRaises(AccessError):
                mine.read([name])
        with self.assertRaises(AccessError):
            self.env["hotel.credit.grade"].with_user(self.desk).search([])

    def test_housekeeping_hears_of_no_credit(self):
        self._grant(self.guest, "B", 500.0)
        maid = self._make_user("housekeeping")
        self.assertFalse([text for _level, text in self.guest.with_user(maid)._get_hotel_flags() if "Credit" in text])

    def test_only_finance_proposes(self):
        for role in ("front_office", "marketing", "approver"):
            with self.assertRaisesRegex(AccessError, "proposed by finance"):
                self._propose(self.guest, self._make_user(role))

    def test_finance_proposes_for_a_travel_agency_from_the_menu(self):
        agency = self._make_payer("Acme Travel")
        with Form(self.env["hotel.credit.propose"].with_user(self.clerk)) as form:
            form.partner_id = agency
            form.note = "Books a hundred nights a year"
        action = form.save().action_propose()
        grade = self.env["hotel.credit.grade"].browse(action["res_id"])
        self.assertEqual((grade.partner_id, grade.state, grade.score), (agency, "proposed", 50))

    def test_nobody_proposes_for_a_company_that_is_not_his_or_hers(self):
        with self.assertRaises(AccessError):
            self.guest.with_user(self.clerk)._propose_hotel_credit(self.other_company)

    def test_grades_are_seen_by_their_company_only(self):
        grade = self._grant(self.guest, "B", 500.0)
        stranger = self._make_user("finance", self.other_hotel)
        self.assertFalse(self.env["hotel.credit.grade"].with_user(stranger).search([("id", "=", grade.id)]))
        with self.assertRaises(AccessError):
            grade.with_user(stranger).action_appeal()
        self.assertFalse(self.guest.with_user(self._make_user("front_office", self.other_hotel)).hotel_credit_text)

    def test_nobody_writes_a_grade_by_hand(self):
        grade = self._propose(self.guest)
        for role in ("finance", "approver", "manager", "admin"):
            mine = grade.with_user(self._make_user(role))
            with self.assertRaises(AccessError):
                mine.write({"score": 100})
            with self.assertRaises(AccessError):
                mine.copy()
