from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ... import guards
from ..common import HotelCase
from ..concurrency import ConcurrencyCase


@tagged("post_install", "-at_install")
class TestConsent(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_guest()
        cls.consents = cls.env["hotel.consent"]

    def _decide(self, state, guest=None, **values):
        return self.consents.create(
            {
                "partner_id": (guest or self.guest).id,
                "purpose": "offer",
                "channel": "email",
                "state": state,
                **values,
            }
        )

    def test_decisions_made_in_one_call_supersede_each_other_in_their_order(self):
        values = {"partner_id": self.guest.id, "purpose": "offer", "channel": "email"}
        decisions = self.consents.create([{**values, "state": state} for state in ("given", "withdrawn", "given")])
        self.assertEqual(decisions.mapped("is_current"), [False, False, True])
        self.assertEqual(self.guest.hotel_current_consent_ids, decisions[2])

    def test_an_older_decision_recorded_late_changes_nothing(self):
        current = self._decide("withdrawn")
        late = self._decide("given", decided_at=fields.Datetime.now() - timedelta(days=90))
        self.assertEqual((current.is_current, late.is_current), (True, False))

    def test_a_decision_cannot_be_dated_in_the_future(self):
        with self.assertRaises(ValidationError):
            self._decide("given", decided_at=datetime(2999, 1, 1))

    def test_recording_takes_the_same_number_of_queries_for_one_and_for_many(self):
        guests = self._make_guest() | self._make_guest()
        many = guests.union(*(self._make_guest() for _number in range(20)))
        for batch in (guests, many):
            batch.hotel_record_consent("survey", "sms", "given")  # caches are warm
            self.env.flush_all()
            with self.assertQueryCount(12):
                batch.hotel_record_consent("survey", "sms", "withdrawn")

    def test_nobody_changes_or_deletes_a_decision(self):
        decision = self._decide("given")
        manager = self._make_user("admin")
        forged = {"hotel_merge": True, "hotel_erasure": True}
        for records in (
            decision,
            decision.sudo().with_context(**forged),
            decision.with_user(manager),
            decision.with_context(hotel_merge="<permit hotel_merge>"),
        ):
            for values in ({"state": "withdrawn"}, {"partner_id": self._make_guest().id}):
                with self.assertRaises(UserError):
                    records.write(values)
            with self.assertRaises(UserError):
                records.unlink()
        for command in ((1, decision.id, {"state": "withdrawn"}), (2, decision.id), (5,), (3, decision.id)):
            with self.assertRaises(UserError):
                self.guest.write({"hotel_consent_ids": [command]})
        with self.assertRaises(UserError):
            decision.with_context(hotel_merge=guards.MERGE).write({"state": "withdrawn"})

    def test_a_merge_moves_decisions_and_leaves_one_current(self):
        other = self._make_guest()
        mine = self._decide("given", decided_at=datetime(2026, 1, 1))
        theirs = self._decide("withdrawn", other, decided_at=datetime(2026, 2, 1))
        sms = self._decide("given", other, channel="sms")
        (theirs | sms).with_context(hotel_merge=guards.MERGE).write({"partner_id": self.guest.id})
        self.assertEqual((mine.is_current, theirs.is_current, sms.is_current), (False, True, True))
        theirs.with_context(hotel_merge=guards.MERGE).write({"partner_id": other.id})
        self.assertEqual((mine.is_current, theirs.is_current, sms.is_current), (True, True, True))

    def test_an_erasure_deletes_decisions(self):
        decision = self._decide("given")
        decision.with_context(hotel_erasure=guards.ERASURE).unlink()
        self.assertFalse(decision.exists())

    def test_a_guest_with_decisions_cannot_be_deleted(self):
        self._decide("given")
        with self.assertRaises(UserError):
            self.guest.unlink()

    def test_the_recorder_is_the_one_who_records(self):
        clerk = self._make_user("front_office")
        decision = self.consents.with_user(clerk).create(
            {
                "partner_id": self.guest.id,
                "purpose": "offer",
                "state": "given",
                "user_id": self.env.ref("base.user_admin").id,
                "is_current": False,
            }
        )
        self.assertEqual(decision.user_id, clerk)
        self.assertTrue(decision.is_current)

    def test_the_latest_decision_counts_whether_for_one_channel_or_for_any(self):
        agreed = self.guest._has_hotel_consent
        self.assertFalse(agreed("offer", "email"))
        self._decide("given", decided_at=datetime(2026, 1, 1))
        self.assertTrue(agreed("offer", "email"))
        self.assertFalse(agreed("offer", "sms"))
        self.assertFalse(agreed("survey", "email"))
        self._decide("withdrawn", channel="any", decided_at=datetime(2026, 2, 1))
        self.assertFalse(agreed("offer", "email"))
        self._decide("given", channel="any", decided_at=datetime(2026, 3, 1))
        self.assertTrue(agreed("offer", "email"))
        self.assertTrue(agreed("offer", "sms"))
        self._decide("withdrawn", channel="sms", decided_at=datetime(2026, 4, 1))
        self.assertTrue(agreed("offer", "email"))
        self.assertFalse(agreed("offer", "sms"))
        self.assertTrue(self._make_guest()._has_hotel_consent("transaction", "email"))

    def test_consent_is_asked_of_many_guests_by_one_query(self):
        guests = self.guest.union(*(self._make_guest() for _number in range(10)))
        guests[3:7].hotel_record_consent("offer", "email", "given")
        self.env.flush_all()
        with self.assertQueryCount(1):
            agreed = guests._has_hotel_consent("offer", "email")
        self.assertEqual(agreed, guests[3:7])

    def test_a_wrong_word_is_refused_with_a_sentence(self):
        for words in (("spam", "email", "given"), ("offer", "fax", "given"), ("offer", "sms", "maybe")):
            with self.assertRaises(ValidationError):
                self.guest.hotel_record_consent(*words)
        with self.assertRaises(ValidationError):
            self.guest.hotel_record_consent("offer", "sms", "given", source="rumour")

    def test_housekeeping_records_no_consent(self):
        maid = self._make_user("housekeeping")
        with self.assertRaises(AccessError):
            self.guest.with_user(maid).hotel_record_consent("offer", "email", "given")


@tagged("post_install", "-at_install")
class TestConsentAtOnce(ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_guest()
        cls.cr.commit()

    def _record(self, state):
        def record(env):
            guest = env["res.partner"].browse(self.guest.id)
            return guest.hotel_record_consent("offer", "email", state).id

        return record

    def _assert_one_current(self, ids):
        self.cr.rollback()
        self.env.invalidate_all()
        decisions = self.env["hotel.consent"].search([("partner_id", "=", self.guest.id)])
        self.assertTrue(set(ids) <= set(decisions.ids), ids)
        self.assertEqual(len(decisions.filtered("is_current")), 1)

    def test_two_clerks_record_the_first_decision_at_once(self):
        ids = self._overlap(self._record("given"), self._record("withdrawn"))
        self._assert_one_current(ids)

    def test_two_clerks_supersede_a_decision_at_once(self):
        self.guest.hotel_record_consent("offer", "email", "given")
        self.cr.commit()
        ids = self._overlap(self._record("withdrawn"), self._record("given"))
        self._assert_one_current(ids)

    def test_many_clerks_record_decisions_together(self):
        self._assert_one_current(self._at_once(*[self._record("given")] * 4))
