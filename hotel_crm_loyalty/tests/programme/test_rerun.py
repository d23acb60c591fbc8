"""Rules tried on history: who would gain or lose what, and then for good."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .programme_case import ProgrammeCase

TODAY = "2026-07-01 12:00:00"


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestRerun(ProgrammeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(TODAY):
            cls.cards = cls.env["loyalty.card"]
            for number, nights in enumerate((1, 6, 9, 12, 26), 1):
                card = cls._make_member(cls._make_guest(f"Guest {number}"))
                cls._make_departed(card.partner_id, date(2026, 5, 30), nights=nights, spend=100 * nights)
                cls.cards |= card
            cls.cards._hotel_evaluate()

    def _held(self):
        return [card.hotel_tier_id.code for card in self.cards]

    def test_a_dry_run_says_who_would_gain_what_and_changes_nothing(self):
        before = self._held(), self.cards.mapped("points"), self.cards.hotel_move_ids
        self.assertEqual(before[0], ["member", "member", "member", "silver", "gold"])
        rerun = self._try(self._draft_silver("6"))
        self.assertEqual((self._held(), self.cards.mapped("points"), self.cards.hotel_move_ids), before)
        self.assertEqual((rerun.card_count, rerun.done_count, rerun.progress), (5, 5, 100))
        self.assertEqual(rerun.changed_count, 2)
        self.assertEqual((rerun.raised_count, rerun.lowered_count), (2, 0))
        lines = {line.card_id: line for line in rerun.line_ids}
        self.assertEqual(set(lines), {self.cards[1], self.cards[2]})
        line = lines[self.cards[1]]
        self.assertEqual((line.tier_before, line.tier_after, line.direction), ("Member", "Silver", "up"))
        self.assertEqual(line.until_after_date, date(2027, 12, 31))
        tiers = {tier.code: (tier.before_count, tier.after_count, tier.change_count) for tier in rerun.tier_ids}
        self.assertEqual(tiers, {"member": (3, 1, -2), "silver": (1, 3, 2), "gold": (1, 1, 0)})

    def test_points_that_would_come_and_go_are_summed(self):
        earning = {**self.applied.content["versions"][0]["earning"], "rates": [{"code": "all", "points": "2"}]}
        rerun = self._try(self._draft(earning=earning))
        self.assertEqual(rerun.gained_count, 5)
        self.assertEqual(rerun.gained_points, sum(line.points_change for line in rerun.line_ids))
        self.assertEqual(rerun.lost_points, 0)
        for line in rerun.line_ids:
            self.assertEqual(line.points_before, line.card_id.points + line.card_id.hotel_pending)
            self.assertEqual(line.points_after - line.points_before, line.points_change)

    def test_applied_rules_correct_the_points_with_a_trail(self):
        earning = {**self.applied.content["versions"][0]["earning"], "rates": [{"code": "all", "points": "2"}]}
        draft = self._draft(earning=earning)
        rerun = self._try(draft)
        expected = {line.card_id: line.points_after for line in rerun.line_ids}
        action = rerun.with_user(self.admin).action_apply()
        self.assertEqual((action["res_id"], rerun.stage, rerun.state), (rerun.id, "apply", "waiting"))
        self._work()
        self.assertEqual((rerun.state, rerun.booked_count), ("done", 5))
        self.assertEqual(rerun.booked_points, rerun.gained_points)
        for card in self.cards:
            self.assertEqual(card.points + card.hotel_pending, expected[card])
            corrections = card.hotel_move_ids.filtered(lambda move: move.reason_code == "recomputed")
            self.assertEqual(corrections.revision_id, draft)
            self.assertTrue(corrections[0].reason)
            self.assertEqual(sum(card.hotel_lot_ids.mapped("remaining")), expected[card])
        self.assertTrue(all(rerun.line_ids.mapped("is_booked")))
        moves = self.cards.hotel_move_ids
        self.cards._hotel_evaluate()
        self.assertEqual(self.cards.hotel_move_ids, moves, "again and nothing more")

    def test_it_goes_on_where_it_stopped(self):
        rerun = self.env["hotel.loyalty.rerun"].browse(self._draft_silver("6").action_dry_run()["res_id"])
        self._work(batch=2, seconds=0)
        self.assertEqual((rerun.state, rerun.done_count), ("running", 2))
        rerun.with_user(self.manager).action_stop()
        self._work()
        self.assertEqual((rerun.state, rerun.done_count), ("stopped", 2))
        rerun.with_user(self.manager).action_continue()
        self._work(batch=2)
        self.assertEqual((rerun.state, rerun.done_count, rerun.changed_count), ("done", 5, 2))
        self.assertEqual(sum(rerun.tier_ids.mapped("before_count")), 5)

    def test_a_crash_loses_one_batch_and_nothing_is_done_twice(self):
        draft = self._draft_silver("6")
        rerun = self.env["hotel.loyalty.rerun"].browse(draft.action_dry_run()["res_id"])
        for name, stage in (("_look", "dry_run"), ("_evaluate", "apply")):
            self._work(batch=2, seconds=0)
            self._crash(name)
            self.assertEqual((rerun.stage, rerun.state, rerun.done_count), (stage, "running", 2))
            self._work(batch=2)
            self.assertEqual((rerun.state, rerun.done_count), ("done", 5))
            if stage == "dry_run":
                rerun.with_user(self.admin).action_apply()
        self.assertEqual((rerun.changed_count, rerun.booked_count, len(rerun.line_ids)), (2, 2, 2))
        self.assertEqual(self._held(), ["member", "silver", "silver", "silver", "gold"])

    def _crash(self, name):
        """Let the next batch end in an error of the evaluation, as when the server dies."""

        def fail(*args, **options):
            raise ZeroDivisionError

        evaluation = self.env.registry["hotel.loyalty.evaluation"]
        with (
            patch.object(evaluation, name, fail),
            self.assertRaises(ZeroDivisionError),
            self.env.cr.savepoint(),
        ):
            self._work(batch=2)

    def test_rules_that_were_not_tried_as_they_are_cannot_be_applied(self):
        draft = self._draft_silver("6")
        with self.assertRaisesRegex(UserError, "Try these rules"):
            draft.with_user(self.admin).action_apply()
        rerun = self._try(draft)
        content = draft.content
        content["versions"][0]["tiers"][1]["gain"]["nodes"][0]["value"] = "5"
        draft.content = content
        self.assertTrue(rerun.is_outdated)
        for call in (draft.with_user(self.admin).action_apply, rerun.with_user(self.admin).action_apply):
            with self.assertRaisesRegex(UserError, "Try these rules"):
                call()
        self._try(draft)
        draft.with_user(self.admin).action_apply()
        self.assertEqual(self.program.hotel_revision_id, draft)

    def test_what_was_tried_against_other_rules_is_outdated(self):
        first, second = self._draft_silver("6"), self._draft_silver("7")
        tried = self._try(first)
        self._try(second)
        second.with_user(self.admin).action_apply()
        self.assertTrue(tried.is_outdated)
        with self.assertRaises(UserError):
            tried.with_user(self.manager).action_continue()

    def test_only_one_at_a_time_is_tried_of_a_programme(self):
        draft = self._draft_silver("6")
        draft.action_dry_run()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            draft.action_dry_run()

    def test_a_tier_that_is_renamed_keeps_its_members_and_prices(self):
        silver = self.program.hotel_tier_ids.filtered(lambda tier: tier.code == "silver")
        prices = self.env["product.pricelist"].create({"name": "Silver prices"})
        silver.with_user(self.manager).pricelist_id = prices
        draft = self._draft()
        content = draft.content
        content["versions"][0]["tiers"][1] |= {"code": "argent", "replaces": ["silver"], "name": {"en": "Argent"}}
        content["versions"][0]["rewards"] = []
        draft.content = content
        self.assertFalse(draft.problems)
        self._try(draft)
        draft.with_user(self.admin).action_apply()
        self._work()
        self.assertEqual((silver.code, silver.name, silver.pricelist_id), ("argent", "Argent", prices))
        self.assertEqual(self.cards[3].hotel_tier_id, silver)

    def test_a_tier_that_is_gone_is_archived(self):
        tiers = self.applied.content["versions"][0]["tiers"][:2]
        gold = self.program.hotel_tier_ids.filtered(lambda tier: tier.code == "gold")
        draft = self._draft(tiers=tiers)
        rerun = self._try(draft)
        self.assertEqual(rerun.lowered_count, 1)
        draft.with_user(self.admin).action_apply()
        self._work()
        self.assertFalse(gold.active)
        self.assertNotEqual(self.cards[4].hotel_tier_id, gold)
        with self.assertRaises(AccessError):
            gold.with_user(self.admin).active = True

    def test_managers_and_approvers_see_what_was_found_out_and_nobody_else(self):
        rerun = self._try(self._draft_silver("6"))
        for user in (self.manager, self.admin, self.approver):
            self.assertEqual(rerun.with_user(user).line_ids.mapped("direction"), ["up", "up"])
            with self.assertRaises(AccessError):
                rerun.with_user(user).write({"state": "done"})
        for user in (self.clerk, self.marketer):
            for record in (rerun, rerun.line_ids, rerun.tier_ids):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["id"])
            for call in (rerun.with_user(user).action_stop, rerun.with_user(user).action_apply):
                with self.assertRaises(AccessError):
                    call()

    def test_what_was_applied_is_kept_and_old_lines_of_dry_runs_go(self):
        draft = self._draft_silver("6")
        first = self._try(draft)
        self._try(draft)
        draft.with_user(self.admin).action_apply()
        self._work()
        applied = draft.rerun_ids.filtered(lambda rerun: rerun.stage == "apply")
        with self.assertRaises(UserError):
            applied.unlink()
        with freeze_time("2027-07-01"):
            self.env["hotel.loyalty.rerun.line"]._gc_dry_runs()
        self.assertFalse(first.line_ids)
        self.assertEqual((first.changed_count, len(applied.line_ids)), (2, 2))

    def test_queries_do_not_grow_with_the_members(self):
        rerun = self.env["hotel.loyalty.rerun"].browse(self._draft_silver("6").action_dry_run()["res_id"])
        few = self._count_queries(lambda: rerun._run_dry_run(self.cards[:2]))
        many = self._count_queries(lambda: rerun._run_dry_run(self.cards[2:]))
        self.assertLessEqual(many, few + 1)

    def _count_queries(self, call):
        self.env.flush_all()
        before = self.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.cr.sql_log_count - before

