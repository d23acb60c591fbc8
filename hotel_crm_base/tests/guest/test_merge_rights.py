from unittest.mock import patch

from psycopg2.errors import InsufficientPrivilege

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.border.hotel_bulk_guest import MATCHES
from .merge_common import MergeCase


@tagged("post_install", "-at_install")
class TestMergeRights(MergeCase):
    # ---- who and who not ----------------------------------------------------------------------

    def test_managers_and_clerks_who_may_approve_merge_and_nobody_else(self):
        hotels = self.env["hotel.property"].search([])
        for role in ("manager", "front_office+approver"):
            user = self._make_user(role, hotels)
            with self.subTest(role=role):
                merge = self.merges.with_user(user)._merge_guests(
                    self.kept.with_user(user), self.gone.with_user(user)
                )
                self.assertEqual(merge.user_id, user)
                merge.with_user(user)._undo()
        for role in ("front_office", "finance+approver", "service", "call_supervisor", "marketing"):
            user = self._make_user(role, hotels)
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.merges.with_user(user)._merge_guests(self.kept.with_user(user), self.gone.with_user(user))

    def test_facts_in_a_company_out_of_sight_forbid_a_merge_and_an_undo(self):
        manager = self._make_user("manager", self.hotel)
        merge = self._merge()
        self._make_stay(self.kept, hotel=self.other_hotel)
        with self.assertRaisesRegex(UserError, "may not see"):
            merge.with_user(manager)._undo()
        merge._undo()
        with self.assertRaisesRegex(UserError, "may not see"):
            self.merges.with_user(manager)._merge_guests(
                self.kept.with_user(manager), self.gone.with_user(manager)
            )

    def test_staff_houses_contacts_and_merged_guests_are_refused(self):
        clerk = self._make_user("front_office").partner_id
        clerk.is_hotel_guest = True
        child = self._make_guest("Desk of Ana", parent_id=self.kept.id)
        archived = self._make_guest("Old")
        archived.active = False
        for guest in (clerk, child, archived, self.kept):
            with self.subTest(guest=guest.name), self.assertRaises(UserError):
                self.merges._merge_guests(self.kept, guest)
        self._merge()
        with self.assertRaisesRegex(UserError, "already"):
            self._merge()

    def test_the_journal_changes_by_nobody(self):
        merge = self._merge()
        line = merge.line_ids[:1]
        for way in (line.unlink, lambda: line.write({"step": 1}), lambda: line.create({}), merge.unlink):
            with self.assertRaises(UserError):
                way()
        with self.assertRaises(InsufficientPrivilege), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE hotel_merge_line SET step = 9 WHERE id = %s", [line.id])

    def test_whoever_is_forgotten_takes_the_journal_along(self):
        merge = self._merge()
        self.kept._hotel_anonymize()
        self.assertEqual(merge.state, "sealed")
        self.assertFalse(merge.line_ids)
        with self.assertRaisesRegex(UserError, "for good"):
            merge._undo()

    # ---- without anybody looking --------------------------------------------------------------

    def _note(self, guest, other, probability):
        one, two = sorted((guest.id, other.id))
        self.env["hotel.duplicate.pair"]._query_note([(one, two, probability, "4 -1 -1 -1 -1 -1 -1")])
        return self.env["hotel.duplicate.pair"].search([("partner_a_id", "=", one), ("partner_b_id", "=", two)])

    def _run(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 9):
            self.merges._cron_merge_certain()

    def test_certain_pairs_are_merged_by_themselves_only_where_that_is_switched_on(self):
        pair = self._note(self.kept, self.gone, 0.9995)
        unsure = self._note(self.kept, self._make_guest("Ana Kosta"), 0.99)
        self._run()
        self.assertEqual(pair.state, "open")
        self.env["ir.config_parameter"].set_param("hotel_crm_base.merge_certain", "True")
        self._run()
        self.env.invalidate_all()
        self.assertEqual((pair.state, unsure.state), ("merged", "open"))
        merge = self.merges.search([("kept_id", "=", self.kept.id)])
        self.assertEqual((merge.gone_id, merge.is_automatic), (self.gone, True))
        merge._undo()
        self.assertEqual(pair.state, "open")

    def test_a_block_or_two_logins_ask_for_a_person(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_base.merge_certain", "True")
        pair = self._note(self.kept, self.gone, 0.9999)
        self.gone.hotel_block_reason = "fraud"
        self._run()
        self.assertEqual(pair.state, "open")

    def test_an_import_by_a_former_member_number_finds_the_guest_who_stays(self):
        code = self.gone.hotel_guest_code
        self._merge()
        self.env.cr.execute(
            f"""SELECT p.id FROM (SELECT %s AS guest_code) t JOIN res_partner p
                ON p.is_hotel_guest AND p.active AND {MATCHES["code"]}""",
            [code],
        )
        self.assertEqual(self.env.cr.fetchall(), [(self.kept.id,)])

    def test_a_document_of_two_guests_leads_to_a_merge(self):
        hints = self.env["hotel.duplicate.pair"]
        hints._note_document(self.kept, self.gone)
        hint = hints.search([("partner_a_id", "=", min(self.kept.id, self.gone.id))])
        manager = self._make_user("manager", self.env["hotel.property"].search([]))
        plan = self.env["hotel.merge.plan"].with_user(manager).browse(hint.with_user(manager).action_merge()["res_id"])
        plan.action_merge()
        self.env.invalidate_all()
        self.assertEqual(hint.state, "merged")

    def test_the_screens_do_the_same(self):
        clerk = self._make_user("front_office+approver", self.env["hotel.property"].search([]))
        pair = self._note(self.kept, self.gone, 0.9).with_user(clerk)
        plan = self.env["hotel.merge.plan"].with_user(clerk).browse(pair.action_merge()["res_id"])
        self.assertIn("Stay", plan.moving)
        self.assertFalse(plan.problem_text)
        plan.line_ids.filtered(lambda line: line.name == "email").takes_right = True
        done = plan.action_merge()
        self.assertEqual(self.kept.email, plan.partner_b_id.email)
        merge = self.merges.with_user(clerk).browse(done["res_id"])
        self.env["hotel.merge.undo"].with_user(clerk).browse(merge.action_undo()["res_id"]).action_undo()
        self.assertEqual(self.kept.email, "ana@example.com")
        finance = self._make_user("finance+approver")
        with self.assertRaises(AccessError):
            pair.with_user(finance).action_merge()
        with self.assertRaises(AccessError):
            pair.with_user(self._make_user("front_office")).action_merge()
