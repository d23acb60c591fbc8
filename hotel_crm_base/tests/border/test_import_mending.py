import io
from datetime import timedelta

import openpyxl

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .import_common import ImportCase, make_csv

HEADER = ("name", "e-mail", "phone")
BAD = ["=cmd|x", "ana@", "+351 912 345 678"]


@tagged("post_install", "-at_install")
class TestImportMending(ImportCase):
    def _load(self, *rows, header=HEADER, **values):
        job = self._make_import(make_csv(header, *rows), **values)
        self._run(job)
        return job

    def test_values_typed_in_the_list_are_loaded(self):
        job = self._load(["Ana", "ana@", ""], ["Bo", "", ""], ["", "x@", ""])
        self.assertEqual(self._counts(job), (1, 0, 0, 2))
        job.error_ids.filtered(lambda error: error.row_number == 2).new_value = "ana@example.com"
        job.action_load_mended()
        self.assertEqual(self._counts(job), (2, 0, 0, 1))
        self.assertEqual(job.position, job.row_count)
        self.assertTrue(self.env["res.partner"].search([("email_normalized", "=", "ana@example.com")]))
        self.assertEqual(job.bad_row_ids.mapped("number"), [4])

    def test_rows_refused_for_want_of_another_record_load_as_they_are(self):
        header = ["booking", "arrival", "departure", "status", "guest_id"]
        job = self._make_import(
            make_csv(header, ["S1", "2025-03-01", "2025-03-02", "departed", "G1"]),
            kind="stays",
            property_id=self.hotel.id,
        )
        self._run(job)
        self.assertEqual(self._counts(job), (0, 0, 0, 1))
        self.env["hotel.bulk.loader"]._load_guests([{"source_ref": "G1", "name": "Ana"}], "pms")
        job.action_load_mended()
        self.assertEqual(self._counts(job), (1, 0, 0, 0))

    def test_a_value_of_several_columns_is_mended_in_its_parts(self):
        header = ["arrival_date_year", "arrival_date_month", "arrival_date_day_of_month", "nights", "status"]
        job = self._make_import(
            make_csv(header, ["2025", "2", "30", "1", "departed"]), kind="stays", property_id=self.hotel.id
        )
        self._run(job)
        self.assertEqual(job.error_ids.value, "2025 / 2 / 30")
        job.error_ids.new_value = "2025 / 3 / 30"
        job.action_load_mended()
        self.assertEqual(self._counts(job), (1, 0, 0, 0))

    def test_a_row_with_the_reference_of_another_is_not_loaded_over_it(self):
        header = ["id", "name"]
        job = self._load(["1", "Ana"], ["1", "Bo"], header=header)
        with self.assertRaises(UserError):
            job.action_load_mended()
        job.error_ids.new_value = "2"
        job.action_load_mended()
        self.assertEqual(self._counts(job), (2, 0, 0, 0))

    def test_a_downloaded_file_is_mended_and_loaded_again(self):
        job = self._load(["Ana", "ana@", "+351 912 345 678"], ["Bo", "", ""])
        text = job._make_refused_file("csv").decode("utf-8-sig")
        self.assertEqual(text.splitlines()[0], "name,e-mail,phone,#row,#column,#value,#reason,#reference")
        self.assertIn("Ana,ana@,'+351 912 345 678,2,e-mail,ana@,Not an e-mail address,", text)
        mended = self._make_import(text.replace("ana@,'", "ana@example.com,'").encode())
        self.assertEqual(len(mended.column_ids), 3)
        self.assertEqual(self._run(mended), (1, 0, 0, 0))
        guest = self.env["res.partner"].search([("email_normalized", "=", "ana@example.com")])
        self.assertEqual(guest.phone, "+351912345678")
        # mended in the list as well: the same row, not another guest
        job.error_ids.new_value = "ana@example.com"
        job.action_load_mended()
        self.assertEqual(self._counts(job), (1, 1, 0, 0))

    def test_formulas_do_not_reach_a_spreadsheet(self):
        job = self._load(BAD)
        rows = job._make_refused_file("csv").decode("utf-8-sig").splitlines()
        self.assertTrue(rows[1].startswith("'=cmd|x,"))
        book = openpyxl.load_workbook(io.BytesIO(job._make_refused_file("xlsx")))
        cells = [cell.value for cell in book.active[2]]
        self.assertEqual(cells[:3], BAD)
        self.assertEqual({cell.data_type for cell in book.active[2]}, {"s"})

    def test_only_the_new_value_of_an_error_is_written(self):
        job = self._load(BAD)
        with self.assertRaises(AccessError):
            job.error_ids[:1].value = "x"

    def test_refused_rows_go_after_a_month(self):
        job = self._load(BAD)
        self.env["hotel.import.row"]._gc_refused_rows()
        self.assertTrue(job.bad_row_ids)
        self.env.flush_all()
        before = fields.Datetime.now() - timedelta(days=31)
        self.env.cr.execute("UPDATE hotel_import_job SET write_date = %s WHERE id = %s", [before, job.id])
        self.env.invalidate_all()
        self.env["hotel.import.row"]._gc_refused_rows()
        self.assertFalse(job.bad_row_ids or job.error_ids or job.file)
        self.assertEqual((job.state, job.refused_count), ("done", 1))


@tagged("post_install", "-at_install")
class TestImportDownload(ImportCase, HttpCase):
    def test_refused_rows_are_downloaded_by_their_importer_only(self):
        job = self._make_import(make_csv(HEADER, BAD))
        self._run(job)
        stranger = self._make_user("manager", login="stranger")
        url = job.action_download_csv()["url"]
        self.authenticate(self.importer.login, self.importer.login)
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertIn("file-refused.csv", response.headers["Content-Disposition"])
        self.authenticate(stranger.login, stranger.login)
        self.assertEqual(self.url_open(url).status_code, 403)
