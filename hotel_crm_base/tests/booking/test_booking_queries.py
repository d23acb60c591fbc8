from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.booking.booking_common import BookingCase


@tagged("post_install", "-at_install")
class TestBookingQueries(BookingCase):
    """Longer stays and more rooms cost no more queries for the inventory and the stays themselves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for _number in range(40):
            cls._make_room(cls.room_type)
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)
        # folios and messages have tests of their own
        cls.startClassPatcher(cls._leave_out("_sync_folio"))
        cls.startClassPatcher(cls._leave_out("_after_hold"))
        cls.startClassPatcher(cls._leave_out("_after_change"))
        cls._book()

    @classmethod
    def _leave_out(cls, hook):
        return patch.object(type(cls.env["hotel.reservation"]), hook, lambda self, *args: None)

    def _count(self, action):
        """Count the queries of the second time: the first one fills caches that live longer than a request."""
        action()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_a_long_stay_is_booked_with_as_many_queries_as_a_short_one(self):
        self.assertEqual(
            self._count(lambda: self._book(nights=2)), self._count(lambda: self._book(nights=21))
        )

    def test_rooms_of_a_group_cost_a_price_each_and_nothing_else(self):
        def book(rooms):
            wishes = [self._get_wish() for _room in range(rooms)]
            return self._count(lambda: self.env["hotel.reservation"]._book(self._get_terms(*wishes)))

        two, four, six = book(2), book(4), book(6)
        self.assertEqual(four - two, six - four)
        self.assertLessEqual((four - two) / 2, 16)

    def test_a_change_of_many_nights_costs_as_many_queries_as_one_of_few(self):
        def change(nights):
            bookings = [self._book(nights=1) for _number in range(2)]
            day = self.today + timedelta(days=nights)

            def lengthen():
                booking = bookings.pop()
                booking._change(booking.stay_ids, {"departure_date": day})

            return self._count(lengthen)

        self.assertEqual(change(3), change(20))

    def test_many_stays_are_moved_by_two_queries_of_the_inventory(self):
        stays = self.env["hotel.stay"].union(*(self._book(nights=4).stay_ids for _number in range(6)))
        inventory = self.env["hotel.inventory"]
        change = inventory._count_nights(stay._prepare_taking({"state": "cancelled"}) for stay in stays)
        change.subtract(inventory._count_nights(stay._prepare_taking() for stay in stays))
        with self.assertQueryCount(2):
            inventory._take(change)
