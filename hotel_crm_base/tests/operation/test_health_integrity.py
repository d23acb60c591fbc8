"""What should be equal and is not, because somebody wrote past the program, is found."""

from odoo.tests import tagged

from ..booking.folio_common import FolioCase
from .health_common import HealthMakers


@tagged("post_install", "-at_install")
class TestHealthIntegrity(HealthMakers, FolioCase):
    def test_a_hotels_life_keeps_all_equal(self):
        reservation = self._make_in_house(nights=2)
        stay = reservation.stay_ids
        dinner = stay._post_charge(self.restaurant, "food", "Dinner", 45.67, "B-1")
        drink = stay._post_charge(self.restaurant, "beverage", "Wine", 30.0, "B-2")
        dinner._take_back("Never served")
        drink._take_back("A glass too much", 10.0)
        self._sleep(self.hotel, 2)
        self._pay(reservation)
        stay.action_check_out()
        self.env["hotel.guest.metric"]._refresh_partners(stay.partner_id.ids)
        self.assertEqual(reservation.state, "checked_out")
        for name in ("inventory", "nights", "folio", "metrics"):
            with self.subTest(check=name):
                self.assertEqual(self._count(name), 0)
        self._break(
            "UPDATE hotel_consumption SET amount_gross = amount_gross + 1 WHERE id = (SELECT max(id)"
            " FROM hotel_consumption WHERE stay_id = %s)", stay.id)
        self._break("UPDATE hotel_guest_metric SET stay_count = 7 WHERE partner_id = %s", stay.partner_id.id)
        self.env["hotel.guest.metric.queue"].sudo().search([]).unlink()
        self.assertEqual((self._count("folio"), self._count("metrics")), (1, 1))

    def test_a_room_that_is_counted_twice(self):
        reservation = self._make_in_house(nights=2)
        self.assertEqual(self._count("inventory"), 0)
        stay = reservation.stay_ids
        self._break(
            "UPDATE hotel_inventory SET sold = sold - 1 WHERE room_type_id = %s AND date = %s",
            stay.room_type_id.id, stay.arrival_date)
        self.assertEqual(self._count("inventory"), 1)
        self.env["hotel.inventory"]._refresh(stay.room_type_id)
        self.assertEqual(self._count("inventory"), 0, "what the advice says helps")

    def test_a_night_that_is_gone(self):
        stay = self._make_in_house(nights=2).stay_ids
        self.assertEqual(self._count("nights"), 0)
        self._break("DELETE FROM hotel_stay_night WHERE stay_id = %s AND date = %s", stay.id, stay.arrival_date)
        self.assertEqual(self._count("nights"), 1)

    def test_guests_whose_figures_wait_are_no_finding(self):
        stay = self._make_stay(self.guest, state="departed")
        self.env["hotel.guest.metric"]._mark_dirty(stay.partner_id.ids)
        self.assertEqual(self._count("metrics"), 0)
        self.env["hotel.guest.metric.queue"].sudo().search([]).unlink()
        self.assertEqual(self._count("metrics"), 1)

    def test_nights_in_reports_that_are_not_those_of_stays(self):
        stay = self._make_stay(self.guest, nights=1, state="departed")
        day = (stay.property_id.id, stay.arrival_date)
        self.assertEqual(self._count("nights_kept"), 0, "the day waits")
        self.env["hotel.figure.day"]._refresh_days([day])
        self.env["hotel.figure.queue"].sudo().search([]).unlink()
        self.env["hotel.figure.night"]._query_refresh_days(self._get_days_with_nights())
        self.assertEqual(self._count("nights_kept"), 0)
        self._break(
            "DELETE FROM hotel_figure_night WHERE part = 'channel' AND property_id = %s AND date = %s", *day)
        self.assertEqual(self._count("nights_kept"), 1)
        self.env["hotel.metric.run"]._start()
        self.assertEqual(self._count("nights_kept"), 0, "what the advice says helps")

    def _get_days_with_nights(self):
        self.env.cr.execute("SELECT DISTINCT property_id, date FROM hotel_stay_night")
        return self.env.cr.fetchall()
