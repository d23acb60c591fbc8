"""The room rack in a browser: found by keys and pointer, moved, booked."""

from datetime import timedelta

from journey_browser import DESKTOP, PHONE, again
from rack_case import BAR, ROOM, RackJourneyCase

from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestRackJourney(RackJourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.room_type.product_id.list_price = 120.0
        cls.suite = cls._make_room_type(cls.hotel, name="Junior Suite", code="JS")
        cls.suite.product_id.list_price = 200.0
        cls.rooms = cls._make_house(12)
        cls.suites = cls.env["hotel.room"].union(
            *(cls._make_room(cls.suite, name=name) for name in ("901", "902", "903"))
        )
        names = ["王伟", "Ana Costa", "João Gonçalves de Albuquerque", "欧阳修文", "Łukasz Nowak", "Emma Li"]
        cls.guests = [cls._make_guest(name) for name in names]
        cls.guests[0].hotel_vip_code_id = cls.env.ref("hotel_crm_base.hotel_vip_code_v1")
        allergy = cls.env.ref("hotel_crm_base.hotel_preference_allergy_nuts")
        cls.env["hotel.guest.preference"].create(
            {"partner_id": cls.guests[1].id, "preference_id": allergy.id}
        )
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)
        cls.stays = [
            cls._stay(0, -2, 4, room=0, state="in_house"),
            cls._stay(1, 2, 3, room=1),
            cls._stay(2, 0, 5, room=2),
            cls._stay(3, 0, 2),
            cls._stay(4, 1, 3),
            cls._stay(5, 2, 6, room=4, state="held"),
        ]
        cls.env["hotel.room.closure"].create(
            {
                "room_id": cls.rooms[5].id,
                "start_date": cls.today + timedelta(days=1),
                "end_date": cls.today + timedelta(days=4),
                "reason": "Painting",
            }
        )
        cls.env.cr.flush()

    @classmethod
    def _stay(cls, guest, start, nights, room=None, **values):
        reservation = cls.env["hotel.reservation"].create(
            {"partner_id": cls.guests[guest].id, "property_id": cls.hotel.id}
        )
        return cls._make_stay(
            cls.guests[guest],
            arrival=cls.today + timedelta(days=start),
            nights=nights,
            room_type_id=cls.room_type.id,
            room_id=cls.rooms[room].id if room is not None else False,
            reservation_id=reservation.id,
            **values,
        )

    def _tell(self, lang):
        with self._browse(f"rack_{lang}", "/odoo/room-rack", DESKTOP) as page:
            page.wait(".o_hotel_rack_bar")
            page.shoot("1_rack")
            self.assertFalse(page.is_wider_than_screen())
            self._move_to_another_room(page)
            self._lengthen(page)
            self._book_by_dragging(page)
            self._use_keys(page)
            self._look_otherwise(page)

    def _move_to_another_room(self, page):
        """Within its type a stay moves at once."""
        stay = self.stays[1]
        start = self._middle(page, BAR % stay.id)
        self._drag(page, start, [start[0], self._middle(page, ROOM % self.rooms[3].id)[1]])
        page.wait_for(f"document.querySelector({(ROOM % self.rooms[3].id)!r}).querySelector({(BAR % stay.id)!r})")
        page.shoot("2_moved")

    def _lengthen(self, page):
        """By its right end a stay is lengthened; the price is shown first."""
        stay = self.stays[1]
        width = page.evaluate("document.querySelector('.o_hotel_rack_day').getBoundingClientRect().width")
        start = self._middle(page, f"{BAR % stay.id}.o_hotel_rack_edge_right", 1)
        start[0] -= 3
        self._drag(page, start, [start[0] + 2 * width, start[1]])
        page.wait(".o_hotel_move_total")
        page.shoot("3_price_first")
        page.click(".o_hotel_move_do")
        page.wait_gone(".o_hotel_move_dialog")
        page.wait(".o_notification")
        self.env.invalidate_all()
        self.assertEqual((stay.nights, stay.room_id), (5, self.rooms[3]))

    def _book_by_dragging(self, page):
        """Nights that are free are booked by dragging over them."""
        room = self.rooms[6]
        self._drag(page, self._day(page, room, 3), self._day(page, room, 5))
        page.wait(".o_hotel_booking_dialog .o_hotel_offer.active")
        self.assertEqual(page.text(".o_hotel_booking_room"), room.name)
        page.shoot("4_new_booking")
        page.click(".o_hotel_booking_dialog .o_hotel_guest_box input")
        page.type("Emma")
        page.wait(".o_hotel_guest_option", "Emma Li", count=1)
        page.press("Enter")
        page.wait(".o_hotel_booking_guest", "Emma Li")
        page.click(".o_hotel_book")
        page.wait_gone(".o_hotel_booking_dialog")
        page.wait(f"{ROOM % room.id} .o_hotel_rack_bar", "Emma Li", count=1)
        stay = self.env["hotel.stay"].search([("room_id", "=", room.id)])
        self.assertEqual((stay.nights, stay.arrival_date), (3, self.today + timedelta(days=3)))

    def _use_keys(self, page):
        """Arrows walk from today on, Enter opens the booking."""
        page.evaluate("document.querySelector('.o_hotel_rack_scroll').focus()")
        page.press("Home")
        for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft"):
            page.press(key)
        page.wait(".o_hotel_rack_marked_guest", "王伟", count=1)
        page.shoot("5_by_keys")
        page.press("Escape")
        page.wait_gone(".o_hotel_rack_marked_guest")
        for key in ("Home", "ArrowDown", "ArrowDown", "ArrowDown"):
            page.press(key)
        page.press("Enter")
        page.wait(".o_form_view")
        page.evaluate("history.back()")
        page.wait(".o_hotel_rack_bar")

    def _look_otherwise(self, page):
        page.click("[data-days='60']")
        page.wait(".o_hotel_rack_day", count=60)
        page.shoot("6_sixty_days")
        page.click("[data-by='floors']")
        page.wait(".o_hotel_rack_group")
        page.shoot("7_by_floor")
        page.click("[data-by='types']")
        page.wait(".o_hotel_rack_type", count=2)
        page.click("[data-days='14']")
        page.wait(".o_hotel_rack_day", count=14)
        page.shoot("8_types")
        page.click("[data-by='rooms']")
        page.click(".o_hotel_rack_assign")
        page.wait(".o_notification")
        page.shoot("9_rooms_given")
        self.assertTrue(self.stays[3].room_id)

    def test_rack_en(self):
        self._tell("en_US")

    @again
    def test_rack_zh(self):
        self._tell("zh_CN")

    def test_rack_on_a_phone(self):
        with self._browse("rack_en_US", "/odoo/room-rack", PHONE) as page:
            page.wait(".o_hotel_rack_bar")
            self.assertFalse(page.is_wider_than_screen())
            page.click(BAR % self.stays[0].id)
            page.wait(".o_hotel_rack_marked_guest", "王伟", count=1)
            page.shoot("1_rack")

    def test_who_was_slower_is_told_and_sees_what_is(self):
        with self._browse("rack_en_US", "/odoo/room-rack", DESKTOP) as page:
            stay = self.stays[2]
            page.wait(BAR % stay.id)
            stay.room_id = self.rooms[8]
            self.env.flush_all()
            start = self._middle(page, BAR % stay.id)
            self._drag(page, start, [start[0], self._middle(page, ROOM % self.rooms[3].id)[1]])
            page.wait(".o_notification", "Somebody else has changed")
            page.wait_for(f"document.querySelector({(ROOM % self.rooms[8].id)!r}).querySelector({(BAR % stay.id)!r})")
            page.shoot("1_conflict")
