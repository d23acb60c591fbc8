"""The clock of a case: deadlines by policy and hours, pauses, the chain of escalation, the bus."""

# what people write needs no translation
# pylint: disable=translation-required

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.hotel_crm_loyalty.tests.ledger.loyalty_common import LoyaltyMakers
from odoo.addons.hotel_crm_service.models.case import hotel_case_live

from ..case_common import ServiceCase

NOON = datetime(2026, 5, 1, 12)  # a Friday
WORD = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}


def after(**span):
    return NOON + timedelta(**span)


@freeze_time(NOON)
@tagged("post_install", "-at_install")
class TestClock(LoyaltyMakers, ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["hotel.case.policy"].search([]).active = False
        cls.env["hotel.case.escalation"].search([]).active = False
        cls.policy = cls._make_policy(kind="complaint")
        cls.head = cls._make_user("housekeeping")
        cls.housekeeping.write({"manager_id": cls.head.id, "user_ids": [Command.link(cls.head.id)]})

    @classmethod
    def _make_policy(cls, **values):
        return cls.env["hotel.case.policy"].create(
            {"name": "Test", "answer_minutes": 30, "solve_minutes": 240, **values}
        )

    def _make(self, **values):
        return self._make_case(department_id=self.housekeeping.id, **values)

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("hotel_crm_service.ir_cron_case_escalate").method_direct_trigger()
        self.env.invalidate_all()

    def test_the_first_policy_that_fits_counts(self):
        case = self._make()
        self.assertEqual((case.answer_deadline, case.solve_deadline), (after(minutes=30), after(hours=4)))
        self.assertEqual(case.due_at, after(minutes=30))
        self._make_policy(severity="critical", sequence=1, answer_minutes=5)
        case.severity = "critical"
        self.assertEqual(case.answer_deadline, after(minutes=5))
        self.assertFalse(self._make(kind="praise").due_at)
        sister = self._make_property(name="Sister")
        self._make_policy(property_id=sister.id, sequence=0, answer_minutes=1)
        self.assertEqual(self._make().answer_deadline, after(minutes=30))

    def test_members_of_a_tier_wait_less(self):
        card = self._make_member(self.guest, self._make_program())
        self.assertTrue(card.hotel_tier_id)
        self._make_policy(tier_ids=card.hotel_tier_id.ids, sequence=1, answer_minutes=3)
        self.assertEqual(self._make(partner_id=self.guest.id).answer_deadline, after(minutes=3))
        self.assertEqual(self._make().answer_deadline, after(minutes=30))

    def test_the_clock_runs_in_the_hours_of_the_department_at_the_hotel(self):
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Office",
                "tz": "Asia/Tokyo",  # the hotel's own zone counts
                "attendance_ids": [
                    Command.create({"name": "d", "dayofweek": str(day), "hour_from": 9, "hour_to": 13.5})
                    for day in range(5)
                ],
            }
        )
        calendar.attendance_ids.filtered(lambda line: line.hour_to != 13.5).unlink()
        self.housekeeping.resource_calendar_id = calendar
        case = self._make()  # 13:00 in Lisbon: half an hour left today
        self.assertEqual(case.answer_deadline, after(minutes=30))
        self.assertEqual(case.solve_deadline, datetime(2026, 5, 4, 11, 30))

    def test_while_the_guest_is_waited_for_the_clock_stands(self):
        case = self._make()
        case.with_user(self.head).message_post(body="Which room?", **WORD)
        self.assertEqual(case.due_at, after(hours=4))
        case.state = "waiting"
        self.assertEqual((case.due_at, case.solve_deadline), (False, False))
        with freeze_time(after(hours=10)):
            case.with_user(self.head).action_resume()
            self.assertEqual(case.solve_deadline, after(hours=14))
            self.assertEqual(case.due_at, after(hours=14))

    def test_late_answers_and_solutions_are_noted(self):
        case, quick = self._make(), self._make()
        quick.with_user(self.head).message_post(body="On our way", **WORD)
        with freeze_time(after(hours=5)):
            case.with_user(self.head).message_post(body="Sorry", **WORD)
            case.state = "solved"
        self.assertEqual((case.is_answer_late, case.is_solve_late, quick.is_answer_late), (True, True, False))
        self.assertFalse(case.due_at)

    def test_opened_again_the_clock_begins_anew(self):
        case = self._make()
        case.state = "solved"
        with freeze_time(after(days=2)):
            case.state = "assigned"
            self.assertEqual(case.solve_deadline, after(days=2, hours=4))

    def test_each_step_of_the_chain_is_taken_once(self):
        step = {"deadline": "answer", "target": "head"}
        steps = self.env["hotel.case.escalation"].create(
            [
                {"name": "Late", **step},
                {"name": "Very late", **step, "minutes": 30, "target": "managers"},
                {"name": "Soon", **step, "minutes": -10},
            ]
        )
        manager = self._make_user("manager")
        strange = self._make_user("manager", self.other_hotel)
        case, answered = self._make(), self._make()
        answered.with_user(self.head).message_post(body="Yes", **WORD)
        expected = (
            (15, 0, 0, False), (21, 1, 0, False), (31, 2, 0, True), (45, 2, 0, True), (61, 2, 1, True), (90, 2, 1, True)
        )  # fmt: skip
        for minutes, to_head, to_manager, is_late in expected:
            with freeze_time(after(minutes=minutes)):
                self._run_cron()
            told = case.activity_ids.mapped("user_id")
            with self.subTest(minutes):
                mine = case.activity_ids.filtered(lambda activity: activity.user_id == self.head)
                self.assertEqual((len(mine), int(manager in told), case.is_answer_late), (to_head, to_manager, is_late))
                self.assertNotIn(strange, told)
        self.assertEqual(case.escalation_ids, steps)
        self.assertFalse(answered.activity_ids)
        case.state = "solved"
        self.assertFalse(case.activity_ids)

    def test_a_step_for_a_person_names_one(self):
        with self.assertRaises(ValidationError):
            self.env["hotel.case.escalation"].create({"name": "x", "target": "user"})

    def test_what_is_overdue_is_found(self):
        case, quiet = self._make(), self._make(kind="praise")
        with freeze_time(after(hours=1)):
            found = self.env["hotel.case"].search([("is_overdue", "=", True), ("id", "in", (case | quiet).ids)])
            self.assertEqual(found, case)
            case.invalidate_recordset()
            self.assertEqual((case.is_overdue, quiet.is_overdue), (True, False))

    def _hear(self):
        """Return the list to which what boards are told is added."""
        sent = []
        self.patch(type(self.env["bus.bus"]), "_sendone", lambda bus, *args: sent.append(args))
        self._patch(hotel_case_live, "_told", {})
        self.env.cr.precommit.run()
        sent.clear()
        return sent

    def test_in_a_rush_boards_are_told_twice_and_look_once_more(self):
        sent = self._hear()

        def commit(second):
            sent.clear()
            with freeze_time(after(seconds=second)):
                self._make(partner_id=self.guest.id)
                self.env.cr.precommit.run()
                self.env.cr.postcommit.run()
            return [args[2].get("again", 0) for args in sent if args[1] == hotel_case_live.NOTICE]

        self.assertEqual([commit(second) for second in (0, 0.5, 0.6, 1.9)], [[0], [3], [], []])
        self.assertEqual([commit(second) for second in (2.6, 2.7, 9)], [[0], [3], [0]])

    def test_what_is_undone_was_not_told(self):
        sent = self._hear()
        for _time in range(2):
            self._make(partner_id=self.guest.id)
            self.env.cr.precommit.run()
            self.env.cr.postcommit.clear()
        self.assertEqual([args[2].get("again") for args in sent if args[1] == hotel_case_live.NOTICE], [None, None])

    def test_the_bus_carries_ids_and_no_word(self):
        sent = self._hear()
        case = self._make(partner_id=self.guest.id, text="My husband is ill")
        case.state = "assigned"
        self.env.flush_all()
        self.env.cr.precommit.run()
        mine = [args for args in sent if args[1] == hotel_case_live.NOTICE]
        self.assertEqual(mine, [((self.hotel, "hotel_cases"), hotel_case_live.NOTICE, {"case_ids": [case.id]})])

    def test_boards_hear_of_the_hotels_that_their_user_sees(self):
        socket = self.env["ir.websocket"].with_user(self._make_user("service"))
        channels = socket._get_case_channels(["hotel_cases", "other"])
        self.assertEqual(channels, [(self.hotel, "hotel_cases")])
        self.assertFalse(socket._get_case_channels(["other"]))
        public = self.env["ir.websocket"].with_user(self.env.ref("base.public_user"))
        self.assertFalse(public._get_case_channels(["hotel_cases"]))
