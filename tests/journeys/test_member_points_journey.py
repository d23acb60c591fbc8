"""A member looks at the page of a booking and uses points: some as money, then nights, on a phone and at a desk."""

from journey_browser import DESKTOP, PHONE, JourneyCase

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.booking.portal_common import PortalMakers
from odoo.addons.hotel_crm_loyalty.tests.ledger.loyalty_common import LoyaltyMakers

NUMBER = ".o_hotel_points_number"


@tagged("post_install", "-at_install")
class TestMemberPointsJourney(LoyaltyMakers, PortalMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._make_portal_scene(rooms=4)
        cls.program = cls._make_program()
        cls.hotel.with_context(lang="zh_CN").name = "海港酒店"
        reward = cls.env["loyalty.reward"].create(
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
        reward.with_context(lang="zh_CN").description = "积分抵现"
        cls.user = cls._make_portal_user("portal_pts")
        today = cls.program._get_hotel_today()
        cls.card = cls._make_member(cls.user.partner_id, cls.program, joined=today)
        facts = {"card_id": cls.card.id, "date": today}
        cls.env["hotel.loyalty.posting"].create({**facts, "kind": "opening", "points": 3000, "state": "posted"})
        silver = cls.program.hotel_tier_ids.filtered(lambda tier: tier.code == "silver")
        cls.env["hotel.loyalty.grant"].create({**facts, "tier_id": silver.id, "kind": "gifted"})
        cls.card._hotel_evaluate()

    def test_points_become_money_and_nights(self):
        for lang, size, name in (("en_US", PHONE, "phone"), ("zh_CN", DESKTOP, "desktop")):
            booking, before = self._book_online(self.user.partner_id), self.card.points
            with self._browse("portal_pts", f"{booking.access_url}?lang={lang}", size=size) as page:
                page.wait(NUMBER)
                self.assertFalse(page.is_wider_than_screen(), name)
                page.shoot(f"points_{name}_offered", whole=True)
                page.evaluate(f"document.querySelector('{NUMBER}').value = '500'")
                page.click(".o_hotel_points form button")
                page.wait(".o_hotel_discount")
                self.assertFalse(page.is_wider_than_screen(), name)
                page.shoot(f"points_{name}_used", whole=True)
            self._wait_remaining_requests()
            self.env.invalidate_all()
            self.assertEqual(self.card.points, before - 500)
            self.assertTrue(booking.reward_use_ids)
