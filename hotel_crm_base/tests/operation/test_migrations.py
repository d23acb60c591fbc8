"""What hotels had before is theirs after an upgrade; tests/lifecycle upgrades whole databases."""

import importlib.util
import pathlib

from odoo.tests import TransactionCase, tagged

from ..common import HotelMakers

FOLDER = pathlib.Path(__file__).parents[2] / "migrations"


@tagged("post_install", "-at_install")
class TestMigrations(HotelMakers, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()

    def _migrate(self, name):
        spec = importlib.util.spec_from_file_location("migration", FOLDER / name)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        for _twice in range(2):
            script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def test_flags_of_the_erased_become_marks(self):
        guests = [self._make_guest(name) for name in ("Ana", "Ben")]
        for number, guest in enumerate(guests):
            self.env["hotel.guest.reference"].create(
                {"partner_id": guest.id, "source_system": "pms", "source_ref": f"P-{number}"})
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE hotel_guest_reference ADD COLUMN is_erased boolean")
        self.env.cr.execute("UPDATE hotel_guest_reference SET is_erased = source_ref = 'P-1'")
        self._migrate("19.0.1.0.1/post-mark-erased.py")
        rows = [[("source_ref", "reference", f"pms|P-{number}")] for number in range(2)]
        self.assertEqual(self.env["hotel.erased.mark"]._find_erased(rows), {1: "source_ref"})

    def test_pairs_of_the_former_list_come_along_with_what_was_said_of_them(self):
        first, *others = (self._make_guest(f"Guest {number}") for number in range(4))
        states = ("open", "dismissed", "merged")
        self.env["hotel.duplicate.pair"]._query_note([(first.id, others[0].id, 0.7, "3 -1 -1 -1 -1 -1 -1")])
        self.env.flush_all()
        self.env.cr.execute(
            "CREATE TABLE hotel_guest_duplicate_hint (partner_a_id int, partner_b_id int, reason text, state text)")
        for other, state in zip(others, states, strict=True):
            self.env.cr.execute(
                "INSERT INTO hotel_guest_duplicate_hint VALUES (%s, %s, 'document', %s)", [first.id, other.id, state])
        self._migrate("19.0.1.0.1/post-carry-over-hints.py")
        pairs = self.env["hotel.duplicate.pair"].search([("partner_a_id", "=", first.id)], order="partner_b_id")
        self.assertEqual(tuple(pairs.mapped("state")), states)
        self.assertIn(self.env._("Document"), pairs[0].reason_text)
        self.assertEqual(set(pairs.mapped("probability")), {0.99})
        self.env.cr.execute("SELECT to_regclass('hotel_guest_duplicate_hint')")
        self.assertEqual(self.env.cr.fetchone(), (None,))

    def test_reports_have_the_nights_of_before(self):
        self._make_stay(self._make_guest(), state="departed", nights=3)
        report, asked = self.env["hotel.stay.report"], ([("property_id", "=", self.hotel.id)], [], ["nights:sum"])
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM hotel_figure_queue")
        self.assertEqual(report._read_group(*asked), [(False,)], "nothing is kept")
        self._migrate("19.0.1.0.3/post-nights-kept.py")
        self.assertEqual(report._read_group(*asked), [(3,)], "counted until the job has been there")
        self.env["hotel.figure.day"]._refresh_sales(self.env["hotel.figure.queue"]._query_take(1000))
        self.assertEqual(report._read_group(*asked), [(3,)])
