from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from .import_common import ImportCase, make_csv

HEADER = ("no", "name", "email", "phone", "born")


@tagged("post_install", "-at_install")
class TestImportGuests(ImportCase):
    def _import(self, *rows, header=HEADER, **values):
        job = self._make_import(make_csv(header, *rows), **values)
        self._map(job, source_ref="no")
        return job

    def _find(self, ref):
        references = self.env["hotel.guest.reference"].search([("source_ref", "=", ref)])
        return references.partner_id

    def test_columns_are_recognised_by_their_names(self):
        job = self._make_import(make_csv(["编号", "姓名", "E-Mail", "Birthday", "lucky"], ["1", "王伟", "", "", "8"]))
        self.assertEqual(
            job.column_ids.mapped(lambda line: (line.name, line.guests_target, line.sample)),
            [
                ("编号", "source_ref", "1"),
                ("姓名", "name", "王伟"),
                ("E-Mail", "email", ""),
                ("Birthday", "birth_date", ""),
                ("lucky", False, "8"),
            ],
        )
        self.assertEqual((job.state, job.row_count), ("mapping", 1))

    def test_a_guest_is_loaded_as_the_file_says(self):
        job = self._import(["7", " Ana  Costa ", "Ana@Example.com", "912 345 678", "28.02.1990"], date_form="dmy")
        job.phone_country_id = self.env.ref("base.pt")
        self.assertEqual(self._run(job), (1, 0, 0, 0))
        guest = self._find("7")
        self.assertEqual((guest.name, guest.email, guest.phone), ("Ana Costa", "Ana@example.com", "+351912345678"))
        self.assertEqual((guest.hotel_birth_date, guest.hotel_birth_mmdd), (date(1990, 2, 28), 228))
        self.assertEqual(guest.create_uid, self.importer)
        self.assertEqual(job.state, "done")

    def test_a_file_loaded_twice_changes_nothing(self):
        rows = [["1", "Ana", "ana@example.com", "", ""], ["2", "Bo", "", "", ""]]
        self._run(self._import(*rows))
        before = self._find("1").write_date
        count = self.env["res.partner"].search_count([])
        self.assertEqual(self._run(self._import(*rows)), (0, 2, 0, 0))
        self.assertEqual(self.env["res.partner"].search_count([]), count)
        self.assertEqual(self._find("1").write_date, before)

    def test_a_file_without_numbers_loaded_twice_changes_nothing(self):
        rows = [["Ana"], ["Ana"], ["Bo"]]
        first = self._make_import(make_csv(["name"], *rows))
        self.assertEqual(self._run(first), (3, 0, 0, 0))
        self.assertEqual(self._run(self._make_import(make_csv(["name"], *rows))), (0, 3, 0, 0))

    def test_a_later_file_fills_what_is_empty_and_keeps_what_stands(self):
        self._run(self._import(["1", "Ana", "", "", ""]))
        self._find("1").city = "Porto"
        job = self._import(["1", "Anna", "ana@example.com", "", "1990-02-28"])
        self.assertEqual(self._run(job), (0, 0, 1, 0))
        guest = self._find("1")
        self.assertEqual((guest.name, guest.email_normalized, guest.city), ("Ana", "ana@example.com", "Porto"))
        self.assertEqual(guest.hotel_birth_mmdd, 228)

    def test_nothing_is_merged_silently(self):
        known = self._make_guest("Ana", email="ana@example.com", phone="+351912345678")
        self._run(self._import(["1", "Ana", "ana@example.com", "+351912345678", ""]))
        self.assertNotEqual(self._find("1"), known)

    def test_guests_are_matched_where_the_job_says_so(self):
        known = self._make_guest("Ana", email="ana@example.com")
        job = self._import(["1", "Anna", "ANA@example.com", "+351912345678", ""], match_email=True)
        self.assertEqual(self._run(job), (0, 0, 1, 0))
        self.assertEqual(self._find("1"), known)
        self.assertEqual((known.name, known.phone), ("Ana", "+351912345678"))

    def test_a_match_with_two_guests_is_refused(self):
        self._make_guest("Ana", email="ana@example.com")
        self._make_guest("Ana", email="ana@example.com")
        job = self._import(["1", "Ana", "ana@example.com", "", ""], match_email=True)
        self.assertEqual(self._run(job), (0, 0, 0, 1))
        self.assertEqual(self._errors(job), [(2, "email", "ana@example.com", "ambiguous")])

    def test_contacts_who_are_no_guests_are_not_matched(self):
        self.env["res.partner"].create({"name": "Supplier", "email": "ana@example.com"})
        self.assertEqual(self._run(self._import(["1", "Ana", "ana@example.com", "", ""], match_email=True))[0], 1)

    def test_bad_rows_are_told_by_row_and_column_and_good_ones_are_loaded(self):
        job = self._import(
            ["1", "Ana", "ana@", "12", "31.12.1990"],
            ["2", "Bo", "", "", ""],
            ["", "Eva", "", "", ""],
            ["2", "Bo again", "", "", ""],
            ["3", "NULL", "", "", ""],
            ["4", "x" * 300, "", "", ""],
            ["5", "=1+1", "", "", ""],
            ["6", "😀 Smile", "", "", "2999-01-01"],
        )
        self.assertEqual(self._run(job), (1, 0, 0, 7))
        self.assertEqual(
            self._errors(job),
            [
                (2, "email", "ana@", "bad_email"),
                (2, "phone", "12", "bad_phone"),
                (2, "born", "31.12.1990", "bad_date"),
                (4, "no", "", "required"),
                (5, "no", "2", "same_reference"),
                (6, "name", "NULL", "required"),
                (7, "name", "x" * 119 + "…", "too_long"),
                (8, "name", "=1+1", "formula"),
                (9, "born", "2999-01-01", "far_date"),
            ],
        )
        self.assertEqual(job.error_ids[0].reason, "Not an e-mail address")
        self.assertEqual(self._find("2").name, "Bo")

    def test_dirty_values_that_mean_nothing_are_empty(self):
        self._run(self._import(["1", "Null", "N/A", "NULL", "undefined"]))
        guest = self._find("1")
        self.assertEqual((guest.name, guest.email, guest.phone), ("Null", False, False))
        self.assertFalse(guest.hotel_birth_date)

    def test_a_check_writes_nothing_and_tells_what_a_load_would_do(self):
        self._run(self._import(["1", "Ana", "", "", ""]))
        count = self.env["res.partner"].search_count([])
        job = self._import(
            ["1", "Ana", "", "", ""], ["2", "Bo", "", "", ""], ["3", "", "", "", ""], ["1", "Ana", "x@x.pt", "", ""]
        )
        self.assertEqual(self._run(job, check=True), (1, 1, 0, 2))
        self.assertEqual(job.state, "checked")
        self.assertEqual(self.env["res.partner"].search_count([]), count)
        self.assertFalse(self._find("2"))
        self.assertEqual(self._run(job), (1, 1, 0, 2))

    def test_identity_numbers_are_checked_and_encrypted(self):
        header = ["no", "name", "document_type", "document_number"]
        job = self._import(
            ["1", "王伟", "身份证", "11010519491231002X"],
            ["2", "李娜", "身份证", "110105194912310021"],
            ["3", "Ana", "passport", "AB123456"],
            header=header,
        )
        self.assertEqual(self._run(job), (2, 0, 0, 1))
        self.assertEqual(self._errors(job)[0][:2], (3, "document_type, document_number"))
        document = self.env["hotel.guest.document"].search([("partner_id", "=", self._find("1").id)])
        self.assertEqual((document.document_type, document.state), ("cn_id", "unverified"))
        self.assertNotIn("11010519491231002X", document.number_enc)
        self.assertEqual(
            self.env["hotel.guest.document"]._find_partner_ids_by_number("11010519491231002X"), self._find("1").ids
        )
        again = self._import(["1", "王伟", "身份证", "11010519491231002X"], header=header)
        self._run(again)
        self.assertEqual(len(self._find("1").hotel_document_ids), 1)

    def test_identity_numbers_of_refused_rows_are_kept_encrypted(self):
        header = ["no", "name", "email", "document_number"]
        job = self._import(
            ["1", "王伟", "x@", "11010519491231002X"], ["2", "Bo", "", "11010519491231002Y"], header=header
        )
        self.assertFalse(job.column_ids.filtered(lambda line: line.name == "document_number").sample)
        self._run(job)
        self.env.cr.execute("SELECT cells::text FROM hotel_import_row WHERE job_id = %s", [job.id])
        kept = str(self.env.cr.fetchall()) + str(job.error_ids.mapped("value"))
        self.assertNotIn("1949", kept)
        self.assertNotIn(b"1949", job._make_refused_file("csv"))
        self.assertFalse(job.file)
        job.error_ids.filtered(lambda error: error.column == "email").new_value = "x@example.com"
        job.action_load_mended()
        self.assertTrue(self._find("1").sudo().hotel_document_ids)

    def test_a_guest_who_was_erased_does_not_come_back(self):
        self._run(self._import(["1", "Ana", "", "", ""]))
        self._find("1").email = "ana@example.com"
        self._find("1")._hotel_erase()
        for row in (["1", "Ana", "", "", ""], ["2", "Ana", "ANA@example.com", "", ""]):
            job = self._import(row)
            self.assertEqual(self._run(job), (0, 0, 0, 1))
            self.assertEqual(self._errors(job)[0][3], "reference_blocked")
            self.assertFalse([cell for cell in job.bad_row_ids.cells if cell], "no row of hers is kept")
        self.assertFalse(self._find("1") or self._find("2"))

    def test_loaded_guests_are_found_at_the_desk(self):
        self._run(self._import(["1", "Ana Lucía", "", "+351912345678", ""]))
        found = self.env["res.partner"].with_user(self.importer).hotel_lookup("lucia")
        self.assertIn(self._find("1").id, [line["id"] for line in found])

    def test_loading_leaves_an_entry_in_the_access_log(self):
        self._run(self._import(["1", "Ana", "", "", ""], ["2", "Bo", "", "", ""]))
        entry = self.env["hotel.access.log"].search([("action", "=", "create")], limit=1)
        self.assertEqual((entry.user_id, entry.origin), (self.importer, "import"))

    def test_a_registration_time_is_local_to_the_importer(self):
        job = self._import(["1", "Ana", "2020-07-01 10:00"], header=["no", "name", "registered"])
        self._run(job)
        self.assertEqual(self._find("1").hotel_registered_at, datetime(2020, 7, 1, 9, 0))

    def test_first_and_last_name_make_a_name(self):
        job = self._import(["1", "伟", "王"], ["2", "Ana", "Costa"], header=["no", "given name", "surname"])
        self._run(job)
        self.assertEqual((self._find("1").name, self._find("2").name), ("王伟", "Ana Costa"))

    def test_an_import_without_a_name_is_not_started(self):
        job = self._make_import(make_csv(["no", "x"], ["1", "2"]))
        with self.assertRaisesRegex(UserError, "No column goes to Full name"):
            job.action_load()

    def test_files_that_cannot_be_read_say_why(self):
        for content, text in (
            (b"", "empty"),
            (b"name\n", "no rows"),
            (b"\x1f\x8b\x08broken", "damaged"),
            (b"PK\x03\x04broken", "spreadsheet"),
            (bytes(range(256)) * 50, "no table"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(UserError, text):
                self._make_import(content)

    def test_many_refused_rows_stop_the_import_and_it_can_go_on(self):
        rows = [["", "Ana", "", "", ""]] * 4 + [["9", "Bo", "", "", ""]]
        job = self._import(*rows, max_bad_rows=3)
        self.patch(type(job)._run, "__defaults__", (2,))  # two rows per chunk
        self._run(job)
        self.assertEqual((job.state, job.position, job.refused_count), ("stopped", 4, 4))
        job.max_bad_rows = 100
        job.action_continue()
        self._work()
        self.assertEqual((job.state, job.position, self._counts(job)), ("done", 5, (1, 0, 0, 4)))
