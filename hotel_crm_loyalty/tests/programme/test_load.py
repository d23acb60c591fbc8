"""Programmes loaded from files: those that come along, and the hotel's own."""

import base64
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...rules import loader
from ..rules.full_programme import make_valid
from .programme_case import ProgrammeCase


@tagged("post_install", "-at_install")
class TestLoad(ProgrammeCase):
    def _load(self, user=None, **values):
        wizard = self.env["hotel.loyalty.load"].with_user(user or self.manager).create(values)
        return self.env["hotel.loyalty.revision"].browse(wizard.action_load()["res_id"])

    def _pack(self, content):
        return base64.b64encode(json.dumps(content).encode())

    def test_every_programme_that_comes_along_can_be_loaded_and_put_in_force(self):
        self.assertIn(("btg", "BTG Homeinns"), self.env["hotel.loyalty.load"]._selection_fixture())
        for code in sorted(set(loader.list_fixtures()) - {"hotel_club"}):
            draft = self._load(fixture=code)
            program = draft.program_id
            self.assertEqual((program.hotel_code, draft.state, program.hotel_revision_id.id), (code, "draft", False))
            self.assertTrue(draft.left_out_html)
            draft.with_user(self.admin).action_apply()
            self.assertEqual(program.hotel_tier_ids.mapped("code"),
                             [tier.code for tier in loader.load_fixture(code).versions[-1].tiers])  # fmt: skip
            self.assertEqual(program.currency_id.name, loader.load_fixture(code).currency)
            self.assertTrue(program.hotel_summary_html)
            self.assertIn(loader.load_fixture(code).versions[0].code, program.hotel_versions_html)

    def test_loading_the_same_twice_is_a_draft_and_no_second_programme(self):
        first = self._load(fixture="btg")
        second = self._load(fixture="btg")
        self.assertEqual(second.program_id, first.program_id)
        self.assertEqual((first.number, second.number), (1, 2))
        again = self._load(fixture="hotel_club")
        self.assertEqual(again.program_id, self.program)
        self.assertEqual(again.content["currency"], self.program.currency_id.name)
        self.assertFalse(self.applied._get_differences(again))

    def test_what_a_file_leaves_open_is_shown_before_it_is_loaded(self):
        form = Form(self.env["hotel.loyalty.load"].with_user(self.manager))
        form.fixture = "ihg"
        self.assertIn("Silver Elite: from 10 nights", form.summary_html)
        self.assertIn("Earning points › Rates", form.left_out_html)
        form.fixture = "hotel_club"
        self.assertEqual(form.known_program_id, self.program)

    def test_a_file_of_ones_own(self):
        draft = self._load(source="file", file=self._pack(make_valid()), file_name="full.json")
        self.assertEqual((draft.program_id.hotel_code, draft.program_id.name), ("full", "Full"))
        self.assertIn("full.json", draft.note)
        other = self._load(source="file", file=self._pack(make_valid()), program_id=self.program.id)
        self.assertEqual(other.program_id, self.program)

    def test_what_was_exported_can_be_imported(self):
        revision = self.applied.with_user(self.manager)
        draft = self._load(source="file", file=revision.file, file_name=revision.file_name)
        self.assertEqual((draft.program_id, draft.content), (self.program, self.applied.content))

    def test_files_that_are_no_programme_are_refused_with_the_reason(self):
        broken = make_valid() | {"versions": []}
        for data, reason in (
            (b"{", "not JSON"),
            (b"\xff\xfe\x00", "no text in UTF-8"),
            (json.dumps(broken).encode(), "versions: there is none"),
            (b" " * 1100000, "larger than 1 MiB"),
            (json.dumps(make_valid() | {"currency": "XQX"}).encode(), "no currency XQX"),
            (b"[" * 100000, ""),
        ):
            with self.assertRaisesRegex(UserError, reason):
                self._load(source="file", file=base64.b64encode(data))
        wizard = self.env["hotel.loyalty.load"].create({"source": "file", "file": self._pack(broken)})
        self.assertIn("versions", wizard.problem_text)
        self.assertIn("一个也没有", wizard.with_context(lang="zh_CN").problem_text)

    def test_only_managers_load(self):
        for user in (self.clerk, self.marketer, self.approver):
            with self.assertRaises(AccessError):
                self._load(user, fixture="btg")
