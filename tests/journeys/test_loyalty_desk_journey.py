"""A member at the desk: benefits at the check-in, points above the limit, a gift, a missing stay."""

from datetime import timedelta

from journey_browser import DESKTOP, PHONE, JourneyCase, again

from odoo import fields
from odoo.tests import tagged

from odoo.addons.hotel_crm_loyalty.tests.desk.desk_common import DeskMakers
from odoo.addons.hotel_crm_loyalty.tests.ledger.loyalty_common import LoyaltyMakers

GUESTS = "/odoo/action-hotel_crm_base.res_partner_action_hotel_guest"
MODAL = ".modal:not(.o_inactive_modal) "


@tagged("post_install", "-at_install")
class TestLoyaltyDeskJourney(DeskMakers, LoyaltyMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._make_hotels()
        cls.program = cls._make_program(company_id=False)
        cls.room_type.product_id.list_price = 120.0
        cls._make_room(cls.room_type, name="101")
        suite = cls._make_room_type(cls.hotel, name="Suite", list_price=300.0)
        cls._make_room(suite, name="801")
        cls.guest = cls._make_guest("欧阳修文", phone="+8613912345678", email="ouyang@example.com")
        cls.card = cls._make_member(cls.guest)
        cls._give_tier(cls.card, "gold")
        cls._give_points(cls.card, 2600)
        cls.today = cls.hotel.business_date
        cls._make_departed(cls.guest, cls.today - timedelta(days=40), nights=3, spend=700)
        cls.card._hotel_evaluate()
        cls._make_item("Afternoon Tea", points=300, is_stocked=True, stock=3)
        cls._make_item("Silk Scarf", points=9000)
        cls.stay = cls._make_stay(cls.guest, arrival=cls.today, room_type_id=cls.room_type.id)
        for lang in ("en_US", "zh_CN"):
            cls._make_user("front_office", login=f"desk_{lang}", lang=lang, tz="UTC")
            cls._make_user("finance+approver", login=f"boss_{lang}", lang=lang, tz="UTC")
        cls.env.cr.flush()

    def _tell(self, lang):
        with self._browse(f"desk_{lang}", "/odoo/front-desk", DESKTOP) as page:
            self._check_in(page)
            self._open_member(page)
            self._adjust(page)
        with self._browse(f"boss_{lang}", "/odoo/action-hotel_crm_loyalty.hotel_loyalty_posting_action") as page:
            self._approve(page)
        self._file_claim()
        with self._browse(f"desk_{lang}", f"{GUESTS}/{self.guest.id}", DESKTOP) as page:
            page.click(".o_form_view .nav-link[name=member]")
            self._redeem(page)
            self._claim(page)
            self._answer(page)
        with self._browse(f"desk_{lang}", f"{GUESTS}/{self.guest.id}", PHONE) as page:
            page.click(".o_form_view .nav-link[name=member]")
            page.wait(".o_hotel_member_card")
            page.shoot("10_phone")
            self.assertFalse(page.is_wider_than_screen())
        with self._browse(f"desk_{lang}", "/odoo/action-hotel_crm_loyalty.hotel_loyalty_redemption_action") as page:
            page.wait(".o_kanban_view")
            page.shoot("11_board")
            page.open("hotel_crm_loyalty.hotel_loyalty_item_action")
            page.wait(".o_kanban_record", "Silk Scarf")
            page.shoot("12_catalogue")
        self._check_books()

    def _check_books(self):
        """What the screens have said is so; read once no browser shares the connection any more."""
        mine = [("card_id", "=", self.card.id)]
        self.assertEqual((self.stay.state, self.stay.hotel_late_check_out), ("in_house", 16.0))
        posting = self.env["hotel.loyalty.posting"].search([*mine, ("points", "=", 800)])
        self.assertEqual((posting.state, posting.approver_id.login[:4]), ("posted", "boss"))
        redemption = self.env["hotel.loyalty.redemption"].search(mine)
        self.assertEqual((redemption.state, redemption.signed_by), ("handed_over", self.guest.name))
        claim = self.env["hotel.loyalty.claim"].search(mine)
        self.assertEqual((claim.state, claim.posting_id.points), ("approved", 250))

    def _check_in(self, page):
        page.wait(".o_hotel_day_list[data-list=arrivals] .o_hotel_day_row .badge")
        page.shoot("1_arrivals")
        page.click(".o_hotel_day_check_in")
        page.wait(MODAL + "[name=benefit_ids] .o_data_row", count=3)
        page.shoot("2_benefits")
        page.click(MODAL + "[name=benefit_ids] .o_data_row:nth-child(1) [name=is_given] input")
        page.click(MODAL + "[name=benefit_ids] .o_data_row:nth-child(3) [name=is_given] input")
        page.shoot("3_given")
        page.click(MODAL + "button[name=action_check_in]")
        page.wait(".o_hotel_day_list[data-list=in_house] .o_hotel_day_row")
        page.shoot("4_in_house")

    def _open_member(self, page):
        page.click(".o_hotel_day_list[data-list=in_house] .o_hotel_day_open")
        page.click(".o_form_view .nav-link[name=member]")
        page.wait(".o_hotel_member_card")
        page.shoot("5_member")

    def _choose(self, page, name, text=""):
        page.choose(MODAL + f"[name={name}]", text)

    def _type(self, page, name, text):
        selector = MODAL + f"[name={name}] input, " + MODAL + f"[name={name}] textarea"
        page.click(selector)
        page.evaluate("document.activeElement.select && document.activeElement.select()")
        page.type(text)

    def _adjust(self, page):
        page.click(".o_hotel_member_adjust")
        page.wait(MODAL + "button[name=action_adjust]")
        self._type(page, "points", "800")
        self._choose(page, "reason_id")
        self._type(page, "note", "The lift was broken")
        page.wait(MODAL + ".alert-warning")
        page.shoot("6_above_the_limit")
        page.click(MODAL + "button[name=action_adjust]")
        page.wait_gone(".modal")
        page.wait(".o_hotel_member_open li")

    def _approve(self, page):
        page.wait(".o_data_row", "800")
        page.shoot("7_approvals")
        page.click(".o_data_row button[name=action_approve]")
        page.wait_gone(".o_data_row button[name=action_approve]")

    def _redeem(self, page):
        page.click(".o_hotel_member_redeem")
        page.wait(MODAL + "[name=item_id]")
        self._choose(page, "item_id", "Tea")
        page.wait(MODAL + "[name=points]", "300")
        page.click(MODAL + "button[name=action_redeem]")
        page.wait(MODAL + "button[name=action_hand_over]")
        page.shoot("8_hand_over")
        page.click(MODAL + "button[name=action_hand_over]")
        page.wait_gone(".modal")

    def _file_claim(self):
        """The member has claimed a stay that nobody finds."""
        day = fields.Date.today() - timedelta(days=3)
        self.card._hotel_claim(self.hotel, day - timedelta(days=2), day, text="I slept here")
        self.env.flush_all()

    def _claim(self, page):
        page.click(".o_hotel_member_claim")
        page.wait(MODAL + "[name=arrival_date]")
        page.shoot("9_claim")
        page.click(".modal-header .btn-close")
        page.wait_gone(".modal")
        page.wait(".o_hotel_member_open li")

    def _answer(self, page):
        page.click(".o_hotel_member_open li button")
        page.click("button[name=action_open_decision]")
        page.wait(MODAL + "button[name=action_approve]")
        self._type(page, "points", "250")
        self._type(page, "answer", "Sorry for that")
        page.shoot("9_answer")
        page.click(MODAL + "button[name=action_approve]")
        page.wait_gone(".modal")
        page.wait(".o_form_view .o_statusbar_status [aria-current=step]")

    def test_member_at_the_desk(self):
        self._tell("en_US")

    @again
    def test_member_at_the_desk_in_chinese(self):
        self._tell("zh_CN")
