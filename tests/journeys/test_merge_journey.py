"""The story of a clerk who finds two guests to be one, merges them, sees the mistake and takes it back."""

from datetime import date

from journey_browser import DESKTOP, PHONE, JourneyCase, again

from odoo.tests import tagged

BASE = "/odoo/action-hotel_crm_base."


@tagged("post_install", "-at_install")
class TestMergeJourney(JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        hotels = cls.env["hotel.property"].search([])
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
            cls._make_user("front_office+approver", hotels, login=f"clerk_{lang}", lang=lang)

    def _make_two(self):
        """Make a pair of likely duplicates with stays."""
        portugal = self.env.ref("base.pt").id
        kept = self._make_guest(
            "王伟 David Wang", email="david@example.com", phone="+86 139 1234 5678", hotel_birth_date=date(1980, 2, 28)
        )
        gone = self._make_guest(
            "Wang Wei", email="wang.wei@example.com", phone="+86 139 1234 5678", street="Rua Nova 1", city="Lisboa",
            country_id=portugal,
        )  # fmt: skip
        for guest, count in ((kept, 3), (gone, 2)):
            for number in range(count):
                self._make_stay(guest, arrival=date(2026, 3, 1 + number), state="departed")
            self._make_consumption(guest)
        self.env["hotel.duplicate.pair"]._query_note([(kept.id, gone.id, 0.98, "3 -1 5 0 -1 -1 -1")])
        pair = self.env["hotel.duplicate.pair"].search([("partner_a_id", "=", kept.id)])
        return kept, gone, pair

    def _tell(self, lang, size):
        kept, gone, pair = self._make_two()
        name = f"{lang}_{'phone' if size == PHONE else 'desktop'}"
        with self._browse(f"clerk_{lang}", f"{BASE}hotel_duplicate_pair_action/{pair.id}", size=size) as page:
            page.wait("[name=comparison] table", kept.name)
            page.click("button[name=action_merge]")
            page.wait(".modal [name=moving] li")
            page.click(".modal .o_data_row:nth-child(3) [name=takes_right] input")
            page.wait(".modal .o_data_row:nth-child(3) [name=takes_right] input:checked")
            page.shoot(f"plan_{name}", whole=True)
            page.click(".modal button[name=action_merge]")
            page.wait_gone(".modal")
            page.wait("button[name=action_undo]")
            page.shoot(f"merged_{name}")
        self.env.invalidate_all()
        self.assertEqual((gone.active, gone.hotel_merged_into_id), (False, kept))
        self.assertEqual(len(kept.hotel_stay_ids), 5)
        self.assertEqual((kept.email, kept.city), ("wang.wei@example.com", "Lisboa"))
        kept.city = "Porto"
        merge = self.env["hotel.merge"].search([("gone_id", "=", gone.id)])
        self.env.flush_all()
        with self._browse(f"clerk_{lang}", f"{BASE}hotel_merge_action", size=size) as page:
            page.wait(".o_data_row, .o_kanban_record")
            page.shoot(f"merges_{name}")
        with self._browse(f"clerk_{lang}", f"{BASE}hotel_merge_action/{merge.id}", size=size) as page:
            page.click("button[name=action_undo]")
            page.wait(".modal button[name=action_undo]")
            page.shoot(f"undo_{name}", whole=True)
            page.click(".modal button[name=action_undo]")
            page.wait_gone(".modal")
        self.env.invalidate_all()
        self.assertEqual((gone.active, len(gone.hotel_stay_ids), merge.state), (True, 2, "undone"))
        self.assertEqual((kept.email, kept.city), ("david@example.com", "Porto"))

    @again
    def test_in_english(self):
        self._tell("en_US", DESKTOP)

    def test_in_chinese(self):
        self._tell("zh_CN", DESKTOP)

    @again
    def test_in_english_on_a_phone(self):
        self._tell("en_US", PHONE)
