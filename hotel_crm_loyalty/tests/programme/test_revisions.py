"""Drafts, what is in force, and what was: nobody changes what was applied, and only some may apply."""

import base64
import copy
import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .programme_case import ProgrammeCase


@tagged("post_install", "-at_install")
class TestRevisions(ProgrammeCase):
    def test_a_draft_begins_with_the_rules_in_force(self):
        draft = self._draft()
        self.assertEqual((draft.state, draft.number), ("draft", self.applied.number + 1))
        self.assertEqual(draft.content, self.applied.content)
        self.assertIn(str(self.applied.number), draft.note)

    def test_the_button_of_the_programme_opens_the_last_draft_or_makes_one(self):
        program = self.program.with_user(self.manager)
        first = program.action_hotel_draft()["res_id"]
        self.assertEqual(program.action_hotel_draft()["res_id"], first)
        self.assertEqual(program.hotel_draft_count, 1)

    def test_what_is_typed_wrong_is_kept(self):
        draft = self._draft_silver("many")
        draft.invalidate_recordset()
        self.assertEqual(draft.content["versions"][0]["tiers"][1]["gain"]["nodes"][0]["value"], "many")
        self.assertEqual(draft.problem_count, 1)
        self.assertIn("'many' is not a decimal number", draft.problems)
        self.assertFalse(draft.summary_html)
        for action in (draft.action_dry_run, draft.with_user(self.admin).action_apply):
            with self.assertRaisesRegex(UserError, "many"):
                action()

    def test_what_was_applied_never_changes(self):
        content = copy.deepcopy(self.applied.content)
        for user in (self.manager, self.admin, self.env.user):
            revision = self.applied.with_user(user)
            for call in (
                lambda revision: revision.write({"content": content}),
                lambda revision: revision.write({"state": "draft"}),
                lambda revision: revision.unlink(),
            ):
                with self.assertRaises(UserError):
                    call(revision)
        self.applied.with_user(self.manager).note = "As decided in May"

    def test_nobody_makes_rules_applied_by_writing_so(self):
        draft = self._draft()
        for values in ({"state": "applied"}, {"applied_by_id": 1}, {"number": 99}, {"program_id": self.program.id}):
            with self.assertRaises(AccessError):
                draft.with_user(self.admin).write(values)
        with self.assertRaises(AccessError):
            self.env["hotel.loyalty.revision"].with_user(self.admin).with_context(hotel_loyalty_rules=True).create(
                {"program_id": self.program.id, "content": {}, "state": "applied"}
            )
        for values in ({"hotel_revision_id": draft.id}, {"hotel_managed": False}, {"hotel_code": "x"}):
            with self.assertRaises(AccessError):
                self.program.with_user(self.manager).write(values)
        self.program.with_user(self.manager).hotel_tz = "Asia/Shanghai"

    def test_managers_draft_and_administrators_and_approvers_apply(self):
        for user in (self.clerk, self.marketer, self.approver):
            with self.assertRaises(AccessError):
                self.applied.with_user(user).action_draft()
        for user in (self.admin, self.approver):
            draft = self._draft_silver("12")
            with self.assertRaises(AccessError):
                draft.with_user(self.manager).action_apply()
            self.assertFalse(draft.with_user(user).action_apply())
            self.assertEqual((draft.state, draft.applied_by_id), ("applied", user))
            self.assertEqual(self.program.hotel_revision_id, draft)
            self.assertEqual(self.applied.state, "superseded")
            self.applied = draft

    def test_rules_of_another_company_are_out_of_reach(self):
        self.program.company_id = self.other_company
        stranger = self.manager
        self.assertFalse(self.env["hotel.loyalty.revision"].with_user(stranger).search([]) & self.applied)
        for call in (self.applied.with_user(stranger).action_draft, self.applied.with_user(self.admin).action_compare):
            with self.assertRaises(AccessError):
                call()

    def test_content_has_a_form_and_a_limit(self):
        draft = self._draft()
        for odd in ([1], "x", {"source": "x" * 1100000}):
            with self.assertRaises(ValidationError):
                draft.content = odd

    def test_numbers_go_on_and_a_draft_can_be_thrown_away(self):
        first, second = self._draft(), self._draft()
        self.assertEqual(second.number, first.number + 1)
        with self.assertRaises(AccessError):
            second.unlink()
        second.with_user(self.admin).unlink()
        self.assertEqual(self._draft().number, first.number + 1)

    def test_what_differs_is_told_in_words(self):
        draft = self._draft_silver("12")
        action = draft.action_compare()
        compare = self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])
        self.assertEqual((compare.before_id, compare.after_id), (self.applied, draft))
        [(place, before, after)] = self.applied._get_differences(draft)
        self.assertEqual(place, "Versions › 1 › Tiers › Silver › Reached by › Conditions › nights › Value")
        self.assertEqual((before, after), ("10", "12"))
        self.assertIn("12", compare.changes_html)
        self.assertEqual(compare.change_count, 1)
        compare.before_id = draft
        self.assertFalse(compare.change_count)

    def test_choices_and_new_records_differ_in_words_too(self):
        version = self.applied.content["versions"][0]
        tiers = [*version["tiers"], {"code": "onyx", "name": {"en": "Onyx"}, "grants": ["gifted"]}]
        found = self.applied._get_differences(self._draft(changes={"landing": "never"}, tiers=tiers))
        self.assertEqual([change[1:] for change in found], [
            ("Falls by one tier at most", "Does not fall"), ("", "Onyx"),
        ])  # fmt: skip

    def test_a_file_of_the_rules_is_downloaded(self):
        revision = self.applied.with_user(self.manager)
        self.assertIn(f"/file/{revision.file_name}", revision.action_export()["url"])
        self.assertEqual(json.loads(base64.b64decode(revision.file)), self.applied.content)

    def test_the_form_of_a_draft(self):
        draft = self._draft()
        form = Form(draft, "hotel_crm_loyalty.hotel_loyalty_revision_view_form")
        form.note = "Twelve nights"
        form.save()
        self.assertEqual(draft.note, "Twelve nights")
        self.assertIn("Silver: from 10 nights", draft.summary_html)
        self.assertIn("银卡：一个自然年内满10间夜", draft.with_context(lang="zh_CN").summary_html)

    def test_the_form_of_a_programme(self):
        prices = self.env["product.pricelist"].create({"name": "Silver prices"})
        form = Form(self.program.with_user(self.manager), "hotel_crm_loyalty.loyalty_program_hotel_view_form")
        self.assertIn("Silver: from 10 nights", form.hotel_summary_html)
        with form.hotel_tier_ids.edit(1) as tier:
            tier.pricelist_id = prices
        form.hotel_property_ids.add(self.hotel)
        form.save()
        self.assertEqual(self.program.hotel_tier_ids.mapped("pricelist_id"), prices)
        self.assertEqual(self.program.hotel_property_ids, self.hotel)
        self.assertEqual(self.program._get_hotel_summary()[1].title, "Tiers")
        tier = self.program.hotel_tier_ids[1].with_user(self.manager)
        for call in (lambda: tier.write({"name": "Bronze"}), lambda: tier.copy({"code": "x"}), tier.unlink):
            with self.assertRaises(AccessError):
                call()

    def test_names_are_text_and_no_page(self):
        tiers = copy.deepcopy(self.applied.content["versions"][0]["tiers"])
        tiers[1]["name"] = {"en": "<script>alert(1)</script>"}
        draft = self._draft(tiers=tiers)
        action = draft.action_compare()
        compare = self.env[action["res_model"]].browse(action["res_id"])
        for html in (draft.summary_html, compare.changes_html):
            self.assertIn("&lt;script&gt;", html)
            self.assertNotIn("<script", html)
