"""Records in, over HTTP: an answer for each row, nothing doubled, nothing that is not the client's."""

from datetime import date

from odoo.tests import tagged
from odoo.tools import mute_logger

from .api_common import ApiCase


class FeedCase(ApiCase):
    def _send(self, kind, *rows, **options):
        """Send rows; return the answer."""
        headers = {"Idempotency-Key": options.pop("idempotency")} if "idempotency" in options else None
        key = options.pop("key", None)
        status, answer = self._call("POST", kind, {"rows": list(rows), **options}, headers=headers, key=key)
        self.assertEqual(status, 200, answer)
        self.env.invalidate_all()
        return answer

    def _statuses(self, answer):
        return [row["status"] for row in answer["rows"]]

    def _reasons(self, answer):
        return [(reason["code"], reason["field"]) for row in answer["rows"] for reason in row.get("reasons", [])]

    def _stay(self, ref="S1", **values):
        return {
            "source_ref": ref,
            "property": "HARB",
            "arrival_date": "2026-05-01",
            "departure_date": "2026-05-03",
            "state": "departed",
            "guest_ref": "G1",
            "guest_name": "Ana Costa",
            "rate": 120.5,
            **values,
        }

    def _charge(self, ref="C1", **values):
        return {
            "source_ref": ref,
            "property": "HARB",
            "guest_ref": "G1",
            "kind": "food",
            "business_date": "2026-05-02",
            "amount_gross": 61.5,
            "amount_net": 50,
            **values,
        }

    def _find_guest(self, ref="G1"):
        return self.env["hotel.guest.reference"].search(
            [("source_system", "=", "pms"), ("source_ref", "=", ref)]
        ).partner_id

    def _find(self, model, ref):
        return self.env[model].search([("source_system", "=", "pms"), ("source_ref", "=", ref)])


