"""The receptionist's story: a returning guest, a new one, one who is known already."""

from datetime import timedelta

from journey_browser import DESKTOP, PHONE, JourneyCase, again

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.guest.identity_numbers import WANG


@tagged("post_install", "-at_install")
class TestFrontDeskJourney(JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._make_hotels()
        cls.hotel.partner_id = cls.env["res.partner"].create(
            {"name": "Harbour Hotel", "country_id": cls.env.ref("base.pt").id}
        )
        annex = cls._make_property(name="Harbour Annex", tz="Europe/Lisbon")
        for lang in ("en_US", "zh_CN"):
            cls._make_user(
                "front_office", cls.hotel | annex, login=f"desk_{lang}", lang=lang, tz="Asia/Shanghai"
            ).hotel_property_id = cls.hotel
        cls._fill_hotel()
        # keys are made in a transaction of their own
        cls.env["hotel.data.key"]._get_keyring()
        # what waits for the commit, such as look-up keys, is there for each test
        cls.env.cr.flush()

    @classmethod
    def _fill_hotel(cls):
        """Make a day with all that a list can show."""
        today = cls.hotel.business_date
        suite = cls._make_room_type(cls.hotel, name="Junior Suite, Sea View", code="JS")
        rooms = [cls._make_room(suite if number % 3 else cls.room_type) for number in range(14)]
        allergy = cls.env["hotel.preference"].create(
            {
                "name": "Peanuts",
                "code": "peanuts",
                "category_id": cls.env.ref("hotel_crm_base.hotel_preference_category_allergy").id,
            }
        )
        names = ["王伟", "Ana Costa", "João Gonçalves de Albuquerque", "欧阳修文", "Łukasz Nowak", "Emma Li"]
        cls.guests = [
            cls._make_guest(name, phone=f"+8613912345{678 - number}", email=f"guest{number}@example.com")
            for number, name in enumerate(names)
        ]
        wang, ana, joao = cls.guests[:3]
        wang.write({"hotel_birth_date": "1988-08-08", "hotel_gender": "male"})
        wang.hotel_vip_code_id = cls.env.ref("hotel_crm_base.hotel_vip_code_v1")
        joao.hotel_block_reason = "payment"
        cls.env["hotel.guest.preference"].create({"partner_id": ana.id, "preference_id": allergy.id})
        past = {"state": "departed", "source_system": "seed"}
        cls._make_stay(wang, arrival=today - timedelta(days=90), source_ref="1", **past)
        cls._make_stay(ana, arrival=today - timedelta(days=30), source_ref="2", **past)
        common = {"room_type_id": suite.id}
        for guest in (wang, joao, cls.guests[4]):
            cls._make_stay(guest, arrival=today, nights=3, adults=2, **common)
        cls._make_stay(cls.guests[5], arrival=today - timedelta(days=1), room_id=rooms[1].id, **common)
        cls._make_stay(arrival=today, source_system="csv", source_ref="3", **common)
        for number, guest in enumerate([ana, cls.guests[3]]):
            cls._make_stay(
                guest,
                arrival=today - timedelta(days=2),
                nights=2 + number,
                state="in_house",
                room_id=rooms[4 + number].id,
                **common,
            )

    def _tell(self, lang, size):
        with self._browse(f"desk_{lang}", "/odoo/front-desk", size) as page:
            page.lang = lang
            page.wait(".o_hotel_day_row")
            page.shoot("1_day")
            self.assertFalse(page.is_wider_than_screen())
            self._find_returning_guest(page)
            self._warn_of_duplicate(page)
            self._register(page)

    def _find_returning_guest(self, page):
        if page.size == PHONE:
            page.click(".o_hotel_guest_box input")
        page.type("5678")
        page.wait(".o_hotel_guest_option", "王伟", count=1)
        page.shoot("2_found_by_phone")
        page.press("Escape")
        page.wait(".o_hotel_day_row")
        page.type("gw")
        page.press("Escape")
        page.type("wang wei")
        page.wait(".o_hotel_guest_option", "王伟", count=1)
        page.press("Enter")
        page.wait(".o_form_view")
        page.shoot("3_guest_page")
        page.evaluate("history.back()")
        page.wait(".o_hotel_guest_box")

    def _open_dialog(self, page):
        if page.size == PHONE:
            page.click(".o_hotel_new_guest")
        else:
            page.press("n", alt=True)
        page.wait(".o_hotel_new_guest_dialog input[name=name]")

    def _fill(self, page, **values):
        for name, value in values.items():
            page.click(f".o_hotel_new_guest_dialog input[name={name}]")
            page.evaluate(f"document.querySelector('input[name={name}]').select()")
            page.type(value)

    def _warn_of_duplicate(self, page):
        page.click(".o_hotel_guest_box input")
        page.press("Escape")
        page.type("nobody at all")
        page.wait(".o_hotel_register_option")
        page.shoot("4_nobody")
        page.press("Enter")
        page.wait(".o_hotel_new_guest_dialog input[name=name]")
        self.assertEqual(page.value("input[name=name]"), "nobody at all")
        self._fill(page, name="Wei Wang", phone="+86 139 1234 5678", email="not an address")
        page.click(".o_hotel_new_guest_dialog input[name=name]")
        page.wait(".o_hotel_alike_guest", "王伟", count=1)
        page.wait(".o_hotel_problem")
        page.shoot("5_known_already")
        page.press("Escape")
        page.wait_gone(".o_hotel_new_guest_dialog")

    def _register(self, page):
        page.click(".o_hotel_guest_box input")
        page.press("Escape")
        self._open_dialog(page)
        self._fill(page, name="Beatriz Nova", phone="912 345 678", email="bea@example.com")
        page.wait(".o_hotel_phone_read", "+351912345678")
        page.click("input[name=consent_email]")
        self._show_identity_card(page)
        page.shoot("6_new_guest")
        page.click(".o_hotel_register")
        page.wait(".o_form_view")
        page.shoot("7_registered")

    def _show_identity_card(self, page):
        """A guest from China shows an identity card: it tells birth date and gender."""
        page.click("#o_hotel_nationality")
        china = self.env.ref("base.cn").with_context(lang=page.lang).name
        page.type(china)
        if page.size == PHONE:
            page.wait_for(f"document.querySelector('.o_select_menu_item')?.textContent.includes('{china}')")
            page.click(".o_select_menu_item")
        else:
            page.wait(".o_select_menu_item.focus", china)
            page.press("Enter")
        page.wait_gone(".o_select_menu_item")
        page.wait_for("document.querySelector('select[name=document_type]').value === 'cn_id'")
        self._fill(page, document_number=WANG)
        page.click(".o_hotel_new_guest_dialog input[name=name]")
        for field in ("birth", "gender"):
            page.wait_for(f"document.querySelector('#o_hotel_{field}').value")

    def _check_registered(self):
        guest = self.env["res.partner"].search([("name", "=", "Beatriz Nova")])
        self.assertEqual(len(guest), 1)
        self.assertEqual((guest.phone, guest.email), ("+351912345678", "bea@example.com"))
        self.assertEqual(guest.hotel_consent_ids.mapped("channel"), ["email"])
        self.assertEqual(guest.hotel_document_ids.document_type, "cn_id")
        self.assertEqual(guest.hotel_birth_date.strftime("%Y%m%d"), WANG[6:14])

    @again
    def test_desk_english_desktop(self):
        self._tell("en_US", DESKTOP)
        self._check_registered()

    @again
    def test_desk_english_phone(self):
        self._tell("en_US", PHONE)
        self._check_registered()

    @again
    def test_desk_chinese_desktop(self):
        self._tell("zh_CN", DESKTOP)
        self._check_registered()

    def test_desk_chinese_phone(self):
        self._tell("zh_CN", PHONE)
        self._check_registered()
