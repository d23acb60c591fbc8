"""Two connections of a bridge at the same time."""

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase

from ..contract import read_events
from .call_common import CallMakers


def take(exchange, event):
    """Return an action that takes an event."""

    def action(env):
        [found] = read_events(event)
        return env["hotel.call"]._take_event(exchange.with_env(env), found)

    return action


def claim(exchange):
    """Return an action that claims three calls."""
    return lambda env: env["hotel.call.job"]._claim(exchange.with_env(env), 3, 120).ids


@tagged("post_install", "-at_install")
class TestContractAtOnce(CallMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue = cls._make_queue()
        cls.exchange = cls._make_exchange(queue_id=cls.queue.id)
        cls.agent = cls._make_agent()
        cls.cr.commit()

    def _find(self, reference):
        self.cr.rollback()
        self.env.invalidate_all()
        return self.env["hotel.call"].search([("call_ref", "=", reference)])

    def test_first_events_that_meet_make_one_call(self):
        first, second = self._talk("meet")[:2]
        results = self._overlap(take(self.exchange, second), take(self.exchange, first))
        self.assertEqual(results, [False, False])
        call = self._find("meet")
        self.assertEqual((len(call), len(call.event_ids), call.state), (1, 2, "menu"))
        self.assertEqual(call.number, "+351912345678")

    def test_an_event_told_twice_at_once_is_kept_once(self):
        event = self._talk("twice")[0]
        results = self._at_once(*[take(self.exchange, event)] * 4)
        self.assertEqual(sorted(results), [False, True, True, True])
        self.assertEqual(len(self._find("twice").event_ids), 1)

    def test_no_event_is_lost_between_two_that_meet(self):
        events = self._talk("busy")
        self._overlap(take(self.exchange, events[0]), take(self.exchange, events[1]))
        results = self._at_once(*(take(self.exchange, event) for event in events[2:]))
        self.assertEqual(results, [False] * 3)
        call = self._find("busy")
        self.assertEqual((call.state, call.outcome, call.talk_s), ("ended", "answered", 60.0))

    def test_a_call_is_claimed_by_one(self):
        jobs = self.env["hotel.call.job"].create(
            [
                {
                    "property_id": self.hotel.id,
                    "exchange_id": self.exchange.id,
                    "number": f"+35191234567{number}",
                    "kind": "click",
                    "agent_id": self.agent.id,
                }
                for number in range(6)
            ]
        )
        self.cr.commit()
        results = self._overlap(claim(self.exchange), claim(self.exchange))
        claimed = [job_id for ids in results for job_id in ids]
        self.assertEqual(sorted(claimed), sorted(jobs.ids))
