"""The story of a coupon: a guest books with it on a telephone, another one is refused the same code."""

from journey_browser import DESKTOP, PHONE, JourneyCase

from odoo import Command
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.booking.portal_common import PortalMakers


@tagged("post_install", "-at_install")
class TestCouponJourney(PortalMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._make_portal_scene(rooms=4)
        reward = {"reward_type": "discount", "discount_mode": "percent", "discount": 15, "required_points": 1}
        cls.program = cls.env["loyalty.program"].create(
            {
                "name": "Welcome Back",
                "program_type": "coupons",
                "trigger": "with_code",
                "applies_on": "current",
                "hotel_is_handed_out": True,
                "hotel_valid_days": 60,
                "reward_ids": [Command.clear(), Command.create({**reward, "description": "Welcome back: 15% off"})],
                "communication_plan_ids": [Command.clear()],
            }
        )
        cls.program.reward_ids.with_context(lang="zh_CN").description = "欢迎再次光临：85折"
        cls.room_type.with_context(lang="zh_CN").name = "花园大床房"
        cls.hotel.with_context(lang="zh_CN").name = "海港酒店"

    def _make_code(self, guest=None):
        return self.program._hotel_issue(guest or self._make_guest("Nobody"), is_once=False)

    def _fill(self, page, **values):
        for name, value in values.items():
            page.click(f"[name={name}]")
            page.type(value)

    def _get_form(self, lang):
        query = {**self._get_query(room_type=self.room_type, plan=self.plan), "lang": lang}
        return f"{self.hotel._get_page_url()}/book?" + "&".join(f"{name}={value}" for name, value in query.items())

    def _book(self, lang, code, name):
        """Type a code, look at the price, book; return the page."""
        with self._browse(None, self._get_form(lang), size=PHONE) as page:
            page.wait(".o_hotel_apply_code")
            self._fill(page, name=name, email=f"{name.split()[0].lower()}@example.com", code=code.lower())
            page.click(".o_hotel_apply_code")
            page.wait(".o_hotel_quote_line, #o_hotel_code_problem")
            self.assertFalse(page.is_wider_than_screen())
            page.shoot(f"coupon_{lang}_{name.split()[0]}_applied")
            if page.text("#o_hotel_code_problem"):
                return page.text("#o_hotel_code_problem")
            self.assertIn("170", page.text(".o_hotel_summary_total"))
            page.evaluate("document.querySelector('#o_hotel_agreed').click()")
            page.click(".o_hotel_form button.btn-lg")
            page.wait(".o_hotel_number")
            self.assertIn("170", page.text(".o_hotel_discount ~ .o_hotel_sum"))
            self.assertFalse(page.is_wider_than_screen())
            page.shoot(f"coupon_{lang}_{name.split()[0]}_booked")
            return ""

    def test_a_guest_books_with_a_coupon_and_a_second_one_is_refused(self):
        card = self._make_code()
        card.partner_id = False
        self.assertEqual(self._book("en_US", card.code, "Bea Nova"), "")
        self.assertEqual(card.points, 0)
        self.assertIn("used already", self._book("en_US", card.code, "Carl Second"))
        other = self._make_code()
        other.partner_id = False
        self.assertEqual(self._book("zh_CN", other.code, "Wei Wang"), "")

    def test_own_coupons_in_the_portal(self):
        user = self._make_portal_user("portal_cou")
        self._make_code(user.partner_id)
        used = self._make_code(user.partner_id)
        used._take_hotel_points(1)
        for lang, size, name in (("en_US", PHONE, "phone"), ("zh_CN", DESKTOP, "desktop")):
            with self._browse("portal_cou", f"/my/coupons?lang={lang}", size=size) as page:
                page.wait(".o_hotel_coupon", count=2)
                self.assertFalse(page.is_wider_than_screen())
                page.shoot(f"coupon_portal_{lang}_{name}")

    def _book_at_desk(self, lang, guest, code):
        """Type a code into the dialog for a new booking, look at the price, and book."""
        clerk = self._make_user("front_office", login=f"clerk_{lang}", password=f"clerk_{lang}", lang=lang)
        with self._browse(clerk.login, "/odoo/front-desk", size=DESKTOP) as page:
            page.wait(".o_hotel_new_booking")
            page.press("b", alt=True)
            page.wait(".o_hotel_booking_dialog .o_hotel_offer")
            page.type(guest.name)
            page.wait(".o_hotel_booking_dialog .o_hotel_guest_option", guest.name, count=1)
            page.press("Enter")
            page.wait(".o_hotel_booking_guest", guest.name)
            page.click(".o_hotel_offer")
            page.wait(".o_hotel_offer.active")
            page.click("#o_hotel_code")
            page.type(code.lower())
            page.click(".o_hotel_quote_code")
            page.wait(".o_hotel_quote_total")
            page.shoot(f"coupon_desk_{lang}")
            page.click(".o_hotel_book")
            page.wait_gone(".o_hotel_booking_dialog")
        self._wait_remaining_requests()
        self.env.invalidate_all()
        [booking] = self.env["hotel.reservation"].search([("partner_id", "=", guest.id)])
        self.assertEqual((booking.state, booking.reward_use_ids.state), ("confirmed", "used"))
        self.assertAlmostEqual(booking.amount_total, booking._get_rooms_total() * 0.85, 2)
        return clerk, booking

    def test_the_desk_books_with_a_code_and_sees_it_on_the_booking(self):
        for lang, name in (("en_US", "Ana Costa"), ("zh_CN", "Bao Chen")):
            guest = self._make_guest(name, email=f"{lang}@example.com")
            clerk, booking = self._book_at_desk(lang, guest, self._make_code(guest).code)
            path = f"/odoo/action-hotel_crm_base.hotel_reservation_action/{booking.id}"
            with self._browse(clerk.login, path, size=DESKTOP) as page:
                page.wait(".nav-link[name=coupons]")
                page.click(".nav-link[name=coupons]")
                page.wait("[name=reward_use_ids] .o_data_row")
                page.shoot(f"coupon_booking_{lang}")
                page.click("[name='" + str(self.env.ref("hotel_crm_loyalty.hotel_reward_apply_action").id) + "']")
                page.wait(".modal [name=way]")
                page.shoot(f"coupon_wizard_{lang}")
                page.press("Escape")
                page.wait_gone(".modal")
