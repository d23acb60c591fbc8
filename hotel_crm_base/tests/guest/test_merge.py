import logging
import time
from datetime import date

from psycopg2.errors import InsufficientPrivilege

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..booking.folio_common import FolioCase
from .merge_common import MergeLooks

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestMerge(MergeLooks, FolioCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.merges = cls.env["hotel.merge"]
        cls.kept = cls._make_guest("Ana Costa", email="ana@example.com", phone="+351 912 345 678")
        cls.gone = cls._make_guest("Ana M. Costa", email="ana.m@example.com", hotel_birth_date=date(1980, 2, 29))
        cls._fill(cls.kept, "1")
        cls._fill(cls.gone, "2")

    @classmethod
    def _fill(cls, guest, mark):
        """Give a guest a bit of everything."""
        cls._make_stay(guest, arrival=date(2026, 5, int(mark)), state="departed")
        cls._make_consumption(guest)
        reservation = cls._make_in_house(guest=guest, nights=1)
        cls._sleep(cls, cls.hotel)
        cls._pay(cls, reservation)
        reservation.stay_ids.action_check_out()
        guest.hotel_record_consent("offer", "email", "given" if mark == "1" else "withdrawn")
        guest.hotel_record_consent("survey", "sms", "withdrawn" if mark == "1" else "given")
        guest.hotel_record_consent("greeting", "any", "given")
        cls._make_document(guest, f"E1234567{mark}", kind="passport", country_id=cls.env.ref("base.pt").id)
        allergy = cls.env.ref("hotel_crm_base.hotel_preference_allergy_nuts")
        cls.env["hotel.guest.preference"].create(
            {"partner_id": guest.id, "preference_id": allergy.id, "note": f"note {mark}"}
        )
        cls.env["hotel.guest.reference"].create(
            {"partner_id": guest.id, "source_system": "pms", "source_ref": f"P-{mark}"}
        )
        guest.category_id = cls.env["res.partner.category"].create({"name": f"Both {mark}"}) | cls._get_common_tag()
        guest.message_post(body=f"Note {mark}")
        guest.message_subscribe(cls.env.user.partner_id.ids)
        cls.env["ir.attachment"].create(
            {"name": f"paper {mark}", "res_model": "res.partner", "res_id": guest.id, "raw": b"paper"}
        )
        guest.activity_schedule("mail.mail_activity_data_todo", summary=f"Call {mark}")
        cls.env["res.partner"].create({"name": f"Office {mark}", "type": "invoice", "parent_id": guest.id})

    @classmethod
    def _get_common_tag(cls):
        tags = cls.env["res.partner.category"]
        return tags.search([("name", "=", "Tag of both")]) or tags.create({"name": "Tag of both"})

    def _merge(self, values=None, **options):
        return self.merges._merge_guests(self.kept, self.gone, values, **options)

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
        name.decision = "restore"
        self.assertEqual(moved.decision, "keep")
        undo.action_undo()
        self.assertEqual((self.kept.name, stays[:1].partner_id), ("Ana Costa", other))
        self.assertEqual((stays - stays[:1]).partner_id, self.gone if len(stays) > 1 else self.env["res.partner"])

    def test_what_came_since_stays_with_the_guest_who_stays(self):
        merge = self._merge()
        late = self._make_stay(self.kept, arrival=date(2026, 8, 1))
        merge._undo()
        self.assertEqual(late.partner_id, self.kept)

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
