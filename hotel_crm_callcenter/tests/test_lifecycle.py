"""Facts of a call: whatever the order of its events, the same; and always consistent."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from .. import lifecycle

KINDS = (
    "call.incoming",
    "call.answered",
    "call.queued",
    "agent.ringing",
    "agent.answered",
    "agent.missed",
    "call.ended",
)
MOMENTS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(["a", "b"]), st.integers(0, 600)), min_size=1, max_size=12
).map(
    lambda rows: [
        lifecycle.Moment(seq, datetime(2026, 5, 1) + timedelta(seconds=second), kind, {"endpoint": endpoint})
        for seq, (kind, endpoint, second) in enumerate(rows)
    ]
)


@tagged("post_install", "-at_install")
class TestLifecycle(BaseCase):
    @given(MOMENTS, st.randoms())
    def test_the_order_of_arrival_does_not_matter(self, moments, chance):
        mixed = list(moments)
        chance.shuffle(mixed)
        self.assertEqual(lifecycle.fold(mixed), lifecycle.fold(moments))

    @given(MOMENTS)
    def test_facts_agree_with_each_other(self, moments):
        facts = lifecycle.fold(moments)
        self.assertEqual(bool(facts.outcome), facts.state == "ended")
        self.assertEqual(facts.state == "ended", any(moment.kind == "call.ended" for moment in moments))
        self.assertGreaterEqual(facts.wait_s, 0)
        self.assertGreaterEqual(facts.talk_s, 0)
        if facts.state == "ended":
            self.assertFalse([leg for leg in facts.legs if leg.state in ("ringing", "talking")])
        if facts.outcome == "answered":
            self.assertTrue(facts.connected_at)
