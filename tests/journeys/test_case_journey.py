"""A complaint from the room to the stars: a guest with a phone, a clerk, an approver, and the guest again."""

import io
import pathlib
import tempfile

from journey_browser import PHONE, JourneyCase
from PIL import Image

from odoo.tests import new_test_user, tagged

from odoo.addons.hotel_crm_service.tests.amend.amend_common import AmendMakers

TEXT = "空调太吵了，一晚上没睡好。 The air conditioning is far too loud."


@tagged("post_install", "-at_install")
class TestCaseJourney(AmendMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls._make_amend_scene()
        cls.hotel.name = "Harbour Hotel"
        new_test_user(cls.env, login="guest", groups="base.group_portal", partner_id=cls.guest.id)
        cls.room = cls._make_room(cls.room_type, name="712")
        cls._make_stay(cls.guest, arrival=cls.hotel.business_date, room_id=cls.room.id, state="in_house")
        clerk = cls._make_user("service", login="clerk", name="Sam Service")
        cls._make_user("service", login="clerk_zh", name="Shan", lang="zh_CN")
        cls._make_user("front_office", login="desk", name="Dora Desk")
        cls._make_user("front_office", login="desk_zh", name="Dong", lang="zh_CN")
        cls._make_user("finance+approver", login="boss", name="Filip Finance")
        cls._make_department("Engineering", ["noise", "facilities"], manager_id=clerk.id, user_ids=clerk.ids)
        cls._make_type("points", 0.01, name="Goodwill points for the night", sequence=0)
        for number in range(6):
            cls._make_case(f"Towels for room {number}", kind="request", severity=("low", "high")[number % 2])

    def _attach(self, page, selector, content):
        """Choose a file as a person does in the dialog of the browser."""
        path = pathlib.Path(tempfile.mkdtemp()) / "IMG_0001.jpg"
        path.write_bytes(content)
        found = page._ask("Runtime.evaluate", expression=f"document.querySelector('{selector}')")
        page._ask("DOM.setFileInputFiles", files=[str(path)], objectId=found["result"]["objectId"])

    def _see(self, page, name):
        self.assertFalse(page.is_wider_than_screen(), name)
        page.shoot(name, whole=True)

    def _complain(self):
        with self._browse("guest", self.room.service_url.removeprefix(self.base_url()), size=PHONE) as page:
            page.wait(".o_hotel_case_form")
            self._see(page, "01_room")
            self.assertNotIn("Ana", page.text("#wrap"))
            page.click("label[for=o_hotel_kind_complaint]")
            page.click("#o_hotel_text")
            page.type(TEXT)
            buffer = io.BytesIO()
            Image.new("RGB", (3000, 2000), "slategray").save(buffer, "JPEG")
            self._attach(page, "#o_hotel_pictures", buffer.getvalue())
            self._see(page, "02_filled")
            page.click(".o_hotel_case_form button[type=submit]")
            page.wait(".o_hotel_word_pictures img")
            self._see(page, "03_sent")

    def _answer(self, case):
        with self._browse("clerk", "/odoo/hotel-cases") as page:
            page.wait(".o_kanban_record", "空调")
            page.shoot("04_board")
            page.browser.navigate_to(f"{self.base_url()}/odoo/hotel-cases/{case.id}")
            page.wait(".o_form_view", "空调")
            page.shoot("05_case")
            page.click("button[data-hotkey=a]")
            page.wait(".modal [name=text]")
            page.click(".modal [name=text] textarea")
            page.type("We are sorry. An engineer is on the way to your room.")
            page.shoot("06_answer")
            page.click(".modal button[name=action_send]")
            page.wait_gone(".modal")
            page.wait(".o-mail-Message", "engineer is on the way")
            page.click("button[data-hotkey=m]")
            page.wait(".modal [name=type_id]")
            page.choose(".modal [name=type_id]", "Goodwill points for")
            page.click(".modal [name=points] input")
            page.type("5000")
            page.shoot("07_amends")
            page.click(".modal .o_form_button_save")
            page.wait_gone(".modal")

    def _approve(self, amend):
        with self._browse("boss", "/odoo/action-hotel_crm_service.hotel_amend_action") as page:
            page.click(".o_data_row .o_data_cell")
            page.wait("button[name=action_approve]")
            page.shoot("08_to_approve")
            page.click("button[name=action_approve]")
            page.wait(".o_statusbar_status .o_arrow_button_current", "Given")
            page.shoot("09_given")

    def test_from_the_room_to_the_stars(self):
        self._complain()
        case = self.env["hotel.case"].search([("room_id", "=", self.room.id)])
        self.assertEqual((case.partner_id, case.source, case.kind), (self.guest, "room_qr", "complaint"))
        self._answer(case)
        self.assertEqual((bool(case.answered_at), case.user_id.login), (True, "clerk"))
        amend = self.env["hotel.amend"].search([("case_id", "=", case.id)])
        self.assertEqual((amend.state, amend.points), ("waiting", 5000))
        self._approve(amend)
        self.assertEqual((amend.state, amend.posting_id.points), ("done", 5000))
        case.action_solve()
        link = f"{case.access_url}?access_token={case.access_token}"
        with self._browse("guest", link, size=PHONE) as page:
            page.wait(".o_hotel_word_hotel", "engineer is on the way")
            page.click("label[for=o_hotel_star_4]")
            self._see(page, "10_rate")
            page.click(".o_hotel_rate button[type=submit]")
            page.wait(".alert-success", "rating")
            self._see(page, "11_rated")
        self.assertEqual(case.rating_last_value, 4)

    def test_the_board_in_chinese_and_the_guests_pages_on_a_desk(self):
        with self._browse("clerk_zh", "/odoo/hotel-cases") as page:
            page.wait(".o_kanban_record", count=6)
            page.shoot("board_zh")
            page.browser.navigate_to(f"{self.base_url()}/odoo/action-hotel_crm_service.hotel_follow_up_action/new")
            page.wait(".o_form_view [name=planned_date]")
            page.shoot("follow_up_zh")
        with self._browse("guest", "/my/cases/new?lang=zh_CN", size=PHONE) as page:
            page.wait(".o_hotel_case_form")
            self._see(page, "new_zh")
            page.browser.navigate_to(self.base_url() + "/my/cases")
            page.wait(".o_hotel_form_page")
            self._see(page, "list_zh")

    def test_the_desk_takes_a_case_in_from_its_screen(self):
        for login, text in (("desk", "The safe in 712 does not open"), ("desk_zh", "712房间保险箱打不开")):
            with self._browse(login, "/odoo/front-desk") as page:
                page.wait(".o_hotel_tool_case")
                page.shoot(f"desk_{login}")
                page.click(".o_hotel_tool_case")
                page.wait(".modal [name=description] textarea")
                page.click(".modal [name=description] textarea")
                page.type(text)
                page.shoot(f"desk_{login}_new_case")
                page.click(".modal .o_form_button_save")
                page.wait_gone(".modal")
            case = self.env["hotel.case"].search([("description", "=", text)])
            self.assertEqual((case.property_id, case.source, case.state), (self.hotel, "desk", "new"))
