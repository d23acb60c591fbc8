import random
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.common import HotelCase

from ...matching import blocks, compare
from ...models.guest.hotel_duplicate_candidate import NUMBERS
from .test_matching import make_guests, spoil


@tagged("post_install", "-at_install")
class TestDuplicateSearch(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pairs, cls.searches = cls.env["hotel.duplicate.pair"], cls.env["hotel.duplicate.search"]
        cls.env["res.partner"].search([("is_hotel_guest", "=", True)]).is_hotel_guest = False
        dice = random.Random(7)
        cls.rows = make_guests(400, dice)
        cls.again = dice.sample(range(400), 40)
        cls.rows += [spoil(cls.rows[row], dice) for row in cls.again]
        cls.guests = cls.env["res.partner"].create([cls._prepare(row) for row in cls.rows])

    @classmethod
    def _prepare(cls, row):
        return {
            "name": row["name"],
            "is_hotel_guest": True,
            "hotel_birth_date": row["birth_date"] or False,
            "phone": row["phone"],
            "email": row["email"],
            "hotel_gender": row["gender"] or False,
        }

    def _search(self, step=10**6):
        search = self.searches.create({})
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 9):
            self.searches._cron_continue(step=step)
        return search

    def _ids(self, *rows):
        return tuple(sorted(self.guests[row].id for row in rows))

    def test_candidates_are_those_that_the_engine_finds(self):
        """SQL and NumPy take the same pairs, kind by kind, as far as both know the keys."""
        count = self.env["hotel.duplicate.candidate"]._query_fill()
        rows = self.env["hotel.duplicate.candidate"].search([])
        self.assertEqual(len(rows), count)
        records = compare.Records.build([{**row, "document": ""} for row in self.rows])
        for kind in ("phone", "email", "birth_date"):
            keyed = blocks.keys_of(records)[kind]
            left, right = blocks.find_pairs(keyed, blocks.KINDS[kind][0])
            expected = {self._ids(a, b) for a, b in zip(left.tolist(), right.tolist(), strict=True)}
            found = {(row.partner_a, row.partner_b) for row in rows if row.kinds >> NUMBERS[kind] & 1}
            self.assertLessEqual(expected, found, kind)

    def test_duplicates_are_listed_with_what_speaks_for_them(self):
        search = self._search()
        self.assertEqual((search.state, search.progress), ("done", 100))
        found = {(pair.partner_a_id.id, pair.partner_b_id.id) for pair in self.pairs.search([])}
        true = {self._ids(row, 400 + number) for number, row in enumerate(self.again)}
        self.assertEqual(search.found_count, len(found))
        self.assertGreater(len(found & true) / len(found), 0.95)
        self.assertGreater(len(found & true) / len(true), 0.8)
        pair = self.pairs.search([], limit=1)
        self.assertGreater(pair.probability, 0.99)
        self.assertIn("Name", pair.reason_text)
        self.assertIn(pair.partner_a_id.name, pair.comparison)
        self.assertEqual(len(search.weights["m"]["name"]), compare.FIELDS["name"])

    def test_batches_come_to_the_same_as_all_at_once(self):
        whole = self._search()
        before = {(pair.partner_a_id, pair.partner_b_id): pair.probability for pair in self.pairs.search([])}
        self.pairs.search([]).unlink()
        parts = self._search(step=whole.candidate_count // 4)
        self.assertEqual(parts.found_count, whole.found_count)
        after = {(pair.partner_a_id, pair.partner_b_id): pair.probability for pair in self.pairs.search([])}
        self.assertEqual(before, after)

    def test_a_decision_outlives_the_next_search(self):
        self._search()
        manager = self._make_user("manager")
        pair = self.pairs.with_user(manager).search([], limit=1)
        pair.action_dismiss()
        self.assertEqual((pair.state, pair.decided_by_id), ("dismissed", manager))
        count = self.pairs.search_count([])
        self._search()
        self.assertEqual((pair.state, self.pairs.search_count([])), ("dismissed", count))
        pair.action_reopen()
        self.assertEqual(pair.state, "open")

    def test_names_written_into_a_profile_are_text_on_the_page(self):
        one, other = self._make_guest("<b>Ana</b> Costa"), self._make_guest("<b>Ana</b> Costa")
        self.pairs._query_note([(one.id, other.id, 0.9, "4 -1 -1 -1 -1 -1 -1")])
        pair = self.pairs.search([("partner_a_id", "=", one.id)])
        self.assertIn("&lt;b&gt;Ana", pair.comparison)
        self.assertNotIn("<b>", pair.comparison)

    def test_guests_that_are_gone_or_archived_are_no_pair(self):
        self.env["hotel.duplicate.candidate"]._query_fill()
        self.guests[400].active = False
        count = self.env["hotel.duplicate.candidate"]._query_fill()
        gone = self.env["hotel.duplicate.candidate"].search_count(
            ["|", ("partner_a", "=", self.guests[400].id), ("partner_b", "=", self.guests[400].id)]
        )
        self.assertTrue(count)
        self.assertFalse(gone)
        self.assertEqual(self.pairs._query_note([(self.guests[0].id, 2**31 - 1, 0.9, "")]), 0)

    def test_managers_search_and_nobody_else(self):
        action = self.searches.with_user(self._make_user("manager")).action_start()
        search = self.searches.browse(action["res_id"])
        self.assertEqual(search.state, "running")
        self.assertEqual(
            self.searches.with_user(self._make_user("manager")).action_start()["res_id"], search.id
        )
        with self.assertRaises(AccessError):
            self.searches.with_user(self._make_user("front_office")).action_start()
        with self.assertRaises(AccessError):
            search.with_user(self._make_user("front_office")).action_cancel()
        search.with_user(self._make_user("manager")).action_cancel()
        self.assertEqual(search.state, "cancelled")
        self.env.flush_all()
        self._search()
        pair = self.pairs.search([], limit=1)
        with self.assertRaises(AccessError):
            pair.with_user(self._make_user("marketing")).action_dismiss()
