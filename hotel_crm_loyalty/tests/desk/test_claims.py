from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .desk_common import DeskCase

ARRIVAL, DEPARTURE = date(2026, 6, 1), date(2026, 6, 3)


@tagged("post_install", "-at_install")
class TestClaims(DeskCase):
    def _stay(self, guest=None, amount=200.0, ref="PMS-77", **values):
        stay = self._make_stay(
            guest, arrival=ARRIVAL, nights=2, state="departed", source_system="pms", source_ref=ref, **values
        )
        self.env["hotel.consumption"].create(
            {
                "partner_id": guest.id if guest else False,
                "stay_id": stay.id,
                "property_id": self.hotel.id,
                "kind": "room",
                "description": "Room",
                "amount_gross": amount,
                "business_date": DEPARTURE,
                "bill_ref": f"B-{ref}",
                "source_system": "pms",
                "source_ref": ref,
            }
        )
        return stay

    def _claim(self, number="pms 77", **values):
        values = {"hotel": self.hotel, "arrival_date": ARRIVAL, "departure_date": DEPARTURE, **values}
        return self.card._hotel_claim(number=number, text="I was there", **values)

    def _answer(self, claim, user=None, **values):
        action = self._as(user or self.clerk, claim).action_open_decision()
        wizards = self.env["hotel.loyalty.claim.answer"].with_user(user or self.clerk)
        form = Form(wizards.with_context(**action["context"]))
        for name, value in values.items():
            form[name] = value
        return form.save()

    def test_a_stay_of_nobody_whose_number_the_member_knows_is_granted_at_once(self):
        stay, before = self._stay(), self.card.points + self.card.hotel_pending
        claim = self._claim()
        self.assertEqual((claim.state, claim.is_automatic, claim.stay_id, claim.points), ("approved", True, stay, 200))
        self.assertEqual(stay.partner_id, self.guest)
        self.assertEqual(self.card.points + self.card.hotel_pending, before + 200)
        self.assertTrue(self.card.hotel_move_ids.filtered(lambda move: move.origin == f"stay:{stay.id}"))
        message = self.env["hotel.message"].search([("res_model", "=", claim._name), ("res_id", "=", claim.id)])
        self.assertIn("counts now", message._render()[message][1])

    def test_the_number_of_a_bill_proves_it_too(self):
        self._stay()
        self.assertEqual(self._claim("b-PMS-77").state, "approved")

    def test_dates_alone_prove_nothing_and_another_guests_stay_is_never_found(self):
        stay = self._stay()
        claim = self._claim(number=None)
        self.assertEqual((claim.state, claim.stay_id, claim.is_proven), ("new", stay, False))
        self.assertFalse(stay.partner_id)
        claim.sudo()._close("withdrawn")
        stay.partner_id = self._make_guest("Somebody Else")
        claim = self._claim()
        self.assertEqual((claim.state, bool(claim.stay_id), claim.points), ("new", False, 0))
        self.assertFalse(claim.candidate_ids)
        with self.assertRaises(UserError):
            claim.with_user(self.clerk)._approve(stay)

    def test_above_the_limit_of_the_rules_somebody_decides_within_working_days(self):
        self._stay(amount=1500.0)
        claim = self._claim()
        self.assertEqual((claim.state, claim.points, claim.answer_date), ("new", 1500, date(2026, 6, 22)))
        wizard = self._answer(claim)
        self.assertEqual((wizard.stay_points, wizard.limit), (1500, 500))
        with self.assertRaises(AccessError):
            wizard.action_approve()
        self._answer(claim, self.manager, answer="Welcome back").action_approve()
        self.assertEqual((claim.state, claim.decided_by_id, claim.answer), ("approved", self.manager, "Welcome back"))
        self.assertEqual(claim.stay_id.partner_id, self.guest)
        with self.assertRaises(UserError):
            self._answer(claim, self.manager).action_refuse()

    def test_without_a_stay_points_are_posted(self):
        before = self.card.points
        claim = self._claim()
        wizard = self._answer(claim, points=450)
        self.assertFalse(wizard.stay_id)
        wizard.action_approve()
        self.assertEqual((claim.state, claim.posting_id.points, claim.posting_id.note), ("approved", 450, claim.name))
        self.assertEqual(self.card.points, before + 450)

    def test_no_points_no_answer_and_a_refusal_needs_words(self):
        claim = self._claim()
        with self.assertRaises(UserError):
            self._answer(claim).action_approve()
        with self.assertRaises(UserError):
            self._answer(claim, answer=" ").action_refuse()
        self._answer(claim, answer="Booked with an agency").action_refuse()
        self.assertEqual((claim.state, claim.answer), ("refused", "Booked with an agency"))
        message = self.env["hotel.message"].search([("res_model", "=", claim._name), ("res_id", "=", claim.id)])
        self.assertIn("Booked with an agency", message._render()[message][1])

    def test_the_members_own_stay_that_earned_nothing_earns_by_hand(self):
        stay = self._stay(self.guest)
        self.card._hotel_evaluate()
        self.assertFalse(self._claim().stay_id, "it has earned")
        self.env["hotel.loyalty.claim"].search([]).sudo()._close("withdrawn")
        past = self._make_member(self._make_guest("Late"), joined=date(2026, 6, 10))
        stay.partner_id = past.partner_id
        past._hotel_evaluate()
        claim = past._hotel_claim(self.hotel, ARRIVAL, DEPARTURE)
        self.assertEqual((claim.stay_id, claim.is_proven), (stay, True))

    def test_too_late_not_yet_or_asked_twice(self):
        with self.assertRaises(UserError, msg="more than 30 days"):
            self._claim(arrival_date=date(2026, 5, 1), departure_date=date(2026, 5, 3))
        with self.assertRaises(UserError):
            self._claim(arrival_date=date(2026, 6, 20), departure_date=date(2026, 6, 22))
        self._claim()
        with self.assertRaises(UserError):
            self._claim()

    def test_numbers_are_not_to_be_guessed(self):
        for day in range(1, 6):
            self._claim("guess", departure_date=date(2026, 6, day + 1), arrival_date=date(2026, 6, day))
        with self.assertRaises(UserError):
            self._claim("guess", departure_date=date(2026, 6, 8), arrival_date=date(2026, 6, 7))

    def test_overdue_claims_reach_the_managers_once(self):
        claim = self._claim()
        self.assertEqual(claim.answer_date, date(2026, 6, 22))
        cron = self.env.ref("hotel_crm_loyalty.ir_cron_loyalty_claim_escalate")
        for day, overdue in (("2026-06-22", False), ("2026-06-23", True), ("2026-06-24", True)):
            with freeze_time(f"{day} 12:00:00"), self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.assertEqual(claim.is_overdue, overdue)
        mine = claim.activity_ids.filtered(lambda activity: activity.user_id == self.manager)
        self.assertEqual(len(mine), 1)
        claim.with_user(self.clerk).action_withdraw()
        self.assertEqual((claim.state, bool(claim.activity_ids)), ("withdrawn", False))

    def test_a_clerk_files_for_a_guest_and_may_not_set_what_is_decided(self):
        values = {
            "card_id": self.card.id,
            "property_id": self.hotel.id,
            "arrival_date": ARRIVAL,
            "departure_date": DEPARTURE,
            "state": "approved",
            "points": 9999,
            "is_proven": True,
        }
        claim = self.env["hotel.loyalty.claim"].with_user(self.clerk).create(values)
        self.assertEqual((claim.state, claim.points, claim.is_proven, claim.user_id), ("new", 0, False, self.clerk))
        for user in (self.clerk, self.manager):
            with self.assertRaises(AccessError):
                self._as(user, claim).write({"state": "approved"})
        with self.assertRaises(UserError):
            claim.unlink()

    def test_strangers_see_no_claim(self):
        claim = self._claim()
        for hotel in (self.other_hotel, self._make_property(name="Sister", code="SIS")):
            user = self._make_user("front_office", hotel)
            self.assertFalse(self.env["hotel.loyalty.claim"].with_user(user).search([("id", "=", claim.id)]))
            with self.assertRaises(AccessError):
                self._as(user, claim)._refuse("no")

    def test_who_filed_it_does_not_grant_more_than_the_limit(self):
        both = self._make_user("front_office+approver")
        claim = self.env["hotel.loyalty.claim"].with_user(both).create(
            {
                "card_id": self.card.id,
                "property_id": self.hotel.id,
                "arrival_date": ARRIVAL,
                "departure_date": DEPARTURE,
            }
        )
        with self.assertRaises(AccessError):
            self._answer(claim, both, points=501).action_approve()
        self._answer(claim, self.approver, points=9000).action_approve()
        self.assertEqual(claim.state, "approved")
