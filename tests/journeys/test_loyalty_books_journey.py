"""Finance and a manager look at loyalty: reports, dashboard, and a period that is closed."""

from datetime import timedelta
from random import Random

from journey_browser import DESKTOP, JourneyCase, again

from odoo import fields
from odoo.tests import tagged

from odoo.addons.hotel_crm_loyalty.tests.books.books_common import BooksMakers

REPORTS = {
    "move_report": ".o_graph_renderer canvas",
    "member_report": ".o_graph_renderer canvas",
    "liability_report": ".o_pivot table",
    "vintage": ".o_data_row",
    "vintage_age": ".o_graph_renderer canvas",
}

#: the client has begun; a page that is left before tells of an error
READY = ".o_action_manager > *"


@tagged("post_install", "-at_install")
class TestLoyaltyBooksJourney(BooksMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._make_hotels()
        cls.company = cls.hotel.company_id
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.company.ids))
        cls.annex = cls._make_property(name="Harbour Annex", code="ANNE")
        cls.program = cls._make_programme()
        cls.today = fields.Date.context_today(cls.program)
        cls._make_value(0.01)
        cls._make_history(Random(3))
        for card in cls.env["loyalty.card"].search([("hotel_managed", "=", True)]):
            cls.env["hotel.loyalty.figure.member"]._refresh_cards(card.ids)
        cls._refresh(cls)
        for lang in ("en_US", "zh_CN"):
            start = (cls.today.replace(day=1) - timedelta(days=1)).replace(day=1)
            values = cls._make_accounts(cls.company) if lang == "en_US" else {}
            if values:
                cls.book = cls.env["hotel.loyalty.book"].create(
                    {"program_id": cls.program.id, "company_id": cls.company.id, "start_date": start, **values}
                )
            cls._make_user("finance", cls.hotel | cls.annex, login=f"finance_{lang}", lang=lang)
        cls.env.cr.flush()

    @classmethod
    def _make_history(cls, dice):
        """Make two years of members who earn, redeem and let points expire."""
        for number in range(30):
            joined = cls.today - timedelta(days=dice.randrange(60, 900))
            tier = cls.tiers[min(int(dice.random() ** 2 * len(cls.tiers)), len(cls.tiers) - 1)]
            card = cls._make_card(cls._make_guest(f"Member {number}"), joined=joined, hotel_tier_id=tier.id)
            for _stay in range(dice.randrange(1, 6)):
                day = joined + timedelta(days=dice.randrange((cls.today - joined).days * (1 + number % 2) // 2))
                hotel = dice.choice([cls.hotel, cls.hotel, cls.annex])
                lot = cls._make_lot(card, dice.randrange(500, 6000), day, hotel, expiry=day + timedelta(days=730))
                for share in (0.4, 0.7):
                    later = day + timedelta(days=dice.randrange(1, 300))
                    if dice.random() < share and later < cls.today:
                        cls._make_move(lot, "redeem", -int(lot.remaining * dice.random()), later, hotel, "redeemed")
                if lot.expiry_date <= cls.today:
                    cls._make_move(lot, "expire", -lot.remaining, lot.expiry_date, hotel, "lot_expired")

    def _look(self, lang):
        with self._browse(f"finance_{lang}", "/odoo", DESKTOP) as page:
            page.wait(READY)
            for name, selector in REPORTS.items():
                self._open(page, f"hotel_loyalty_{name}_action")
                page.wait(selector)
                page.shoot(name)
            self._open(page, "hotel_loyalty_dashboard_action")
            page.wait(".o-spreadsheet .o-scorecard")
            for number, down in enumerate((0, 600, 2000), start=1):
                page.point("mouseWheel", 600, 500, deltaX=0, deltaY=down)
                # charts are counted when they come into view, and are drawn on a canvas
                page.shoot(f"dashboard_{number}", pause=4)

    def _open(self, page, action):
        page.open(f"hotel_crm_loyalty.{action}")

    def test_reports_in_english(self):
        self._look("en_US")

    @again
    def test_reports_in_chinese(self):
        self._look("zh_CN")

    @again
    def test_a_period_is_closed_in_english(self):
        self._close_period("en_US")

    def test_a_period_is_closed_in_chinese(self):
        self._close_period("zh_CN")

    def _close_period(self, lang):
        with self._browse(f"finance_{lang}", "/odoo", DESKTOP) as page:
            page.wait(READY)
            self._open(page, "hotel_loyalty_point_value_action")
            page.wait(".o_data_row")
            page.shoot("values")
            page.browser.navigate_to(
                f"{self.base_url()}/odoo/action-hotel_crm_loyalty.hotel_loyalty_book_action/{self.book.id}"
            )
            page.wait("button[name=action_close]")
            page.shoot("book")
            page.click("button[name=action_close]")
            page.wait(".o_list_view .o_data_row", count=1)
            page.shoot("closings")
            page.click(".o_data_row td[name=end_date]")
            page.wait(".o_form_view .o_field_widget[name=ledger_amount]")
            page.shoot("closing")
            self._open(page, "hotel_loyalty_closing_line_action")
            page.wait(".o_pivot table")
            page.shoot("deferred_revenue")
        closing = self.book.closing_ids
        self.assertEqual((closing.difference, closing.move_id.state), (0, "posted"))
        self.assertEqual(closing.amount, closing.ledger_amount)
