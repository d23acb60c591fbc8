"""A guest sees, corrects and takes away the own data on a phone, and asks to be forgotten; the desk answers."""

import io
import json
import zipfile

from journey_browser import PHONE, JourneyCase, again

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.booking.portal_common import PortalMakers


@tagged("post_install", "-at_install")
class TestPrivacyJourney(PortalMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._make_hotels()
        cls.user = cls._make_portal_user("portal_ana", name="Ana Costa", email="ana@example.com")
        cls.guest = cls.user.partner_id
        cls._make_stay(cls.guest, state="departed")
        cls._make_consumption(cls.guest)
        cls.boss = cls._make_user("manager+identity", login="boss")

    def _look(self, page, name):
        self.assertFalse(page.is_wider_than_screen(), name)
        page.shoot(name, whole=True)

    def _tell(self, lang):
        with self._browse("portal_ana", f"/my/home?lang={lang}", size=PHONE) as page:
            page.wait("a[href*='/my/profile']")
            # the cards move while their counters are being filled: what is pointed at may be another one by then
            page.evaluate("document.querySelector(\"a[href*='/my/profile']\").click()")
            page.wait("[name=lang]")
            self._look(page, "01_own_data")
            page.evaluate("document.querySelector('[name=birth_date]').value = '1990-02-28'")
            page.click("[name=agree_offer_email]")
            page.click("button.btn-lg")
            page.wait(".alert-success")
            self._look(page, "02_saved")
            page.click(".o_hotel_ask_copy button")
            page.wait(".o_hotel_fetch")
            self._look(page, "03_copy_ready")
            request = self.env["hotel.privacy.request"].search([("partner_id", "=", self.guest.id)])
            data = page.evaluate(
                """fetch(document.querySelector('.o_hotel_fetch').href).then(r => r.arrayBuffer())
                   .then(b => [...new Uint8Array(b)])"""
            )
            page.click(".o_hotel_ask_erasure button")
            page.wait(".alert-danger")
            self._look(page, "04_not_ticked")
            page.click("[name=agreed]")
            page.click(".o_hotel_ask_erasure button")
            page.wait(".alert-success")
            self._look(page, "05_asked_to_be_forgotten")
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as packed:
            self.assertEqual(json.loads(packed.read("guest.json"))["guest"], "Ana Costa")
        self.assertEqual(request.fetch_count, 1)

    @again
    def test_own_data_english_phone(self):
        self._tell("en_US")

    def test_own_data_chinese_phone(self):
        self.guest.lang = "zh_CN"
        self._tell("zh_CN")

    def test_the_desk_answers(self):
        request = self.env["hotel.privacy.request"]._ask(self.guest, "erasure")
        action = self.env.ref("hotel_crm_base.hotel_privacy_request_action")
        with self._browse("boss", f"/odoo/action-{action.id}") as page:
            page.wait(".o_data_row", "Ana Costa")
            page.shoot("01_desk")
            page.click(".o_data_row .o_data_cell[name=kind]")
            page.wait("button[name=action_answer]")
            page.shoot("02_request")
            page.click("button[name=action_answer]")
            page.wait(".modal-footer .btn-primary")
            page.shoot("03_sure")
            page.click(".modal-footer .btn-primary")
            page.wait_gone("button[name=action_answer]")
            page.shoot("04_being_erased")
        self.env["hotel.message"].search([("partner_id", "=", self.guest.id)]).state = "sent"
        self.env["hotel.privacy.request"]._find_queued()._erase_guests()
        self.env.invalidate_all()
        self.assertEqual((request.state, self.guest.name), ("answered", "Erased Guest"))

    def test_a_manager_looks_for_potential_guests(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_base.prospect_least", "2")
        for number in range(6):
            guest = self._make_guest(f"Woman {number}", hotel_gender="female", email=f"w{number}@example.com",
                                     country_id=self.env.ref("base.pt").id)  # fmt: skip
            if number < 3:
                self._make_stay(guest, state="departed")
            self._make_guest(f"Man {number}", hotel_gender="male", email=f"m{number}@example.com")
        self.env["hotel.prospect.band"]._compute_company(self.hotel.company_id)
        action = self.env.ref("hotel_crm_base.hotel_prospect_band_action")
        with self._browse("boss", f"/odoo/action-{action.id}") as page:
            page.wait(".o_data_row")
            page.shoot("01_bands")
            action = self.env.ref("hotel_crm_base.hotel_prospect_action")
            page.browser.navigate_to(self.base_url() + f"/odoo/action-{action.id}")
            page.wait(".o_data_row", "Woman")
            page.shoot("02_list")
