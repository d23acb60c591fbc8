"""Many visitors press the button of the booking form for the last rooms at the same moment, over HTTP."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import requests
from lxml import html

from odoo.tests import HttpCase, tagged

from ..concurrency import ConcurrencyCase
from .portal_common import FORM, PortalMakers

#: a request borrows two connections at most, and the server of the tests has 64
VISITORS, ROOMS = 24, 4


@tagged("post_install", "-at_install")
class TestBookingRush(PortalMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_portal_scene(rooms=ROOMS)
        cls.cr.commit()  # pylint: disable=invalid-commit
        cls.path = f"http://127.0.0.1:{HttpCase.http_port()}{cls.hotel._get_page_url()}/book"

    def _open(self, number):
        """Open the form in a browser of one's own; returns what sends it."""
        visitor = requests.Session()
        query = self._get_query(room_type=self.room_type, plan=self.plan)
        page = html.fromstring(visitor.get(self.path, params=query, timeout=300).content)
        form = next(form for form in page.forms if (form.get("action") or "").endswith("/book"))
        fields = {**dict(form.form_values()), **FORM, "email": f"visitor{number}@example.com"}
        return lambda: visitor.post(self.path, data=fields, timeout=300)

    def test_as_many_win_as_there_are_rooms_and_the_others_are_told(self):
        with ThreadPoolExecutor(4) as pool:
            forms = list(pool.map(self._open, range(VISITORS)))
        barrier = threading.Barrier(VISITORS)

        def press(form):
            barrier.wait(300)
            return form()

        began = time.monotonic()
        with ThreadPoolExecutor(VISITORS) as pool:
            answers = list(pool.map(press, forms))
        told_of = f"{VISITORS / (time.monotonic() - began):.1f} answers a second"
        won = [answer for answer in answers if "Your booking is confirmed" in answer.text]
        told = [answer for answer in answers if "booked by somebody else" in answer.text]
        codes = sorted({answer.status_code for answer in answers})
        self.assertEqual((len(won), len(told)), (ROOMS, VISITORS - ROOMS), f"{codes}, {told_of}")
        self.assertLessEqual(set(codes), {200, 409})
        self._check_inventory()

    def _check_inventory(self):
        """What was sold, the stays and the bookings agree on each night."""
        self.cr.rollback()
        self.env.invalidate_all()
        rows = self.env["hotel.inventory"].search(
            [("room_type_id", "=", self.room_type.id), ("date", ">=", self.arrival), ("date", "<", self.departure)]
        )
        self.assertEqual(rows.mapped("sold"), [ROOMS, ROOMS])
        self.assertEqual(sum(rows.mapped("shortfall")), 0)
        stays = self.env["hotel.stay"].search([("property_id", "=", self.hotel.id)])
        self.assertEqual((len(stays), set(stays.mapped("state"))), (ROOMS, {"booked"}))
        self.assertEqual(len(stays.reservation_id), ROOMS)
        guests = self.env["res.partner"].search_count([("email", "=like", "visitor%@example.com")])
        self.assertEqual(guests, ROOMS, "who did not win left nothing behind")
