import gzip
import io
from datetime import date, datetime
from unittest.mock import patch

import openpyxl

from odoo.tests import BaseCase, tagged

from ...intake import reader
from ...intake.problems import Bad

ROWS = [["name", "city"], ["José", "São Paulo"], ["王伟", "北京"]]


def make_xlsx(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestIntakeReader(BaseCase):
    def _read(self, content, **options):
        table = reader.read(content, **options)
        return [table.header, *(cells for _number, cells in table.rows())]

    def _codes(self, content):
        """Return the rows with the code of what is bad in place of its cell."""
        return [[cell.code if isinstance(cell, Bad) else cell for cell in row] for row in self._read(content)]

    def test_encodings_are_found_out(self):
        for encoding, rows in (
            ("utf-8", ROWS),
            ("utf-8-sig", ROWS),
            ("utf-16", ROWS),
            ("utf-16-le", [["name", "city"], ["Jose", "Sao Paulo"]]),
            ("gb18030", [["姓名", "城市"], ["王伟", "北京"], ["李娜", "上海"]]),
            ("cp1252", [["name", "city"], ["José", "São Paulo"], ["Zoë", "Besançon"]]),
        ):
            text = "\r\n".join(";".join(row) for row in rows)
            with self.subTest(encoding=encoding):
                self.assertEqual(self._read(text.encode(encoding)), rows)

    def test_broken_bytes_spoil_their_cell_only(self):
        content = "name,city\nJosé,北京\n".encode() * 3 + b"Ana,Lisb\xffa\nBo,Porto\n"
        self.assertEqual(self._read(content)[-2:], [["Ana", "Lisb\ufffda"], ["Bo", "Porto"]])

    def test_a_nul_spoils_its_cell_only(self):
        self.assertEqual(self._read(b"name,city\nAna,Lis\0boa\n")[1], ["Ana", "Lis\ufffdboa"])

    def test_delimiters_are_found_out(self):
        for delimiter in reader.DELIMITERS:
            content = "\n".join(
                delimiter.join(["a, b; c", "d"] if delimiter in "|\t" else ["a", "d"]) for _row in "123"
            )
            with self.subTest(delimiter=delimiter):
                self.assertEqual(len(self._read(content.encode())[0]), 2)
        self.assertEqual(self._read(b"sep=|\na|b\n1|2\n"), [["a", "b"], ["1", "2"]])

    def test_packed_files_are_unpacked_and_bombs_refused(self):
        self.assertEqual(self._read(gzip.compress(b"a,b\n1,2\n")), [["a", "b"], ["1", "2"]])
        with patch.object(reader, "MAX_BYTES", 1000), self.assertRaises(reader.FileError) as caught:
            reader.read(gzip.compress(b"x" * 5000))
        self.assertEqual(caught.exception.code, "too_big")

    def test_rows_of_the_wrong_width(self):
        self.assertEqual(
            self._codes(b"a,b\n1\n1,2,\n1,2,3\n\n,\n"), [["a", "b"], ["1", ""], ["1", "2"], ["1", "too_many_cells"]]
        )

    def test_row_numbers_are_those_of_the_file(self):
        table = reader.read(b"\n\na,b\n1,2\n\n3,4\n")
        self.assertEqual([number for number, _cells in table.rows()], [4, 6])

    def test_a_long_cell_is_read(self):
        self.assertEqual(len(self._read(b"a\n" + b"x" * 500_000)[1][0]), 500_000)

    def test_an_open_quote_does_not_end_in_a_traceback(self):
        rows = self._read(b'a,b\n1,"open\n' + b"2,x\n" * 200)
        self.assertEqual(len(rows), 2)

    def test_a_spreadsheet_gives_texts(self):
        content = make_xlsx(
            ["name", "born", "seen", "rate", "vip", "phone"],
            ["王伟", date(1990, 2, 28), datetime(2020, 1, 2, 3, 4), 75.5, True, 13800138000],
            [],
            ["Ana", None, None, 75, False, "+351912345678"],
        )
        self.assertEqual(
            self._read(content)[1:],
            [
                ["王伟", "1990-02-28", "2020-01-02 03:04:00", "75.5", "TRUE", "13800138000"],
                ["Ana", "", "", "75", "FALSE", "+351912345678"],
            ],
        )
        self.assertEqual(self._read(content, decimal=",")[1][3], "75,5")

    def test_formulas_count_by_their_value_and_without_one_are_bad(self):
        self.assertEqual(self._codes(make_xlsx(["a", "b"], ["=1+1", 2]))[1], ["formula_no_value", "2"])

    def test_old_and_damaged_workbooks_are_refused(self):
        for content in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, make_xlsx(["a"])[:500]):
            with self.assertRaises(reader.FileError):
                reader.read(content)
