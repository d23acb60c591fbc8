"""The folio follows the stays; what is due on it stays as it is."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .folio_common import FolioCase


@tagged("post_install", "-at_install")
class TestFolio(FolioCase):
    def test_a_folio_has_one_line_per_night_at_the_rate_agreed(self):
        reservation = self._make_reservation(nights=2)
        reservation.stay_ids.night_ids.sorted("date")[1].rate = 120.0
        reservation._sync_folio()
        folio = reservation.folio_ids
        self.assertEqual(folio.order_line.mapped("price_unit"), [100.0, 120.0])
        self.assertEqual(folio.order_line.mapped("hotel_service_date"), [date(2026, 5, 1), date(2026, 5, 2)])
        self.assertEqual(reservation.amount_total, 253.0)
        self.assertEqual(reservation.balance, 253.0)

    def test_the_currency_of_a_folio_is_that_of_the_property(self):
        self.env.ref("base.EUR").active = True
        self.hotel.currency_id = self.env.ref("base.EUR")
        reservation = self._make_reservation()
        reservation._sync_folio()
        self.assertEqual(reservation.folio_ids.currency_id.name, "EUR")
        self.assertEqual(reservation.folio_ids.order_line.currency_id.name, "EUR")

    def test_a_change_of_dates_changes_the_nights_that_are_not_due(self):
        reservation = self._make_in_house(nights=3)
        stay = reservation.stay_ids
        self._sleep(self.hotel)
        self.assertEqual(stay._post_nights(self.hotel.business_date), 1)
        self.assertEqual(stay._post_nights(self.hotel.business_date), 0)
        stay.departure_date = date(2026, 5, 3)
        reservation._sync_folio()
        lines = reservation.folio_ids.order_line
        self.assertEqual(lines.mapped("hotel_service_date"), [date(2026, 5, 1), date(2026, 5, 2)])
        self.assertTrue(lines[0].hotel_posted_at)
        stay.rate = 80.0
        reservation._sync_folio()
        self.assertEqual(lines.mapped("price_unit"), [100.0, 80.0])

    def test_day_use_is_charged_once(self):
        reservation = self._make_in_house(nights=0, rate=60.0)
        reservation._sync_folio()
        self.assertEqual(reservation.amount_total, 69.0)
        self.assertEqual(reservation.stay_ids._post_nights(self.hotel.business_date), 1)

    def test_a_charge_meets_its_amount_to_the_cent_with_every_tax(self):
        reservation = self._make_in_house()
        product = self.hotel._get_charge_product("food")
        second = self.tax.copy({"name": "City", "amount": 7.0})
        included = self.tax.copy({"name": "Incl", "amount": 20.0, "price_include_override": "tax_included"})
        for taxes in (self.tax, self.tax | second, included, second | second.copy({"name": "Twin"})):
            product.taxes_id = taxes
            for cents in (1, 2, 5, 10, 33, 99, 100, 112, 1001, 4711, 9999):
                line = reservation.stay_ids._post_charge(self.restaurant, "food", "Dinner", cents / 100)
                self.assertEqual(line.price_total, cents / 100, taxes.mapped("name"))

    def test_charges_are_refused_where_they_cannot_be(self):
        booked = self._make_reservation()
        booked._sync_folio()
        here = self._make_in_house(arrival=date(2026, 5, 1))
        other = self._make_outlet(self.other_hotel)
        for stay, outlet, kind, amount in (
            (booked.stay_ids, self.restaurant, "food", 10),
            (here.stay_ids, other, "food", 10),
            (here.stay_ids, self.restaurant, "cake", 10),
            (here.stay_ids, self.restaurant, "food", 0),
            (here.stay_ids, self.restaurant, "food", -5),
            (here.stay_ids, self.restaurant, "food", 0.001),
        ):
            with self.assertRaises(UserError):
                stay._post_charge(outlet, kind, "x", amount)
        here.stay_ids.is_no_post = True
        with self.assertRaises(UserError):
            here.stay_ids._post_charge(self.restaurant, "food", "x", 10)

    def test_a_list_of_folios_costs_the_same_for_three_and_for_nine(self):
        counts = []
        for number in (3, 9):
            reservations = self.env["hotel.reservation"]
            for _each in range(number):
                reservation = self._make_in_house(nights=1)
                self._pay(reservation, 15.0)
                reservation.stay_ids._post_nights(reservation.departure_date)
                reservation.folio_ids._bill()
                reservations |= reservation
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            reservations.folio_ids.mapped("hotel_balance")
            reservations.mapped("balance")
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_amounts_are_those_that_the_guest_was_told(self):
        reservation = self._make_reservation(nights=3)
        nights = reservation.stay_ids.night_ids.sorted("date")
        for night, (rate, gross) in zip(nights, ((33.33, 38.33), (10.03, 11.53), (86.96, 100.0)), strict=True):
            night.write({"rate": rate, "gross": gross})
        self.hotel.company_id.tax_calculation_rounding_method = "round_globally"
        reservation._sync_folio()
        self.assertEqual(reservation.folio_ids.order_line.mapped("price_total"), [38.33, 11.53, 100.0])
        self.assertEqual(round(reservation.amount_total, 2), 149.86)
