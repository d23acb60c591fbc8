"""What an agent does with a talk from the desk, against an Asterisk that is none."""

import asyncio

from odoo.tests import tagged

from .lab import LabCase

RING = {"transfer": {"to": ["PJSIP/agent101"], "strategy": "in_turn", "timeout": 5, "record": True}}
SECOND = {"kind": "transfer", "to": ["PJSIP/agent102"], "strategy": "in_turn", "timeout": 5}


@tagged("post_install", "-at_install")
class TestBridgeTalk(LabCase):
    async def _talk(self, lab, call="c.1"):
        """Let a guest call, and an agent answer; return the agent's channel."""
        lab.odoo.answers = [[RING], *lab.odoo.answers]
        lab.ari.ring_in(call)
        await lab.until(lambda: "agent.answered" in lab.odoo.kinds())
        [leg] = [key for key in lab.ari.live if "-leg" in key]
        return leg

    def _want(self, lab, kind, number, call="c.1", **terms):
        lab.odoo.commands.append({"command_id": number, "call_id": call, "kind": kind, **terms})

    def _members(self, lab):
        return [member for members in lab.ari.bridges.values() for member in members]

    def test_a_guest_is_held_and_taken_back(self):
        async def story(lab):
            leg = await self._talk(lab)
            self._want(lab, "hold", 5)
            await lab.until(lambda: "call.held" in lab.odoo.kinds())
            self.assertEqual(self._members(lab), [leg])
            self._want(lab, "hold", 6)
            self._want(lab, "resume", 7)
            await lab.until(lambda: "call.resumed" in lab.odoo.kinds())
            self.assertEqual(set(self._members(lab)), {leg, "c.1"})
            lab.ari.leave("c.1")
            await lab.ended()

        lab = self._play(story)
        told = [(event["type"], event["command"]) for event in lab.odoo.events if "command" in event]
        self.assertEqual(told, [("call.held", 5), ("call.held", 6), ("call.resumed", 7)])
        paths = [(method, path) for method, path, _query in lab.ari.asked]
        self.assertEqual(paths.count(("POST", "/channels/c.1/moh")), 1)
        self.assertLess(
            paths.index(("POST", "/recordings/live/talk-c.1/pause")),
            paths.index(("DELETE", "/recordings/live/talk-c.1/pause")),
        )

    def test_a_guest_who_is_held_may_leave(self):
        async def story(lab):
            await self._talk(lab)
            self._want(lab, "hold", 5)
            await lab.until(lambda: "call.held" in lab.odoo.kinds())
            lab.ari.leave("c.1")
            await lab.ended()

        lab = self._play(story)
        self.assertEqual(lab.odoo.events[-1]["hangup_by"], "guest")
        self.assertFalse(lab.ari.live or lab.ari.bridges)

    def test_a_guest_is_passed_on_to_a_colleague(self):
        async def story(lab):
            first = await self._talk(lab)
            self._want(lab, "hold", 4)
            self._want(lab, "transfer", 5, **{name: SECOND[name] for name in SECOND if name != "kind"})
            await lab.until(lambda: lab.odoo.kinds().count("agent.answered") == 2)
            self.assertNotIn(first, lab.ari.live)
            [second] = [key for key in lab.ari.live if "-leg" in key]
            lab.ari.leave(second)
            await lab.ended()
            await lab.until(lambda: not lab.spool.waiting())

        lab = self._play(story)
        kinds = [kind for kind in lab.odoo.kinds() if kind != "recording.ready"]
        self.assertEqual(kinds[3:], [
            "agent.answered", "call.held", "call.transferred", "agent.left", "agent.ringing", "agent.answered",
            "agent.left", "call.ended",
        ])  # fmt: skip
        self.assertEqual(lab.odoo.kinds().count("recording.ready"), 2, "who was told of the recording stays recorded")
        self.assertFalse(lab.ari.live or lab.ari.bridges)

    def test_an_extension_of_the_house_rings_by_the_dialplan(self):
        async def story(lab):
            await self._talk(lab)
            self._want(lab, "transfer", 5, to=[], extension="102")
            await lab.until(lambda: lab.odoo.kinds().count("agent.answered") == 2)
            lab.ari.leave("c.1")
            await lab.ended()

        rung = [query["endpoint"] for _method, _path, query in self._play(story).ari.asked if "endpoint" in query]
        self.assertEqual(rung, ["PJSIP/agent101", "Local/102@from-agent/n"])

    def test_whoever_is_passed_on_and_not_answered_waits_again(self):
        for terms in ({"to": ["PJSIP/agent102"], "timeout": 5}, {"to": []}):

            async def story(lab, terms=terms):  # pylint: disable=dangerous-default-value
                lab.ari.answers["PJSIP/agent102"] = (False, 17)
                await self._talk(lab)
                self._want(lab, "transfer", 5, **terms)
                await lab.ended()

            lab = self._play(story)
            self.assertEqual(lab.odoo.asked[-1]["input"]["kind"], "transfer_failed")
            self.assertEqual(lab.odoo.asked[-1]["node"], "n")

    def test_the_agent_hangs_up_from_the_desk(self):
        async def story(lab):
            await self._talk(lab)
            self._want(lab, "hangup", 5)
            await lab.ended()

        lab = self._play(story)
        self.assertEqual(lab.odoo.events[-1]["hangup_by"], "agent")
        self.assertFalse(lab.ari.live)

    def test_what_cannot_be_done_is_told_and_the_talk_goes_on(self):
        async def story(lab):
            await self._talk(lab)
            self._want(lab, "dance", 5)
            self._want(lab, "hold", 6, call="nobody")
            await lab.until(lambda: "command.failed" in lab.odoo.kinds())
            self.assertEqual(len(self._members(lab)), 2)
            lab.ari.leave("c.1")
            await lab.ended()

        self.assertEqual([event["command"] for event in self._play(story).odoo.events if "command" in event], [5])

    def test_in_the_menu_there_is_nothing_to_hold(self):
        async def story(lab):
            lab.odoo.answers = [[{"gather": {"max": 1, "timeout": 30}}]]
            lab.ari.ring_in("c.1")
            await lab.until(lambda: lab.odoo.asked)
            self._want(lab, "hold", 5)
            await lab.until(lambda: "command.failed" in lab.odoo.kinds())
            lab.ari.leave("c.1")
            await lab.ended()

        self._play(story)

    def test_a_long_talk_costs_odoo_no_more_than_a_short_one(self):
        """Requests for one call; those of the exchange as such (claim, config) come with or without calls."""
        counts = []
        for seconds in (0.2, 3):

            async def story(lab, seconds=seconds):
                await self._talk(lab)
                await lab.until(lambda: not lab.spool.waiting())
                lab.odoo.requests.clear()
                frames = len(lab.ari.asked)
                await asyncio.sleep(seconds)
                counts.append((list(lab.odoo.requests), len(lab.ari.asked) - frames))
                lab.ari.leave("c.1")
                await lab.ended()

            self._play(story)
        self.assertEqual(counts, [([], 0), ([], 0)], "while they talk, nothing is said about it")
