"""Amends: within limit and budget at once, above it by somebody else, carried out once."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.hotel_crm_base.tests.common import HotelCase

from .amend_common import AmendMakers


@tagged("post_install", "-at_install")
class TestAmends(AmendMakers, HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_amend_scene()
        cls.gift = cls._make_type("gift", 10.0)
        cls.points = cls._make_type("points", 0.01)

    def test_points_within_the_limit_are_the_guests_at_once(self):
        before = self.card.points + self.card.hotel_pending
        amend = self._ask(self._make_guest_case(), self.points, points=500, note="For the cold shower", amount=99)
        self.assertEqual((amend.state, amend.amount, amend.user_id), ("done", 5.0, self.clerk))
        self.assertEqual(self.card.points + self.card.hotel_pending, before + 500)
        self.assertEqual((amend.posting_id.note, amend.posting_id.card_id), ("For the cold shower", self.card))

    def test_above_the_limit_somebody_else_decides(self):
        amend = self._ask(self._make_guest_case(), self.points, points=5000)
        self.assertEqual((amend.state, bool(amend.posting_id)), ("waiting", False))
        why = amend.why_waiting.replace("\N{NO-BREAK SPACE}", " ")
        self.assertIn("$ 50.00 for this case is above the limit of $ 30.00", why)
        self.assertIn(self.approver, amend.sudo().activity_ids.user_id)
        with self.assertRaises(AccessError):
            amend.with_user(self.manager).action_approve()
        amend.with_user(self.approver).action_approve()
        self.assertEqual((amend.state, amend.approver_id, amend.posting_id.points), ("done", self.approver, 5000))
        mine = amend.with_user(self.approver)
        for again in (mine.action_approve, lambda: mine.action_refuse("x")):
            with self.assertRaises(UserError):
                again()
        self.assertFalse(amend.sudo().activity_ids)

    def test_why_it_waits_is_said_in_the_language_of_whoever_reads_it(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.desk.amend_budget = 1
        amend = self._ask(self._make_guest_case(), self.points, points=5000)
        self.assertTrue(amend.is_above_limit and amend.is_above_budget)
        self.assertIn("budget of the department", amend.why_waiting)
        self.assertNotIn("budget of the department", amend.with_context(lang="zh_CN").why_waiting)

    def test_a_gift_costs_what_the_currency_has_a_point_less(self):
        self.gift.piece_cost = 12.349
        self.points.unit_cost = 0.0085
        self.assertEqual((self.gift.unit_cost, self.gift.piece_cost, self.points.unit_cost), (12.35, 12.35, 0.0085))

    def test_nobody_approves_what_he_or_she_has_asked_for(self):
        both = self._make_user("service+approver")
        amend = self._ask(self._make_guest_case(), self.points, both, points=5000)
        with self.assertRaises(AccessError):
            amend.action_approve()
        self.assertFalse(amend.can_decide)
        refusal = self.env["hotel.amend.refusal"].with_user(self.approver).create(
            {"amend_id": amend.id, "reason": "Too much"}
        )
        refusal.action_refuse()
        self.assertEqual((amend.state, amend.refusal), ("refused", "Too much"))

    def test_all_amends_of_a_case_count_for_the_limit(self):
        case = self._make_guest_case()
        states = [self._ask(case, self.gift).state for _time in range(4)]
        self.assertEqual(states, ["done", "done", "done", "waiting"])

    def test_the_budget_of_the_month_counts_given_amends_of_the_department(self):
        self.desk.amend_budget = 15
        self.assertEqual(self._ask(self._make_guest_case(), self.gift).state, "done")
        second = self._ask(self._make_guest_case(), self.gift)
        self.assertEqual(second.state, "waiting")
        self.assertIn("budget", second.why_waiting)
        self.assertEqual(self.desk.amend_spent, 10)
        self.hotel.business_date = "2026-06-01"
        self.desk.invalidate_recordset()
        self.assertEqual(self._ask(self._make_guest_case(), self.gift).state, "done")

    def test_a_coupon_is_issued_to_the_guest(self):
        program = self.env["loyalty.program"].create(
            {
                "name": "Dinner",
                "program_type": "coupons",
                "hotel_is_handed_out": True,
                "reward_ids": [(0, 0, {"reward_type": "discount", "discount": 10, "discount_mode": "percent"})],
            }
        )
        amend = self._ask(self._make_guest_case(), self._make_type("coupon", 12.0, program_id=program.id))
        self.assertEqual((amend.state, amend.amount, amend.card_id.partner_id), ("done", 12.0, self.guest))

    def test_a_discount_takes_charges_of_the_stay_back_and_a_refund_credits_the_invoice(self):
        reservation = self._make_in_house(nights=1)
        stay = reservation.stay_ids
        discount, refund = self._make_type("folio"), self._make_type("refund")
        case = self._make_guest_case(stay_id=stay.id)
        with self.assertRaises(UserError, msg="nothing is due yet"):
            self._ask(case, discount, amount=20)
        stay._post_charge(self.restaurant, "food", "Dinner", 60.0, "B-1")
        amend = self._ask(case, discount, amount=20, note="Cold soup")
        self.assertEqual(amend.state, "done")
        self.assertEqual((amend.sudo().line_ids.price_total, amend.sudo().line_ids.hotel_reason), (-20.0, "Cold soup"))
        with self.assertRaises(UserError):
            self._ask(case, discount, self.manager, amount=400)
        with self.assertRaises(UserError, msg="still in house"):
            self._ask(case, refund, amount=5)
        self._sleep(self.hotel)
        stay._post_nights(self.hotel.business_date)
        self._pay(reservation)
        stay.action_check_out()
        amend = self._ask(self._make_guest_case(stay_id=stay.id), refund, self.manager, amount=80)
        self.assertEqual(amend.state, "done")
        self.assertEqual(sum(amend.sudo().line_ids.mapped("price_total")), -80.0)
        note = amend.sudo().line_ids.invoice_lines.move_id
        self.assertEqual((set(note.mapped("move_type")), sum(note.mapped("amount_total"))), ({"out_refund"}, 80.0))
        with self.assertRaises(UserError):
            self._ask(self._make_guest_case(stay_id=stay.id), discount, amount=5)

    def test_what_cannot_be_given_is_refused_and_leaves_nothing(self):
        foreign = self._make_type("gift", 1.0, company_id=self.other_company.id)
        case, stranger = self._make_guest_case(), self._make_guest_case(partner_id=self._make_guest("No Member").id)
        for wrong in (
            lambda: self.env["hotel.amend"].create({"case_id": case.id, "type_id": foreign.id}),
            lambda: self._ask(case, self.points, points=0),
            lambda: self._ask(case, self.points, points=-5),
            lambda: self._ask(case, self._make_type("refund"), amount=0),
            lambda: self._ask(stranger, self.points, points=5),
            lambda: self._ask(self._make_case(department_id=self.desk.id), self.points, points=5),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                wrong()
        self.assertFalse(self.env["hotel.amend"].search([("case_id", "in", (case | stranger).ids)]))

    def test_nobody_writes_deletes_or_forges_amends(self):
        case = self._make_guest_case()
        values = {"state": "done", "posting_id": 1, "user_id": self.manager.id, "approver_id": self.manager.id}
        amend = self._ask(case, self.points, points=5000, **values)
        self.assertEqual((amend.state, amend.user_id, amend.approver_id.id), ("waiting", self.clerk, False))
        for user in (self.clerk, self.manager, self.approver):
            with self.assertRaises(AccessError):
                amend.with_user(user).write({"state": "done"})
        with self.assertRaises(UserError):
            amend.sudo().unlink()
        for role in ("housekeeping", "marketing"):
            with self.assertRaises(AccessError):
                self._ask(case, self.gift, self._make_user(role))
        with self.assertRaises(AccessError):
            self._ask(case, self.gift, self._make_user("service", self.other_hotel))

    def test_the_desk_fills_a_form(self):
        amends = self.env["hotel.amend"].with_user(self.clerk)
        form = Form(amends.with_context(default_case_id=self._make_guest_case().id))
        form.type_id = self.gift
        self.assertEqual(form.amount, 10.0)
        self.assertEqual(form.save().state, "done")
