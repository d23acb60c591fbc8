"""Check-out: what was charged is paid, invoiced and consumption, each once and to the cent."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ... import guards
from .folio_common import FolioCase


@tagged("post_install", "-at_install")
class TestFolioCheckOut(FolioCase):
    def _consumed(self, reservation):
        rows = self.env["hotel.consumption"].search([("stay_id", "in", reservation.stay_ids.ids)])
        return round(sum(rows.mapped("amount_gross")), 2)

    def assertSettled(self, reservation):
        """Check that folio, invoices and consumption have one total, and nothing is open."""
        invoices = reservation.folio_ids.invoice_ids
        self.assertEqual(set(invoices.mapped("state")), {"posted"})
        total = round(sum(invoices.mapped("amount_total_signed")), 2)
        self.assertEqual(total, round(reservation.amount_total, 2))
        self.assertEqual(self._consumed(reservation), round(reservation.amount_total, 2))

    def test_guests_do_not_leave_without_paying(self):
        reservation = self._make_in_house(nights=1)
        self._sleep(self.hotel)
        with self.assertRaisesRegex(UserError, "still to pay"):
            reservation.stay_ids.action_check_out()
        self.assertEqual(self._consumed(reservation), 0)

    def test_check_out_invoices_and_writes_consumption_once(self):
        reservation = self._make_in_house(nights=2)
        stay = reservation.stay_ids
        stay._post_charge(self.restaurant, "food", "Dinner", 45.67, "B-1")
        self._sleep(self.hotel, 2)
        self._pay(reservation)
        stay.action_check_out()
        self.assertEqual(reservation.balance, 0)
        self.assertSettled(reservation)
        self.assertEqual(set(reservation.folio_ids.invoice_ids.mapped("payment_state")) - {"paid", "in_payment"}, set())
        rows = self.env["hotel.consumption"].search([("stay_id", "=", stay.id)])
        self.assertEqual(rows.mapped("source_system"), ["folio"] * 3)
        self.assertEqual(rows.partner_id, self.guest)
        dinner = rows.filtered(lambda row: row.kind == "food")
        self.assertEqual((dinner.amount_gross, dinner.outlet_id, dinner.bill_ref), (45.67, self.restaurant, "B-1"))
        self.assertLess(dinner.amount_net, 45.67)
        stay._get_charges()._write_consumption()
        self.assertSettled(reservation)

    def test_an_early_departure_pays_the_nights_slept(self):
        reservation = self._make_in_house(nights=5)
        self._sleep(self.hotel)
        self._pay(reservation, 115.0)
        reservation.stay_ids.action_check_out()
        self.assertEqual(reservation.amount_total, 115.0)
        self.assertSettled(reservation)

    def test_who_leaves_on_the_day_of_arrival_pays_the_day(self):
        reservation = self._make_in_house(nights=3)
        self._pay(reservation, 115.0)
        reservation.stay_ids.action_check_out()
        self.assertTrue(reservation.stay_ids.is_day_use)
        self.assertEqual(reservation.amount_total, 115.0)
        self.assertSettled(reservation)

    def test_of_several_rooms_each_pays_when_it_leaves_and_the_last_gets_the_invoice(self):
        reservation = self._make_in_house(nights=1, stays=2)
        first, second = reservation.stay_ids
        self._sleep(self.hotel)
        self._pay(reservation, 115.0)
        first.action_check_out()
        self.assertFalse(reservation.folio_ids.invoice_ids)
        self.assertEqual(self._consumed(reservation), 115.0)
        with self.assertRaises(UserError):
            second.action_check_out()
        self._pay(reservation, 115.0)
        second.action_check_out()
        self.assertEqual(len(reservation.folio_ids.invoice_ids), 1)
        self.assertSettled(reservation)

    def test_only_code_lets_guests_go_with_an_open_balance(self):
        reservation = self._make_in_house(nights=1)
        self._sleep(self.hotel)
        with self.assertRaises(UserError):
            reservation.stay_ids.with_context(hotel_open_balance=True).action_check_out()
        reservation.stay_ids.with_context(hotel_open_balance=guards.OPEN_BALANCE).action_check_out()
        self.assertEqual(reservation.balance, 115.0)
        self.assertSettled(reservation)

    def test_a_correction_is_a_line_of_its_own_with_a_reason(self):
        reservation = self._make_in_house(nights=1)
        stay = reservation.stay_ids
        dinner = stay._post_charge(self.restaurant, "food", "Dinner", 40.0)
        for reason, amount in (("", 10), ("Wrong", 41), ("Wrong", 0), ("Wrong", -1)):
            with self.assertRaises(UserError):
                dinner._take_back(reason, amount)
        dinner._take_back("One dish was cold", 15.5)
        dinner._take_back("And the rest too")
        with self.assertRaises(UserError):
            dinner._take_back("Again")
        self.assertEqual(reservation.amount_total, 115.0)
        self._sleep(self.hotel)
        self._pay(reservation)
        stay.action_check_out()
        self.assertSettled(reservation)

    def test_what_is_corrected_after_the_check_out_is_reversed_and_credited(self):
        reservation = self._make_in_house(nights=1)
        stay = reservation.stay_ids
        minibar = stay._post_charge(None, "minibar", "Minibar", 12.34)
        spa = stay._post_charge(None, "spa", "Spa", 50.0)
        self._sleep(self.hotel)
        self._pay(reservation)
        stay.action_check_out()
        minibar._take_back("Was another guest's")
        spa._take_back("Half an hour only", 20.0)
        self.assertSettled(reservation)
        row = minibar._get_consumption()
        self.assertTrue(row.is_reversed)
        self.assertEqual(row.reversal_ids.reversal_reason, "Was another guest's")
        self.assertEqual(reservation.balance, -32.34)
        credits = reservation.folio_ids.invoice_ids.filtered(lambda move: move.move_type == "out_refund")
        self.assertEqual(sum(credits.mapped("amount_total")), 32.34)

    def test_what_accountants_credit_by_hand_is_on_the_folio_too(self):
        reservation = self._make_in_house(nights=2)
        self._sleep(self.hotel, 2)
        self._pay(reservation)
        reservation.stay_ids.action_check_out()
        invoice = reservation.folio_ids.invoice_ids
        wizard = self.env["account.move.reversal"].with_context(active_model="account.move", active_ids=invoice.ids)
        wizard = wizard.create({"reason": "Wrong address", "journal_id": invoice.journal_id.id})
        wizard.modify_moves()
        new = reservation.folio_ids.invoice_ids.filtered(lambda move: move.state == "draft")
        self.assertEqual((reservation.amount_total, self._consumed(reservation)), (0.0, 0.0))
        new.action_post()
        self.assertSettled(reservation)
        self.assertEqual(reservation.amount_total, 230.0)
        self.assertEqual(reservation.balance, 0)

    def test_who_paid_too_much_gets_it_back(self):
        reservation = self._make_in_house(nights=3)
        self._pay(reservation)
        self._sleep(self.hotel)
        reservation.stay_ids.action_check_out()
        self.assertEqual(reservation.balance, -230.0)
        self.assertTrue(reservation.is_settling)
        reservation._settle()
        self.assertIn("back", reservation.activity_ids.summary)

    def test_an_early_correction_of_a_whole_charge_is_no_consumption(self):
        reservation = self._make_in_house(nights=1)
        dinner = reservation.stay_ids._post_charge(self.restaurant, "food", "Dinner", 40.0)
        dinner._take_back("Wrong room")
        self._sleep(self.hotel)
        self._pay(reservation)
        reservation.stay_ids.action_check_out()
        self.assertFalse(dinner._get_consumption())
        self.assertSettled(reservation)

    def test_long_stays_get_bills_in_between(self):
        reservation = self._make_in_house(nights=70)
        stay = reservation.stay_ids
        for nights, expected in ((29, 0), (1, 30), (1, 30), (29, 60)):
            self._sleep(self.hotel, nights)
            stay._post_nights(self.hotel.business_date)
            stay._get_stays_to_bill()._bill_interim()
            self.assertEqual(self._consumed(reservation), expected * 115.0)
        self.assertEqual(len(reservation.folio_ids.invoice_ids), 2)
        self._sleep(self.hotel, 10)
        self._pay(reservation)
        stay.action_check_out()
        self.assertSettled(reservation)
        self.assertEqual(reservation.balance, 0)

    def test_a_folio_in_another_currency_than_the_company_is_settled_in_its_own(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create({"currency_id": euro.id, "name": "2020-01-01", "rate": 0.9173})
        self.hotel.currency_id = euro
        reservation = self._make_in_house(nights=3, rate=99.99)
        reservation.stay_ids._post_charge(self.restaurant, "food", "Dinner", 33.33)
        self._sleep(self.hotel, 3)
        self._pay(reservation)
        reservation.stay_ids.action_check_out()
        invoice = reservation.folio_ids.invoice_ids
        self.assertEqual(invoice.currency_id, euro)
        self.assertEqual(invoice.amount_total, round(reservation.amount_total, 2))
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(self._consumed(reservation), round(reservation.amount_total, 2))
        self.assertEqual(reservation.balance, 0)

    def test_books_that_refuse_keep_nobody_at_the_desk(self):
        self.env["account.journal"].search([("type", "=", "sale")]).active = False
        reservation = self._make_in_house(nights=1)
        self._sleep(self.hotel)
        reservation.stay_ids.with_context(hotel_open_balance=guards.OPEN_BALANCE).action_check_out()
        self.assertEqual(reservation.stay_ids.state, "departed")
        self.assertTrue(reservation.activity_ids)
        self.assertEqual(self._consumed(reservation), 115.0)
