"""Points on the page of one's own booking: a discount by the point, nights, and nights in points and money."""

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.booking.portal_common import PortalCase

from .coupon_common import CouponMakers


@tagged("post_install", "-at_install")
class TestCouponOffers(CouponMakers, PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls._make_program()
        cls.user = cls._make_portal_user("portal_pts")
        cls.today = cls.program._get_hotel_today()
        cls.card = cls._make_member(cls.user.partner_id, cls.program, joined=cls.today)
        cls.env["loyalty.reward"].create(
            {
                "program_id": cls.program.id,
                "reward_type": "discount",
                "discount_mode": "per_point",
                "discount": 0.01,
                "discount_applicability": "order",
                "required_points": 100,
                "description": "Points as money",
            }
        )

    def _give(self, points, tier=None):
        facts = {"card_id": self.card.id, "date": self.today}
        self.env["hotel.loyalty.posting"].create({**facts, "kind": "opening", "points": points, "state": "posted"})
        if tier:
            tiers = {one.code: one for one in self.program.hotel_tier_ids}
            self.env["hotel.loyalty.grant"].create({**facts, "tier_id": tiers[tier].id, "kind": "gifted"})
        self.card._hotel_evaluate()

    def _open(self, login="portal_pts"):
        """Book as the member, and log in; return the booking."""
        booking = self._book_online(self.user.partner_id)
        self.authenticate(login, login)
        return booking

    def _get_forms(self, booking):
        """Return the fields of each offer of the page, by its key."""
        page = self._get(booking.access_url)
        forms = [form for form in page.page.forms if (form.action or "").endswith("/points")]
        return {form.fields["offer"]: dict(form.fields) for form in forms}

    def _use(self, booking, fields, **values):
        after = self._send(f"{booking.access_url}/points", {**fields, **values})
        self.env.invalidate_all()
        return after

    def test_a_member_says_how_many_points_become_money(self):
        self._give(5000)
        booking, before = self._open(), self.card.points
        [fields] = self._get_forms(booking).values()
        self.assertEqual(fields["points"], str(int(before)))
        after = self._use(booking, fields, points="1500")
        self.assertEqual((booking.amount_total, self.card.points), (185.0, before - 1500))
        self.assertIn("185.00", self._text(after))
        self._use(booking, fields, points="1500")
        self.assertEqual((booking.amount_total, self.card.points), (185.0, before - 1500), "sent twice, used once")

    def test_no_more_is_offered_than_the_booking_costs(self):
        self._give(90000)
        [fields] = self._get_forms(self._open()).values()
        self.assertEqual(fields["points"], "20000")

    def test_nights_are_paid_with_points(self):
        self._give(4900, "silver")
        booking, before = self._open(), self.card.points
        forms = self._get_forms(booking)
        [key] = [key for key in forms if key.startswith("award:free_night")]
        price = booking.amount_total
        self.assertEqual(forms[key]["expected"], str(int(price * 20)), "20 points for each euro")
        self._use(booking, forms[key], points=forms[key]["points"])
        self.assertEqual((booking.amount_total, self.card.points), (0.0, before - price * 20))
        self.assertFalse(self._get_forms(booking), "nothing is left to pay")

    def test_nights_are_paid_in_points_and_money(self):
        self._give(1900, "silver")
        booking, before = self._open(), self.card.points
        forms = self._get_forms(booking)
        [key] = [key for key in forms if key.startswith("award:")]
        price = booking.amount_total
        self.assertEqual(forms[key]["points"], str(int(before)), "as many as there are")
        self.assertEqual(self._use(booking, forms[key], points="499").status_code, 409)
        self._use(booking, forms[key], points="1000")
        # 1000 points at 0.05 each
        self.assertEqual((booking.amount_total, self.card.points), (price - 50.0, before - 1000))

    def test_without_the_tier_nights_are_not_offered(self):
        self._give(9000)
        self.assertFalse([key for key in self._get_forms(self._open()) if key.startswith("award:")])

    def test_a_reward_that_the_catalogue_has_for_other_things_pays_no_nights(self):
        self._give(9000, "silver")
        values = {"name": "Spa", "kind": "service", "program_id": self.program.id, "reward_code": "free_night"}
        self.env["hotel.loyalty.item"].create(values)
        self.assertFalse([key for key in self._get_forms(self._open()) if key.startswith("award:")])

    def test_another_price_than_the_one_shown_is_refused(self):
        self._give(9000, "silver")
        booking, before = self._open(), self.card.points
        price, forms = booking.amount_total, self._get_forms(booking)
        for key, fields in forms.items():
            for wrong in ({"expected": "1"}, {"points": "0"}, {"points": "-5"}, {"points": "999999"}, {"points": "x"}):
                self.assertEqual(self._use(booking, fields, **wrong).status_code, 409, (key, wrong))
        self._use(booking, forms[key], offer="award:no_such:1")
        self.assertEqual((booking.amount_total, self.card.points), (price, before))

    def test_nobody_spends_points_of_others(self):
        self._give(9000, "silver")
        booking, before = self._open(), self.card.points
        price, forms = booking.amount_total, self._get_forms(booking)
        self._make_portal_user("portal_other")
        self.authenticate("portal_other", "portal_other")
        for fields in forms.values():
            data = {**fields, "csrf_token": self._csrf()}
            self.assertEqual(self.url_open(f"{booking.access_url}/points", data=data).status_code, 404)
        self.env.invalidate_all()
        self.assertEqual((booking.amount_total, self.card.points), (price, before))

    def test_the_payment_page_leads_to_the_points(self):
        self._give(9000)
        booking = self._book_online(self.user.partner_id, plan=self.prepaid)
        self.authenticate("portal_pts", "portal_pts")
        page = self._get(f"{booking.access_url}/pay")
        self.assertEqual(booking.state, "held")
        self.assertTrue(page.page.find_class("o_hotel_pay_points"))
        [fields] = self._get_forms(booking).values()
        self._use(booking, fields, points="1000")
        self.assertEqual(booking.amount_total, 190.0)
