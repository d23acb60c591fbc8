"""The bridge against an Asterisk that is none: what it tells Odoo, and that no guest is left in silence."""

import asyncio
import tempfile

from odoo.tests import tagged

from .lab import Lab, LabCase

SAY = {"say": {"text": "Hello", "lang": "en_US", "barge": True}}
GATHER = {"gather": {"min": 1, "max": 1, "timeout": 0.3, "terminator": "#"}}
RING = {"transfer": {"to": ["PJSIP/agent101"], "strategy": "in_turn", "timeout": 5, "record": True}}
JOB = {"job_id": 7, "attempt": 1, "to": "+351912345678", "caller_id": "+351210000000", "timeout": 5, "lang": "en_US"}


@tagged("post_install", "-at_install")
class TestBridge(LabCase):
    def test_a_key_pressed_in_the_menu_reaches_odoo(self):
        async def story(lab):
            lab.odoo.answers = [[SAY, GATHER], [SAY, {"hangup": {}}]]
            lab.ari.ring_in("c.1")
            await lab.until(lambda: lab.odoo.asked)
            lab.ari.press("c.1", "2")
            await lab.ended()

        lab = self._play(story)
        self.assertEqual(lab.odoo.kinds(), ["call.incoming", "call.answered", "call.ended"])
        self.assertEqual([body["input"] for body in lab.odoo.asked], [
            {"kind": "start", "value": ""}, {"kind": "digits", "value": "2"}
        ])  # fmt: skip
        self.assertEqual(lab.odoo.asked[1]["slots"], {"a": 1})
        self.assertEqual(lab.odoo.events[-1]["hangup_by"], "menu")
        self.assertFalse(lab.ari.live)

    def test_a_recorded_prompt_is_fetched_and_played(self):
        async def story(lab):
            lab.odoo.answers = [[{"play": {"media": "prompt:12-zh_CN"}}, {"hangup": {}}]]
            lab.ari.ring_in("c.1")
            await lab.ended()
            self.assertEqual(lab.driver.speech.kept, {"prompt12-zh_CN": b"12-zh_CN"})

        played = [query["media"] for _method, path, query in self._play(story).ari.asked if "/play/" in path]
        self.assertEqual(played, ["sound:hotel/prompt12-zh_CN"])

    def test_silence_is_told_too(self):
        async def story(lab):
            lab.odoo.answers = [[GATHER]]
            lab.ari.ring_in("c.1")
            await lab.ended()

        self.assertEqual(self._play(story).odoo.asked[1]["input"]["kind"], "timeout")

    def test_several_keys_end_with_the_hash_key(self):
        async def story(lab):
            lab.odoo.answers = [[{"gather": {"min": 1, "max": 8, "timeout": 2, "terminator": "#"}}]]
            lab.ari.ring_in("c.1")
            await lab.until(lambda: lab.odoo.asked)
            await asyncio.sleep(0.05)
            lab.ari.press("c.1", "12#")
            await lab.ended()

        self.assertEqual(self._play(story).odoo.asked[1]["input"], {"kind": "digits", "value": "12"})

    def test_a_talk_is_recorded_and_its_recording_delivered(self):
        async def story(lab):
            lab.odoo.answers = [[RING]]
            lab.ari.ring_in("c.1")
            await lab.until(lambda: "agent.answered" in lab.odoo.kinds())
            [leg] = [key for key in lab.ari.live if "-leg" in key]
            lab.ari.leave(leg)
            await lab.ended()
            await lab.until(lambda: lab.odoo.sounds)

        lab = self._play(story)
        self.assertEqual(lab.odoo.kinds()[2:], [
            "agent.ringing", "agent.answered", "agent.left", "recording.ready", "call.ended"
        ])  # fmt: skip
        self.assertEqual(lab.odoo.events[-1]["hangup_by"], "agent")
        self.assertFalse(lab.ari.live or lab.ari.bridges)

    def test_a_busy_agent_is_missed(self):
        async def story(lab):
            lab.ari.answers["PJSIP/agent101"] = (False, 17)
            lab.odoo.answers = [[RING]]
            lab.ari.ring_in("c.1")
            await lab.ended()

        lab = self._play(story)
        [missed] = [event for event in lab.odoo.events if event["type"] == "agent.missed"]
        self.assertEqual((missed["reason"], missed["endpoint"]), ("busy", "PJSIP/agent101"))
        self.assertEqual(lab.odoo.asked[1]["input"]["kind"], "transfer_failed")

    def test_a_guest_who_leaves_while_it_rings_stops_the_ringing(self):
        async def story(lab):
            lab.odoo.answers = [[GATHER]]
            lab.ari.ring_in("c.1")
            await lab.until(lambda: lab.odoo.asked)
            lab.ari.leave("c.1")
            await lab.ended()

        self.assertEqual(self._play(story).odoo.events[-1]["hangup_by"], "guest")

    def test_an_error_gives_the_guest_back_to_the_dialplan(self):
        for answer in ([{"explode": {}}], [{}], [{"say": {}}]):

            async def story(lab, answer=answer):  # pylint: disable=dangerous-default-value
                lab.odoo.answers = [answer]
                lab.ari.ring_in("c.1")
                await lab.ended()

            lab = self._play(story)
            [given] = [query for method, path, query in lab.ari.asked if path == "/channels/c.1/continue"]
            self.assertEqual(given["context"], "hotel-fallback")

    def test_without_odoo_the_queue_rings_and_the_events_wait_on_disk(self):
        async def story(lab):
            lab.odoo.away = True
            lab.ari.ring_in("c.1")
            await lab.until(lambda: lab.ari.bridges)
            lab.ari.leave("c.1")
            await lab.until(lambda: not lab.driver.calls)
            self.assertGreaterEqual(len(lab.spool.waiting()), 5)
            # a bridge that starts anew delivers what the one before has kept
            await lab.kill()
            lab.odoo.away = False
            await lab.start()
            await lab.ended()
            self.assertFalse(lab.spool.waiting())

        self.assertIn("agent.answered", self._play(story).odoo.kinds())

    def test_one_bad_event_does_not_hold_up_the_others(self):
        async def story(lab):
            lab.odoo.refused = {"call.answered"}
            lab.ari.ring_in("c.1")
            await lab.ended()
            await lab.until(lambda: not lab.spool.waiting())
            self.assertEqual(len(list((lab.spool.folder / "bad").glob("*.json"))), 1)

        self.assertEqual(self._play(story).odoo.kinds(), ["call.incoming", "call.ended"])

    def test_each_answer_of_the_network_has_its_reason(self):
        for cause, reason in ((17, "busy"), (1, "bad_number"), (21, "rejected"), (34, "congestion"), (19, "no_answer")):

            async def story(lab, cause=cause):
                lab.ari.answers["PJSIP/+351912345678@trunk"] = (False, cause)
                lab.odoo.jobs = [{**JOB, "mode": "menu_first", "agent": ""}]
                await lab.until(lambda: lab.odoo.results)

            lab = self._play(story)
            self.assertEqual((lab.odoo.results["7"]["status"], lab.odoo.results["7"]["reason"]), ("failed", reason))

    def test_agent_first_rings_the_agent_and_then_the_guest(self):
        async def story(lab):
            lab.odoo.jobs = [{**JOB, "mode": "agent_first", "agent": "PJSIP/agent101"}]
            await lab.until(lambda: lab.ari.bridges)
            lab.ari.leave("out-7-1-guest")
            await lab.until(lambda: lab.odoo.results)
            await lab.ended()

        lab = self._play(story)
        self.assertEqual(lab.odoo.results["7"]["status"], "answered")
        rung = [query["endpoint"] for method, path, query in lab.ari.asked if "endpoint" in query]
        self.assertEqual(rung, ["PJSIP/agent101", "PJSIP/+351912345678@trunk"])
        self.assertFalse(lab.ari.live)

    def test_an_agent_who_does_not_answer_is_no_try_at_the_guest(self):
        async def story(lab):
            lab.ari.answers["PJSIP/agent101"] = (False, 19)
            lab.odoo.jobs = [{**JOB, "mode": "agent_first", "agent": "PJSIP/agent101"}]
            await lab.until(lambda: lab.odoo.results)

        lab = self._play(story)
        self.assertEqual(lab.odoo.results["7"]["reason"], "failed")
        self.assertNotIn("PJSIP/+351912345678@trunk", str(lab.ari.asked))

    def test_after_a_crash_talks_go_on_and_menus_begin_again(self):
        async def story(lab):
            lab.odoo.answers = [[RING], [GATHER, GATHER]]
            lab.ari.ring_in("c.1")
            await lab.until(lambda: "agent.answered" in lab.odoo.kinds())
            lab.ari.ring_in("c.2")
            await lab.until(lambda: len(lab.odoo.asked) == 2)
            await lab.kill()
            lab.odoo.events.clear()
            lab.odoo.answers = [[{"hangup": {}}]]
            await lab.start()
            await lab.ended()
            self.assertIn("c.1", lab.ari.live, "they go on talking")
            lab.ari.leave("c.1")
            await lab.until(lambda: lab.odoo.kinds().count("call.ended") == 2)

        async def play():
            with tempfile.TemporaryDirectory() as folder:
                async with Lab(folder) as lab:
                    await story(lab)
                    return lab

        lab = asyncio.run(play())
        self.assertEqual(lab.odoo.asked[-1]["input"]["kind"], "start")
        self.assertFalse(lab.ari.live)

    def test_fifty_calls_at_once(self):
        async def story(lab):
            lab.odoo.answers = [[SAY, GATHER]] * 50
            for number in range(50):
                lab.ari.ring_in(f"many.{number}")
            await lab.until(lambda: len(lab.odoo.asked) >= 50)
            for number in range(50):
                lab.ari.press(f"many.{number}", "1")
            await lab.until(lambda: lab.odoo.kinds().count("call.ended") == 50, 20)

        async def play():
            with tempfile.TemporaryDirectory() as folder:
                async with Lab(folder) as lab:
                    await story(lab)
                    return lab

        self.assertFalse(asyncio.run(play()).ari.live)
