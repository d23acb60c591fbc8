"""The engine of the voice menu: every path ends, whatever the guest does and whatever the flow is."""

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..voice import engine, words
from ..voice.check import check
from ..voice.example import FLOW
from ..voice.flow import KINDS, SERVICES, read_flow

INPUTS = st.tuples(
    st.sampled_from(["digits", "timeout", "transfer_failed", "recorded"]), st.text("0123456789*#", max_size=8)
)
TEXTS = {"en_US": "x", "zh_CN": "x"}


class Anything(engine.World):
    """A world that answers by chance, and keeps what was told to whom."""

    def __init__(self, chance, proof="19800101"):
        self.chance, self.proof, self.proven, self.served = chance, proof, False, []

    def say(self, name):
        return words.fill(name)

    def get_opening(self):
        return self.chance.choice(["open", "closed", "holiday"])

    def get_caller(self):
        return self.chance.choice(["vip", "known", "other"])

    def is_identified(self):
        return self.proven

    def identify(self, digits):
        self.proven = digits == self.proof
        return self.proven

    def serve(self, service, slots):
        self.served.append((service, self.proven))
        return self.chance.choice(["next", "failed"]), TEXTS

    def accept(self, slot, digits):
        return digits

    def transfer(self, queue, lang):
        return self.chance.choice([None, {"to": ["x"]}])

    def may_wait(self):
        return True

    def promise_call(self):
        return self.chance.choice([True, False])


@st.composite
def flows(draw):
    """Draw a flow of any shape: exits lead anywhere."""
    codes = [f"s{number}" for number in range(draw(st.integers(1, 7)))]
    steps = []
    for code in codes:
        name = draw(st.sampled_from(list(KINDS)))
        kind = KINDS[name]
        may = [exit_ for exit_ in kind.may if draw(st.booleans())]
        exits = {exit_: draw(st.sampled_from(codes)) for exit_ in (*kind.needs, *may)}
        service = draw(st.sampled_from(SERVICES))
        steps.append({"code": code, "kind": name, "exits": exits, "texts": TEXTS, "service": service, "slot": "nights"})
    return read_flow({"start": codes[0], "steps": steps})


def build(step, parent=None, steps=None, names=None):
    """Return the example as a flow."""
    steps, names = ([], {}) if steps is None else (steps, names)
    code = step["name"].replace(" ", "_")
    if step["kind"] == "goto":
        parent["exits"][step["exit"]] = step["goto"].replace(" ", "_")
        return None
    row = {
        "code": code,
        "kind": step["kind"],
        "exits": {},
        "texts": {"en_US": step.get("text_en", ""), "zh_CN": step.get("text_zh", "")},
        "service": step.get("service", ""),
        "slot": step.get("slot", ""),
    }
    steps.append(row)
    if parent:
        parent["exits"][step["exit"]] = code
    for child in step.get("steps", ()):
        build(child, row, steps, names)
    return read_flow({"start": code, "steps": steps})


def play(flow, inputs, world):
    """Play a call until it ends; return the replies."""
    node, lang, slots, replies = "", "en_US", {}, []
    inputs = iter(inputs)
    kind, value = "start", ""
    for _turn in range(500):
        reply = engine.advance(flow, node, lang, slots, kind, value, world)
        replies.append(reply)
        if any("hangup" in action for action in reply.actions):
            return replies
        node, lang, slots = reply.node, reply.lang, reply.slots
        kind, value = next(inputs, ("timeout", ""))
    raise AssertionError("the call does not end")


@tagged("post_install", "-at_install")
class TestVoiceEngine(BaseCase):
    @settings(max_examples=150, deadline=None)
    @given(flows(), st.lists(INPUTS, max_size=30), st.randoms())
    def test_every_call_ends_even_in_a_flow_that_no_check_has_seen(self, flow, inputs, chance):
        replies = play(flow, inputs, Anything(chance))
        self.assertLessEqual(len(replies), 2 * engine.MAX_STEPS + 2)

    @settings(max_examples=150, deadline=None)
    @given(flows(), st.lists(INPUTS, max_size=30), st.randoms())
    def test_nothing_personal_is_served_without_proof_whatever_the_flow_says(self, flow, inputs, chance):
        world = Anything(chance)
        play(flow, inputs, world)
        self.assertFalse(
            [service for service, proven in world.served if service in ("points", "booking") and not proven]
        )

    @settings(max_examples=150, deadline=None)
    @given(flows(), st.lists(INPUTS, max_size=30), st.randoms())
    def test_each_answer_before_the_end_waits_for_something(self, flow, inputs, chance):
        for reply in play(flow, inputs, Anything(chance)):
            last = next(iter(reply.actions[-1]), "") if reply.actions else ""
            self.assertIn(last, ("gather", "record", "transfer", "hangup"))

    @settings(max_examples=200, deadline=None)
    @given(flows())
    def test_a_checked_flow_leads_to_an_end_from_everywhere(self, flow):
        if check(flow):
            return
        for step in flow.steps.values():
            self.assertTrue(KINDS[step.kind].ends or step.exits, step)

    def test_the_example_is_good(self):
        self.assertEqual(check(build(FLOW)), [])

    def test_the_check_finds_what_is_wrong(self):
        def codes(*steps):
            flow = read_flow({"start": steps[0]["code"], "steps": [{"texts": TEXTS, **step} for step in steps]})
            return {(problem.step, problem.code) for problem in check(flow)}

        end = {"code": "end", "kind": "end"}
        self.assertEqual(codes(end), set())
        self.assertIn(("a", "missing_exit"), codes({"code": "a", "kind": "say"}, end))
        self.assertIn(("a", "missing_text"), codes({"code": "a", "kind": "end", "texts": {"en_US": "x"}}))
        loop = [{"code": c, "kind": "say", "exits": {"next": d}} for c, d in ("ab", "ba")]
        self.assertEqual({code for _step, code in codes(*loop, end)}, {"endless_loop", "no_end", "unreachable"})
        points = {"code": "p", "kind": "service", "service": "points", "exits": {"next": "end"}}
        self.assertIn(("p", "not_proven"), codes(points, end))
        proof = {"code": "i", "kind": "identify", "exits": {"ok": "p"}}
        self.assertEqual(codes(proof, points, end), set())
        self.assertIn(("p", "not_proven"), codes({**proof, "exits": {"ok": "p", "failed": "p"}}, points, end))

    def test_three_wrong_keys_lead_to_a_person(self):
        flow = build(FLOW)
        menu = flow.steps["Main_menu"]
        slots = {}
        for turn in range(3):
            reply = engine.advance(flow, "Main_menu", "en_US", slots, "digits", "7", Anything(_Staffed()))
            slots = reply.slots
            self.assertEqual(reply.node, "Main_menu" if turn < 2 else menu.exits["else"])
        self.assertIn("transfer", reply.actions[-1])

    def test_both_languages_speak(self):
        for name in words.WORDS:
            values = {"points": 5, "part": 5, "day": "x", "arrival": "x", "nights": 1, "state": "x"}
            self.assertEqual(set(words.fill(name, **values)), {"en_US", "zh_CN"})


class _Staffed:
    def choice(self, values):
        return values[-1]
