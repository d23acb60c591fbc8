"""Housekeeping hears of a change in a room at once, through a real websocket; strangers hear nothing."""

import json
from datetime import date

from odoo.tests import tagged

from odoo.addons.bus.tests.common import WebsocketCase

from ...models.booking.hotel_room_live import NOTICE, SUBCHANNEL
from ..common import HotelMakers

DAY = date(2026, 5, 1)
SECRET = "Zulmira Quental"


@tagged("post_install", "-at_install")
class TestHousekeepingLive(HotelMakers, WebsocketCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls._make_hotels()
        cls.hotel.business_date = DAY
        cls.room, cls.second = (cls._make_room(cls.room_type) for _number in range(2))
        cls.guest = cls._make_guest(SECRET)

    def _listen(self, login, hotel):
        """Open a websocket as a user, listening to the rooms of a property."""
        session = self.authenticate(login, login)
        socket = self.websocket_connect(cookie=f"session_id={session.sid}")
        self.subscribe(socket, [f"hotel_rooms_{hotel.id}"], self.env["bus.bus"]._bus_last_id())
        socket.settimeout(2)
        return socket

    def _hear(self, socket):
        """Return what came through since, for us: the payloads and the text of it all."""
        self.trigger_notification_dispatching([(self.hotel, SUBCHANNEL)])
        try:
            text = socket.recv()
        except Exception as error:  # the library says so in its own way
            if "timed out" not in str(error):
                raise
            return [], ""
        messages = [row["message"] for row in json.loads(text)]
        return [message["payload"] for message in messages if message["type"] == NOTICE], text

    def test_a_keeper_hears_which_rooms_have_changed_and_nothing_else(self):
        self._make_user("housekeeping", login="keeper_live")
        self.env.cr.precommit.run()
        socket = self._listen("keeper_live", self.hotel)
        self.room.housekeeping_state = "dirty"
        self.room.housekeeping_note = "Towels"
        self.assertEqual(self._hear(socket)[0], [{"room_ids": self.room.ids}], "once for a transaction")
        stay = self._make_stay(self.guest, arrival=DAY, room_id=self.room.id, room_type_id=self.room_type.id)
        payloads, text = self._hear(socket)
        self.assertEqual(payloads, [{"room_ids": self.room.ids}])
        self.assertNotIn(SECRET.split()[0], text)
        stay.room_id = self.second
        self.assertEqual(self._hear(socket)[0], [{"room_ids": sorted((self.room | self.second).ids)}])
        closure = self.env["hotel.room.closure"].create(
            {"room_id": self.room.id, "start_date": DAY, "end_date": date(2026, 5, 2), "reason": "No hot water"}
        )
        payloads, text = self._hear(socket)
        self.assertEqual(payloads, [{"room_ids": self.room.ids}])
        self.assertNotIn("water", text)
        closure.unlink()
        self.assertEqual(self._hear(socket)[0], [{"room_ids": self.room.ids}])
        stay.note = "Late"
        self.assertEqual(self._hear(socket)[0], [], "what no screen shows tells nobody")

    def test_who_does_not_see_the_property_hears_nothing(self):
        self._make_user("housekeeping", self.other_hotel, login="stranger_live")
        portal = self.env["res.users"].create(
            {"name": "Ana", "login": "portal_live", "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)]}
        )
        portal.password = "portal_live"
        self.env.cr.precommit.run()
        for login in ("stranger_live", "portal_live", None):
            with self.subTest(login):
                socket = self._listen(login, self.hotel)
                self.room.housekeeping_state = "dirty" if self.room.housekeeping_state == "clean" else "clean"
                self.assertEqual(self._hear(socket)[0], [])
