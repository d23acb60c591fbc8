import logging
import time
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .merge_common import MergeCase

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestMerge(MergeCase):
    # ---- all of it, and back ------------------------------------------------------------------

    def test_everything_moves_and_comes_back(self):
        user = new_test_user(self.env, "ana_portal", groups="base.group_portal", partner_id=self.gone.id)
        self.env["hotel.guest.metric"]._refresh_partners((self.kept | self.gone).ids)
        before = self._look_at_all_tables()
        merge = self._merge({"name": "Ana Maria Costa", "email": "ana.m@example.com"})
        self.assertEqual((self.kept.name, self.kept.email), ("Ana Maria Costa", "ana.m@example.com"))
        self.assertEqual(self.kept.email_normalized, "ana.m@example.com")
        self.assertEqual(self.kept.hotel_birth_mmdd, 229)
        self.assertFalse(self.gone.active)
        self.assertEqual(self.gone.hotel_merged_into_id, self.kept)
        self.assertEqual(user.partner_id, self.kept)
        for model in ("hotel.stay", "hotel.consumption", "hotel.reservation", "account.move", "sale.order",
                      "hotel.guest.document", "hotel.guest.reference", "account.move.line"):  # fmt: skip
            records = self.env[model].search([("partner_id", "in", (self.kept | self.gone).ids)])
            self.assertEqual(records.partner_id, self.kept, model)
            self.assertGreater(len(records), 1, model)
        self.assertEqual(self.kept.category_id.sorted("name").mapped("name"), ["Both 1", "Both 2", "Tag of both"])
        self.assertEqual(len(self.kept.child_ids), 2)
        self.assertEqual(self.kept.child_ids.commercial_partner_id, self.kept)
        self.assertEqual(len(self.kept.activity_ids), 2)
        self.assertEqual(self.kept.hotel_stay_count, 4)
        merge._undo()
        self.assertEqual(merge.state, "undone")
        self._assert_same_tables(before, self._look_at_all_tables())

    def test_a_second_merge_after_an_undo_works_as_the_first(self):
        self._merge()._undo()
        merge = self._merge()
        self.assertEqual(self.gone.hotel_merged_into_id, self.kept)
        merge._undo()
        self.assertTrue(self.gone.active)

    # ---- what there may be only once ----------------------------------------------------------

    def test_a_refusal_outweighs_a_consent_and_both_are_kept(self):
        self._merge()
        current = {
            (consent.purpose, consent.channel): consent.state for consent in self.kept.hotel_current_consent_ids
        }
        self.assertEqual(current[("offer", "email")], "withdrawn")
        self.assertEqual(current[("survey", "sms")], "withdrawn")
        self.assertEqual(len(self.kept.hotel_consent_ids), 6)

    def test_a_note_on_an_allergy_of_either_is_not_lost(self):
        self._merge()
        self.assertEqual(self.kept.hotel_preference_ids.mapped("note"), ["note 1; note 2"])

    def test_the_block_of_either_stays_and_the_longer_one_counts(self):
        self.kept.write({"hotel_block_reason": "conduct", "hotel_block_until": date(2099, 1, 1)})
        self.gone.write({"hotel_block_reason": "fraud", "hotel_block_note": "Stolen card"})
        merge = self._merge()
        self.assertEqual((self.kept.hotel_block_reason, self.kept.hotel_block_until), ("fraud", False))
        merge._undo()
        self.assertEqual((self.kept.hotel_block_reason, self.kept.hotel_block_until), ("conduct", date(2099, 1, 1)))

    def test_of_two_logins_the_chosen_one_stays(self):
        mine = new_test_user(self.env, "ana_one", groups="base.group_portal", partner_id=self.kept.id)
        other = new_test_user(self.env, "ana_two", groups="base.group_portal", partner_id=self.gone.id)
        merge = self._merge(login="gone")
        self.assertEqual((mine.active, other.active, other.partner_id), (False, True, self.kept))
        merge._undo()
        self.assertEqual((mine.active, other.active, other.partner_id), (True, True, self.gone))

    def test_the_former_member_number_finds_the_guest_who_stays(self):
        code = self.gone.hotel_guest_code
        desk = self.env["res.partner"].with_user(self._make_user("front_office"))
        merge = self._merge()
        self.assertEqual([row["id"] for row in desk.hotel_lookup(code)], [self.kept.id])
        self.assertEqual(desk._find_hotel_guest_by_code(code), self.kept)
        merge._undo()
        self.assertEqual([row["id"] for row in desk.hotel_lookup(code)], [self.gone.id])

    def test_sealed_invoices_stay_with_whom_they_were_sealed_for(self):
        moves = self.env["account.move"].search([("partner_id", "=", self.gone.id)])
        self.env.cr.execute("UPDATE account_move SET inalterable_hash = 'x' WHERE id = ANY(%s)", [moves.ids])
        self._merge()
        self.assertEqual(moves.partner_id, self.gone)
        self.assertEqual(moves.line_ids.partner_id, self.gone)

    # ---- later changes ------------------------------------------------------------------------

    def test_what_changed_since_is_shown_and_decided(self):
        stays = self.gone.hotel_stay_ids
        other = self._make_guest("Rui")
        merge = self._merge({"name": "Ana M. Costa"})
        self.kept.name = "Ana Sousa"
        stays[:1].partner_id = other
        self.env["hotel.guest.preference"].search([("partner_id", "=", self.kept.id)]).unlink()
        undo = self.env["hotel.merge.undo"].browse(merge.action_undo()["res_id"])
        conflicts = {line.label: line for line in undo.line_ids}
        self.assertEqual(undo.conflict_count, len(undo.line_ids))
        name = conflicts["Name"]
        self.assertEqual(
            (name.value_before, name.value_merged, name.value_now), ("Ana Costa", "Ana M. Costa", "Ana Sousa")
        )
        moved = next(line for line in undo.line_ids if line.value_now == "Rui")
        self.assertTrue(any(line.is_gone for line in undo.line_ids))
        name.is_restored = True
        self.assertFalse(moved.is_restored)
        undo.action_undo()
        self.assertEqual((self.kept.name, stays[:1].partner_id), ("Ana Costa", other))
        self.assertEqual(self.kept.complete_name, "Ana Costa")
        self.assertFalse([label for label in conflicts if "Complete" in label])
        self.assertEqual((stays - stays[:1]).partner_id, self.gone if len(stays) > 1 else self.env["res.partner"])

    def test_what_came_since_stays_with_the_guest_who_stays(self):
        merge = self._merge()
        late = self._make_stay(self.kept, arrival=date(2026, 8, 1))
        merge._undo()
        self.assertEqual(late.partner_id, self.kept)

    def test_what_was_written_for_the_merged_guest_meanwhile_follows(self):
        merge = self._merge()
        late = self._make_stay(self.gone, arrival=date(2026, 8, 1))
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 9):
            self.merges._cron_move_late()
        self.env.invalidate_all()
        self.assertEqual(late.partner_id, self.kept)
        merge._undo()
        self.assertEqual(late.partner_id, self.gone)

    def test_a_chain_of_merges_is_undone_from_its_end(self):
        last = self._make_guest("Ana C.")
        first = self._merge()
        second = self.merges._merge_guests(last, self.kept)
        self.assertEqual(self.gone.hotel_merged_into_id, last)
        with self.assertRaisesRegex(UserError, "undo that merge first"):
            first._undo()
        second._undo()
        self.assertEqual(self.gone.hotel_merged_into_id, self.kept)
        first._undo()
        self.assertFalse(self.gone.hotel_merged_into_id)

    # ---- volume -------------------------------------------------------------------------------

    def test_a_thousand_stays_take_no_more_queries_than_one(self):
        def count(number):
            kept, gone = self._make_guest(f"K {number}"), self._make_guest(f"G {number}")
            self.env["hotel.stay"].create(
                [
                    {
                        "partner_id": gone.id, "property_id": self.hotel.id, "rate": 100.0, "state": "departed",
                        "arrival_date": date(2020, 1, 1), "departure_date": date(2020, 1, 3),
                    }
                    for _stay in range(number)
                ]
            )  # fmt: skip
            self.env.flush_all()
            self.env.invalidate_all()
            queries, began = self.env.cr.sql_log_count, time.monotonic()
            merge = self.merges._merge_guests(kept, gone)
            merged, between = self.env.cr.sql_log_count - queries, time.monotonic()
            merge._undo()
            undone = self.env.cr.sql_log_count - queries - merged
            self.assertEqual(len(gone.hotel_stay_ids), number)
            words = "%s stays: merged in %s queries and %.2f s, undone in %s and %.2f s"
            _logger.info(words, number, merged, between - began, undone, time.monotonic() - between)
            return merged, undone

        count(1)  # fills caches
        few, many = count(2), count(1000)
        self.assertLessEqual(many[0], few[0] + 2)
        self.assertLessEqual(many[1], few[1] + 2)
