"""Other systems are told of cases that are opened and solved, by numbers and states alone."""

import json

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.border.event_common import EventMakers
from odoo.addons.hotel_crm_base.tests.common import HotelCase


@tagged("post_install", "-at_install")
class TestEvents(EventMakers, HotelCase):
    def test_a_case_is_told_when_it_is_opened_and_solved(self):
        receiver = self._subscribe("https://pms.example.com/events", "case.opened", "case.solved")
        guest = self._make_guest()
        case = self.env["hotel.case"].create(
            {
                "property_id": self.hotel.id,
                "partner_id": guest.id,
                "description": "The shower of 4711 is cold.",
                "kind": "complaint",
            }
        )
        case.action_solve()
        told = self._told(receiver)
        self.assertEqual(told.kind_id.mapped("code"), ["case.opened", "case.solved"])
        self.assertEqual([json.loads(event.payload)["data"]["state"] for event in told][-1], "solved")
        self.assertNotIn("4711", "".join(told.mapped("payload")))
        self.assertEqual(told.property_id, self.hotel)
