"""Adapters as data: documents of a PMS and of a till, as they make them, become rows of ours."""

import json

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .test_feed import FeedCase


@tagged("post_install", "-at_install")
class TestFeedMapping(FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pms = cls.env.ref("hotel_crm_base.hotel_feed_mapping_pms")
        cls.pos = cls.env.ref("hotel_crm_base.hotel_feed_mapping_pos")

    def _take(self, mapping, document, key=None):
        status, answer = self._call("POST", f"feeds/{mapping.code}", document, key=key)
        self.assertEqual(status, 200, answer)
        self.env.invalidate_all()
        return [(part["kind"], self._statuses(part)) for part in answer["parts"]]

    def test_a_night_of_a_pms_and_the_checks_of_a_till_are_taken_once(self):
        document = json.loads(self.pms.sample)
        for word in ("created", "unchanged"):
            answers = self._take(self.pms, document)
            self.assertEqual(answers, [(kind, [word]) for kind in ("guests", "stays", "consumption")])
        stay = self._find("hotel.stay", "90017")
        self.assertEqual((stay.partner_id.name, stay.partner_id.email), ("Ana Costa", "ana.costa@example.com"))
        self.assertEqual((str(stay.arrival_date), stay.state), ("2026-05-01", "departed"))
        self.assertEqual((stay.rate, stay.adults), (120.5, 2))
        line = self._find("hotel.consumption", "90017-1")
        self.assertEqual((line.kind, line.amount_gross, line.amount_net, line.stay_id), ("room", 120.5, 113.68, stay))
        self.assertFalse(self._find("hotel.consumption", "90017-2"), "payments are no consumption")
        answers = self._take(self.pos, json.loads(self.pos.sample))
        self.assertEqual(answers, [("consumption", ["created", "created"])])
        dish = self._find("hotel.consumption", "3/4711/1")
        self.assertEqual((dish.partner_id, dish.kind, dish.quantity), (stay.partner_id, "food", 2))
        self.assertEqual(dish.bill_ref, "4711")

    def test_what_cannot_be_taken_waits(self):
        document = json.loads(self.pms.sample)
        document["reservations"][0]["stay"]["to"] = "soon"
        document["reservations"][0]["status"] = "XX"
        answers = self._take(self.pms, document)
        self.assertEqual(answers[1:], [("stays", ["staged"]), ("consumption", ["staged"])])
        rows = self.env["hotel.feed.row"].search([("client_id", "=", self.client.id)])
        codes = {row.kind: row.error_ids.mapped("code") for row in rows}
        self.assertEqual(codes, {"stays": ["bad_date", "bad_choice"], "consumption": ["no_stay"]})

    def test_documents_of_any_form_are_survived(self):
        for reservations in ({}, [1, None, []], [{"postings": [[]]}], [{"status": {}, "profile": [1]}], "x"):
            status, answer = self._call("POST", "feeds/pms-example", {"reservations": reservations})
            self.assertEqual(status, 200, answer)
        self._assert_error(self._call("POST", "feeds/nothing", {}), 404, "not_found")
        many = {"reservations": [{}] * 1001}
        self._assert_error(self._call("POST", "feeds/pms-example", many), 400, "invalid_request")
        key = self._make_client("guests.write", source_system="till")._make_key()
        self._assert_error(self._call("POST", "feeds/pms-example", {}, key=key), 403, "forbidden")

    def test_a_mapping_is_tried_out_while_it_is_written(self):
        admin = self._make_user("admin")
        form = Form(self.pms.with_user(admin))
        self.assertIn('"source_ref": "90017-1"', form.result)
        form.sample = '{"reservations": [{"resId": 1, "status": "??", "stay": {"from": "never"}}]}'
        self.assertIn("! state: Not one of", form.result)
        form.sample = "{"
        self.assertIn("cannot be read", form.result)

    def test_what_is_no_path_is_refused(self):
        part = self.pms.part_ids[:1]
        for values in ({"rows_path": "a | b"}, {"condition": "x ->"}, {"rows_path": "__import__('os').system('x')"}):
            with self.assertRaises(ValidationError):
                part.write(values)
        with self.assertRaises(ValidationError):
            part.field_ids[0].path = "a..b"
        with self.assertRaises(ValidationError):
            part.field_ids[0].value_map = "oops"
        with self.assertRaises(ValidationError):
            self.env["hotel.feed.mapping.field"].create({"part_id": part.id, "target": "amount_net", "path": "x"})
        with self.assertRaises(ValidationError):
            self.pms.code = "a/b"

    def test_only_administrators_edit_mappings(self):
        with self.assertRaises(AccessError):
            self.pms.with_user(self._make_user("manager")).read(["name"])
        self.pms.with_user(self._make_user("admin")).name = "Ours"
