from datetime import date, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...models.guest import hotel_guest_hits
from ..common import ROLES, HotelCase


@tagged("post_install", "-at_install")
class TestLookup(HotelCase):
    """What the look-up box finds, in which order, and for whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("front_office")

    def _look_up(self, text, user=None, **options):
        return self.env["res.partner"].with_user(user or self.clerk).hotel_lookup(text, **options)

    def _names(self, text, **options):
        return [row["name"] for row in self._look_up(text, **options)]

    def _matches(self, text, **options):
        return [(row["name"], row["match"]) for row in self._look_up(text, **options)]

    def _make_guest_seen(self, name, days_ago, **values):
        """Make a guest whose last stay began so many days ago."""
        guest = self._make_guest(name, **values)
        self._make_stay(guest, arrival=date(2026, 5, 1) - timedelta(days=days_ago), state="departed")
        return guest

    # ---- what is found ----------------------------------------------------------------------

    def test_a_chinese_name_is_found_in_characters_pinyin_and_initials(self):
        self._make_guest("王伟")
        for text in ("王伟", "王", "伟", "王 伟", "wangwei", "wang wei", "wei wang", "WEIWANG", "ww", "wang", "wangw"):
            self.assertEqual(self._names(text), ["王伟"], text)

    def test_two_characters_inside_a_name_are_found(self):
        self._make_guest("欧阳桂兰")
        for text in ("桂兰", "阳桂", "欧阳", "兰", "ouyang guilan", "oygl"):
            self.assertEqual(self._names(text), ["欧阳桂兰"], text)

    def test_family_names_are_read_as_families_read_them(self):
        for name, text in (("曾伟", "zengwei"), ("单伟", "shanwei"), ("仇伟", "qiuwei"), ("区伟", "ouwei")):
            self._make_guest(name)
            self.assertEqual(self._names(text), [name])
        self.assertFalse(self._look_up("cengwei"))

    def test_a_reading_may_stand_inside_a_latin_name_too(self):
        for name in ("安娜", "Johanna", "Anna Berger"):
            self._make_guest(name)
        self.assertEqual(self._matches("anna"), [("安娜", "exact"), ("Anna Berger", "prefix"), ("Johanna", "part")])

    def test_a_latin_name_is_found_in_any_order_and_without_accents(self):
        self._make_guest("Nguyễn Văn Minh")
        for text in (
            *("nguyen van minh", "van minh", "minh nguyen", "MINH", "nguy", "nguyen minh", "minh van", "ngu min"),
            *("Nguyễn", "guye", "nguyenvan", "nvm"),
        ):
            self.assertEqual(self._names(text), ["Nguyễn Văn Minh"], text)

    def test_a_name_in_two_scripts_is_found_in_both(self):
        self._make_guest("王伟 David")
        for text in ("david", "王伟", "wangwei", "david 王", "王伟 david", "wang david"):
            self.assertEqual(self._names(text), ["王伟 David"], text)

    def test_a_telephone_is_found_by_its_end_its_beginning_and_as_a_whole(self):
        guest = self._make_guest("Ana Costa", phone="+351 912 345 678")
        self.assertEqual(guest.phone_sanitized, "+351912345678")
        for text in ("678", "5678", "+351 912-345-678", "00351912345678", "912345678", "912 345", "+351912"):
            self.assertEqual(self._names(text), ["Ana Costa"], text)
        for text in ("6789", "+34912345678", "351 912 345 679"):
            self.assertFalse(self._look_up(text), text)
        self.assertEqual(self._matches("912345678"), [("Ana Costa", "exact")])

    def test_an_email_is_found_whole_begun_and_by_its_domain(self):
        self._make_guest("Ana Costa", email="Ana.Costa@Example.com")
        for text, match in (
            ("ana.costa@example.com", "exact"),
            ("ANA.COSTA@ex", "prefix"),
            ("ana.co", "prefix"),
            ("@example.com", "part"),
            ("costa@example", "part"),
        ):
            self.assertEqual(self._matches(text), [("Ana Costa", match)], text)

    def test_a_member_number_is_found(self):
        guest = self._make_guest("Ana Costa")
        code = guest.hotel_guest_code
        self.assertEqual(self._matches(code), [("Ana Costa", "exact")])
        self.assertEqual(self._names(f"{code[:3]} {code[3:]}"), ["Ana Costa"])
        self.assertEqual(self._names(code[:-2]), ["Ana Costa"])

    def test_a_document_number_is_asked_for_only_when_it_can_be_one(self):
        guest, asked = self._make_guest("Ana Costa"), []
        finder = self.env.registry["hotel.guest.document"]

        def find(_documents, number):
            asked.append(number)
            return guest.ids

        with patch.object(finder, "_find_partner_ids_by_number", find):
            self.assertEqual(self._matches("p1234 5678"), [("Ana Costa", "exact")])
            self.assertEqual(self._matches("11010519491231002x"), [("Ana Costa", "exact")])
            self.assertEqual(self._matches("123456789"), [("Ana Costa", "exact")])
            self.assertEqual(asked, ["P12345678", "11010519491231002X", "123456789"])
            for text in ("ana", "王伟", "5678", "a@example.com", "room 1203", guest.hotel_guest_code):
                self._look_up(text)
        self.assertEqual(len(asked), 3)

    def test_nothing_typed_finds_nobody(self):
        self._make_guest("Ana Costa")
        for text in ("", "   ", None, False, 5, "%", "_", "\\", "'", "--", "\0", "🦄", "()", "+", "\u200b"):
            self.assertEqual(self._look_up(text), [], repr(text))

    def test_odd_text_is_text(self):
        self._make_guest("Ana % Costa_\\'; DROP TABLE res_partner; --", email="a_b%c@example.com")
        self._make_guest("Annb", email="axbxc@example.com")
        self.assertEqual(len(self._look_up("ana costa")), 1)
        self.assertEqual(len(self._look_up("a_b%c@ex")), 1)
        self.assertEqual(len(self._look_up("a_b%c@")), 1)
        for text in ("a%", "a_a", "'; DROP TABLE", "\\", "ana\\", "ana\0costa", "x" * 10_000, "王" * 10_000, "+" * 500):
            self._look_up(text)
        self.assertEqual(self._names("ana\0costa"), self._names("ana costa"))

    def test_a_very_long_name_is_found_by_its_beginning_and_its_words(self):
        name = " ".join(f"Word{number}" for number in range(60))
        self._make_guest(name)
        self.assertEqual(self._names("word0 word1 word2"), [name])
        self.assertEqual(self._names("word5"), [name])
        self._make_guest("王" * 300)
        self.assertEqual(len(self._look_up("王王王")), 1)

    # ---- order ------------------------------------------------------------------------------

    def test_exact_comes_before_prefix_before_part(self):
        self._make_guest_seen("Berger", 3)
        self._make_guest_seen("Rosenberger Karl", 1)
        self._make_guest_seen("Bergerac Marie", 2)
        self._make_guest_seen("Anna Berger", 9)
        self.assertEqual(
            self._matches("berger"),
            [
                ("Berger", "exact"),
                ("Anna Berger", "prefix"),
                ("Bergerac Marie", "prefix"),
                ("Rosenberger Karl", "part"),
            ],
        )

    def test_words_in_a_row_come_before_words_in_any_order(self):
        self._make_guest_seen("Costa Rui Ana Maria", 1)
        self._make_guest_seen("Ana Costa Silva", 5)
        self._make_guest_seen("Joana Costa", 4)
        self._make_guest_seen("Ana Costa", 9)
        self.assertEqual(
            self._names("ana costa"), ["Ana Costa", "Ana Costa Silva", "Joana Costa", "Costa Rui Ana Maria"]
        )

    def test_whole_initials_come_before_longer_ones(self):
        self._make_guest_seen("王文丽", 1)
        self._make_guest_seen("王伟", 9)
        self.assertEqual(self._names("ww"), ["王伟", "王文丽"])

    def test_guests_seen_lately_come_first(self):
        for days_ago in (30, 10, 20):
            self._make_guest_seen(f"Ana Costa {days_ago}", days_ago)
        self.assertEqual(self._names("ana"), ["Ana Costa 10", "Ana Costa 20", "Ana Costa 30"])

    def test_the_end_of_a_number_comes_before_the_beginning_of_others(self):
        self._make_guest_seen("Begins", 1, phone="+8613800000000")
        self._make_guest_seen("Ends", 9, phone="+8615911111380")
        self.assertEqual(self._names("1380"), ["Ends", "Begins"])

    def test_plans_for_common_and_rare_names_give_the_same_list(self):
        """Whatever is common: probed, read among the newest guests, or fetched whole."""
        texts = ("c", "co", "ana", "ana c", "costa an", "王", "an co", "osta", "9", "91", "912", "5678", "anac")
        texts += ("ana@", "a", "@example", "costa ana", "w", "wang", "桂", "兰")
        for number in range(12):
            self._make_guest_seen(
                ("Ana Costa", "Costa Ana", "Joana Costa", "Carlos Ana", "王桂兰", "Wang Ana")[number % 6],
                (number * 7) % 12,
                phone=f"+35191234567{number % 10}",
                email=f"ana{number}@example.com",
            )
        plain = [self._matches(text, limit=5) for text in texts]
        for rare, newest in ((1, 10_000), (1, 3), (1, 0), (10_000, 0)):
            with (
                patch.object(hotel_guest_hits, "RARE_NAMES", rare),
                patch.object(hotel_guest_hits, "RARE_TOKENS", rare),
                patch.object(hotel_guest_hits, "NEWEST", newest),
                patch.object(hotel_guest_hits, "NEWEST_WITH_TOKENS", newest),
            ):
                for text, expected in zip(texts, plain, strict=True):
                    # less than three letters inside a word are looked for among the newest only
                    if len(text) > 2 or not text.isascii() or text.isdigit():
                        self.assertEqual(self._matches(text, limit=5), expected, (text, rare, newest))

    # ---- what is told -----------------------------------------------------------------------

    def test_a_row_says_what_the_desk_needs(self):
        vip = self.env["hotel.vip.code"].search([], limit=1)
        guest = self._make_guest(
            "Ana Costa",
            phone="+351912345678",
            email="ana@example.com",
            hotel_birth_date=date(1990, 5, 17),
            hotel_gender="female",
            hotel_vip_code_id=vip.id,
            hotel_block_reason="payment",
        )
        self._make_stay(guest, arrival=date(2025, 3, 1), state="departed")
        self._make_stay(guest, arrival=date(2026, 9, 1), state="booked")
        [row] = self._look_up("ana costa")
        self.assertEqual(
            (row["id"], row["name"], row["code"], row["phone"], row["email"], row["birth_date"], row["gender"]),
            (guest.id, guest.name, guest.hotel_guest_code, guest.phone, guest.email, date(1990, 5, 17), "female"),
        )
        self.assertEqual((row["vip"], row["blocked"], row["match"]), (vip.display_name or False, True, "exact"))
        self.assertIn("danger", [level for level, _text in row["flags"]])
        self.assertEqual((row["last_stay"], row["in_house"]), (date(2025, 3, 1), False))
        self._make_stay(guest, arrival=date(2026, 4, 30), state="in_house")
        [row] = self._look_up("ana costa")
        self.assertEqual((row["last_stay"], row["in_house"]), (date(2026, 4, 30), True))

    def test_stays_of_hotels_that_the_user_does_not_see_are_not_told(self):
        guest = self._make_guest("Ana Costa")
        self._make_stay(guest, hotel=self.other_hotel, state="in_house")
        [row] = self._look_up("ana costa")
        self.assertEqual((row["last_stay"], row["in_house"]), (False, False))
        stranger = self._make_user("front_office", hotels=self.other_hotel)
        [row] = self._look_up("ana costa", user=stranger)
        self.assertEqual((row["last_stay"], row["in_house"]), (date(2026, 5, 1), True))

    def test_who_was_looked_at_is_logged(self):
        guest = self._make_guest("Ana Costa")
        log = self.env["hotel.access.log"]
        before = log.search([], order="id desc", limit=1).id or 0
        self._look_up("ana costa")
        entries = log.search([("id", ">", before), ("partner_id", "=", guest.id), ("user_id", "=", self.clerk.id)])
        self.assertEqual(entries.mapped("action"), ["search"])

    # ---- for whom ---------------------------------------------------------------------------

    def test_every_role_looks_guests_up_and_nobody_else(self):
        self._make_guest("Ana Costa")
        for role in ROLES:
            self.assertEqual(self._names("ana costa", user=self._make_user(role)), ["Ana Costa"], role)
        for groups in ("base.group_user", "base.group_portal"):
            stranger = new_test_user(self.env, login=groups, groups=groups)
            with self.assertRaises(AccessError):
                self._look_up("ana costa", user=stranger)

    def test_guests_of_other_companies_leave_room_for_others(self):
        for number in range(30):
            self._make_guest_seen(f"Ana Costa {number}", 1, company_id=self.other_company.id)
        self._make_guest_seen("Ana Costa Mine", 50)
        self.assertEqual(self._names("ana", limit=3), ["Ana Costa Mine"])
        self.assertEqual(self._names("ana costa", limit=1), ["Ana Costa Mine"])
        stranger = self._make_user("front_office", hotels=self.other_hotel)
        self.assertEqual(len(self._names("ana", limit=40, user=stranger)), 31)

    def test_archived_guests_and_other_contacts_are_not_found(self):
        self._make_guest("Ana Costa").action_archive()
        self.env["res.partner"].create({"name": "Ana Costa"})
        self.assertFalse(self._look_up("ana costa"))

    def test_the_list_is_as_long_as_asked_for_within_reason(self):
        self.env["res.partner"].create([{"name": f"Ana {number}", "is_hotel_guest": True} for number in range(90)])
        self.assertEqual([len(self._look_up("ana", limit=limit)) for limit in (1, 12, 1000, 0, -5)], [1, 12, 80, 1, 1])
        for limit in (None, "many", [], 12):
            self.assertEqual(len(self._look_up("ana", limit=limit)), 12)

    # ---- cost -------------------------------------------------------------------------------

    def _count_queries(self, text):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        found = len(self._look_up(text))
        return found, self.env.cr.sql_log_count - before

    def test_the_number_of_queries_does_not_grow_with_the_list(self):
        preference = self.env["hotel.preference"].search([], limit=1)
        for number in range(14):
            name = "Ana Costa" if number < 12 else "Rui Sousa"
            guest = self._make_guest_seen(f"{name} {number}", number, phone="+351912345678")
            guest.hotel_preference_ids = [Command.create({"preference_id": preference.id, "is_alert": True})]
        self._count_queries("ana")  # rules and rights are read once
        for long, short in (("ana", "rui"), ("costa an", "sousa ru"), ("osta", "ousa")):
            (many, cost), (few, least) = self._count_queries(long), self._count_queries(short)
            self.assertEqual((many, few), (12, 2))
            self.assertLessEqual(cost, least)
            self.assertLessEqual(least, 20)
        self.assertLessEqual(self._count_queries("nobody of this name")[1], 12)
