"""A day of housekeeping on a phone, and the arrival of a guest at the desk, in two languages."""

from datetime import date

from journey_browser import PHONE, JourneyCase

from odoo.tests import tagged

DAY = date(2026, 5, 1)


@tagged("post_install", "-at_install")
class TestHousekeepingJourney(JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.hotel.business_date = DAY
        building = cls.env["hotel.building"].create({"name": "Main", "property_id": cls.hotel.id})
        floors = [
            cls.env["hotel.floor"].create({"name": name, "level": level, "building_id": building.id})
            for level, name in enumerate(("Ground Floor", "First Floor"))
        ]
        cls.rooms = [
            cls._make_room(cls.room_type, name=f"{1 + number // 4}{number:02}", floor_id=floors[number // 4].id)
            for number in range(8)
        ]
        cls.guest = cls._make_guest("Ana Costa", phone="+351912345678")
        common = {"room_type_id": cls.room_type.id}
        here = cls._make_stay(cls.guest, arrival=DAY, nights=1, room_id=cls.rooms[0].id, adults=2, **common)
        here.write({"state": "in_house"})
        cls.hotel.business_date = date(2026, 5, 2)
        cls.coming = cls._make_stay(cls.guest, arrival=date(2026, 5, 2), room_id=cls.rooms[1].id, **common)
        cls.rooms[0].housekeeping_state = "dirty"
        cls._make_user("housekeeping", login="keeper")
        cls._make_user("housekeeping", login="keeper_zh", lang="zh_CN")
        cls._make_user("front_office", login="clerk")
        cls._make_user("front_office", login="clerk_zh", lang="zh_CN")
        cls.env["hotel.data.key"]._get_keyring()
        cls.env.cr.flush()

    def test_a_keeper_cleans_a_room_and_reports_another_by_thumb(self):
        room, broken = self.rooms[0], self.rooms[2]
        with self._browse("keeper", "/odoo/housekeeping", size=PHONE) as page:
            page.wait(".o_hotel_room_card", count=8)
            self.assertFalse(page.is_wider_than_screen())
            heights = page.evaluate(
                "Math.min(...[...document.querySelectorAll('.o_hotel_room_button')].map(b => b.offsetHeight))"
            )
            self.assertGreaterEqual(heights, 44)
            page.shoot("housekeeping")
            self.assertNotIn("Costa", page.evaluate("document.body.innerText"))
            card = f".o_hotel_room_card[data-room='{room.name}']"
            page.wait(f"{card} .o_hotel_room_use", "Departure")
            page.click(f"{card} button[name=clean]")
            page.wait(f"{card}.o_hotel_room_clean")
            card = f".o_hotel_room_card[data-room='{broken.name}']"
            page.click(f"{card} button[name=close]")
            page.click(f"{card} .o_hotel_room_text")
            page.type("No hot water")
            page.shoot("out_of_order")
            page.click(f"{card} .o_hotel_room_save")
            page.wait(card, "No hot water")
            page.click(".o_hotel_room_filters button[name=arrival]")
            page.wait(".o_hotel_room_card", count=1)
            page.shoot("arrivals")
        self.assertEqual(room.housekeeping_state, "clean")
        self.assertEqual(room.status_log_ids[:1].user_id.login, "keeper")
        closure = self.env["hotel.room.closure"].search([("room_id", "=", broken.id)])
        self.assertEqual(closure.reason, "No hot water")

    def test_somebody_elses_change_is_not_overwritten(self):
        room = self.rooms[3]
        card = f".o_hotel_room_card[data-room='{room.name}']"
        with self._browse("keeper", "/odoo/housekeeping", size=PHONE) as page:
            page.wait(f"{card}.o_hotel_room_clean")
            room.housekeeping_state = "dirty"
            self.env.flush_all()
            page.click(f"{card} button[name=inspected]")
            page.wait(".o_notification", "Somebody else was quicker")
            page.wait(f"{card}.o_hotel_room_dirty")
        self.assertEqual(room.housekeeping_state, "dirty")

    def test_the_list_in_chinese(self):
        with self._browse("keeper_zh", "/odoo/housekeeping", size=PHONE) as page:
            page.wait(".o_hotel_room_card", count=8)
            self.assertFalse(page.is_wider_than_screen())
            page.shoot("housekeeping_zh")

    def test_a_guest_arrives_with_a_companion_and_a_document(self):
        path = f"/odoo/action-hotel_crm_base.hotel_stay_action/{self.coming.id}"
        with self._browse("clerk", path) as page:
            page.click("button[name=action_open_check_in]")
            page.wait(".modal div[name=room_id]")
            page.wait(".modal .o_data_row", "Ana Costa")
            page.shoot("check_in")
            page.click(".modal .o_field_x2many_list_row_add a")
            page.click(".modal .o_selected_row div[name=name] input")
            page.type("Rui Pinto")
            page.shoot("companion")
            page.click(".modal button[name=action_check_in]")
            page.wait_gone(".modal")
            page.wait(".o_statusbar_status .o_arrow_button_current", "In House")
        self.assertEqual(self.coming.companion_ids.mapped("name"), ["Rui Pinto"])
        self.assertEqual(self.coming.state, "in_house")

    def test_the_check_in_in_chinese(self):
        path = f"/odoo/action-hotel_crm_base.hotel_stay_action/{self.coming.id}"
        with self._browse("clerk_zh", path) as page:
            page.click("button[name=action_open_check_in]")
            page.wait(".modal .o_data_row", "Ana Costa")
            page.shoot("check_in_zh")
