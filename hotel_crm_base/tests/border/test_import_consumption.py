from datetime import date

from odoo.tests import tagged

from .import_common import ImportCase, make_csv

HEADER = ("line_id", "guest_id", "stay_ref", "kind", "date", "bill", "item", "amount", "net", "reversal_of")


@tagged("post_install", "-at_install")
class TestImportConsumption(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        loader = cls.env["hotel.bulk.loader"]
        loader._load_guests([{"source_ref": "G1", "name": "Ana"}, {"source_ref": "G2", "name": "Bo"}], "pms")
        stay = {"source_ref": "S1", "guest_ref": "G2", "property_id": cls.hotel.id, "state": "departed"}
        loader._load_stays([{**stay, "arrival_date": date(2025, 3, 1), "departure_date": date(2025, 3, 3)}], "pms")

    def _import(self, *rows, header=HEADER, **values):
        values = {"property_id": self.hotel.id, "kind": "consumption", **values}
        return self._make_import(make_csv(header, *rows), **values)

    def _lines(self):
        return self.env["hotel.consumption"].search([("source_system", "=", "pms")], order="id")

    def test_charges_find_their_guest_by_number_or_by_stay(self):
        job = self._import(
            ["C1", "G1", "", "food", "2025-03-01", "B1", "Dinner", "1,230.00", "1,000.00", ""],
            ["C2", "", "S1", "spa", "2025-03-02", "", "", "50", "", ""],
            ["C3", "", "", "bar", "2025-03-02", "", "", "50", "", ""],
            ["C4", "G7", "", "food", "2025-03-02", "", "", "50", "", ""],
            ["C5", "", "S7", "food", "2025-03-02", "", "", "50", "", ""],
            ["C6", "G1", "", "food", "2025-03-02", "", "", "", "", ""],
            ["C7", "G1", "", "food", "2025-03-02", "", "", "-5", "", ""],
        )
        self.assertEqual(self._run(job), (2, 0, 0, 5))
        first, second = self._lines()
        self.assertEqual((first.partner_id.name, first.amount_gross, first.amount_net), ("Ana", 1230, 1000))
        self.assertEqual((second.partner_id.name, second.description, second.amount_net), ("Bo", "Spa", 50))
        self.assertEqual((first.accrues_points, first.description, first.bill_ref), (False, "Dinner", "B1"))
        self.assertEqual(
            [(row, code) for row, _column, _value, code in self._errors(job)],
            [(4, "bad_choice"), (5, "no_guest"), (6, "no_stay"), (7, "required"), (8, "negative")],
        )

    def test_a_file_loaded_twice_changes_nothing(self):
        rows = [["C1", "G1", "", "food", "2025-03-01", "B1", "Dinner", "12.30", "10", ""]] * 1
        self._run(self._import(*rows))
        self.assertEqual(self._run(self._import(*rows)), (0, 1, 0, 0))
        self.assertEqual(len(self._lines()), 1)

    def test_a_changed_charge_is_refused_because_charges_are_append_only(self):
        row = ["C1", "G1", "", "food", "2025-03-01", "B1", "Dinner", "12.30", "10", ""]
        self._run(self._import(row))
        job = self._import([*row[:7], "15", "10", ""])
        self.assertEqual(self._run(job), (0, 0, 0, 1))
        self.assertEqual(self._errors(job), [(2, "amount", "15", "changed")])
        self.assertEqual(self._lines().amount_gross, 12.3)

    def test_a_charge_is_taken_back_once_and_whole(self):
        job = self._import(
            ["C1", "G1", "", "food", "2025-03-01", "B1", "Dinner", "12.30", "10", ""],
            ["C2", "", "", "food", "2025-03-02", "B1", "Dinner", "-12.30", "-10", "C1"],
            ["C3", "", "", "food", "2025-03-02", "B1", "Dinner", "-12.30", "-10", "C1"],
            ["C4", "G1", "", "food", "2025-03-01", "B2", "Dinner", "20", "20", ""],
            ["C5", "", "", "food", "2025-03-02", "B2", "Dinner", "-10", "-10", "C4"],
            ["C6", "", "", "food", "2025-03-02", "B2", "Dinner", "-10", "-10", "C9"],
        )
        self.assertEqual(self._run(job, check=True), (3, 0, 0, 3))
        self.assertEqual(self._run(job), (3, 0, 0, 3))
        first, _fourth, second = self._lines()
        self.assertEqual((second.reversal_of_id, second.partner_id, second.quantity), (first, first.partner_id, -1))
        self.assertEqual(
            [(row, code) for row, _column, _value, code in self._errors(job)],
            [(4, "no_reversed"), (6, "reversal_amount"), (7, "no_reversed")],
        )
        self.assertEqual(
            self._run(self._import(["C2", "", "", "food", "2025-03-02", "B1", "x", "-12.30", "-10", "C1"])),
            (0, 1, 0, 0),
        )

    def test_a_check_knows_charges_that_the_file_itself_brings(self):
        job = self._import(
            ["C1", "G1", "", "food", "2025-03-01", "B1", "Dinner", "12.30", "10", ""],
            ["C2", "", "", "food", "2025-03-02", "B1", "Dinner", "-12.30", "-10", "C1"],
        )
        self.patch(type(job)._run, "__defaults__", (1,))  # one row per chunk
        self.assertEqual(self._run(job, check=True), (2, 0, 0, 0))
        self.assertFalse(self._lines())

    def test_live_charges_are_told_to_loyalty_once(self):
        called = []
        self.patch(type(self.env["hotel.consumption"]), "_after_post", lambda lines: called.append(lines.ids))
        row = ["C1", "G1", "", "food", "2025-03-01", "B1", "Dinner", "12.30", "10", ""]
        self._run(self._import(row, accrues_points=True))
        self._run(self._import(row, accrues_points=True))
        self.assertEqual(called, [self._lines().ids])
        self.assertTrue(self._lines().accrues_points)

    def test_money_is_rounded_as_its_currency_and_unknown_currencies_are_refused(self):
        yen = self.env["res.currency"].with_context(active_test=False).search([("name", "=", "JPY")])
        yen.active = True
        header = ["line_id", "guest_id", "kind", "date", "amount", "currency"]
        job = self._import(
            ["C1", "G1", "food", "2025-03-01", "1234.56", "jpy"],
            ["C2", "G1", "food", "2025-03-01", "1", "QQQ"],
            header=header,
        )
        self.assertEqual(self._run(job), (1, 0, 0, 1))
        self.assertEqual((self._lines().amount_gross, self._lines().currency_id), (1235, yen))
        self.assertEqual(self._errors(job), [(3, "currency", "QQQ", "bad_currency")])
