from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.booking.booking_common import BookingCase


@tagged("post_install", "-at_install")
class TestWaitingList(BookingCase):
    def setUp(self):
        super().setUp()
        self.first, self.second = (self._book(confirm=True) for _room in self.rooms)
        self.waiting = [self._wait(f"Guest {number}") for number in range(2)]

    def _wait(self, name, **values):
        guest = self._make_guest(name)
        return self.env["hotel.reservation"]._wait(self._get_terms(self._get_wish(**values), partner_id=guest.id))

    def _offer(self):
        with self.enter_registry_test_mode():
            self.env.ref("hotel_crm_base.ir_cron_offer_waiting").method_direct_trigger()

    def test_nobody_is_offered_a_room_that_is_not_there(self):
        self._offer()
        self.assertEqual([booking.state for booking in self.waiting], ["draft", "draft"])
        self.assertTrue(all(booking.is_waiting for booking in self.waiting))

    def test_who_waits_longest_is_offered_the_room_once(self):
        offered = []
        self._patch(type(self.first), "_after_offer_waiting", lambda booking: offered.append(booking.id))
        self.first._cancel()
        self._offer()
        self._offer()
        self.assertEqual(offered, [self.waiting[0].id])
        self.assertEqual((self.waiting[0].state, self.waiting[0].is_waiting), ("held", False))
        self.assertEqual(len(self.waiting[0].activity_ids), 1)
        self.assertEqual((self.waiting[1].state, self._sold(1)), ("draft", [2]))

    def test_who_does_not_answer_makes_room_for_the_next(self):
        self.first._cancel()
        self._offer()
        self.waiting[0]._release_hold()
        self._offer()
        self.assertEqual((self.waiting[0].state, self.waiting[1].state), ("cancelled", "held"))

    def test_who_waits_first_but_does_not_fit_is_passed_over(self):
        long = self._wait("Long", nights=2)
        long.waiting_since_at -= timedelta(days=1)
        for _room in self.rooms:
            self._book(arrival=self.today + timedelta(days=1))
        self.first._cancel()
        self._offer()
        self.assertEqual((long.state, self.waiting[0].state), ("draft", "held"))

    def test_a_day_that_has_gone_ends_the_waiting(self):
        self.hotel.business_date = self.today + timedelta(days=1)
        self._offer()
        self.assertEqual([booking.state for booking in self.waiting], ["cancelled", "cancelled"])

    def test_staff_put_a_booking_on_the_list(self):
        clerk = self._make_user("front_office")
        booking = self.env["hotel.reservation"].with_user(clerk).create(
            {
                "partner_id": self.guest.id,
                "property_id": self.hotel.id,
                "line_ids": [
                    (0, 0, self.env["hotel.reservation"]._prepare_line_vals(self._get_wish()))
                ],
            }
        )
        booking.action_wait()
        self.assertTrue(booking.is_waiting)
        self.assertTrue(booking.waiting_since_at)
