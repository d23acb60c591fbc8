"""A guest's story as a member, on a phone and at a desk: joins, stays, sees why there are points, redeems, claims."""

import time
from datetime import timedelta

from journey_browser import DESKTOP, PHONE, JourneyCase, again

from odoo import fields
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.booking.folio_common import FolioMakers
from odoo.addons.hotel_crm_base.tests.booking.portal_common import PortalMakers
from odoo.addons.hotel_crm_loyalty.tests.desk.desk_common import DeskMakers
from odoo.addons.hotel_crm_loyalty.tests.ledger.loyalty_common import LoyaltyMakers

DRAWN = "window.Chart && Object.keys(Chart.instances).length"


@tagged("post_install", "-at_install")
class TestMemberJourney(FolioMakers, DeskMakers, LoyaltyMakers, PortalMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._make_portal_scene(rooms=3)
        cls._make_folio_scene()
        cls.program = cls._make_program()
        cls.today = fields.Date.today()
        cls.tea = cls._make_item("Afternoon Tea", 300, needs_approval=True, description="For two, with a view.")
        cls.trip = cls._make_item("Boat Trip", 9000)
        for record, name in ((cls.tea, "双人下午茶"), (cls.trip, "游船之旅"), (cls.hotel, "海港酒店")):
            record.with_context(lang="zh_CN").name = name

    def _see(self, page, name):
        """Look at a page: nothing is wider than the screen, all of it is in the picture."""
        self.assertFalse(page.is_wider_than_screen(), name)
        page.shoot(name, whole=True)

    def _go(self, page, path, selector):
        page.browser.navigate_to(self.base_url() + path)
        page.wait_for(f"location.pathname.endsWith({path.split('?')[0]!r})")
        page.wait(selector)

    def _set(self, page, **values):
        """Fill in fields whose own control is the browser's, such as a date."""
        for name, value in values.items():
            page.evaluate(f"document.querySelector('[name={name}]').value = {str(value)!r}")

    def _join(self, page):
        page.wait(".o_hotel_tier")
        self._see(page, "01_club")
        page.click("a[href*='/join']")
        page.wait("[name=agreed]")
        page.click("button[type=submit].btn-lg")
        page.wait(".invalid-feedback")
        self._see(page, "02_join_refused")
        self._set(page, birth_date="1990-02-28")
        page.click("[name=offer_email]")
        page.click("[name=agreed]")
        page.click("button[type=submit].btn-lg")
        page.wait(".o_hotel_face")
        self._see(page, "03_card")

    def _let_time_pass(self, card, days):
        """Let somebody have joined earlier: no test waits for months."""
        card.flush_recordset()
        self.env.cr.execute(
            "UPDATE loyalty_card SET hotel_joined_date = hotel_joined_date - %s WHERE id = %s", (days, card.id)
        )
        self.env.invalidate_all()

    def _stay(self, guest):
        """Let the guest stay: checked in, dinner, paid, checked out."""
        self.hotel.business_date = self.today - timedelta(days=16)
        reservation = self._make_reservation(guest, nights=12)
        reservation._sync_folio()
        stay = reservation.stay_ids
        stay.action_check_in()
        reservation._confirm_folios()
        stay._post_charge(self.restaurant, "food", "Dinner", 57.5, "B-1")
        self._sleep(self.hotel, 12)
        self._pay(reservation)
        stay.action_check_out()
        self.program._get_hotel_card(guest)._hotel_evaluate()
        self.env.flush_all()

    def _look(self, page):
        self._go(page, "/my/club", ".o_hotel_goal")
        self._see(page, "04_points")
        self._go(page, "/my/club/history", ".o_hotel_line")
        self._see(page, "05_history")
        self._go(page, "/my/club/milestones", "fieldset")
        self._see(page, "06_milestones")
        page.click("fieldset input[value=points_500]")
        page.click("form[action*=milestones] button[type=submit]")
        page.wait(".alert-success")
        self._see(page, "07_chosen")

    def _redeem(self, page):
        self._go(page, "/my/club/rewards", ".o_hotel_reward")
        self._see(page, "08_rewards")
        page.click(f"a[href*='/rewards/{self.tea.id}']")
        page.wait(".o_hotel_left")
        self._see(page, "09_redeem")
        page.click("form[action*=rewards] button[type=submit]")
        page.wait(".o_hotel_redemptions")
        self._see(page, "10_redeemed")

    def _claim(self, page):
        departure = self.today - timedelta(days=20)
        stay = self._make_departed(None, departure, nights=2, source_ref="B-4711", source_system="pms")
        nobody = self.env["res.partner"]
        self._make_consumption(nobody, self.hotel, 90.0, stay_id=stay.id, business_date=departure, kind="room")
        self.env.flush_all()
        self._go(page, "/my/club/claim", "[name=number]")
        self._set(page, hotel=self.hotel.id, arrival=stay.arrival_date, departure=departure, number="B-4711")
        self._see(page, "11_claim")
        page.click("form[action*=claim] button[type=submit]")
        page.wait(".o_hotel_claims .o_hotel_gain")
        self._see(page, "12_claimed")
        self.env.invalidate_all()
        self.assertEqual(stay.partner_id.email, "ana@example.com")

    def _transfer(self, page, friend):
        self._go(page, "/my/club/transfer", "[name=number]")
        self._set(page, number=friend.hotel_guest_code, name="Pinto", points=500)
        self._see(page, "13_transfer")
        page.click("form[action*=transfer] button[type=submit]")
        page.wait(".o_hotel_left")
        self._see(page, "14_confirm")
        page.click("form[action*=transfer] button[type=submit]")
        page.wait(".o_hotel_face")
        self._see(page, "15_transferred")

    def _open_spending(self, page):
        """Open the page of the chart; once more where the server of the test dropped its library on the way."""
        for _turn in range(3):
            self._go(page, "/my/spending", "canvas")
            end = time.monotonic() + 15
            while time.monotonic() < end:
                if page.evaluate(f"Boolean({DRAWN})"):
                    return
                time.sleep(0.2)

    def _look_around(self, page):
        self._open_spending(page)
        page.wait_for(DRAWN)
        self._see(page, "16_spending")
        self._go(page, "/my/profile", "[name=lang]")
        self._see(page, "17_profile")
        self._go(page, "/my/home", ".o_portal_index_card")
        self._see(page, "18_home")

    def _tell(self, lang, size):
        user = self._make_portal_user("portal_ana", name="Ana Costa", email="ana@example.com", lang=lang)
        friend = self._make_member(self._make_guest("Rui Pinto")).partner_id
        with self._browse("portal_ana", f"/hotel/club?lang={lang}", size=size) as page:
            self._join(page)
            card = self.program._get_hotel_card(user.partner_id)
            self._let_time_pass(card, 100)
            self._stay(user.partner_id)
            self._look(page)
            self._redeem(page)
            self._claim(page)
            self._transfer(page, friend)
            self._look_around(page)
        kinds = set(card.hotel_move_ids.mapped("kind"))
        self.assertLessEqual({"earn", "bonus", "redeem", "post"}, kinds)
        self.assertEqual(card.points + card.hotel_pending, sum(card.hotel_lot_ids.mapped("remaining")))

    @again
    def test_member_english_phone(self):
        self._tell("en_US", PHONE)

    @again
    def test_member_english_desktop(self):
        self._tell("en_US", DESKTOP)

    def test_member_chinese_phone(self):
        self._tell("zh_CN", PHONE)

    @again
    def test_member_chinese_desktop(self):
        self._tell("zh_CN", DESKTOP)
