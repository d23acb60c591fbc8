"""The real thing, from the agent's desk: a click calls, hold, passing on; and events that come mixed up."""

from exchange_case import GUEST, RealExchangeCase
from telephony_parts import wait

from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestRealDesk(RealExchangeCase):
    def test_a_click_calls_and_the_desk_holds_and_passes_on(self):
        with self._bridged():
            self._set_agent()
            first = self.parts.start_phone("agent101", talk=0)
            second = self.parts.start_phone("agent102", talk=2)
            network = self.parts.start_network(1)
            self._at_desk(lambda desk: desk.dial(self.called.id))
            [call] = wait(lambda: self._find_live("talking"), 20, "they talk")
            self.assertIn("CONFIRMED", first.log.read_text())
            self._at_desk(lambda desk: desk.control(call, "hold"))
            wait(lambda: self._look(lambda env: env["hotel.call"].browse(call).is_held), 10, "the guest is held")
            self.assertEqual([len(row["channels"]) for row in self.parts.ari("/bridges")], [1])
            self._at_desk(lambda desk: desk.control(call, "resume"))
            wait(lambda: not self._look(lambda env: env["hotel.call"].browse(call).is_held), 10, "they talk again")
            self.assertEqual([len(row["channels"]) for row in self.parts.ari("/bridges")], [2])
            self._at_desk(lambda desk: desk.control(call, "transfer", {"extension": "102"}))
            wait(lambda: "CONFIRMED" in second.log.read_text(), 15, "the colleague has the guest")
            wait(lambda: "DISCONNECTED" in first.log.read_text(), 5, "the agent is free")
            wait(lambda: not self._find_live("talking", "waiting"), 20, "the call has ended")
            self._finish(network)
            found = self._look(lambda env: env["hotel.call"].browse(call).read(["outcome", "direction", "is_dropped"]))
            self.assertEqual(
                (found[0]["outcome"], found[0]["direction"], found[0]["is_dropped"]), ("answered", "out", False)
            )

    def _at_desk(self, work):
        """Do something as the agent."""

        def act(env):
            work(env["hotel.call.desk"].with_user(self.agent.user_id.id))
            env.cr.commit()

        self._look(act)

    def _find_live(self, *states):
        domain = [("exchange_id", "=", self.exchange.id), ("state", "in", states)]
        return self._look(lambda env: env["hotel.call"].search(domain).ids)

    def test_events_that_come_late_and_twice_change_nothing(self):
        with self._bridged() as (gate, _bridge):
            gate.mixes = True
            self._set_agent()
            self.parts.start_phone(talk=2)
            self._finish(self.parts.call("20"))
            self._await_end(1)
            wait(lambda: gate.seen > 2 and not gate.late, 10, "the late ones have come")
            outcome, hangup_by, number, seqs = self._facts("outcome", "hangup_by", "number", "event_ids.seq")
            self.assertEqual((outcome, hangup_by, number), ("answered", "agent", GUEST))
            self.assertEqual(len(seqs), len(set(seqs)), "each event once")
