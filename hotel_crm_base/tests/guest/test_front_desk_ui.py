from datetime import timedelta

from odoo.tests import HttpCase, tagged

from ..common import HotelMakers


@tagged("post_install", "-at_install")
class TestFrontDeskUi(HotelMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls._make_hotels()
        cls.hotel.partner_id = cls.env["res.partner"].create(
            {"name": "Harbour Hotel", "country_id": cls.env.ref("base.pt").id}
        )
        cls._make_user("front_office", login="desk", lang="en_US")
        cls.guest = cls._make_guest("李雷", phone="+8613912345678")
        today = cls.hotel.business_date
        cls._make_stay(cls.guest, arrival=today - timedelta(days=1), state="in_house")
        cls._make_stay(arrival=today, source_system="csv", source_ref="1")
        cls.home = f"/odoo/action-{cls.env.ref('hotel_crm_base.hotel_front_desk_action').id}"

    def test_a_returning_guest_is_found_by_the_end_of_the_phone_number(self):
        self.start_tour(self.home, "hotel_front_desk_find", login="desk")

    def test_a_new_guest_is_registered_once_and_the_desk_is_warned(self):
        self.start_tour(self.home, "hotel_front_desk_register", login="desk")
        guest = self.env["res.partner"].search([("name", "=", "Lei Li")])
        self.assertEqual(len(guest), 1)
        self.assertEqual((guest.phone, guest.email), ("+351912345679", "lei.li@example.com"))
        self.assertEqual(guest.hotel_consent_ids.mapped("source"), ["desk"])
