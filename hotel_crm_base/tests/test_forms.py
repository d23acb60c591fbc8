from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.hotel_crm_base.tests.common import HotelCase

GUEST_FORM = "hotel_crm_base.res_partner_view_form_hotel_guest"


@tagged("post_install", "-at_install")
class TestForms(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._make_user("manager")
        cls.manager.hotel_all_properties = True
        cls.clerk = cls._make_user("front_office")
        cls.hotel.business_date = date(2026, 5, 1)

    def test_a_manager_sets_a_hotel_up_and_its_desk_takes_a_guest_in(self):
        hotel = self._fill_property()
        room_type = self._fill_room_type(hotel)
        rooms = self._fill_rooms(room_type)
        self.assertEqual(rooms.mapped("name"), ["201", "202", "203"])
        self.clerk.hotel_property_ids = hotel
        hotel.business_date = date(2026, 5, 1)
        guest = self._fill_guest()
        self.assertTrue(guest.hotel_guest_code)
        stay = self._fill_stay(guest, rooms[0])
        self.assertEqual((stay.property_id, stay.nights, stay.room_type_id), (hotel, 1, room_type))
        stay.action_check_in()
        line = self._fill_charge(stay)
        self.assertEqual((line.property_id, line.amount_net), (hotel, 42))

    def _fill_property(self):
        form = Form(self.env["hotel.property"].with_user(self.manager))
        form.name = "Lake Hotel"
        form.code = "LAKE"
        form.tz = "Europe/Lisbon"
        with form.building_ids.new() as building:
            building.name = "Main Building"
        with form.outlet_ids.new() as outlet:
            outlet.name = "Bar"
            outlet.code = "BAR"
            outlet.kind = "bar"
        return form.save()

    def _fill_room_type(self, hotel):
        form = Form(self.env["hotel.room.type"].with_user(self.manager))
        form.name = "Twin"
        form.code = "TWN"
        form.property_id = hotel
        with form.bed_ids.new() as bed:
            bed.bed_type_id = self.env["hotel.bed.type"].search([], limit=1)
        room_type = form.save()
        self.assertEqual(room_type.product_id.type, "service")
        return room_type

    def _fill_rooms(self, room_type):
        form = Form(self.env["hotel.room.generate"].with_user(self.manager))
        form.property_id = room_type.property_id
        form.room_type_id = room_type
        form.first_number = 201
        form.last_number = 203
        self.assertEqual(form.room_count, 3)
        action = form.save().action_generate()
        self.assertEqual(action["res_model"], "hotel.room")
        return room_type.room_ids.sorted("name")

    def _fill_guest(self):
        guests = self.env["res.partner"].with_user(self.clerk).with_context(default_is_hotel_guest=True)
        form = Form(guests, GUEST_FORM)
        form.name = "Ana Costa"
        form.hotel_gender = "female"
        form.hotel_birth_date = date(1990, 5, 1)
        form.phone = "+351912345678"
        with form.hotel_preference_ids.new() as line:
            line.preference_id = self.env["hotel.preference"].search([], limit=1)
        return form.save()

    def _fill_stay(self, guest, room):
        form = Form(self.env["hotel.stay"].with_user(self.clerk).with_context(default_partner_id=guest.id))
        self.assertEqual(form.arrival_date, date(2026, 5, 1))
        self.assertEqual(form.departure_date, date(2026, 5, 2))
        form.room_id = room.with_user(self.clerk)
        form.rate = 90
        return form.save()

    def _fill_charge(self, stay):
        form = Form(
            self.env["hotel.consumption"]
            .with_user(self.clerk)
            .with_context(default_partner_id=stay.partner_id.id, default_stay_id=stay.id)
        )
        form.description = "Dinner"
        form.kind = "food"
        form.amount_gross = 42
        return form.save()

    def test_rooms_that_exist_are_left_as_they_are(self):
        self._make_room(self.room_type, name="A-02")
        wizard = self.env["hotel.room.generate"].with_user(self.manager).create(
            {
                "property_id": self.hotel.id,
                "room_type_id": self.room_type.id,
                "prefix": "A-",
                "digits": 2,
                "first_number": 1,
                "last_number": 3,
            }
        )
        wizard.action_generate()
        self.assertEqual(sorted(self.room_type.room_ids.mapped("name")), ["A-01", "A-02", "A-03"])
        for last in (0, 5000):
            wizard.last_number = last
            with self.assertRaises(UserError):
                wizard.action_generate()

    def test_a_charge_is_reversed_with_a_reason(self):
        line = self._make_consumption(self._make_guest(), amount=80)
        wizards = self.env["hotel.consumption.reverse"]
        form = Form(wizards.with_user(self.clerk).with_context(default_line_ids=line.ids))
        form.reason = "Wrong guest"
        form.save().action_reverse()
        self.assertTrue(line.is_reversed)
        self.assertEqual(line.reversal_ids.reversal_reason, "Wrong guest")
        keeper = self._make_user("housekeeping")
        with self.assertRaises(AccessError):
            wizards.with_user(keeper).create({"reason": "x"})

    def test_a_stay_entered_by_hand_names_its_guest(self):
        form = Form(self.env["hotel.stay"].with_user(self.clerk))
        with self.assertRaises(AssertionError):
            form.save()
        with self.assertRaises(ValidationError):
            self._make_stay()

    def test_arrivals_and_departures_are_of_the_business_date_of_each_property(self):
        guest = self._make_guest()
        self.other_hotel.business_date = date(2026, 5, 2)
        arriving = self._make_stay(guest, arrival=date(2026, 5, 1))
        abroad = self._make_stay(guest, self.other_hotel, arrival=date(2026, 5, 2))
        leaving = self._make_stay(guest, arrival=date(2026, 4, 29), state="in_house")
        late = self._make_stay(guest, arrival=date(2026, 4, 30))
        stays = arriving | abroad | leaving | late

        def find(name, value):
            return stays.search([("id", "in", stays.ids), (name, "=", value)])

        self.assertEqual(find("is_arriving_today", True), arriving | abroad)
        self.assertEqual(find("is_arriving_today", False), leaving | late)
        self.assertEqual(find("is_departing_today", True), leaving)
        self.assertEqual(stays.filtered("is_arriving_today"), arriving | abroad)
        self.assertEqual(stays.filtered("is_departing_today"), leaving)

    def test_staff_choose_their_working_property_in_the_preferences(self):
        second = self._make_property(name="Second")
        self.clerk.hotel_property_ids = self.hotel | second
        user = self.clerk.with_user(self.clerk)
        form = Form(user, "base.view_users_form_simple_modif")
        form.hotel_property_id = second.with_user(self.clerk)
        form.save()
        self.assertEqual(self.clerk._get_hotel_property(), second)

    def test_the_working_property_is_of_the_company_that_is_switched_on(self):
        both = self._make_user("front_office", self.hotel | self.other_hotel)
        for hotel in (self.hotel, self.other_hotel):
            user = both.with_user(both).with_context(allowed_company_ids=hotel.company_id.ids)
            self.assertEqual(user._get_hotel_property(), hotel)
            self.assertTrue(user._get_hotel_property().name)
