"""Why a row waits is said in the language of whoever reads it."""

import importlib.util
import pathlib

from odoo.tests import tagged

from .test_feed import FeedCase

MIGRATION = pathlib.Path(__file__).parents[2] / "migrations/19.0.1.0.2/post-reasons.py"


@tagged("post_install", "-at_install")
class TestFeedReasons(FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.manager = cls._make_user("manager")

    def _send_bad(self):
        number = {"guest_document_number": "310101199001011238", "guest_document_type": "cn_id"}
        self._send("stays", self._stay(arrival_date="?", guest_email="nobody"), self._stay("S2", **number))
        return self.env["hotel.feed.row"].search([("state", "=", "waiting")])

    def test_each_reader_reads_in_his_own_language(self):
        rows = self._send_bad()
        english, chinese = (rows.with_user(self.manager).with_context(lang=lang) for lang in ("en_US", "zh_CN"))
        for row, translated in zip(english, chinese, strict=True):
            self.assertTrue(row.reasons.isascii(), row.reasons)
            self.assertRegex(translated.reasons, "[\u4e00-\u9fff]")
            self.assertEqual(row.error_ids.mapped("field_names"), translated.error_ids.mapped("field_names"))
        document = rows[1].error_ids
        self.assertEqual((document.code, document.detail), ("bad_document", "check_digit"))
        self.assertIn("The last character", english[1].reasons)
        self.assertNotRegex(chinese[1].reasons, "[a-z]{5,} [a-z]{3,}")

    def test_reasons_are_found_by_the_words_that_are_read(self):
        row = self._send_bad()[0].with_user(self.manager)
        errors = self.env["hotel.feed.error"].with_user(self.manager)
        for lang, word in (("en_US", "e-mail addr"), ("zh_CN", row.with_context(lang="zh_CN").error_ids[1].reason[:4])):
            self.assertEqual(errors.with_context(lang=lang).search([("reason", "ilike", word)]).row_id, row)
            self.assertEqual(row.with_context(lang=lang).search([("reasons", "ilike", word)]), row)
        self.assertFalse(errors.search([("reason", "ilike", "no sentence says this")]))

    def test_the_client_reads_in_its_own(self):
        self.client.lang = "zh_CN"
        bad = self._stay(arrival_date="?")
        [row] = self._send("stays", bad)["rows"]
        self.assertRegex(row["reasons"][0]["message"], "[\u4e00-\u9fff]")
        self.client.lang = "en_US"
        [row] = self._send("stays", bad)["rows"]
        self.assertTrue(row["reasons"][0]["message"].startswith("Not a date"))

    def test_a_rule_of_the_database_is_said_by_its_name(self):
        room = {"room_type": self.room_type.code, "room": self._make_room(self.room_type).name, "state": "booked"}
        later = {**room, "arrival_date": "2031-05-01", "departure_date": "2031-05-03"}
        self._send("stays", self._stay(**later), self._stay("S2", **later))
        error = self.env["hotel.feed.row"].search([("state", "=", "waiting")]).error_ids
        self.assertEqual(error.code, "database")
        rule = self.env["ir.model.constraint"].search([("name", "=", error.detail)])
        self.assertIn(rule.message, error.reason)

    def test_stored_sentences_of_any_language_become_codes(self):
        rows = self._send_bad()
        errors = rows.error_ids
        said = {error: error.with_context(lang="zh_CN").reason for error in errors}
        before = errors.mapped("detail")
        self.env.flush_all()
        self.cr.execute("ALTER TABLE hotel_feed_error ADD COLUMN reason varchar")
        self.cr.execute("ALTER TABLE hotel_feed_row ADD COLUMN reasons text")
        for error, text in said.items():
            self.cr.execute("UPDATE hotel_feed_error SET detail = NULL, reason = %s WHERE id = %s", [text, error.id])
        spec = importlib.util.spec_from_file_location("migration", MIGRATION)
        migration = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(migration)
        for _again in range(2):
            migration.migrate(self.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual([detail or "" for detail in errors.mapped("detail")], before)
        self.assertTrue(rows[0].with_context(lang="en_US").reasons.isascii())
        self.cr.execute("SELECT count(*) FROM information_schema.columns WHERE column_name LIKE 'reason%%'"
                        " AND table_name IN ('hotel_feed_error', 'hotel_feed_row')")  # fmt: skip
        self.assertEqual(self.cr.fetchone(), (0,))
