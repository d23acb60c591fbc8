"""Fees of rooms that are given up late or not used: one for each room, once."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .folio_common import FolioCase


@tagged("post_install", "-at_install")
class TestFolioFees(FolioCase):
    def _make_late(self, stays=3, **values):
        """Make a booking of rooms of two nights at 100 and tax; each costs the rate of the first night from now on."""
        reservation = self._make_reservation(
            stays=stays,
            fee_kind="nights",
            fee_value=1.0,
            free_until_at=fields.Datetime.now() - timedelta(hours=1),
            **values,
        )
        reservation._sync_folio()
        reservation._confirm_folios()
        return reservation

    def _get_fees(self, reservation):
        return {line.hotel_stay_id: line.price_total for line in reservation._get_fee_lines()}

    def test_every_room_that_is_given_up_late_has_its_fee(self):
        reservation = self._make_late()
        first, second, third = reservation.stay_ids
        first.action_cancel()
        self.assertEqual(self._get_fees(reservation), {first: 100.0})
        second.action_cancel()
        self.assertEqual(self._get_fees(reservation), {first: 100.0, second: 100.0})
        self.assertEqual((reservation.state, reservation.fee_due), ("confirmed", 200.0))
        self.assertEqual(reservation._quote_cancel()["fee"], 100.0)
        reservation.action_cancel()
        self.assertEqual(self._get_fees(reservation), dict.fromkeys(first | second | third, 100.0))
        self.assertEqual(reservation.state, "cancelled")
        self.assertEqual((reservation.fee_due, reservation.amount_total), (300.0, 300.0))

    def test_a_whole_booking_costs_the_fee_of_each_room_at_once(self):
        reservation = self._make_late(stays=2)
        self.assertEqual(reservation._get_cancellation_fee(), 200.0)
        reservation.action_cancel()
        self.assertEqual(self._get_fees(reservation), dict.fromkeys(reservation.stay_ids, 100.0))

    def test_a_room_that_is_booked_again_owes_no_fee_any_more(self):
        reservation = self._make_late(stays=2)
        first, second = reservation.stay_ids
        (first | second).action_cancel()
        first.action_reinstate()
        self.assertEqual((self._get_fees(reservation), reservation.fee_due), ({second: 100.0}, 100.0))
        self.assertEqual(reservation.amount_total, 200.0 + 100.0 + 30.0)
        first.action_cancel()
        self.assertEqual(self._get_fees(reservation), {first: 100.0, second: 100.0})

    def test_what_is_given_back_is_less_the_fees_of_rooms_given_up_before(self):
        reservation = self._make_late(stays=2)
        self._pay(reservation, 400.0)
        reservation.stay_ids[0].action_cancel()
        quote = reservation._quote_cancel()
        self.assertEqual((quote["fee"], quote["refund"]), (100.0, 200.0))

    def test_rooms_in_time_and_fees_waived_cost_nothing(self):
        reservation = self._make_late(stays=2)
        reservation.free_until_at = fields.Datetime.now() + timedelta(hours=1)
        reservation.stay_ids[0].action_cancel()
        reservation.free_until_at = fields.Datetime.now() - timedelta(hours=1)
        reservation.action_cancel(waive_fee=True)
        self.assertEqual((reservation.state, self._get_fees(reservation), reservation.fee_due), ("cancelled", {}, 0.0))

    def test_who_comes_after_all_owes_no_fee(self):
        reservation = self._make_reservation(no_show_fee_kind="nights", no_show_fee_value=1.0)
        reservation._sync_folio()
        reservation._confirm_folios()
        reservation.stay_ids.action_no_show()
        self.assertEqual(self._get_fees(reservation), {reservation.stay_ids: 100.0})
        reservation.stay_ids.action_check_in()
        self.assertFalse(self._get_fees(reservation))
