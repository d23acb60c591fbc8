"""The receptionist's story: a walk-in is booked and checked in, dines, splits the bill, pays and leaves."""

from journey_browser import DESKTOP, PHONE, JourneyCase, again

from odoo.tests import tagged

MODAL = ".modal:not(.o_inactive_modal) "


@tagged("post_install", "-at_install")
class TestReceptionistJourney(JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._make_hotels()
        cls.hotel.write({"is_day_end_automatic": False, "horizon_days": 60})
        cls.room_type.product_id.list_price = 120.0
        cls.rooms = [cls._make_room(cls.room_type, name=name) for name in ("101", "102", "103")]
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)
        cls.guest = cls._make_guest("欧阳修文", phone="+8613912345678", email="ouyang@example.com")
        cls.company = cls._make_guest("Silk Road Trading", is_company=True)
        allergy = cls.env.ref("hotel_crm_base.hotel_preference_allergy_nuts")
        cls.env["hotel.guest.preference"].create({"partner_id": cls.guest.id, "preference_id": allergy.id})
        cls.outlet = cls._make_outlet(cls.hotel, name="Garden Restaurant", code="GA")
        for lang in ("en_US", "zh_CN"):
            for role, login in (("front_office", "desk"), ("food_beverage", "waiter")):
                cls._make_user(role, login=f"{login}_{lang}", lang=lang, tz="Asia/Shanghai")
        cls.env.cr.flush()

    def _tell(self, lang):
        with self._browse(f"desk_{lang}", "/odoo/front-desk", DESKTOP) as page:
            self._book_walk_in(page)
            self._check_in(page)
        with self._browse(f"waiter_{lang}", "/odoo/outlet", PHONE) as page:
            self._post_dinner(page)
        with self._browse(f"desk_{lang}", "/odoo/front-desk", DESKTOP) as page:
            self._split(page)
            self._check_out(page)
        self._check_books()

    def _read_again(self):
        """Look at the data once the browser has been answered: both share one connection."""
        self._wait_remaining_requests()
        self.env.invalidate_all()

    def _book_walk_in(self, page):
        page.wait(".o_hotel_new_booking")
        page.press("b", alt=True)
        page.wait(".o_hotel_booking_dialog .o_hotel_offer")
        page.type("5678")
        page.wait(".o_hotel_booking_dialog .o_hotel_guest_option", "欧阳修文", count=1)
        page.press("Enter")
        page.wait(".o_hotel_booking_guest", "欧阳修文")
        page.click(".o_hotel_offer")
        page.wait(".o_hotel_offer.active")
        page.shoot("1_offers")
        page.click(".o_hotel_book_check_in")

    def _check_in(self, page):
        page.wait(MODAL + "button[name=action_check_in]")
        page.shoot("2_check_in")
        page.click(MODAL + "button[name=action_check_in]")
        page.wait(".o_hotel_day_check_out")
        page.shoot("3_in_house")
        self._read_again()
        self.stay = self.env["hotel.stay"].search([("partner_id", "=", self.guest.id)])
        self.assertEqual((self.stay.state, self.stay.reservation_id.channel_id.code), ("in_house", "walk_in"))
        self.assertTrue(self.stay.room_id)
        self.room = self.stay.room_id.name

    def _fill(self, page, **values):
        for name, value in values.items():
            page.click(f".o_hotel_bill_form [name={name}]")
            page.type(value)

    def _post_dinner(self, page):
        page.wait(".o_hotel_bill_form")
        self.assertFalse(page.is_wider_than_screen())
        page.click(".o_hotel_guest_box input")
        page.type("ouyang")
        page.wait(".o_hotel_guest_option", "欧阳修文", count=1)
        page.click(".o_hotel_guest_option")
        page.wait(".o_hotel_card_room", self.room)
        self.assertEqual(page.value(".o_hotel_bill_form [name=room]"), self.room)
        page.shoot("4_guest_at_table")
        self._fill(page, description="Dinner", amount="abc")
        page.click(".o_hotel_bill_post")
        page.wait(".o_hotel_bill_problem")
        page.shoot("5_bad_amount")
        page.click(".o_hotel_bill_form [name=amount]")
        page.evaluate("document.querySelector('.o_hotel_bill_form [name=amount]').select()")
        page.type("86.5")
        self._fill(page, covers="2", bill_ref="G-1042")
        page.click(".o_hotel_bill_post")
        page.wait(".o_notification")
        self._post_by_mistake(page)

    def _post_by_mistake(self, page):
        """A coffee that was another table's is taken back."""
        page.click("[data-settlement=paid]")
        self._fill(page, description="Coffee", amount="4")
        page.click(".o_hotel_bill_post")
        page.wait_for("document.querySelector('.o_hotel_outlet_tab_day').textContent.includes('2')")
        page.click(".o_hotel_outlet_tab_day")
        page.wait(".o_hotel_bill", count=2)
        page.shoot("6_bills_of_the_day")
        page.click(".o_hotel_bill:first-child .o_hotel_bill_back")
        page.wait(".o_hotel_reverse_dialog [name=reason]")
        page.type("other table")
        page.shoot("7_take_back")
        page.click(".o_hotel_reverse_do")
        page.wait_gone(".o_hotel_reverse_dialog")
        page.wait(".o_hotel_bill_back", count=1)
        page.shoot("8_taken_back")
        self.assertFalse(page.is_wider_than_screen())

    def _split(self, page):
        """The company pays the room, the guest the rest."""
        page.wait(".o_hotel_day_balance")
        page.click(".o_hotel_day_list[data-list=in_house] .o_hotel_day_stay")
        page.click("button[name=action_open_folios]")
        page.wait("button[name=action_hotel_split]")
        page.shoot("9_folio")
        page.click("button[name=action_hotel_split]")
        page.wait(MODAL + "button[name=action_split]")
        page.choose(MODAL + "[name=payer_id]", "Silk Road")
        page.shoot("10_split")
        page.click(MODAL + "button[name=action_split]")
        page.wait_gone(".modal")
        self._read_again()
        folios = self.stay.reservation_id.folio_ids.filtered("order_line")
        self.assertEqual(len(folios), 2)

    def _check_out(self, page):
        self.hotel.business_date = self.stay.departure_date
        self.env.flush_all()
        page.browser.navigate_to(self.base_url() + "/odoo/front-desk")
        page.click(".o_hotel_day_list[data-list=departures] .o_hotel_day_check_out")
        page.wait(MODAL + "button[name=action_check_out]")
        page.wait(MODAL + ".o_data_row", count=2)
        page.wait(MODAL + "[name=amount_due]", "224.50")
        page.shoot("11_check_out")
        self._choose_journal(page)
        page.click(MODAL + "button[name=action_pay]")
        page.wait_gone(MODAL + "button[name=action_pay]")
        page.shoot("12_paid")
        page.click(MODAL + "button[name=action_check_out]")
        page.wait_gone(".modal")
        page.wait_gone(".o_hotel_day_check_out")
        page.shoot("13_left")

    def _choose_journal(self, page):
        """Choose the first way of paying that there is."""
        page.click(MODAL + "[name=journal] input, " + MODAL + "[name=journal] select")
        page.wait(".o_select_menu_item, .o-autocomplete--dropdown-item, [name=journal] option")
        page.click(".o_select_menu_item, .o-autocomplete--dropdown-item")

    def _check_books(self):
        """Two invoices are posted and paid; what was eaten and slept is consumption; nothing is open."""
        self.env.invalidate_all()
        reservation = self.stay.reservation_id
        self.assertEqual(self.stay.state, "departed")
        self.assertEqual(reservation.balance, 0)
        invoices = reservation.folio_ids.invoice_ids
        self.assertEqual(set(invoices.mapped("state")), {"posted"})
        self.assertEqual(set(invoices.partner_id), {self.guest, self.company})
        self.assertAlmostEqual(sum(invoices.mapped("amount_total")), reservation.amount_total)
        charges = self.env["hotel.consumption"].search([("stay_id", "=", self.stay.id)])
        self.assertEqual(set(charges.mapped("kind")), {"room", "food"})
        self.assertAlmostEqual(sum(charges.mapped("amount_gross")), reservation.amount_total)
        self.assertEqual(charges.filtered(lambda line: line.kind == "food").outlet_id, self.outlet)

    def test_walk_in_to_invoice_en(self):
        self._tell("en_US")

    @again
    def test_walk_in_to_invoice_zh(self):
        self._tell("zh_CN")
