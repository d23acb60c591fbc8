"""A guest is forgotten: nothing tells who it was, and the books are as they were."""

import io
import json
import zipfile
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import HotelCase
from .privacy_common import NUMBER, PrivacyLooks


@tagged("post_install", "-at_install")
class TestErasure(PrivacyLooks, HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest, cls.strings = cls._make_known_guest("Zdenka Quillfeather", "qzxwv")

    def test_no_table_holds_anything_personal_afterwards(self):
        before = {table for table, _column, _value in self._find_in_all_tables(self.strings)}
        self.assertLess({"res_partner", "hotel_consumption", "mail_message", "hotel_access_log"}, before)
        self.assertIn("hotel_import_row", before)
        self.guest._hotel_erase()
        self.assertEqual(self._find_in_all_tables(self.strings), [])
        files = self.env["ir.attachment"].search([("res_model", "=", "res.partner"), ("res_id", "=", self.guest.id)])
        self.assertFalse(files)

    def test_books_and_figures_stay(self):
        stays, lines = (
            self.env[model].search([("partner_id", "=", self.guest.id)])
            for model in ("hotel.stay", "hotel.consumption")
        )
        facts = (len(stays), stays.mapped("rate"), lines.mapped("amount_gross"), lines.mapped("business_date"))
        self.guest._hotel_erase()
        self.env.invalidate_all()
        self.assertEqual((stays.partner_id, lines.partner_id), (self.guest, self.guest))
        self.assertEqual(
            facts, (len(stays), stays.mapped("rate"), lines.mapped("amount_gross"), lines.mapped("business_date"))
        )
        self.assertEqual((self.guest.name, self.guest.active, self.guest.is_hotel_guest), ("Erased Guest", False, True))
        self.assertEqual(self.guest.country_id.code, "PT")
        self.assertTrue(self.guest.hotel_erased_at)

    def test_nobody_finds_the_guest_or_logs_in(self):
        user = self.guest.user_ids
        self.guest._hotel_erase()
        self.assertFalse(self.env["res.partner"].hotel_lookup("quillfeather"))
        self.assertFalse(user.active)
        self.assertEqual(user.login, f"erased-{user.id}")
        self.env.cr.execute("SELECT count(*) FROM hotel_guest_token WHERE partner_id = %s", [self.guest.id])
        self.assertEqual(self.env.cr.fetchone()[0], 0)

    def test_others_keep_what_is_theirs(self):
        other, strings = self._make_known_guest("Oleg Kirsanov", "pqrst")
        count = len(self._find_in_all_tables(strings[:2]))
        self.guest._hotel_erase()
        # a common number stands in both
        self.assertEqual(len(self._find_in_all_tables(strings[:2])), count)
        self.assertEqual(other.name, "Oleg Kirsanov")

    def test_while_a_legal_hold_stands_nothing_is_erased(self):
        hold = self.env["hotel.privacy.hold"].create({"partner_id": self.guest.id, "reason": "Lawsuit 12/26"})
        with self.assertRaisesRegex(UserError, "legal hold"):
            self.guest._hotel_erase()
        self.assertEqual(self.guest.name, "Zdenka Quillfeather")
        with self.assertRaisesRegex(UserError, "legal hold"):
            self.env["hotel.merge"]._merge_guests(self._make_guest("Twin"), self.guest)
        hold.action_lift()
        self.guest._hotel_erase()
        self.assertEqual(self.guest.name, "Erased Guest")

    def test_a_guest_in_house_staff_and_the_erased_are_not_erased(self):
        staff = self.env.user.partner_id
        staff.is_hotel_guest = True
        with self.assertRaisesRegex(UserError, "staff"):
            staff._hotel_erase()
        self._make_stay(self.guest, arrival=date(2026, 7, 1), state="booked")
        with self.assertRaisesRegex(UserError, "to come"):
            self.guest._hotel_erase()
        self.assertIn("qzxwv", self.guest.email)
        other = self._make_guest("Bo")
        other._hotel_erase()
        with self.assertRaisesRegex(UserError, "erased already"):
            other._hotel_erase()

    def test_merged_guests_are_erased_with_whom_they_became(self):
        gone = self._make_guest("Zdena Quillova", email="old-qzxwv@example.com")
        self._make_stay(gone, state="departed", note="Old Zdena Quillova", arrival=date(2025, 5, 1))
        self._make_consumption(gone, description="Tea for Zdena Quillova")
        self.env["hotel.merge"]._merge_guests(self.guest, gone)
        with self.assertRaisesRegex(UserError, "with whom he became"):
            gone._hotel_erase()
        self.guest._hotel_erase()
        self.assertEqual(self._find_in_all_tables([*self.strings, "Zdena", "Quillova"]), [])
        self.assertIn("erased", " ".join(self.guest._get_hotel_merge_obstacles(self._make_guest("Bo"))))

    def test_the_copy_holds_what_is_known_and_the_guests_own_number(self):
        with zipfile.ZipFile(io.BytesIO(self.guest._hotel_make_copy())) as packed:
            copy = json.loads(packed.read("guest.json"))
            names = packed.namelist()
        self.assertEqual(copy["Person"][0]["email"], "qzxwv@example.com")
        self.assertEqual(copy["Identity Documents"][0]["number"], NUMBER)
        self.assertEqual(copy["Consumption"][0]["amount_gross"], 50.0)
        self.assertEqual(copy["Consent"][0]["proof"], "Paper qzxwv")
        self.assertTrue([name for name in names if name.startswith("documents/")])
        self.assertTrue([name for name in names if name.endswith("qzxwv.txt")])
        self.assertNotIn("Friend", json.dumps(copy), "other persons are not told")
        self.assertNotIn("access_token", json.dumps(copy))

    def test_a_thousand_guests_need_no_more_queries_than_ten(self):
        counts = []
        for size in (10, 1000):
            guests = self.env["res.partner"].create(
                [
                    {"name": f"Many {size} {number}", "is_hotel_guest": True, "email": f"m{size}.{number}@example.com"}
                    for number in range(size)
                ]
            )
            self.env["hotel.stay"].create(
                [
                    {"partner_id": guest.id, "property_id": self.hotel.id, "arrival_date": date(2026, 5, 1),
                     "departure_date": date(2026, 5, 2), "state": "departed"}
                    for guest in guests
                ]
            )  # fmt: skip
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            guests._hotel_erase()
            counts.append(self.env.cr.sql_log_count - start)
            self.assertEqual(set(guests.mapped("name")), {"Erased Guest"})
        self.assertLess(counts[1], counts[0] + 40, counts)
