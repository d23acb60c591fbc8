"""Two calls of the booking API at the same time, on connections of their own."""

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.booking_request import RequestError, digest
from odoo.addons.hotel_crm_base.booking_request_kinds import read_booking
from odoo.addons.hotel_crm_base.models.booking.errors import SoldOut

from ..concurrency import ConcurrencyCase
from .booking_api_common import BookingApiMakers


@tagged("post_install", "-at_install")
class TestBookingApiAtOnce(BookingApiMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plans = cls.env["hotel.rate.plan"].search([])
        cls._make_api(rooms=1)
        cls.cr.commit()
        cls.addClassCleanup(cls._restore_plans, plans.ids)

    @classmethod
    def _make_hotels(cls):
        """Make them once: both parents ask for them."""
        return None if hasattr(cls, "hotel") else super()._make_hotels()

    @classmethod
    def _restore_plans(cls, ids):
        cls.env["hotel.rate.plan"].browse(ids).active = True
        cls.cr.commit()

    def _request(self, key, **values):
        """Return a call of the model as the route makes it."""
        body = self._body(**values)

        def call(env):
            return env["hotel.booking.api"]._book(read_booking(body), key, digest(body))

        return call

    def tearDown(self):
        self.cr.rollback()
        self.env.transaction.clear()
        reservations = self.env["hotel.reservation"].search([("property_id", "=", self.hotel.id)])
        for reservation in reservations:
            reservation._cancel(waive_fee=True)
        self.cr.commit()
        super().tearDown()

    def test_the_same_request_twice_at_once_is_one_booking(self):
        answers = self._at_once(*[self._request("same-key-1")] * 4, user=self.account)
        self.assertFalse([answer for answer in answers if isinstance(answer, Exception)])
        self.assertEqual(len({booking["reference"] for booking, _is_new in answers}), 1)
        self.assertEqual(sorted(is_new for _booking, is_new in answers), [False, False, False, True])

    def test_the_same_key_for_two_requests_at_once_is_one_booking_and_one_refusal(self):
        one, other = self._request("same-key-2"), self._request("same-key-2", note="Late arrival")
        answers = self._at_once(one, other, user=self.account)
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        self.assertEqual([type(answer) for answer in refused], [RequestError])
        self.assertEqual(refused[0].code, "idempotency_conflict")

    def test_the_last_room_goes_to_one_of_four(self):
        answers = self._at_once(*[self._request(f"other-key-{number}") for number in range(4)], user=self.account)
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        self.assertEqual({type(answer) for answer in refused}, {SoldOut})
        self.assertEqual(len(refused), 3)
        self.cr.rollback()
        night = self.env["hotel.inventory"].search(
            [("property_id", "=", self.hotel.id), ("date", "=", "2028-02-28"), ("room_type_id", "=", self.room_type.id)]
        )
        self.assertEqual(night.sold, 1)
