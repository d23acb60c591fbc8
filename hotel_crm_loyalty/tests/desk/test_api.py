"""Other systems read where a member stands, and coupons."""

from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.hotel_crm_base.tests.border.api_common import ApiCase

from ..ledger.loyalty_common import LoyaltyMakers


@tagged("post_install", "-at_install")
class TestApi(LoyaltyMakers, ApiCase):
    scopes = ("loyalty.read", "guests.read")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls._make_program()
        cls.guest = cls._make_guest()

    @freeze_time("2026-06-01 12:00:00")
    def test_points_tier_and_the_way_to_the_next_one_are_read(self):
        card = self._make_member(self.guest)
        self._make_departed(self.guest, date(2026, 3, 1), nights=3, spend=300)
        self.env["hotel.loyalty.evaluation"]._evaluate(card)
        reading = self.env["hotel.api.reading"].with_user(self.client.user_id)
        answer = reading._api_points(self.client.sudo(), self.guest.id)
        [membership] = answer["memberships"]
        self.assertEqual((membership["card_id"], membership["points"]), (card.id, int(card.points)))
        self.assertGreater(membership["points"], 0)
        self.assertEqual(membership["tier"], card.hotel_tier_id.code)
        self.assertTrue(membership["next_tier"]["ways"][0]["needs"][0]["missing"])

    def test_over_http_it_is_what_is_promised(self):
        card = self._make_member(self.guest)
        self.env["hotel.loyalty.evaluation"]._evaluate(card)
        status, answer = self._call("GET", f"guests/{self.guest.id}/points")
        self.assertEqual((status, answer["memberships"][0]["card_id"]), (200, card.id))
        status, answer = self._call("GET", f"guests/{self.guest.id}/coupons")
        self.assertEqual((status, answer["coupons"]), (200, []))

    def test_a_programme_of_another_company_is_not_shown(self):
        card = self._make_member(self.guest)
        self.program.company_id = self.other_company
        card.invalidate_recordset()
        self.assertEqual(self._call("GET", f"guests/{self.guest.id}/points")[1]["memberships"], [])
