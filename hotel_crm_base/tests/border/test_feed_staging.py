"""The staging area: what cannot be taken waits, is mended, taken again, or dropped."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..concurrency import ConcurrencyCase
from .api_common import ApiMakers
from .test_feed import FeedCase


@tagged("post_install", "-at_install")
class TestFeedStaging(FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._make_user("manager")

    def _waiting(self, **values):
        domain = [("state", "=", "waiting"), *((name, "=", value) for name, value in values.items())]
        return self.env["hotel.feed.row"].search(domain)

    def _mend(self, row, **new_values):
        for error in row.error_ids.with_user(self.manager):
            if error.field_names in new_values:
                error.new_value = new_values[error.field_names]
        row.with_user(self.manager).action_process()
        self.env.invalidate_all()

    def test_a_row_waits_with_its_reasons_and_is_mended(self):
        self._send("stays", self._stay(arrival_date="01.05.2026", guest_email="nobody"))
        row = self._waiting()
        self.assertEqual((row.source_ref, row.property_id, row.kind, row.tries), ("S1", self.hotel, "stays", 1))
        self.assertEqual(row.error_ids.mapped("field_names"), ["arrival_date", "guest_email"])
        self.assertIn("guest_name: Ana Costa", row.content)
        self._mend(row, arrival_date="2026-05-01")
        row = self._waiting()
        self.assertEqual((row.error_ids.mapped("code"), row.tries), (["bad_email"], 2))
        self._mend(row, guest_email="ana@example.com")
        self.assertFalse(self._waiting())
        stay = self._find("hotel.stay", "S1")
        self.assertEqual((stay.partner_id.email, str(stay.arrival_date)), ("ana@example.com", "2026-05-01"))
        self.assertEqual((row.state, row.data, row.settled_by_id), ("taken", False, self.manager))

    def test_what_comes_later_is_taken_without_mending(self):
        self._send("consumption", self._charge())
        row = self._waiting()
        self.assertEqual(row.error_ids.mapped("code"), ["no_guest"])
        self._send("guests", {"source_ref": "G1", "name": "Ana Costa"})
        row.with_user(self.manager).action_process()
        self.assertTrue(self._find("hotel.consumption", "C1"))
        self.assertEqual(row.state, "taken")

    def test_a_row_sent_again_waits_once_and_goes_when_it_is_right(self):
        for _turn in range(3):
            self._send("stays", self._stay(arrival_date="?"), {"name": "x"})
        self.assertEqual(self._waiting().mapped("tries"), [3, 3])
        self._send("stays", self._stay())
        self.assertEqual(self._waiting().mapped("source_ref"), [False])
        self._waiting().with_user(self.manager).action_process()
        self.assertEqual(len(self._waiting()), 1)

    def test_two_bad_rows_of_one_number_leave_the_last(self):
        self._send("stays", self._stay(arrival_date="?"), self._stay(arrival_date="!"))
        self.assertEqual(self._waiting().error_ids.mapped("value"), ["!"])

    def test_values_of_several_fields_and_further_ones_are_mended(self):
        self._send("stays", self._stay(departure_date="2026-04-30", nights=None, extra="x"))
        row = self._waiting()
        self._mend(row)
        row = self._waiting()
        [error] = row.error_ids
        self.assertEqual(error.value, "2026-05-01 / 2026-04-30 / ")
        self.env["hotel.feed.error"].with_user(self.manager).create(
            {"row_id": row.id, "field_names": "guest_city", "new_value": "Lisbon"}
        )
        self._mend(row, **{error.field_names: "2026-05-01 / 2026-05-02 / "})
        self.assertEqual(self._find("hotel.stay", "S1").partner_id.city, "Lisbon")
        self._send("stays", self._stay("S2", arrival_date="?"))
        with self.assertRaises(ValidationError):
            self.env["hotel.feed.error"].with_user(self.manager).create(
                {"row_id": self._waiting().id, "field_names": "password", "new_value": "x"}
            )

    def test_rows_are_dropped_with_a_note(self):
        self._send("stays", self._stay(arrival_date="?"))
        row = self._waiting()
        wizard = self.env["hotel.feed.drop"].with_user(self.manager).create({"row_ids": row.ids, "note": "a test"})
        wizard.action_drop()
        self.assertEqual((row.state, row.note, row.data, row.error_ids.ids), ("dropped", "a test", False, []))
        with self.assertRaises(UserError):
            row.with_user(self.manager).action_process()

    def test_figures_say_how_each_source_stands(self):
        self._send("stays", self._stay(), self._stay("S2", arrival_date="?"), self._stay("S3", arrival_date="?"))
        self._send("stays", self._stay())
        row = self._waiting(source_ref="S2")
        self._mend(row, arrival_date="2026-05-01")
        self._waiting(source_ref="S3").with_user(self.manager)._drop("old")
        self._send("stays", self._stay("S4", arrival_date="?"))
        report = self.env["hotel.feed.report"].with_user(self.manager).search([("client_id", "=", self.client.id)])
        self.assertEqual(
            (report.taken_count, report.waiting_count, report.mended_count, report.dropped_count), (3, 1, 1, 1)
        )
        self.assertEqual(report.oldest_at, self._waiting().received_at)
        self.assertFalse(report.with_user(self._make_user("manager", self.other_hotel)).search([]))
        [figure] = self.env["hotel.feed.figure"].search([("client_id", "=", self.client.id)])
        self.assertEqual((figure.created_count, figure.unchanged_count, figure.staged_count), (1, 1, 3))

    def test_identity_numbers_wait_encrypted(self):
        self._send("guests", {"source_ref": "G1", "document_number": "X1234567", "document_type": "passport"})
        row = self._waiting()
        self.assertNotIn("1234567", str(row.data) + row.content + str(row.error_ids.mapped("value")))
        wrong = {"source_ref": "G2", "name": "Bo", "document_number": "1234567890", "document_type": "cn_id"}
        self._send("guests", wrong)
        waiting = self._waiting()
        self.assertNotIn("1234567890", str(waiting.mapped("data")) + str(waiting.error_ids.mapped("value")))
        error = row.error_ids
        error.with_user(self.manager).new_value = "Ana Costa"
        row.with_user(self.manager).action_process()
        document = self._find_guest().hotel_document_ids
        self.assertEqual(document._fields["number"].reveal(document), "X1234567")

    # ---- who --------------------------------------------------------------------------------

    def test_managers_see_rows_of_their_properties_administrators_all(self):
        self._send("stays", self._stay(arrival_date="?"), self._stay("S2", property="?"))
        rows = self._waiting()
        sister = self._make_property(name="Sister", code="SIST")
        for user, seen in (
            (self.manager, 1),
            (self._make_user("admin"), 2),
            (self._make_user("manager", sister), 0),
            (self._make_user("admin", self.other_hotel), 0),
        ):
            self.assertEqual(len(rows.with_user(user).search([("id", "in", rows.ids)])), seen, user.login)
        for role in ("front_office", "finance", "marketing"):
            with self.assertRaises(AccessError):
                rows.with_user(self._make_user(role)).action_process()
        with self.assertRaises(AccessError):
            rows.with_user(self.manager).action_process()
        with self.assertRaises(AccessError):
            rows[0].error_ids.with_user(self.manager).value = "x"
        with self.assertRaises(AccessError):
            rows[0].with_user(self.manager).write({"state": "taken"})
        self.assertNotIn("data", rows[0].with_user(self.manager).fields_get())

    def test_an_erased_guest_is_erased_here_too(self):
        self._send("guests", {"source_ref": "G1", "name": "Ana Costa", "email": "ana@example.com"})
        self._send(
            "stays",
            self._stay("S1", arrival_date="?", guest_ref=None, guest_name="Ana Costa"),
            self._stay("S2", arrival_date="?", guest_ref="G1", guest_name="A."),
            self._stay("S3", arrival_date="?", guest_ref="G7", guest_name="Bo Lind"),
        )
        self._find_guest()._hotel_erase()
        self.assertEqual(self._waiting().mapped("source_ref"), ["S3"])

    def test_what_is_settled_goes_after_a_month_what_waits_stays(self):
        self._send("stays", self._stay(arrival_date="?"), self._stay("S2", arrival_date="?"))
        rows = self._waiting()
        rows[0]._drop("old")
        long_ago = fields.Datetime.now() - timedelta(days=40)
        rows.received_at = long_ago
        rows[0].settled_at = long_ago
        self.env["hotel.feed.row"]._gc_settled_rows()
        self.assertEqual(rows.exists(), rows[1])


@tagged("post_install", "-at_install")
class TestFeedAtOnce(ApiMakers, ConcurrencyCase):
    def test_the_same_batch_on_two_connections_is_one(self):
        client = self._make_client("stays.write", source_system="twice")
        client._get_technical_user()
        self.cr.commit()
        rows = [
            {
                "source_ref": f"S{number}",
                "arrival_date": "2026-05-01",
                "departure_date": "2026-05-02" if number % 7 else "?",
                "state": "departed",
                "guest_ref": f"G{number % 50}",
                "guest_name": "Ana Costa",
            }
            for number in range(200)
        ]

        def send(env):
            api = env["hotel.api"]
            mine = env["hotel.api.client"].browse(client.id)
            api._in_turn(mine)
            answer = env["hotel.feed"]._take(mine, "stays", rows)
            return {name: answer[name] for name in ("created", "unchanged", "staged")}

        answers = self._at_once(send, send, send)
        self.assertEqual(sorted(answer["created"] for answer in answers), [0, 0, 171])
        self.assertEqual({answer["staged"] for answer in answers}, {29})
        self.cr.rollback()
        count = self.env["hotel.stay"].search_count([("source_system", "=", "twice")])
        guests = self.env["hotel.guest.reference"].search_count([("source_system", "=", "twice")])
        waiting = self.env["hotel.feed.row"].search_count([("client_id", "=", client.id), ("state", "=", "waiting")])
        self.assertEqual((count, guests, waiting), (171, 50, 29))
