"""The guest's story: searches, books, pays, changes, cancels; on a telephone and at a desk, in two languages."""

import base64
from contextlib import contextmanager
from datetime import timedelta

import pictures
from journey_browser import DESKTOP, PHONE, JourneyCase, again

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.booking.portal_common import PortalMakers


@tagged("post_install", "-at_install")
class TestGuestBookingJourney(PortalMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._make_portal_scene(rooms=3)
        cls._furnish()
        # the test database has the demo provider beside our addons; no manifest of ours asks for it
        cls.provider = cls.env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "=", cls.hotel.company_id.id)], limit=1
        )
        cls.provider.write({"state": "test", "is_published": True})
        cls.provider.payment_method_ids.filtered(lambda method: method.code == "demo").active = True
        cls.env.cr.flush()

    @classmethod
    def _furnish(cls):
        """Give the rooms what a guest looks at."""
        def draw(content):
            return base64.b64encode(content)

        cls.hotel.image_1920 = draw(pictures.draw_house("river"))
        cls.hotel.description = "<p>A quiet house by the water, ten minutes from the old town.</p>"
        beds = cls.env["hotel.bed.type"].search([], limit=1)
        amenities = cls.env["hotel.amenity"].search([], limit=4)
        for kind, code in ((cls.room_type, "STD"), (cls.suite, "SUI")):
            kind.write(
                {
                    "image_1920": draw(pictures.draw_room(code)),
                    "image_ids": [(0, 0, {"name": "Bathroom", "image_1920": draw(pictures.draw_bath(code))})],
                    "bed_ids": [(0, 0, {"bed_type_id": beds.id, "quantity": 1})],
                    "amenity_ids": [(6, 0, amenities.ids)],
                    "area_sqm": 24,
                }
            )
        for kind, name in ((cls.room_type, "花园大床房"), (cls.suite, "海景套房")):
            kind.with_context(lang="zh_CN").name = name
        cls.hotel.with_context(lang="zh_CN").name = "海港酒店"

    @contextmanager
    def _open(self, lang, size):
        """Open the pages as a visitor with a browser in this language."""
        with self._browse(None, f"/hotel?lang={lang}", size=size) as page:
            page.lang = lang
            yield page

    def _see(self, page, name):
        """Look at a page: nothing is wider than the screen."""
        self.assertFalse(page.is_wider_than_screen(), name)
        page.shoot(name)

    def _fill(self, page, **values):
        for name, value in values.items():
            page.click(f"[name={name}]")
            page.type(value)

    def _choose(self, page, selector, value):
        """Set a field whose own control is the browser's, such as a date."""
        page.evaluate(
            f"""(() => {{ const field = document.querySelector({selector!r});
            field.value = {value!r};
            field.dispatchEvent(new Event("change", {{ bubbles: true }})); }})()"""
        )

    def _search(self, page):
        page.wait(".o_hotel_card")
        self._see(page, "1_chain")
        self._choose(page, "[name=arrival]", self.arrival.isoformat())
        self._choose(page, "[name=departure]", self.departure.isoformat())
        page.click(".o_hotel_search button[type=submit]")
        page.wait_for("location.search.includes('arrival=')")
        page.click(".o_hotel_card")
        page.wait(".o_hotel_offer")
        self._see(page, "2_offers")

    def _book(self, page, plan):
        page.click(f".o_hotel_offer a[href*='type={self.room_type.id}&plan={plan.id}']")
        page.wait(".o_hotel_form")
        self._see(page, "3_form")
        self._fill(page, name="Beatriz Nova", email="bea@example.com", phone="912 345 678", note="Quiet, please")
        self._choose(page, "[name=arrival_hour]", "18")
        page.click("[name=agreed]")
        self._see(page, "4_filled_in")
        page.click(".o_hotel_form button[type=submit]")

    def _pay(self, page):
        page.wait(".o_hotel_hold_left", ":")
        page.wait("#o_payment_form")
        self._see(page, "5_pay")
        method = "[name=o_payment_radio][data-payment-method-code=demo]"
        page.wait_for(f"document.querySelector({method!r})")
        page.click(method)
        page.wait("#customer_input")
        page.click("#customer_input")
        page.type("4242")
        # the Chinese of payment_demo translates the values too: no state of a payment would be known
        page.evaluate("document.querySelector('#simulated_payment_state').options[0].value = 'done'")
        self._see(page, "6_card")
        page.click("[name=o_payment_submit_button]:not([disabled])")
        page.wait(".o_hotel_banner .text-bg-success")
        page.wait(".o_hotel_number")
        self._see(page, "7_confirmed")

    def _change(self, page):
        page.click("a[href*='/change']")
        page.wait("[name=departure]")
        self._choose(page, "[name=departure]", (self.departure + timedelta(days=1)).isoformat())
        page.click("form[method=get] button[type=submit]")
        page.wait("#o_hotel_quote form")
        self._see(page, "8_new_price")
        page.click("#o_hotel_quote button[type=submit]")
        page.wait(".o_hotel_banner")
        page.wait_for("location.search.includes('notice=changed')")
        self._see(page, "9_changed")

    def _cancel(self, page):
        page.click("a[href*='/cancel']")
        page.wait(".o_hotel_fee")
        self._see(page, "10_fee")
        page.click("form[action*='/cancel'] button[type=submit]")
        page.wait_for("location.search.includes('notice=cancelled')")
        page.wait(".o_hotel_banner")
        self._see(page, "11_cancelled")

    def _tell(self, lang, size):
        with self._open(lang, size) as page:
            self._search(page)
            self._book(page, self.prepaid)
            self._pay(page)
            booked = self._get_booked()
            self.assertEqual((booked.state, booked.amount_paid), ("confirmed", 60.0))
            self._change(page)
            booked.invalidate_recordset()
            self.assertEqual((booked.departure_date - booked.arrival_date).days, 3)
            self._cancel(page)
        booked = self._get_booked()
        self.assertEqual(booked.state, "cancelled")
        self.assertEqual(booked.partner_id.phone, "+351912345678")

    def _get_booked(self):
        self.env.invalidate_all()
        return self.env["hotel.reservation"].search([("source_system", "=", "web")])

    @again
    def test_guest_english_phone(self):
        self._tell("en_US", PHONE)

    @again
    def test_guest_english_desktop(self):
        self._tell("en_US", DESKTOP)

    def test_guest_chinese_phone(self):
        self._tell("zh_CN", PHONE)

    @again
    def test_guest_chinese_desktop(self):
        self._tell("zh_CN", DESKTOP)

    def _choose_room(self, page, room_type, adults, name):
        """Say who sleeps in the next room, and choose it."""
        self._choose(page, "#o_hotel_room_adults", str(adults))
        page.click(".o_hotel_next_room button[type=submit]")
        page.wait_for(f"location.search.includes('adults={adults}')")
        page.wait(".o_hotel_offer")
        self._see(page, name)
        page.evaluate("document.querySelector('.o_hotel_next_room').dataset.old = '1'")
        page.click(f".o_hotel_offer a[href*='{room_type.id}.{self.plan.id}.{adults}.']")
        page.wait_for("!document.querySelector('.o_hotel_next_room')?.dataset.old")

    def _book_family(self, lang):
        """A double and a suite in one booking, each with its own persons."""
        with self._open(lang, PHONE) as page:
            page.wait(".o_hotel_card")
            self._choose(page, "[name=arrival]", self.arrival.isoformat())
            self._choose(page, "[name=departure]", self.departure.isoformat())
            self._choose(page, "[name=rooms]", "2")
            page.click(".o_hotel_search button[type=submit]")
            page.wait_for("location.search.includes('arrival=')")
            page.click(".o_hotel_card")
            page.wait(".o_hotel_each")
            self._see(page, "1_alike")
            page.click(".o_hotel_each a")
            page.wait(".o_hotel_next_room")
            self._choose_room(page, self.room_type, 2, "2_first")
            page.wait(".o_hotel_basket li", count=1)
            self._choose_room(page, self.suite, 3, "3_second")
            page.wait(".o_hotel_basket_rooms li", count=2)
            self._see(page, "4_form")
            self._fill(page, name="Beatriz Nova", email="bea@example.com")
            page.click("[name=agreed]")
            page.click(".o_hotel_form button.btn-lg[type=submit]")
            page.wait(".o_hotel_banner")
            self._see(page, "5_booked")
        stays = self._get_booked().stay_ids.sorted("id")
        self.assertEqual(stays.room_type_id, self.room_type | self.suite)
        self.assertEqual(stays.mapped("adults"), [2, 3])

    @again
    def test_family_english_phone(self):
        self._book_family("en_US")

    def test_family_chinese_phone(self):
        self._book_family("zh_CN")

    def test_own_pages_on_a_phone(self):
        user = self._make_portal_user()
        self._book_online(user.partner_id)
        self.env.cr.flush()
        with self._browse("portal_ana", "/my/home", size=PHONE) as page:
            page.click("a[href='/my/reservations']")
            page.wait(".o_hotel_booking")
            self._see(page, "1_list")
            page.click("a[href*='/calendar']")
            page.wait(".o_hotel_calendar")
            browser = page.browser
            browser.navigate_to(self.base_url() + f"/my/reservations/calendar?month={self.arrival:%Y-%m}")
            page.wait(".o_hotel_bar")
            self._see(page, "2_calendar")
