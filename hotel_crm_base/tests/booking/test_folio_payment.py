"""Payments of folios: counted once, online and at the desk; paid bookings are never lost."""

from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .folio_common import FolioCase


class PaymentCase(FolioCase):
    """Deposits paid by the demo provider, which the database of the tests has beside us."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "=", cls.hotel.company_id.id)], limit=1
        )
        cls.provider.state = "test"
        cls.method = cls.provider.payment_method_ids[:1] or cls.env["payment.method"].search(
            [("code", "=", "demo")], limit=1
        )

    def _make_held(self, **values):
        """Make a held booking of two nights at 115 with tax, of which half is a deposit."""
        values = {"deposit_percent": 50.0, "state": "held", **values}
        reservation = self._make_reservation(**values)
        reservation.hold_expires_at = fields.Datetime.now() + timedelta(minutes=20)
        reservation._sync_folio()
        return reservation

    def _make_tx(self, reservation, amount, **values):
        return self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "reference": f"T{self.env['payment.transaction'].search_count([])}-{reservation.id}",
                "amount": amount,
                "currency_id": reservation.currency_id.id,
                "partner_id": reservation.partner_id.id,
                "operation": "online_direct",
                "sale_order_ids": [Command.set(reservation._get_folio().ids)],
                **values,
            }
        )

    def _pay_online(self, reservation, amount, state="done", **values):
        """Let the demo provider answer, and do what follows."""
        tx = self._make_tx(reservation, amount, **values)
        tx._process("demo", {"reference": tx.reference, "simulated_state": state, "payment_details": "1234"})
        tx._post_process()
        return tx


@tagged("post_install", "-at_install")
class TestFolioPayment(PaymentCase):
    def test_a_deposit_confirms_the_booking(self):
        reservation = self._make_held()
        self.assertEqual(reservation._get_deposit_due(), 115.0)
        tx = self._pay_online(reservation, 115.0)
        self.assertEqual(reservation.state, "confirmed")
        self.assertEqual(reservation.folio_ids.state, "sale")
        self.assertEqual((reservation.amount_paid, reservation.balance), (115.0, 115.0))
        self.assertEqual(tx.payment_id.hotel_folio_id, reservation.folio_ids)
        self.assertFalse(reservation.folio_ids.invoice_ids)
        tx._post_process()
        self.assertEqual(reservation.amount_paid, 115.0)
        self.assertFalse(reservation.activity_ids)

    def test_money_is_counted_once_before_and_after_it_is_booked(self):
        reservation = self._make_held()
        tx = self._make_tx(reservation, 115.0)
        self.assertEqual(reservation.amount_paid, 0)
        tx._set_pending()
        tx._post_process()
        self.assertEqual((reservation.amount_paid, reservation.state), (0, "held"))
        tx._set_done()
        self.assertEqual(reservation.amount_paid, 115.0)
        tx._post_process()
        self.assertEqual(reservation.amount_paid, 115.0)

    def test_no_mail_and_no_document_of_core_leaves(self):
        reservation = self._make_held()
        mails = self.env["mail.mail"].search_count([])
        with patch.object(type(self.env["ir.actions.report"]), "_render_qweb_pdf", side_effect=AssertionError):
            self._pay_online(reservation, 115.0)
        folio_mails = self.env["mail.mail"].search([("model", "=", "sale.order")])
        self.assertFalse(folio_mails, mails)

    def test_too_little_confirms_nothing_and_is_told(self):
        reservation = self._make_held()
        self._pay_online(reservation, 100.0)
        self.assertEqual((reservation.state, reservation.amount_paid), ("held", 100.0))
        self.assertIn("not confirmed", reservation.activity_ids.summary)
        self._pay_online(reservation, 15.0)
        self.assertEqual(reservation.state, "confirmed")

    def test_cancelled_and_refused_payments_change_nothing(self):
        reservation = self._make_held()
        for state in ("cancel", "error", "pending"):
            self._pay_online(reservation, 115.0, state)
            self.assertEqual((reservation.state, reservation.amount_paid), ("held", 0))
        self.assertFalse(reservation.activity_ids)

    def test_an_authorized_card_confirms_and_is_captured_at_the_end(self):
        self.provider.capture_manually = True
        reservation = self._make_held()
        tx = self._pay_online(reservation, 115.0)
        self.assertEqual((tx.state, reservation.state, reservation.amount_paid), ("authorized", "confirmed", 115.0))
        reservation.action_cancel()
        reservation._settle()
        self.assertEqual(reservation.amount_paid, 0)
        self.assertEqual(tx.child_transaction_ids.state, "cancel")

    def test_a_payment_after_the_hold_takes_the_room_again(self):
        reservation = self._make_held()
        tx = self._make_tx(reservation, 115.0)
        reservation._release_hold()
        self.assertEqual(reservation.state, "cancelled")
        tx._process("demo", {"reference": tx.reference, "simulated_state": "done"})
        tx._post_process()
        self.assertEqual(reservation.state, "confirmed")
        self.assertEqual(reservation.balance, 115.0)

    def test_a_payment_after_the_room_is_gone_is_kept_and_told(self):
        reservation = self._make_held()
        stay, tx = reservation.stay_ids, self._make_tx(reservation, 115.0)
        reservation._release_hold()
        self._make_stay(
            self._make_guest("Rui"),
            arrival=stay.arrival_date,
            room_type_id=self.room_type.id,
            room_id=stay.room_id.id,
        )
        tx._process("demo", {"reference": tx.reference, "simulated_state": "done"})
        tx._post_process()
        self.assertTrue(tx.is_post_processed)
        self.assertEqual(reservation.state, "cancelled")
        self.assertEqual(reservation.amount_paid, 115.0)
        self.assertIn("not confirmed", reservation.activity_ids.summary)
        tx._post_process()
        self.assertEqual(len(reservation.activity_ids), 1)

    def test_whatever_goes_wrong_the_payment_is_processed_and_the_desk_told(self):
        reservation = self._make_held()
        with (
            patch.object(type(reservation), "_confirm", side_effect=ValueError("Ana Costa")),
            self.assertLogs("odoo.addons.hotel_crm_base", "ERROR") as logs,
        ):
            tx = self._pay_online(reservation, 115.0)
        self.assertTrue(tx.payment_id)
        self.assertTrue(reservation.activity_ids)
        self.assertNotIn("Ana", logs.records[0].getMessage())

    def test_conflicts_are_tried_again(self):
        reservation = self._make_held()
        error = psycopg2.errors.SerializationFailure()
        with (
            patch.object(type(reservation), "_confirm", side_effect=error),
            self.assertRaises(psycopg2.OperationalError),
        ):
            self._pay_online(reservation, 115.0)

    def test_what_is_paid_is_checked_before(self):
        reservation = self._make_held()
        begun = reservation._begin_payment()
        self.assertEqual((begun["problems"], begun["amount"], begun["balance"]), ([], 115.0, 230.0))
        self.assertEqual(begun["folio"], reservation.folio_ids)
        amounts = {115.0: True, 230.0: True, 114.99: False, 230.01: False, 0: False, -1: False}
        for amount, is_fine in amounts.items():
            self.assertEqual(not reservation._check_payment_amount(amount), is_fine, amount)
        until = reservation.hold_expires_at
        reservation.stay_ids.night_ids.write({"rate": 200.0, "gross": 0})
        begun = reservation._begin_payment()
        self.assertIn("changed", begun["problems"][0])
        self.assertEqual((begun["amount"], reservation._begin_payment()["problems"]), (230.0, []))
        self.assertGreaterEqual(reservation.hold_expires_at, until)
        reservation._release_hold()
        self.assertTrue(reservation._begin_payment()["problems"])

    def test_a_free_cancellation_gives_the_deposit_back(self):
        reservation = self._make_held()
        tx = self._pay_online(reservation, 115.0)
        reservation.action_cancel()
        self.assertTrue(reservation.is_settling)
        reservation._settle()
        reservation._settle()
        refund = tx.child_transaction_ids
        self.assertEqual((refund.amount, refund.state), (-115.0, "done"))
        self.assertEqual(reservation.amount_paid, 0)
        refund._post_process()
        self.assertEqual((reservation.amount_paid, reservation.balance), (0, 0))
        self.assertTrue(all(line.reconciled for line in tx.payment_id._get_open_lines()))
        self.assertFalse(reservation.activity_ids)

    def test_a_late_cancellation_keeps_the_fee_and_gives_the_rest_back(self):
        reservation = self._make_held(
            deposit_percent=100.0,
            fee_kind="nights",
            fee_value=1.0,
            free_until_at=fields.Datetime.now() - timedelta(hours=1),
        )
        self._pay_online(reservation, 230.0)
        fee = reservation._get_cancellation_fee()
        reservation.action_cancel()
        reservation._settle()
        self.assertEqual(reservation.amount_total, fee)
        self.assertEqual(reservation.amount_paid, fee)
        line = reservation.folio_ids.order_line
        self.assertEqual(line.hotel_kind, "fee")
        self.assertEqual(reservation.folio_ids.invoice_ids.amount_total, fee)
        self.assertFalse(line._get_consumption().filtered("accrues_points"))
        reservation._collect_fee("cancellation", {reservation.stay_ids: fee})
        self.assertEqual(reservation.amount_total, fee)
        reservation.action_reinstate()
        self.assertEqual((reservation.amount_total, reservation.fee_due), (230.0, 0.0))

    def test_cash_is_given_back_by_the_desk(self):
        reservation = self._make_held()
        self._pay(reservation, 115.0)
        reservation._confirm()
        reservation.action_cancel()
        reservation._settle()
        self.assertIn("back", reservation.activity_ids.summary)
        self._pay(reservation, -115.0)
        self.assertEqual(reservation.balance, 0)
        with self.assertRaises(UserError):
            self._pay(reservation, -1.0)

    def test_a_no_show_is_charged_to_the_stored_card(self):
        reservation = self._make_held(no_show_fee_kind="nights", no_show_fee_value=1.0, deposit_percent=10.0)
        self._pay_online(reservation, 23.0, tokenize=True)
        self.assertTrue(reservation._get_transactions().token_id)
        reservation.stay_ids.action_no_show()
        fee = reservation._get_no_show_fee()
        self.assertEqual(reservation.amount_total, fee)
        reservation._settle()
        self.assertEqual(reservation.amount_paid, fee)
        charged = reservation._get_transactions().filtered(lambda tx: tx.operation == "offline")
        self.assertEqual(charged.amount, round(fee - 23.0, 2))
        charged._post_process()
        reservation._settle()
        self.assertEqual(reservation.balance, 0)

    def test_a_no_show_without_a_card_is_work_for_the_desk(self):
        reservation = self._make_reservation(no_show_fee_kind="percent", no_show_fee_value=50.0)
        reservation._sync_folio()
        reservation._confirm_folios()
        reservation.stay_ids.action_no_show()
        reservation._settle()
        self.assertGreater(reservation.balance, 0)
        self.assertIn("fee", reservation.activity_ids.summary)

    def test_an_invoice_that_the_bank_pays_counts_too(self):
        reservation = self._make_in_house(nights=1)
        self._sleep(self.hotel)
        reservation.stay_ids._post_nights(self.hotel.business_date)
        invoice = reservation.folio_ids._bill()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.assertEqual((reservation.amount_paid, reservation.balance), (115.0, 0))

    def test_payments_at_the_desk_are_checked(self):
        reservation = self._make_in_house()
        sale = self.env["account.journal"].search([("type", "=", "sale")], limit=1)
        with self.assertRaises(UserError):
            reservation.folio_ids._take_payment(10.0, sale)
        with self.assertRaises(UserError):
            self._pay(reservation, 0.0)
        with self.assertRaises(UserError):
            self._pay(reservation, 0.001)
