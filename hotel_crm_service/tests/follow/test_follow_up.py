"""Follow-ups: planned, made, with a result and a next step."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..case_common import ServiceCase


@freeze_time("2026-05-01 12:00:00")
@tagged("post_install", "-at_install")
class TestFollowUp(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("service")

    def _plan(self, **values):
        visits = self.env["hotel.follow.up"].with_user(self.clerk)
        return visits.create({"partner_id": self.guest.id, "property_id": self.hotel.id, **values})

    def test_a_follow_up_is_made_once_and_has_a_result(self):
        visit = self._plan()
        self.assertEqual((visit.state, visit.user_id), ("planned", self.clerk))
        with self.assertRaises(UserError):
            visit.action_made()
        visit.write({"result": "satisfied", "note": "All is well"})
        visit.action_made()
        self.assertEqual((visit.state, visit.made_by_id, bool(visit.made_at)), ("done", self.clerk, True))
        with self.assertRaises(UserError):
            visit.action_made()
        with self.assertRaises(UserError):
            visit.write({"state": "planned"})

    def test_whoever_has_to_make_it_finds_it_among_the_activities(self):
        visit, other = self._plan(planned_date=date(2026, 5, 9)), self._make_user("service")
        [todo] = visit.sudo().activity_ids
        self.assertEqual((todo.user_id, todo.date_deadline), (self.clerk, date(2026, 5, 9)))
        visit.write({"user_id": other.id, "result": "satisfied"})
        self.assertEqual(visit.sudo().activity_ids.user_id, other)
        visit.action_made()
        self.assertFalse(visit.sudo().activity_ids)

    def test_not_reached_it_is_tried_again(self):
        visit = self._plan(channel="phone", result="not_reached", next_step="again")
        visit.action_made()
        again = self.env["hotel.follow.up"].search([("previous_id", "=", visit.id)])
        self.assertEqual((again.planned_date, again.state, again.result), (date(2026, 5, 3), "planned", False))
        self.assertEqual(again.user_id, self.clerk)

    def test_a_call_closes_it_once(self):
        agent = self._make_user("call_agent")
        visit = self._plan()
        self.assertTrue(visit.with_user(agent)._close_by_call("satisfied", "All is well"))
        self.assertEqual((visit.state, visit.result, visit.note), ("done", "satisfied", "All is well"))
        self.assertEqual(visit.made_by_id, agent)
        self.assertFalse(visit.sudo().activity_ids)
        self.assertFalse(visit._close_by_call("unsatisfied", "A second call"))
        self.assertEqual((visit.result, visit.note), ("satisfied", "All is well"))
        with self.assertRaises(ValueError):
            visit._close_by_call("busy")

    def test_a_call_to_a_guest_who_is_not_satisfied_opens_a_case(self):
        visit = self._plan(channel="phone", next_step="none")
        visit._close_by_call("unsatisfied", "Still no refund")
        case = self.env["hotel.case"].search([("partner_id", "=", self.guest.id)])
        self.assertEqual((case.description, case.source), ("Still no refund", "phone"))

    def test_a_guest_who_is_not_satisfied_has_a_case(self):
        visit = self._plan(result="unsatisfied", note="Still no refund", next_step="case")
        visit.action_made()
        case = self.env["hotel.case"].search([("partner_id", "=", self.guest.id)])
        self.assertEqual((case.description, case.source), ("Still no refund", "phone"))

    def test_it_is_planned_from_a_case(self):
        case = self._make_case(partner_id=self.guest.id)
        visits = self.env["hotel.follow.up"].with_user(self.clerk)
        visit = Form(visits.with_context(default_case_id=case.id, default_reason="case")).save()
        self.assertEqual((visit.partner_id, visit.property_id, visit.case_id), (self.guest, self.hotel, case))
        visit.action_cancel()
        self.assertEqual(visit.state, "cancelled")

    def test_only_ones_own_hotel(self):
        sister = self._make_property(name="Sister")
        case = self._make_case(property_id=sister.id)
        with self.assertRaises(ValidationError):
            self.env["hotel.follow.up"].create(
                {"partner_id": self.guest.id, "property_id": self.hotel.id, "case_id": case.id}
            )
        with self.assertRaises(AccessError):
            self._plan(property_id=sister.id)
        with self.assertRaises(UserError):
            self._plan().unlink()

    def test_they_move_and_are_erased_with_the_guest(self):
        visit = self._plan(note="Ill", question="How is he?")
        self.assertEqual(self.env["res.partner"]._hotel_merge_map()["hotel.follow.up"], "partner_id")
        self.assertEqual(self.guest._hotel_export()["Follow-Ups"][0]["note"], "Ill")
        self.guest._hotel_anonymize()
        self.assertEqual((visit.note, visit.question), (False, False))