@tagged("post_install", "-at_install")
class TestFeed(FeedCase):
    def test_a_guest_is_made_once_and_filled_up(self):
        ana = {"source_ref": "G1", "name": "Ana Costa", "phone": "+351912345678"}
        self.assertEqual(self._statuses(self._send("guests", ana)), ["created"])
        self.assertEqual(self._statuses(self._send("guests", ana)), ["unchanged"])
        more = {**ana, "name": "Ana Maria", "email": "ana@example.com"}
        self.assertEqual(self._statuses(self._send("guests", more)), ["updated"])
        guest = self._find_guest()
        self.assertEqual((guest.name, guest.email, guest.is_hotel_guest), ("Ana Costa", "ana@example.com", True))

    def test_lists_of_odoo_are_known_to_clients(self):
        self.client.phone_country_id = self.env.ref("base.cn")
        ana = {"source_ref": "G1", "name": "Ana Costa", "nationality": "PRT", "country": "PT", "lang": "en-US"}
        document = {"document_type": "passport", "document_number": "X1234567", "document_country": "PT"}
        more = {"phone": "138 0013 8000", "registered_at": "2026-01-01T10:00:00"}
        answer = self._send("guests", {**ana, **document, **more})
        self.assertEqual(self._statuses(answer), ["created"], answer)
        guest = self._find_guest()
        self.assertEqual((guest.hotel_nationality_id.code, guest.country_id.code), ("PT", "PT"))
        self.assertEqual((guest.phone, guest.lang), ("+8613800138000", "en_US"))
        charge = self._charge(currency=self.hotel.currency_id.name)
        self.assertEqual(self._statuses(self._send("consumption", charge)), ["created"])

    def test_a_stay_brings_its_guest_and_follows(self):
        answer = self._send("stays", self._stay(state="in_house"), self._stay("S2", guest_ref=None, guest_name=None))
        self.assertEqual(self._statuses(answer), ["created", "created"])
        stay = self._find("hotel.stay", "S1")
        self.assertEqual((stay.partner_id, stay.state, stay.adults), (self._find_guest(), "in_house", 1))
        answer = self._send("stays", self._stay(departure_date="2026-05-04"))
        self.assertEqual((self._statuses(answer), stay.state, stay.nights), (["updated"], "departed", 3))
        self.assertEqual(self._send("stays", self._stay(departure_date="2026-05-04"))["unchanged"], 1)

    def test_consumption_is_taken_once_and_corrected_by_a_reversal(self):
        self._send("stays", self._stay())
        second = self._charge("C2", guest_ref=None, stay_ref="S1")
        answer = self._send("consumption", self._charge(stay_ref="S1"), second)
        self.assertEqual(self._statuses(answer), ["created", "created"])
        self.assertEqual(self._find("hotel.consumption", "C2").partner_id, self._find_guest())
        changed = self._send("consumption", self._charge(stay_ref="S1", amount_gross=70))
        self.assertEqual((self._statuses(changed), self._reasons(changed)), (["staged"], [("changed", "amount_gross")]))
        back = self._charge("C1-R", amount_gross=-61.5, amount_net=-50, reversal_of_ref="C1")
        for expected in ("created", "unchanged"):
            self.assertEqual(self._statuses(self._send("consumption", back)), [expected])
        line = self._find("hotel.consumption", "C1")
        self.assertTrue(line.is_reversed)
        self.assertEqual(line.reversal_ids, self._find("hotel.consumption", "C1-R"))

    def test_services_are_taken_and_brought_up_to_date(self):
        self._send("stays", self._stay())
        kind = self.env["hotel.service.kind"].search([], limit=1)
        row = {"source_ref": "V1", "property": "HARB", "stay_ref": "S1", "kind": kind.code}
        row["served_at"] = "2026-05-02T10:00:00+01:00"
        self.assertEqual(self._statuses(self._send("services", row)), ["created"])
        record = self._find("hotel.service.record", "V1")
        self.assertEqual((record.partner_id, record.kind_id, record.outcome), (self._find_guest(), kind, "done"))
        self.assertEqual(str(record.served_at), "2026-05-02 09:00:00")
        self.assertEqual(self._statuses(self._send("services", row)), ["unchanged"])
        self.assertEqual(self._statuses(self._send("services", {**row, "outcome": "failed"})), ["updated"])
        nobody = {**row, "source_ref": "V2", "stay_ref": None}
        self.assertEqual(self._reasons(self._send("services", nobody)), [("no_person_named", "guest_ref")])

    def test_whether_points_accrue_says_the_batch_and_the_client(self):
        self._send("guests", {"source_ref": "G1", "name": "Ana Costa"})
        self._send("consumption", self._charge("C1"))
        self._send("consumption", self._charge("C2"), accrues_points=False)
        self.client.accrues_points = False
        self._send("consumption", self._charge("C3"), accrues_points=True)
        flags = [self._find("hotel.consumption", ref).accrues_points for ref in ("C1", "C2", "C3")]
        self.assertEqual(flags, [True, False, False])

    # ---- rows and batches -------------------------------------------------------------------

    def test_one_bad_row_fails_no_other(self):
        answer = self._send(
            "stays",
            self._stay("S1"),
            self._stay("S2", arrival_date="yesterday"),
            self._stay("S3", departure_date="2026-04-30"),
            self._stay("S4", nationality="PT"),
            self._stay("S5", room_type=["A"]),
            self._stay("S6", channel="pigeon"),
            self._stay(None),
            self._stay("S1"),
            self._stay("S8", guest_email="nobody"),
            {},
            self._stay("S9", state="departed", guest_name="A\u0000na"),
        )
        self.assertEqual(self._statuses(answer), ["created", *["staged"] * 10])
        self.assertEqual(
            self._reasons(answer)[:8],
            [
                ("bad_date", "arrival_date"),
                ("departure_first", "arrival_date, departure_date, nights"),
                ("unknown_field", "nationality"),
                ("bad_type", "room_type"),
                ("no_code", "channel"),
                ("required", "source_ref"),
                ("same_reference", "source_ref"),
                ("bad_email", "guest_email"),
            ],
        )
        self.assertEqual((answer["received"], answer["created"], answer["staged"]), (11, 1, 10))
        self.assertFalse(self._find("hotel.stay", "S2"))

    def test_a_batch_is_read_as_a_whole_or_refused_as_a_whole(self):
        for rows, field in (([], "rows"), ({}, "rows"), ([{}, 7], "rows[1]"), ([{}] * 1001, "rows"), (None, "rows")):
            self._assert_error(self._call("POST", "guests", {"rows": rows}), 400, "invalid_request", field=field)
        self._assert_error(self._call("POST", "guests", {}), 400, "invalid_request", field="rows")
        self._assert_error(self._call("POST", "guests", {"rows": [{}], "x": 1}), 400, "invalid_request", field="x")
        for data in ("{", "[]", '{"rows": NaN}', b"\xff\xfe", "[" * 50000):
            self._assert_error(self._call("POST", "guests", data=data), 400, "invalid_json")
        huge = '{"rows": [{"name": "' + "x" * (5 * 1024 * 1024) + '"}]}'
        self._assert_error(self._call("POST", "guests", data=huge), 413, "too_large")
        self._assert_error(self._call("POST", "guests", data=b"x" * (9 * 1024 * 1024)), 413, "too_large")
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self._assert_error(self._call("POST", "guests", data="a=1", headers=headers), 415, "unsupported_media_type")

    def test_values_of_all_kinds_are_survived(self):
        for value in (True, -1, 1e300, 10**30, "x" * 100_000, "\ud800", "\u0000", {}, [[]], "=1+1", "', DROP", "😀"):
            row = dict.fromkeys(self._stay(), value)
            for kind in ("guests", "stays", "consumption", "services"):
                self._send(kind, row)

    def test_the_same_key_is_answered_once(self):
        ana = {"source_ref": "G1", "name": "Ana Costa"}
        first = self._send("guests", ana, idempotency="batch-0001")
        again = self._send("guests", ana, idempotency="batch-0001")
        self.assertEqual((again, self.headers["Idempotent-Replayed"]), (first, "true"))
        headers = {"Idempotency-Key": "batch-0001"}
        other = self._call("POST", "guests", {"rows": [{**ana, "name": "B"}]}, headers=headers)
        self._assert_error(other, 409, "idempotency_conflict")
        bad = self._call("POST", "guests", {"rows": [ana]}, headers={"Idempotency-Key": "short"})
        self._assert_error(bad, 400, "invalid_request", field="Idempotency-Key")
        other_client = self._make_client("guests.write", source_system="pos")
        answer = self._send("guests", ana, idempotency="batch-0001", key=other_client._make_key())
        self.assertEqual(self._statuses(answer), ["created"])

    # ---- what is not the client's -----------------------------------------------------------

    def test_properties_of_others_are_closed(self):
        sister = self._make_property(name="Sister", code="SIST")
        for code in ("SIST", "MOUN", "NONE", str(self.hotel.id), f"@{sister.id}", ""):
            other = self._make_client("stays.write", hotels=self.hotel | sister) if not code else self.client
            answer = self._send("stays", self._stay(property=code), key=other._make_key() if not code else None)
            self.assertEqual(self._reasons(answer)[0][1], "property", code)
        self.assertFalse(self._find("hotel.stay", "S1"))

    def test_a_stay_of_another_property_is_not_taken_over(self):
        sister = self._make_property(name="Sister", code="SIST")
        theirs = self._make_client("stays.write", hotels=sister)
        self._send("stays", self._stay(property="SIST"), key=theirs._make_key())
        answer = self._send("stays", self._stay())
        self.assertEqual(self._reasons(answer), [("other_property", "source_ref")])
        self.assertEqual(self._find("hotel.stay", "S1").property_id, sister)

    def test_a_right_is_needed_for_each_kind(self):
        key = self._make_client("guests.write", source_system="till")._make_key()
        self._send("guests", {"source_ref": "G1", "name": "Ana"}, key=key)
        for kind in ("stays", "consumption", "services"):
            self._assert_error(self._call("POST", kind, {"rows": [{}]}, key=key), 403, "forbidden")

    def test_one_property_need_not_be_named(self):
        row = self._stay()
        del row["property"]
        self.assertEqual(self._statuses(self._send("stays", row)), ["created"])

    # ---- people -----------------------------------------------------------------------------

    def test_who_was_erased_is_not_made_again_and_nothing_is_kept(self):
        self._send("guests", {"source_ref": "G1", "name": "Ana Costa", "email": "ana@example.com"})
        self._find_guest()._hotel_erase()
        answer = self._send(
            "guests",
            {"source_ref": "G1", "name": "Ana Costa"},
            {"source_ref": "G2", "name": "A. Costa", "email": "ana@example.com"},
            {"source_ref": "G3", "name": "Bo Lind"},
        )
        self.assertEqual(self._statuses(answer), ["refused", "refused", "created"])
        self.assertEqual(self._reasons(answer)[0], ("reference_blocked", None))
        self.assertFalse(self._find_guest("G2"))
        self.assertFalse(self.env["hotel.feed.row"].search([]))

    def test_nothing_personal_reaches_log_or_answer(self):
        row = self._stay(guest_name="Zoe Secret", guest_email="zoe.secret@", guest_phone="4711secret", room="secret")
        with self.assertLogs(level="DEBUG") as logs, mute_logger("odoo.sql_db"):
            answer = self._send("stays", row)
        self.assertEqual(self._statuses(answer), ["staged"])
        text = str(answer) + "".join(line for line in logs.output if "odoo.sql_db" not in line)
        self.assertNotIn("secret", text.lower())

    def test_queries_do_not_grow_with_the_rows(self):
        def count(size, start):
            rows = [self._stay(f"S{start + n}", guest_ref=f"G{start + n}") for n in range(size)]
            before = self.env.cr.sql_log_count if hasattr(self.env.cr, "sql_log_count") else 0
            self.env["hotel.feed"]._take(self.client, "stays", rows)
            return self.env.cr.sql_log_count - before

        count(2, 0)
        self.assertEqual(count(10, 100), count(200, 1000))

    def test_dates_are_the_propertys(self):
        self._send("stays", self._stay(checked_in_at="2026-05-01T23:30:00"))
        stay = self._find("hotel.stay", "S1")
        self.assertEqual((str(stay.checked_in_at), stay.arrival_date), ("2026-05-01 22:30:00", date(2026, 5, 1)))
