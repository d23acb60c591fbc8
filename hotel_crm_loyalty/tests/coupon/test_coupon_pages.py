"""A visitor with a code: on the booking form, on the pages of the booking, in the portal."""

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.booking.portal_common import FORM, PortalCase

from .coupon_common import CouponMakers


@tagged("post_install", "-at_install")
class TestCouponPages(CouponMakers, PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coupons = cls._make_coupons()

    def _submit(self, code, plan=None, **values):
        path, fields = self._open_form(plan=plan)
        return self._send(path, {**fields, **FORM, "code": code}, **values)

    def test_a_code_is_shown_in_the_price_before_it_is_booked(self):
        coupon = self._make_coupon(self.coupons)
        path, fields = self._open_form()
        shown = self._send(path, {**fields, "code": coupon.code.lower(), "name": "Bea"}, apply="1")
        self.assertEqual(shown.status_code, 200)
        text = self._text(shown)
        self.assertIn("180.00", text)
        self.assertIn("-20.00", text.replace("\ufeff", ""))
        again = self._get_fields(shown, "/book")
        self.assertEqual((again["name"], again["expected_discount"]), ("Bea", "20.000000"))
        self.assertFalse(self._get_booked())
        self._send(path, {**again, **FORM})
        booking = self._get_booked()
        self.assertEqual((booking.state, booking.amount_total), ("confirmed", 180.0))
        self.assertEqual(coupon.points, 0)
        page = self._get(booking.get_portal_url())
        self.assertIn("180.00", self._text(page))
        self.assertTrue(page.page.find_class("o_hotel_discount"))

    def test_a_second_guest_is_refused_the_same_code_and_nothing_is_booked(self):
        coupon = self._make_coupon(self.coupons)
        self._submit(coupon.code)
        self.assertEqual(len(self._get_booked()), 1)
        self.authenticate(None, None)
        refused = self._submit(coupon.code, email="other@example.com")
        self.assertEqual(refused.status_code, 422)
        self.assertIn("used already", self._text(refused))
        self.assertEqual(len(self._get_booked()), 1)

    def test_unknown_and_foreign_codes_are_answered_alike(self):
        owner = self._make_guest("Owner")
        foreign = self._make_coupon(self.coupons, owner)
        problems = set()
        for code in ("NOSUCHCODE12", foreign.code):
            page = self._submit(code)
            self.assertEqual(page.status_code, 422)
            problems.add(page.page.get_element_by_id("o_hotel_code_problem").text_content())
        self.assertEqual(len(problems), 1)

    def test_the_owner_who_is_logged_in_uses_his_own(self):
        user = self._make_portal_user("portal_cou")
        coupon = self._make_coupon(self.coupons, user.partner_id)
        self.authenticate("portal_cou", "portal_cou")
        self._submit(coupon.code)
        self.assertEqual(self._get_booked().amount_total, 180.0)

    def test_the_deposit_and_the_payment_page_count_with_the_discount(self):
        coupon = self._make_coupon(self.coupons)
        self._submit(coupon.code, plan=self.prepaid)
        booking = self._get_booked()
        self.assertEqual((booking.state, booking.deposit_due), ("held", 54.0))
        page = self._get(booking.get_portal_url(suffix="/pay"))
        self.assertIn("54.00", self._text(page))
        self.assertIn("180.00", self._text(page))

    def test_another_discount_than_the_one_shown_is_not_booked(self):
        coupon = self._make_coupon(self.coupons)
        for wrong in ("30.000000", "0"):
            page = self._submit(coupon.code, expected_discount=wrong)
            self.assertEqual(page.status_code, 422)
            self.assertIn("price has changed", self._text(page))
        self.assertFalse(self._get_booked())
        self.assertEqual(coupon.points, 1)

    def test_rubbish_instead_of_a_discount_is_nothing(self):
        for rubbish in ("nan", "1e9", "٣", "<b>", "-5", "1.2.3", "x" * 99):
            self.assertIsNone(self.env["hotel.booking.page"]._read_shown_discount(rubbish), rubbish)

    def test_guessing_is_limited(self):
        self.env["ir.config_parameter"].sudo().set_param("hotel_crm_base.rate_limit_code", "3")
        path, fields = self._open_form()
        tries = [{**fields, "code": f"GUESS{number}"} for number in range(5)]
        statuses = [self._send(path, tried, apply="1").status_code for tried in tries]
        self.assertEqual(statuses, [422, 422, 422, 429, 429])

    def test_own_coupons_in_the_portal_and_nobody_elses(self):
        user = self._make_portal_user("portal_cou")
        mine = self._make_coupon(self.coupons, user.partner_id)
        used = self._make_coupon(self._make_coupons(5.0), user.partner_id, points=0)
        foreign = self._make_coupon(self.coupons, self._make_guest("Owner"))
        nobodys = self._make_coupon(self.coupons)
        self.authenticate("portal_cou", "portal_cou")
        page = self._get("/my/coupons")
        text = self._text(page)
        self.assertIn(mine.code, text)
        self.assertIn(used.code, text)
        self.assertNotIn(foreign.code, text)
        self.assertNotIn(nobodys.code, text)
        self.assertEqual(len(page.page.find_class("o_hotel_coupon_qr")), 1)
        self.assertIn("no-store", page.headers["Cache-Control"])

    def test_strangers_are_sent_to_the_login(self):
        self.assertIn("/web/login", self._get("/my/coupons").url)

    # ---- points -----------------------------------------------------------------------------

    def _make_points_scene(self):
        """Return a portal user with 1500 points and a reward of 10.00 for 1000 of them."""
        program = self._make_program()
        reward = self.env["loyalty.reward"].create(
            {
                "program_id": program.id,
                "reward_type": "discount",
                "discount_mode": "per_order",
                "discount": 10.0,
                "discount_applicability": "order",
                "required_points": 1000,
                "description": "10.00 off",
            }
        )
        user = self._make_portal_user("portal_pts")
        today = program._get_hotel_today()
        card = self._make_member(user.partner_id, program, joined=today)
        self.env["hotel.loyalty.posting"].create(
            {"card_id": card.id, "kind": "opening", "points": 1500, "state": "posted", "date": today}
        )
        card._hotel_evaluate()
        return user, card, reward

    def test_a_member_uses_points_on_the_page_of_the_booking(self):
        user, card, _reward = self._make_points_scene()
        before = card.points
        booking = self._book_online(user.partner_id)
        self.authenticate("portal_pts", "portal_pts")
        page = self._get(booking.access_url)
        self.assertIn("10.00 off", self._text(page))
        fields = self._get_fields(page, "/points")
        after = self._send(f"{booking.access_url}/points", fields)
        self.env.invalidate_all()
        self.assertEqual((booking.amount_total, card.points), (190.0, before - 1000))
        self.assertIn("190.00", self._text(after))
        self._send(f"{booking.access_url}/points", fields)
        self.env.invalidate_all()
        self.assertEqual((booking.amount_total, card.points), (190.0, before - 1000))

    def test_nobody_spends_points_of_others(self):
        user, card, reward = self._make_points_scene()
        before = card.points
        booking = self._book_online(user.partner_id)
        self._make_portal_user("portal_other")
        self.authenticate("portal_other", "portal_other")
        data = {"csrf_token": self._csrf(), "reward": str(reward.id)}
        self.assertEqual(self.url_open(f"{booking.access_url}/points", data=data).status_code, 404)
        link = f"{booking.access_url}/points?access_token={booking._portal_ensure_token()}"
        self.assertEqual(self.url_open(link, data=data).status_code, 404)
        self.env.invalidate_all()
        self.assertEqual((booking.amount_total, card.points), (200.0, before))
