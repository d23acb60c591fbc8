import doctest
import importlib
from datetime import date, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...intake import answer, compose, layouts, plan, problems, reader, targets, values
from ...intake.engine import Engine
from ...intake.plan import Link, Options
from ...models.border import import_messages

MODULES = "answer compose dates engine layouts plan problems reader sheet targets values words".split()
LOOKUPS = {
    name: lambda *key: abs(hash(key)) % 1000 + 1
    for name in (
        "property room_type room outlet channel market_segment rate_plan vip_code lang country currency service_kind"
    ).split()
} | {"instant": lambda place, value, offset: value}
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "NULL", "1", "-1", "2015-07-01", "31.12.1999", "=1+1", "Check-Out", "PRT", "x" * 300, "\ufffd"]
    ),
)


@tagged("post_install", "-at_install")
class TestIntake(BaseCase):
    def test_the_examples_in_the_docstrings_hold(self):
        for name in MODULES:
            module = importlib.import_module(f"odoo.addons.hotel_crm_base.intake.{name}")
            with self.subTest(module=name):
                self.assertFalse(doctest.testmod(module).failed)

    def test_every_sentence_is_there_for_translation(self):
        for known, shown in (
            (problems.REASONS, import_messages.REASONS),
            (problems.NOTES, import_messages.NOTES),
            (reader.FILE_ERRORS, import_messages.FILE_ERRORS),
            (plan.PLAN_ERRORS, import_messages.PLAN_ERRORS),
        ):
            self.assertEqual(known, {code: text._source for code, text in shown.items()})

    def test_no_alias_means_two_things(self):
        for kind, by_name in targets.BY_KIND.items():
            for target in by_name.values():
                self.assertEqual(targets.guess(kind, target.name), target.name)

    def _run_rows(self, kind, header, rows, links=None, **options):
        links = links or [Link(name, name) for name in header]
        engine = Engine(kind, header, links, Options(**options), LOOKUPS)
        return engine.run(list(enumerate(rows, 2)))

    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def test_whatever_stands_in_a_file_every_row_is_loaded_or_refused_once(self, data):
        kind = data.draw(st.sampled_from(targets.KINDS))
        names = sorted(set(targets.BY_KIND[kind]) - {"document_number", "guest_document_number"})
        header = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=8, unique=True))
        row = st.lists(TEXTS, min_size=len(header), max_size=len(header))
        rows = data.draw(st.lists(row, max_size=6))
        result = self._run_rows(kind, header, rows, date_form="dmy", region="PT")
        refused = {problem.row for problem in result.problems}
        self.assertEqual(refused & set(result.numbers), set())
        self.assertEqual(refused | set(result.numbers), set(range(2, len(rows) + 2)))
        layout = compose.LAYOUTS[kind]
        for loaded in result.rows:
            self.assertEqual(len(loaded), len(layout))
            self.assertFalse([value for value in loaded if isinstance(value, problems.Bad)])
        for problem in result.problems:
            self.assertTrue(problems.describe(problem))

    @settings(max_examples=100, deadline=None)
    @given(st.decimals(min_value=-(10**6), max_value=10**6, places=2), st.sampled_from([".", ","]))
    def test_numbers_are_read_as_they_were_written(self, number, point):
        group = "," if point == "." else "."
        written = f"{number:,.2f}".replace(",", "_").replace(".", point).replace("_", group)
        self.assertEqual(values.make_decimal(point)(written), number)

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
    def test_a_refused_file_brings_the_same_cells_back(self, rows):
        header = ["name", "phone"]
        rows = [[values.clean(cell) for cell in row] for row in rows]
        rows = [row for row in rows if any(row) and not any(isinstance(cell, problems.Bad) for cell in row)]
        content = answer.to_csv(header, [(n, row, "ref", []) for n, row in enumerate(rows, 2)])
        back = [cells[:2] for _number, cells in reader.read(content, delimiter=",").rows()]
        self.assertEqual([[values.clean(cell) for cell in row] for row in back], rows)

    def test_a_booking_is_put_together_from_its_columns(self):
        header = ["y", "m", "d", "weekend", "week", "lead", "hotel", "state"]
        links = [
            *(Link(f"arrival_{part}", part[0]) for part in ("year", "month", "day")),
            *(Link("nights", "weekend"), Link("nights", "week"), Link("lead_days", "lead")),
            *(Link("property", "hotel"), Link("state", "state", "", {"O": "departed"})),
        ]
        result = self._run_rows("stays", header, [["2016", "July", "1", "1", "2", "3", "City", "O"]], links)
        row = dict(zip(layouts.STAY, result.rows[0], strict=True))
        self.assertEqual((row["arrival_date"], row["departure_date"]), (date(2016, 7, 1), date(2016, 7, 4)))
        self.assertEqual((row["booked_at"], row["state"]), (date(2016, 6, 28), "departed"))

    def test_each_reason_is_given_once_with_its_column(self):
        header = ["property", "arrival_date", "departure_date", "state", "rate"]
        result = self._run_rows("stays", header, [["City", "2016-02-30", "x", "sold", "1,5"]])
        self.assertEqual(
            [(problem.column, problem.code) for problem in result.problems],
            [
                ("arrival_date", "bad_date"),
                ("departure_date", "bad_date"),
                ("state", "bad_choice"),
                ("rate", "bad_number"),
            ],
        )

    def test_excel_dates_and_times_are_understood(self):
        header = ["property", "arrival_date", "nights", "state", "checked_in_at"]
        result = self._run_rows("stays", header, [["City", "42552", "1", "departed", "42552.625"]])
        row = dict(zip(layouts.STAY, result.rows[0], strict=True))
        self.assertEqual((row["arrival_date"], row["checked_in_at"]), (date(2016, 7, 1), datetime(2016, 7, 1, 15)))

    def test_money_is_exact(self):
        header = ["property", "kind", "business_date", "amount_gross"]
        result = self._run_rows("consumption", header, [["City", "food", "2016-07-01", "0.10"]])
        row = dict(zip(layouts.CONSUMPTION, result.rows[0], strict=True))
        self.assertEqual((row["amount_gross"], row["amount_net"]), (Decimal("0.10"), Decimal("0.10")))

    def test_references_go_on_after_a_break(self):
        header, links = ["name"], [Link("name", "name")]
        rows = [(number, ["Ana"]) for number in range(2, 8)]
        whole = Engine("guests", header, links, Options(), LOOKUPS).run(rows)
        engine = Engine("guests", header, links, Options(), LOOKUPS)
        engine.remember(rows[:3])
        self.assertEqual(engine.run(rows[3:]).rows, whole.rows[3:])
