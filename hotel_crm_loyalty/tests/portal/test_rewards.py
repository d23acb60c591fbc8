from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.security_common import PIXEL

from ..desk.desk_common import DeskMakers
from .member_common import MemberCase


@tagged("post_install", "-at_install")
class TestRewards(DeskMakers, MemberCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for card in (cls.card, cls.other_card):
            cls._give_points(card, 1000)
        cls.tea = cls._make_item("Afternoon Tea", 300, needs_approval=True, is_stocked=True, stock=2)
        cls.trip = cls._make_item("Boat Trip", 5000)

    def setUp(self):
        super().setUp()
        self._log_in("ana")

    def _open(self, item=None):
        return self._get(f"/my/club/rewards/{(item or self.tea).id}")

    def _redeem(self, item=None, **values):
        fields = self._get_fields(self._open(item), f"/rewards/{(item or self.tea).id}")
        return self._send(f"/my/club/rewards/{(item or self.tea).id}", fields, **values)

    def _get_redemptions(self, card=None):
        return self.env["hotel.loyalty.redemption"].search([("card_id", "=", (card or self.card).id)])

    def _get_points(self):
        self.card.invalidate_recordset()
        return int(self.card.points)

    def test_the_price_and_what_is_left_are_shown_before_points_go(self):
        before = self._get_points()
        answer = self._open()
        self.assertEqual(answer.page.find_class("o_hotel_left")[0].text_content(), f"{before - 300:,}")
        self.assertFalse(self._get_redemptions())
        answer = self._redeem(hotel=self.hotel.id)
        text = self._text(answer)
        self.assertIn("Done", text)
        self.assertIn("Requested", text)
        self.assertEqual(self._get_points(), before - 300)
        self.assertEqual(self._get_redemptions().property_id, self.hotel)

    def test_a_form_that_is_sent_twice_redeems_once(self):
        fields = self._get_fields(self._open(), f"/rewards/{self.tea.id}")
        for _time in range(2):
            self.assertEqual(self._send(f"/my/club/rewards/{self.tea.id}", fields).status_code, 200)
        self.assertEqual(len(self._get_redemptions()), 1)
        self.assertEqual(self.tea.stock, 1)

    def test_what_waits_for_the_hotel_can_be_taken_back(self):
        before = self._get_points()
        answer = self._redeem()
        fields = self._get_fields(answer, "/rewards/cancel")
        self.assertIn("Cancelled", self._text(self._send("/my/club/rewards/cancel", fields)))
        self.assertEqual((self._get_points(), self._get_redemptions().state), (before, "cancelled"))
        self.assertEqual(self._send("/my/club/rewards/cancel", fields).status_code, 409)
        self.assertEqual(self._get_points(), before)

    def test_what_was_approved_is_not_taken_back_by_the_member(self):
        answer = self._redeem()
        fields = self._get_fields(answer, "/rewards/cancel")
        self._get_redemptions().write({"state": "approved"})
        self.assertEqual(self._send("/my/club/rewards/cancel", fields).status_code, 409)
        self.assertEqual(self._get_redemptions().state, "approved")

    def test_too_few_points_are_said(self):
        self.assertIn("points are missing", self._text(self._get("/my/club/rewards")))
        answer = self._redeem(self.trip)
        self.assertEqual(answer.status_code, 409)
        self.assertFalse(self._get_redemptions())

    def test_a_price_that_has_changed_is_shown_again(self):
        fields = self._get_fields(self._open(), f"/rewards/{self.tea.id}")
        self.tea.points = 400
        answer = self._send(f"/my/club/rewards/{self.tea.id}", fields)
        self.assertEqual(answer.status_code, 409)
        self.assertFalse(self._get_redemptions())
        self.assertEqual(self._redeem(expected_points="1").status_code, 409)

    def test_what_is_used_up_is_not_to_be_had(self):
        self.tea.stock = 0
        self.assertIn("nothing left", self._text(self._get("/my/club/rewards")))
        self.assertEqual(self._redeem().status_code, 409)

    def test_a_coupon_is_shown_with_its_code_to_its_owner_alone(self):
        coupons = self.env["loyalty.program"].create(
            {
                "name": "Spa Voucher", "program_type": "coupons", "applies_on": "current", "trigger": "with_code",
                "reward_ids": [(0, 0, {"reward_type": "discount", "discount": 10})],
            }
        )  # fmt: skip
        item = self._make_item("Spa", 200, kind="coupon", coupon_program_id=coupons.id)
        answer = self._redeem(item)
        code = self._get_redemptions().coupon_id.code
        self.assertTrue(code)
        self.assertIn(code, self._text(answer))
        self.assertTrue(answer.page.find_class("o_hotel_coupon")[0].findall(".//path"))
        self._log_in("rui")
        self.assertNotIn(code, self._get("/my/club/rewards").text)

    def test_nobody_redeems_or_cancels_for_somebody_else(self):
        answer = self._redeem()
        fields = self._get_fields(answer, "/rewards/cancel")
        self._log_in("rui")
        csrf = {"csrf_token": self._csrf()}
        self.assertEqual(self._send("/my/club/rewards/cancel", {**fields, **csrf}).status_code, 404)
        own = {**fields, **csrf, "card": self.other_card.id}
        self.assertEqual(self._send("/my/club/rewards/cancel", own).status_code, 409)
        self.assertEqual(self._get_redemptions().state, "requested")
        answer = self._send(f"/my/club/rewards/{self.tea.id}", {**csrf, "card": self.card.id, "expected_points": "300"})
        self.assertEqual(answer.status_code, 404)

    def test_rewards_of_other_programmes_and_archived_ones_are_not_there(self):
        other = self._make_program("hilton")
        item = self._make_item("Elsewhere", 1, program_id=other.id)
        self.trip.active = False
        for missing in (item, self.trip):
            self.assertEqual(self._open(missing).status_code, 404)
            fields = {"csrf_token": self._csrf(), "expected_points": "1"}
            self.assertEqual(self._send(f"/my/club/rewards/{missing.id}", fields).status_code, 404)
        self.assertEqual(self._get("/my/club/rewards/99999999").status_code, 404)

    def test_pictures_are_those_of_ones_own_programme(self):
        self.assertEqual(self.url_open(f"/my/club/rewards/{self.tea.id}/image").status_code, 404)
        self.tea.image_1920 = PIXEL.encode()
        self.env.flush_all()
        answer = self.url_open(f"/my/club/rewards/{self.tea.id}/image")
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "image/png"))
        self.assertIn("private", answer.headers["Cache-Control"])
