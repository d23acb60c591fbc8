"""Discounts to the cent: on split folios, with several taxes, after corrections, until the invoice."""

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from .coupon_common import CouponCase


@tagged("post_install", "-at_install")
class TestCouponMoney(CouponCase):
    def _make_used(self, **values):
        """Return a confirmed booking with ten per cent off."""
        reservation = self._make_held(**values)
        self.assertEqual(reservation._apply_code(self._make_coupon(self.coupons).code), "")
        reservation._confirm()
        return reservation

    def _stay_and_leave(self, reservation, nights):
        """Let the guests come, sleep, pay and leave."""
        reservation.stay_ids.action_check_in()
        self._sleep(self.hotel, nights)
        for folio in reservation.folio_ids.filtered(lambda folio: folio.state == "sale"):
            if folio.hotel_balance > 0:
                self._pay(reservation, folio.hotel_balance, folio)
        reservation.stay_ids.action_check_out()

    def assertEven(self, reservation):
        """Check that consumption, folios and invoices say the same, net and gross, and nothing is open."""
        folios = reservation.folio_ids.filtered(lambda folio: folio.state == "sale")
        rows = self.env["hotel.consumption"].search([("stay_id", "in", reservation.stay_ids.ids)])
        signed = {"out_invoice": 1, "out_refund": -1}
        invoiced = sum(move.amount_total * signed[move.move_type] for move in folios.invoice_ids)
        net = sum(move.amount_untaxed * signed[move.move_type] for move in folios.invoice_ids)
        self.assertAlmostEqual(sum(rows.mapped("amount_gross")), sum(folios.mapped("amount_total")), 2)
        self.assertAlmostEqual(sum(rows.mapped("amount_net")), sum(folios.mapped("amount_untaxed")), 2)
        self.assertAlmostEqual(invoiced, sum(folios.mapped("amount_total")), 2)
        self.assertAlmostEqual(net, sum(folios.mapped("amount_untaxed")), 2)
        self.assertEqual([folio.hotel_balance for folio in folios if folio.hotel_balance], [])

    def test_a_split_folio_has_the_discount_of_its_own_nights(self):
        reservation = self._make_used(stays=2, nights=2)
        first, second = reservation.stay_ids
        self.assertEqual(reservation.amount_total, 414.0)
        payer = self.env["res.partner"].create({"name": "Acme", "is_company": True})
        folio = reservation._split_folio("rooms", payer, second)
        self.assertEqual((folio.amount_total, reservation._get_folio(first).amount_total), (207.0, 207.0))
        self._stay_and_leave(reservation, 2)
        self.assertEven(reservation)

    def test_a_fixed_amount_is_spread_over_split_folios(self):
        program = self._make_coupons(reward={"discount_mode": "per_order", "discount": 50.0})
        reservation = self._make_held(stays=2, nights=1)
        reservation._apply_code(self._make_coupon(program).code)
        reservation._confirm()
        self.assertEqual(reservation.amount_total, 180.0)
        reservation._split_folio("main", self.other_guest, reservation.stay_ids[1])
        self.assertEqual(sorted(reservation.folio_ids.mapped("amount_total")), [90.0, 90.0])
        self._stay_and_leave(reservation, 1)
        self.assertEven(reservation)

    def test_several_taxes_and_a_city_tax_come_out_even(self):
        city = self.env["account.tax"].create(
            {"name": "City", "amount_type": "fixed", "amount": 2.5, "company_id": self.hotel.company_id.id}
        )
        service = city.copy(
            {"name": "Service", "amount_type": "percent", "amount": 7.0, "include_base_amount": True, "sequence": 0}
        )
        self.room_type.product_id.taxes_id = self.tax | service | city
        reservation = self._make_used(nights=3, rate=87.65)
        nights = reservation.folio_ids.order_line.filtered("hotel_is_night")
        base = sum(nights.mapped("price_total")) - 7.5
        self.assertAlmostEqual(self._get_discount(reservation), round(base * 0.1 + 1e-9, 2), 2)
        self.assertFalse(reservation.folio_ids.order_line.filtered("hotel_use_id").tax_ids & city)
        self._stay_and_leave(reservation, 3)
        self.assertEven(reservation)

    def test_who_leaves_early_pays_and_saves_for_the_nights_slept(self):
        reservation = self._make_used(nights=4)
        reservation.stay_ids.action_check_in()
        self._sleep(self.hotel, 2)
        wizard = self.env["hotel.stay.checkout"].create({"stay_id": reservation.stay_ids.id})
        self.assertEqual(wizard.amount_due, 207.0)
        self._pay(reservation, wizard.amount_due)
        wizard.action_check_out()
        self.assertEqual(reservation.amount_total, 207.0)
        self.assertEven(reservation)

    def test_who_leaves_on_the_day_of_arrival_is_told_the_right_amount(self):
        program = self._make_coupons(reward={"discount_mode": "per_order", "discount": 50.0})
        reservation = self._make_held(nights=4)
        reservation._apply_code(self._make_coupon(program).code)
        reservation._confirm()
        reservation.stay_ids.action_check_in()
        wizard = self.env["hotel.stay.checkout"].create({"stay_id": reservation.stay_ids.id})
        self.assertEqual(wizard.amount_due, 65.0)

    def test_one_guest_leaves_before_the_other(self):
        reservation = self._make_used(stays=2, nights=2)
        first, second = reservation.stay_ids
        second.sudo().write({"departure_date": second.departure_date + timedelta(days=1)})
        reservation._sync_folio()
        reservation.stay_ids.action_check_in()
        self._sleep(self.hotel, 2)
        self._pay(reservation)
        first.action_check_out()
        self._sleep(self.hotel, 1)
        second.action_check_out()
        self.assertEven(reservation)

    def test_a_night_that_is_taken_back_takes_its_discount_along(self):
        reservation = self._make_used(nights=2)
        self._stay_and_leave(reservation, 2)
        night = reservation.folio_ids.order_line.filtered("hotel_is_night")[0]
        night._take_back("Noise")
        self.assertEqual(reservation.amount_total, 103.5)
        rows = self.env["hotel.consumption"].search([("stay_id", "in", reservation.stay_ids.ids)])
        self.assertAlmostEqual(sum(rows.mapped("amount_gross")), 103.5, 2)

    def test_a_long_stay_gets_its_discount_bill_by_bill(self):
        reservation = self._make_used(nights=40)
        stay = reservation.stay_ids
        stay.action_check_in()
        self._sleep(self.hotel, 30)
        moves = stay._bill_interim()
        self.assertAlmostEqual(moves.amount_total, 30 * 103.5, 2)
        self._sleep(self.hotel, 10)
        self._pay(reservation)
        stay.action_check_out()
        self.assertEqual(reservation.amount_total, 40 * 103.5)
        self.assertEven(reservation)

    def test_a_discount_never_exceeds_the_price(self):
        program = self._make_coupons(reward={"discount_mode": "per_order", "discount": 500.0})
        reservation = self._make_held(nights=2, deposit_percent=50)
        reservation._apply_code(self._make_coupon(program).code)
        self.assertEqual((reservation.amount_total, reservation.deposit_due), (0.0, 0.0))
        reservation._confirm()
        self._stay_and_leave(reservation, 2)
        self.assertEven(reservation)

    def test_the_highest_discount_and_the_cheapest_night_are_kept_to(self):
        capped = self._make_coupons(50.0, reward={"discount_max_amount": 30.0})
        reservation = self._make_held(nights=2)
        reservation._apply_code(self._make_coupon(capped).code)
        self.assertEqual(self._get_discount(reservation), 30.0)
        cheapest = self._make_coupons(100.0, reward={"discount_applicability": "cheapest"})
        other = self._make_held(nights=3)
        other._apply_code(self._make_coupon(cheapest).code)
        self.assertEqual(self._get_discount(other), 115.0)

    def test_a_discount_on_some_room_types_leaves_the_others(self):
        suite = self._make_room_type(self.hotel, name="Suite")
        suite.product_id.write({"list_price": 300.0, "taxes_id": [Command.clear()]})
        program = self._make_coupons(
            20.0,
            reward={"discount_applicability": "specific", "discount_product_ids": [Command.set(suite.product_id.ids)]},
        )
        plain = self._make_held()
        self.assertIn("nothing", plain._apply_code(self._make_coupon(program).code))
        stay = plain.stay_ids
        stay.sudo().write({"room_id": False, "room_type_id": suite.id})
        plain._sync_folio()
        self.assertEqual(plain._apply_code(self._make_coupon(program).code), "")
        self.assertEqual(self._get_discount(plain), 40.0)

    def test_another_currency_of_the_programme_is_converted(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        company = self.hotel.company_id
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": 0.5, "company_id": company.id, "name": "2020-01-01"}
        )
        program = self._make_coupons(currency_id=euro.id, reward={"discount_mode": "per_order", "discount": 10.0})
        program.currency_id = euro
        reservation = self._make_held()
        reservation._apply_code(self._make_coupon(program).code)
        self.assertEqual(self._get_discount(reservation), 20.0)
