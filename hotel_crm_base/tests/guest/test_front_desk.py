from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ... import guards
from ..common import ROLES, HotelCase
from .identity_numbers import WANG


@tagged("post_install", "-at_install")
class FrontDeskCase(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.partner_id = cls.env["res.partner"].create(
            {"name": "Harbour Hotel", "country_id": cls.env.ref("base.pt").id}
        )
        cls.clerk = cls._make_user("front_office")
        # keys are made in a transaction of their own, which does not know the clerk
        cls.env["hotel.data.key"]._get_keyring()

    def _desk(self, user=None):
        return self.env["hotel.front.desk"].with_user(user or self.clerk)

    def _register(self, user=None, **values):
        guests = self.env["res.partner"].with_user(user or self.clerk)
        return self.env["res.partner"].browse(guests.hotel_register_guest(values))

    def _check(self, **values):
        return self.env["res.partner"].with_user(self.clerk).hotel_check_new_guest(values)


class TestDay(FrontDeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.business_date = date(2026, 5, 10)

    def _names(self, day, name):
        return [row["name"] for row in day[name]["rows"]]

    def _fill(self, count, state="in_house"):
        """Make stays of this day, each with a guest who has something to be told."""
        allergy = self.env["hotel.preference"].create(
            {
                "name": "Nuts",
                "code": f"nuts_{count}_{state}",
                "category_id": self.env.ref("hotel_crm_base.hotel_preference_category_allergy").id,
            }
        )
        for number in range(count):
            guest = self._make_guest(f"Guest {count} {number}", hotel_block_reason="payment")
            self.env["hotel.guest.preference"].create(
                {"partner_id": guest.id, "preference_id": allergy.id}
            )
            self._make_stay(
                guest,
                arrival=date(2026, 5, 10),
                room_id=self._make_room(self.room_type).id,
                room_type_id=self.room_type.id,
                companion_ids=self._make_guest(f"Companion {number}").ids,
            ).with_context(hotel_bulk=guards.BULK).state = state

    def test_the_lists_are_those_of_the_business_date(self):
        ana, rui, eva, late = (self._make_guest(name) for name in ("Ana", "Rui", "Eva", "Late"))
        self._make_stay(ana, arrival=date(2026, 5, 10))
        self._make_stay(late, arrival=date(2026, 5, 9), nights=3)
        self._make_stay(self._make_guest("Tomorrow"), arrival=date(2026, 5, 11))
        self._make_stay(self._make_guest("Long ago"), arrival=date(2026, 5, 1))
        self._make_stay(rui, arrival=date(2026, 5, 9), nights=1, state="in_house")
        self._make_stay(eva, arrival=date(2026, 5, 9), nights=4, state="in_house")
        day = self._desk().get_day(self.hotel.id)
        self.assertEqual(self._names(day, "arrivals"), ["Late", "Ana"])
        self.assertEqual([row["is_late"] for row in day["arrivals"]["rows"]], [True, False])
        self.assertEqual(sorted(self._names(day, "in_house")), ["Eva", "Rui"])
        self.assertEqual(self._names(day, "departures"), ["Rui"])
        self.assertEqual(day["business_date"], date(2026, 5, 10))
        self.assertEqual([day[name]["count"] for name in ("arrivals", "in_house", "departures")], [2, 2, 1])

    def test_who_has_come_and_gone_is_counted(self):
        stay = self._make_stay(self._make_guest(), arrival=date(2026, 5, 10))
        stay.action_check_in()
        day = self._desk().get_day(self.hotel.id)
        self.assertEqual((day["arrivals"]["count"], day["arrivals"]["done"]), (0, 1))
        stay.action_check_out()
        day = self._desk().get_day(self.hotel.id)
        self.assertEqual((day["in_house"]["count"], day["departures"]["done"]), (0, 1))

    def test_a_row_says_what_the_desk_must_know(self):
        self._fill(1)
        (row,) = self._desk().get_day(self.hotel.id)["in_house"]["rows"]
        self.assertEqual((row["nights"], row["companions"], row["room_type"]), (2, 1, self.room_type.name))
        self.assertEqual([level for level, _text in row["flags"]], ["danger", "warning"])
        self.assertEqual(row["state_name"], "In House")

    def test_an_anonymous_stay_has_no_name(self):
        self._make_stay(arrival=date(2026, 5, 10), source_system="csv", source_ref="1")
        (row,) = self._desk().get_day(self.hotel.id)["arrivals"]["rows"]
        self.assertEqual((row["name"], row["partner_id"], row["flags"]), (False, False, []))

    def test_each_hotel_has_its_own_date_at_the_same_moment(self):
        with freeze_time("2026-05-10 21:00:00"):  # 22:00 in Lisbon, 05:00 of the next day in Shanghai
            lisbon = self._make_property(tz="Europe/Lisbon")
            shanghai = self._make_property(tz="Asia/Shanghai")
            user = self._make_user("front_office", lisbon | shanghai, tz="America/Los_Angeles")
            for hotel, day in ((lisbon, date(2026, 5, 10)), (shanghai, date(2026, 5, 11))):
                self._make_stay(self._make_guest(hotel.tz), hotel, arrival=day)
            days = {hotel.tz: self._desk(user).get_day(hotel.id) for hotel in lisbon | shanghai}
        self.assertEqual(days["Europe/Lisbon"]["business_date"], date(2026, 5, 10))
        self.assertEqual(days["Asia/Shanghai"]["business_date"], date(2026, 5, 11))
        self.assertEqual(days["Europe/Lisbon"]["local_time"], "22:00")
        self.assertEqual(days["Asia/Shanghai"]["local_time"], "05:00")
        for zone, day in days.items():
            self.assertEqual(self._names(day, "arrivals"), [zone])

    def test_long_lists_end_until_all_is_wanted(self):
        self._patch(type(self.env["hotel.front.desk"]), "_get_limit", lambda desk: 3)
        self._fill(5)
        day = self._desk().get_day(self.hotel.id)["in_house"]
        self.assertEqual((day["count"], len(day["rows"])), (5, 3))
        day = self._desk().get_day(self.hotel.id, full=["in_house"])["in_house"]
        self.assertEqual((day["count"], len(day["rows"])), (5, 5))
        with self.assertRaises(UserError):
            self._desk().get_day(self.hotel.id, full=["secrets"])

    def test_the_number_of_queries_does_not_grow_with_the_hotel(self):
        desk = self._desk().with_context(tz="Europe/Lisbon")  # as the web client sends it
        counts = []
        for more in (2, 20):
            self._fill(more)
            for _warm in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                desk.get_day(self.hotel.id)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        # one is of the credit, one a programme's and one of the open cases, where their addons are there
        self.assertLessEqual(counts[0], 21)

    def test_a_stranger_sees_nothing_of_another_hotel(self):
        stranger = self._make_user("front_office", self.other_hotel)
        with self.assertRaises(AccessError):
            self._desk(stranger).get_day(self.hotel.id)
        with self.assertRaises(AccessError):
            self._desk(stranger).choose_property(self.hotel.id)
        for nonsense in (False, "1", [1], 10**6):
            with self.subTest(nonsense), self.assertRaises(AccessError):
                self._desk(stranger).get_day(nonsense)
        setup = self._desk(stranger).with_company(self.other_company).get_setup()
        self.assertEqual([hotel["id"] for hotel in setup["properties"]], self.other_hotel.ids)

    def test_the_desk_opens_at_the_property_chosen_last(self):
        second = self._make_property(name="Waterfront Annex")
        user = self._make_user("front_office", self.hotel | second)
        self.assertEqual(self._desk(user).get_setup()["property_id"], self.hotel.id)
        self._desk(user).choose_property(second.id)
        self.assertEqual(self._desk(user).get_setup()["property_id"], second.id)

    def test_those_who_meet_guests_begin_at_the_desk(self):
        desk = self.env.ref("hotel_crm_base.hotel_front_desk_menu").id
        root = self.env.ref("hotel_crm_base.hotel_crm_menu_root").id
        for role in ROLES:
            menus = self.env["ir.ui.menu"].with_user(self._make_user(role)).load_menus(False)
            with self.subTest(role):
                begins = role not in ("housekeeping", "finance", "marketing")
                self.assertEqual(desk in menus, begins)
                if begins:
                    self.assertEqual(menus[root]["children"][0], desk)

    def test_a_user_without_property_gets_an_empty_desk(self):
        nobody = self._make_user("front_office", self.env["hotel.property"])
        setup = self._desk(nobody).get_setup()
        self.assertEqual((setup["properties"], setup["property_id"]), ([], False))


class TestRegistration(FrontDeskCase):
    def test_all_that_the_form_holds_is_kept(self):
        guest = self._register(
            name="  Ana   Costa ",
            gender="female",
            birth_date="1990-02-28",
            nationality_id=self.env.ref("base.pt").id,
            phone="912 345 678",
            email="Ana@Example.com",
            lang=self.env["res.lang"].get_installed()[0][0],
            document_type="cn_id",
            document_number=WANG,
            consent_email=True,
            consent_sms=True,
        )
        self.assertEqual((guest.name, guest.phone, guest.email), ("Ana Costa", "+351912345678", "Ana@example.com"))
        self.assertEqual((guest.hotel_gender, guest.hotel_birth_date), ("female", date(1990, 2, 28)))
        self.assertTrue(guest.is_hotel_guest and guest.hotel_guest_code and guest.hotel_registered_at)
        self.assertFalse(guest.company_id)
        self.assertEqual(guest.hotel_document_ids.document_type, "cn_id")
        consents = guest.hotel_consent_ids
        self.assertEqual(set(consents.mapped("channel")), {"email", "sms"})
        self.assertEqual(set(consents.mapped("source")), {"desk"})
        self.assertEqual(consents.user_id, self.clerk)

    def test_the_country_chosen_for_the_phone_goes_before_that_of_the_hotel(self):
        china = self.env.ref("base.cn").id
        guest = self._register(name="Li Lei", phone="139 1234 5678", phone_country_id=china)
        self.assertEqual(guest.phone, "+8613912345678")

    def test_what_cannot_be_right_is_refused_in_words(self):
        for values, words in (
            ({"name": " 🦄 "}, "enter the name"),
            ({"name": "A" * 300}, "256 characters"),
            ({"name": "Ana", "phone": "12"}, "too short"),
            ({"name": "Ana", "email": "ana"}, "needs one @"),
            ({"name": "Ana", "birth_date": "2150-01-01"}, "cannot be right"),
            ({"name": "Ana", "birth_date": "soon"}, "not a date"),
            ({"name": "Ana", "gender": "x"}, "not in the list"),
            ({"name": "Ana", "lang": "xx_XX"}, "not installed"),
            ({"name": "Ana", "nationality_id": 10**6}, "country is not in the list"),
            ({"name": "Ana", "document_number": "E1234567"}, "kind of document"),
            ({"name": "Ana", "document_type": "cn_id", "document_number": "123456"}, "18 characters"),
            ({"name": "Ana", "is_company": True}, "not known"),
            ({"name": "Ana", "phone": 912345678}, "not of their kind"),
            ({"name": "Ana", "nationality_id": 10**12}, "not of their kind"),
            ({"name": "Ana", "key": "a\0b"}, "not of their kind"),
            ({"name": "Ana", "consent_sms": "yes"}, "not of their kind"),
        ):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, words):
                self._register(**values)

    def test_the_roles_that_meet_guests_register_them(self):
        allowed = {"front_office", "food_beverage", "service", "call_agent", "call_supervisor", "manager", "admin"}
        for role in ROLES:
            user = self._make_user(role)
            with self.subTest(role):
                if role in allowed:
                    self.assertTrue(self._register(user, name="Rui", consent_sms=True))
                    continue
                with self.assertRaises(AccessError):
                    self._register(user, name="Rui")
                with self.assertRaises(AccessError):
                    self.env["res.partner"].with_user(user).hotel_find_likely_duplicates({"name": "Rui"})

    def test_the_same_key_makes_one_guest(self):
        first = self._register(name="Ana Costa", key="4711")
        self.assertEqual(self._register(name="Ana Costa", key="4711"), first)
        self.assertNotEqual(self._register(name="Ana Costa", key="4712"), first)

    def test_the_key_of_a_call_is_kept_for_a_day(self):
        first = self._register(name="Ana Costa", key="4711")
        calls = self.env["hotel.guest.registration"]
        calls._gc_calls()
        self.assertEqual(calls._get_partner_id("4711"), first.id)
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            calls._gc_calls()
        self.assertFalse(calls._get_partner_id("4711"))

    def test_typing_is_checked_without_registering(self):
        before = self.env["res.partner"].search_count([])
        answer = self._check(name="Ana", phone="912345678", email="ana", birth_date="")
        self.assertEqual(answer["phone"], "+351912345678")
        self.assertEqual(list(answer["problems"]), ["email"])
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_an_identity_card_tells_birth_date_and_gender(self):
        told = self._check(name="Wang", document_type="cn_id", document_number=WANG)["told"]
        self.assertEqual(str(told["birth_date"]).replace("-", ""), WANG[6:14])
        self.assertIn(told["gender"], ("male", "female"))

    def test_the_form_offers_documents_to_those_who_write_them(self):
        self.assertTrue(self._desk().get_registration_setup()["document_types"])
        waiter = self._make_user("food_beverage")
        self.assertFalse(self._desk(waiter).get_registration_setup()["document_types"])
