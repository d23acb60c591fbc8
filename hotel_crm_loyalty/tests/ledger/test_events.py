"""Other systems are told of members whose tier or points have changed, by numbers alone."""

import json
from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.hotel_crm_base.tests.border.event_common import EventMakers

from .loyalty_common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestEvents(EventMakers, LoyaltyCase):
    @freeze_time("2026-06-01 12:00:00")
    def test_points_and_tier_are_told_once_for_a_batch(self):
        receiver = self._subscribe("https://pms.example.com/events", "points.moved", "tier.changed")
        card = self._make_member()
        for day in (date(2026, 3, 1), date(2026, 4, 1)):
            self._make_departed(card.partner_id, day, nights=20, spend=30_000)
        self.env["hotel.event.delivery"].search([]).unlink()
        before = card.hotel_tier_id
        self.env["hotel.loyalty.evaluation"]._evaluate(card)
        self.assertNotEqual(card.hotel_tier_id, before)
        told = {event.kind_id.code: json.loads(event.payload) for event in self._told(receiver)}
        self.assertEqual(len(self._told(receiver)), 2)
        data = {"card_id": card.id, "guest_id": card.partner_id.id, "tier": card.hotel_tier_id.code}
        self.assertEqual(told["tier.changed"]["data"], data)
        self.assertEqual(told["points.moved"]["data"], data)

    @freeze_time("2026-06-01 12:00:00")
    def test_an_evaluation_that_changes_nothing_tells_nothing(self):
        receiver = self._subscribe("https://pms.example.com/events", "points.moved", "tier.changed")
        card = self._make_member()
        self.env["hotel.loyalty.evaluation"]._evaluate(card)
        self.env["hotel.event.delivery"].search([]).unlink()
        self.env["hotel.loyalty.evaluation"]._evaluate(card)
        self.assertFalse(self._told(receiver))
