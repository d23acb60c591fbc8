"""Hold, transfer and hang-up from the desk: what the bridge is given, and what is known afterwards."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .call_common import START, CallCase

SOON = START.replace(second=30)


@freeze_time(SOON)
@tagged("post_install", "-at_install")
class TestCallControl(CallCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = cls.env["hotel.call.desk"].with_user(cls.agent.user_id)
        cls.second = cls._make_agent(number=102)
        cls.evening = cls._make_queue(name="Concierge", agent_ids=[(4, cls.second.id)])

    def _talking(self, reference="talk.1"):
        return self._feed(*self._talk(reference)[:4])

    def _claim(self):
        commands = self.env["hotel.call.command"]._claim(self.exchange)
        return [command._prepare_claimed() for command in commands]

    def _tell(self, seq, kind, after=20, **values):
        return self._feed(self._event(seq, kind, "talk.1", after, **values))

    def test_hold_goes_to_the_bridge_once_and_comes_back_as_done(self):
        call = self._talking()
        self.desk.control(call.id, "hold")
        self.assertEqual(self.desk.get_live()["call"]["command"], {"kind": "hold", "state": "open"})
        [given] = self._claim()
        self.assertEqual((given["call_id"], given["kind"]), ("talk.1", "hold"))
        self.assertFalse(self._claim(), "given already")
        self._tell(5, "call.held", endpoint="PJSIP/agent101", command=given["command_id"])
        live = self.desk.get_live()["call"]
        self.assertEqual((live["is_held"], live["command"], live["leg_state"]), (True, False, "talking"))
        self._tell(6, "call.resumed", endpoint="PJSIP/agent101")
        self.assertFalse(self.desk.get_live()["call"]["is_held"])

    def test_a_failure_is_shown(self):
        call = self._talking()
        self.desk.control(call.id, "hold")
        [given] = self._claim()
        self._tell(5, "command.failed", command=given["command_id"], reason="failed")
        self.assertEqual(self.desk.get_live()["call"]["command"]["state"], "failed")

    def test_what_a_dead_bridge_has_not_fetched_is_not_done_later(self):
        call = self._talking()
        self.desk.control(call.id, "hangup")
        with freeze_time(SOON + timedelta(seconds=16)):
            self.assertFalse(self._claim())
            self.assertEqual(self.desk.get_live()["call"]["command"]["state"], "failed")

    def test_a_guest_is_passed_on_to_a_colleague(self):
        call = self._talking()
        targets = self.desk.get_targets(call.id)
        self.assertEqual([row["id"] for row in targets["agents"]], self.second.ids)
        self.desk.control(call.id, "transfer", {"agent_id": self.second.id})
        [given] = self._claim()
        self.assertEqual(given["to"], ["PJSIP/agent102"])
        self._tell(5, "call.transferred", endpoint="PJSIP/agent101", command=given["command_id"])
        self._tell(6, "agent.left", endpoint="PJSIP/agent101")
        self.assertEqual((call.state, self.agent.state), ("waiting", "wrap_up"))
        self._tell(7, "agent.ringing", endpoint="PJSIP/agent102")
        theirs = self.desk.with_user(self.second.user_id)
        self.assertEqual(theirs.get_live()["call"]["id"], call.id, "it pops up at the colleague's desk")
        self._tell(8, "agent.answered", 25, endpoint="PJSIP/agent102")
        self._tell(9, "call.ended", 60, talk=40.0, hangup_by="guest")
        self.assertEqual((call.outcome, call.user_id, call.is_dropped), ("answered", self.second.user_id, False))
        self.assertEqual(call.wait_s, 5.0, "the first answer counts")

    def test_a_guest_is_passed_on_to_a_queue_and_waits_there(self):
        self.second._set_state("busy")
        call = self._talking()
        self.desk.control(call.id, "transfer", {"queue_id": self.evening.id})
        [given] = self._claim()
        self.assertEqual((given["to"], call.queue_id), ([], self.evening))
        self.second._set_state("ready")
        self.desk.control(call.id, "transfer", {"queue_id": self.evening.id})
        self.assertEqual(self._claim()[0]["to"], ["PJSIP/agent102"])

    def test_who_waited_long_before_the_talk_may_wait_anew_after_it(self):
        call = self._talking()
        call.queued_at = START - timedelta(hours=1)
        self._tell(5, "call.transferred", endpoint="PJSIP/agent101")
        call.queue_id.longest_wait_s = 60
        from ..models.voice_world import CallWorld

        self.assertTrue(CallWorld(call).may_wait())
        with freeze_time(SOON + timedelta(seconds=120)):
            self.assertFalse(CallWorld(call).may_wait())

    def test_who_was_passed_on_and_not_answered_is_called_back(self):
        call = self._talking()
        self._tell(5, "call.transferred", endpoint="PJSIP/agent101")
        self._tell(6, "agent.left", endpoint="PJSIP/agent101")
        self._tell(7, "call.ended", 40, hangup_by="guest")
        self.assertTrue(call.is_dropped)
        self.assertEqual(self.env["hotel.call.job"].search([("call_id", "=", call.id)]).kind, "abandoned")

    def test_an_extension_is_one_of_the_house(self):
        call = self._talking()
        self.desk.control(call.id, "transfer", {"extension": "102"})
        [given] = self._claim()
        self.assertEqual((given["to"], given["extension"]), ([], "102"))
        for extension in ("0033123456789", "102@trunk", "", 102, "１０２"):
            with self.assertRaises(UserError, msg=extension):
                self.desk.control(call.id, "transfer", {"extension": extension})

    def test_only_who_talks_says_what_is_done(self):
        call = self._feed(*self._talk("talk.1")[:3])
        with self.assertRaises(UserError):
            self.desk.control(call.id, "hold")
        self._feed(self._talk("talk.1")[3])
        for kind in ("explode", None):
            with self.assertRaises(UserError):
                self.desk.control(call.id, kind)
        with self.assertRaises(UserError):
            self.desk.with_user(self.second.user_id).control(call.id, "hangup")
        for user in (self._make_user("front_office"), self._make_user("call_agent", self.other_hotel)):
            with self.assertRaises(AccessError):
                self.desk.with_user(user).control(call.id, "hangup")
        foreign = self._make_agent(self._make_exchange(self.other_hotel, "far"), self._make_queue(self.other_hotel))
        for target in ({"agent_id": foreign.id}, {"queue_id": foreign.queue_ids.id}, {"agent_id": self.agent.id}, {}):
            with self.assertRaises(UserError):
                self.desk.control(call.id, "transfer", target)
        self.assertFalse(self._claim())
