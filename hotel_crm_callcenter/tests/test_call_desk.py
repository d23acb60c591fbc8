"""The agent's desk and the supervisor's board: what they show, to whom, and that the bus carries ids only."""

from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .call_common import START, CallCase

ANA = "+351912345678"
SOON = START.replace(second=30)


@freeze_time(SOON)
@tagged("post_install", "-at_install")
class TestCallDesk(CallCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_guest("Ana Costa", phone=ANA, country_id=cls.env.ref("base.pt").id)
        cls.desk = cls.env["hotel.call.desk"].with_user(cls.agent.user_id)

    def _ring(self, reference="desk.1"):
        return self._feed(*self._talk(reference)[:3])

    def test_a_ringing_call_shows_its_guest(self):
        self._make_stay(self.guest, arrival=START.date(), state="booked")
        call = self._ring()
        live = self.desk.get_live()
        self.assertEqual((live["call"]["id"], live["call"]["guest"]["name"]), (call.id, "Ana Costa"))
        self.assertIn("Arrives on", live["call"]["guest"]["presence"])
        pop = self.desk.get_pop(call.id)
        self.assertEqual((pop["who"], pop["state"]), ("Ana Costa", "ringing"))
        self.assertTrue(self.env["hotel.access.log"].search_count([("user_id", "=", self.agent.user_id.id)]))

    def test_the_bus_carries_the_id_of_the_call_and_nothing_else(self):
        sent = []
        users = type(self.env["res.users"])
        self._patch(users, "_bus_send", lambda user, kind, message, **_more: sent.append((user.id, kind, message)))
        call = self._ring()
        self.assertIn((self.agent.user_id.id, "hotel_crm_callcenter.call", {"call_id": call.id}), sent)
        self.assertEqual({tuple(message) for _user, _kind, message in sent}, {("call_id",)})

    def test_the_call_of_another_agent_does_not_pop_up(self):
        call = self._ring()
        other = self._make_agent(number=102)
        self.assertFalse(self.desk.with_user(other.user_id).get_pop(call.id))
        self.assertFalse(self.desk.with_user(other.user_id).get_live()["call"])

    def test_several_guests_with_one_number_are_offered(self):
        self._make_guest("Rui Costa", phone=ANA, country_id=self.env.ref("base.pt").id)
        self._ring()
        call = self.desk.get_live()["call"]
        self.assertFalse(call["guest"])
        self.assertEqual({row["name"] for row in call["candidates"]}, {"Ana Costa", "Rui Costa"})
        self.desk.save_call(call["id"], {"partner_id": self.guest.id})
        self.assertEqual(self.desk.get_live()["call"]["guest"]["id"], self.guest.id)

    def test_after_the_talk_the_agent_wraps_up(self):
        call = self._feed(*self._talk("desk.1"))
        live = self.desk.get_live()
        self.assertEqual((live["state"], live["call"]["id"]), ("wrap_up", call.id))
        result = self.env.ref("hotel_crm_callcenter.hotel_call_result_booked")
        self.desk.save_call(call.id, {"note": "Wants a cot", "result_id": result.id})
        self.assertEqual((call.note, call.result_id), ("Wants a cot", result))
        self.desk.env["hotel.call.agent"].set_state("ready")
        self.assertFalse(self.desk.get_live()["call"])

    def test_call_again_plans_a_call_for_the_next_day(self):
        call = self._feed(*self._talk("desk.1"))
        result = self.env.ref("hotel_crm_callcenter.hotel_call_result_callback")
        for _turn in range(2):
            self.desk.save_call(call.id, {"result_id": result.id})
        job = self.env["hotel.call.job"].search([("call_id", "=", call.id)])
        self.assertEqual((len(job), job.due_at), (1, datetime(2026, 5, 5, 10, 0, 30)))

    def test_what_waits_is_seen(self):
        self.agent._set_state("busy")
        self._feed(
            self._event(1, "call.incoming", "wait.1", **{"from": ANA, "to": "5000"}),
            self._event(2, "call.queued", "wait.1"),
        )
        [row] = self.desk.get_live()["waiting"]
        self.assertEqual(row["who"], "Ana Costa")

    def test_one_click_calls_a_guest_by_the_own_telephone(self):
        self.guest.with_user(self.agent.user_id).action_hotel_dial()
        job = self.env["hotel.call.job"]._claim(self.exchange, 5, 60)
        self.assertEqual((job.kind, job.agent_id, job.number), ("click", self.agent, ANA))
        self.guest.phone = False
        with self.assertRaises(UserError):
            self.desk.dial(self.guest.id)

    def test_others_get_nothing_out_of_desk_and_board(self):
        call = self._ring()
        for role in ("front_office", "marketing", "housekeeping"):
            desk = self.desk.with_user(self._make_user(role))
            for ask in (desk.get_setup, desk.get_live, lambda desk=desk: desk.get_pop(call.id)):
                with self.assertRaises(AccessError):
                    ask()
        stranger = self.desk.with_user(self._make_user("call_agent", self.other_hotel))
        for ask in (lambda: stranger.save_call(call.id, {"note": "x"}), lambda: stranger.make_case(call.id)):
            with self.assertRaises(AccessError):
                ask()
        with self.assertRaises(AccessError):
            self.env["hotel.call.board"].with_user(self.agent.user_id).get_board()

    def test_a_case_is_opened_with_what_is_known(self):
        call = self._ring()
        action = self.desk.make_case(call.id)
        self.assertEqual(action["context"]["default_partner_id"], self.guest.id)

    def test_the_board_counts(self):
        supervisor = self._make_user("call_supervisor")
        self._feed(*self._talk("done.1"))
        self._feed(self._event(1, "call.incoming", "live.1", to="5000"), self._event(2, "call.queued", "live.1"))
        board = self.env["hotel.call.board"].with_user(supervisor).get_board()
        self.assertEqual((board["today"]["calls"], board["today"]["in_time_percent"]), (1, 100))
        self.assertEqual(board["queues"][0]["waiting"], 1)
        self.assertEqual(board["queues"][0]["longest_s"], 28)
        self.assertEqual([row["state"] for row in board["calls"]], ["waiting"])
        self.assertEqual(board["away"], ["Exchange main"])

    def test_figures_agree_with_the_calls(self):
        for number in range(3):
            self._feed(*self._talk(f"report.{number}"))
        lost = [self._event(1, "call.incoming", "l", to="5000"), self._event(2, "call.queued", "l")]
        self._feed(*lost, self._event(3, "call.ended", "l"))
        self.env.flush_all()
        [row] = self.env["hotel.call.report"].formatted_read_group(
            [("property_id", "=", self.hotel.id)],
            [],
            ["call_count:sum", "answered_rate:avg", "in_time_rate:avg", "talk_s:avg"],
        )
        self.assertEqual(row["call_count:sum"], 4)
        self.assertAlmostEqual(row["answered_rate:avg"], 0.75)
        self.assertAlmostEqual(row["in_time_rate:avg"], 0.75)
        self.assertAlmostEqual(row["talk_s:avg"], 60)

    def test_the_board_asks_as_often_for_many_calls_as_for_few(self):
        board = self.env["hotel.call.board"].with_user(self._make_user("call_supervisor"))

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            board.get_board()
            return self.env.cr.sql_log_count - before

        self._ring("few.1")
        board.get_board()
        few = count()
        for number in range(15):
            self._ring(f"many.{number}")
        self.assertLessEqual(count(), few + 1)

    def test_what_was_booked_in_a_call_is_kept_with_it(self):
        call = self._feed(*self._talk("desk.1"))
        reservation = self.env["hotel.reservation"].create({"partner_id": self.guest.id, "property_id": self.hotel.id})
        stay = self._make_stay(self.guest, arrival=START.date(), state="booked", reservation_id=reservation.id)
        self.desk.save_call(call.id, {"stay_id": stay.id})
        self.assertEqual(call.reservation_id, reservation)
        self.env.flush_all()
        row = self.env["hotel.call.report"].browse(call.id)
        self.assertEqual((row.booking_rate, row.booking_value), (1, 200.0))
