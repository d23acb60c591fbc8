"""The story of a manager who looks at likely duplicates side by side and says who is not one person."""

import random
from unittest.mock import patch

from journey_browser import DESKTOP, PHONE, JourneyCase, again

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.guest.test_matching import make_guests, spoil

BASE = "/odoo/action-hotel_crm_base."


@tagged("post_install", "-at_install")
class TestDuplicateJourney(JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
            cls._make_user("manager", login=f"manager_{lang}", lang=lang)
        dice = random.Random(7)
        rows = make_guests(300, dice)
        for row in rows + [spoil(row, dice) for row in rows[:40]]:
            cls._make_guest(
                row["name"], phone=row["phone"], email=row["email"], hotel_birth_date=row["birth_date"] or False
            )
        cls.search = cls.env["hotel.duplicate.search"].create({})
        with patch.object(type(cls.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 9):
            cls.env["hotel.duplicate.search"]._cron_continue()

    def _tell(self, lang, size):
        name = f"{lang}_{'phone' if size == PHONE else 'desktop'}"
        pair = self.env["hotel.duplicate.pair"].search([("state", "=", "open")], limit=1, order="probability, id")
        with self._browse(f"manager_{lang}", f"{BASE}hotel_duplicate_pair_action", size=size) as page:
            page.wait(".o_kanban_record, .o_data_row")
            page.shoot(f"list_{name}")
        path = f"{BASE}hotel_duplicate_search_action/{self.search.id}"
        with self._browse(f"manager_{lang}", path, size=size) as page:
            page.wait("[name=found_count]")
            page.shoot(f"search_{name}")
        with self._browse(f"manager_{lang}", f"{BASE}hotel_duplicate_pair_action/{pair.id}", size=size) as page:
            page.wait("[name=comparison] table", pair.partner_a_id.name)
            self.assertFalse(page.is_wider_than_screen())
            page.shoot(f"pair_{name}")
            if size == DESKTOP:
                page.click("button[name=action_dismiss]")
                page.wait("button[name=action_reopen]")
        self.assertEqual(pair.state, "dismissed" if size == DESKTOP else "open")

    @again
    def test_in_english(self):
        self._tell("en_US", DESKTOP)

    @again
    def test_in_chinese(self):
        self._tell("zh_CN", DESKTOP)

    def test_in_chinese_on_a_phone(self):
        self._tell("zh_CN", PHONE)
