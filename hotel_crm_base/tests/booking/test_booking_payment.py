from datetime import timedelta

from odoo import fields
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.payment.tests.common import PaymentCommon

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestBookingPayment(PaymentCommon, PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.currency_id.active = True
        cls.booked = cls._book_online(plan=cls.prepaid)
        cls.token = cls.booked._portal_ensure_token()
        cls.url = cls.booked.access_url

    def _begin(self, amount, what="due", reservation=None, **values):
        """Ask for a transaction as the payment form does."""
        reservation = reservation or self.booked
        params = {
            "provider_id": self.provider.id,
            "payment_method_id": self.payment_method_id,
            "token_id": None,
            "amount": amount,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": "https://evil.example/",
            "access_token": self.token,
            **values,
        }
        with mute_logger("odoo.http"):
            return self.make_jsonrpc_request(f"{reservation.access_url}/transaction/{what}", params)

    def _get_transactions(self):
        return self.env["payment.transaction"].search([("sale_order_ids.hotel_reservation_id", "=", self.booked.id)])

    def test_the_page_offers_the_deposit_and_the_whole(self):
        text = self._text(self._get(f"{self.url}/pay", access_token=self.token))
        self.assertIn("60.00", text)
        self.assertIn("Pay the whole stay now instead", text)
        text = self._text(self._get(f"{self.url}/pay", access_token=self.token, what="total"))
        self.assertIn("200.00", text)

    def test_paying_confirms_and_leads_back_to_the_booking(self):
        self._begin(60.0)
        transaction = self._get_transactions()
        self.assertEqual((transaction.amount, transaction.partner_id), (60.0, self.booked.partner_id))
        self.assertEqual(transaction.landing_route, self.booked.get_portal_url(), "never where a browser would like")
        transaction._set_done()
        transaction._post_process()
        self.assertEqual((self.booked.state, self.booked.amount_paid), ("confirmed", 60.0))
        page = self._get(self.url, access_token=self.token)
        self.assertIn("Your booking is confirmed", self._text(page))

    def test_a_payment_that_fails_is_said_and_may_be_tried_again(self):
        self._begin(60.0)
        self._get_transactions()._set_error("The card was refused.")
        for path in (self.url, f"{self.url}/pay"):
            self.assertIn("The last payment did not go through", self._text(self._get(path, access_token=self.token)))
        self._begin(60.0)
        self._get_transactions()[-1:]._set_pending()
        self.assertEqual(self.booked.state, "held")

    def test_an_amount_of_ones_own_is_refused(self):
        for amount in (1.0, 0.0, -60.0, 59.99, 200.0, None):
            with self.subTest(amount), self.assertRaises(JsonRpcException):
                self._begin(amount)
        self.assertFalse(self._get_transactions())

    def test_somebody_elses_booking_is_not_paid(self):
        other = self._book_online(plan=self.prepaid)
        for token in (self.token, "x", None):
            with self.assertRaises(JsonRpcException):
                self._begin(60.0, reservation=other, access_token=token)

    def test_who_pays_for_and_in_which_currency_is_not_the_browsers_to_say(self):
        foreign = {"partner_id": 1, "currency_id": 1, "sale_order_id": 1, "custom_create_values": {"state": "done"}}
        for values in ({name: value} for name, value in foreign.items()):
            with self.subTest(values), self.assertRaises(JsonRpcException):
                self._begin(60.0, **values)

    def test_the_room_is_held_while_the_guest_pays(self):
        self.booked.hold_expires_at = fields.Datetime.now() + timedelta(seconds=30)
        self._begin(60.0)
        self.assertGreater(self.booked._get_hold_seconds(), 60 * (self.hotel.hold_minutes - 2))

    def test_a_hold_that_ran_out_is_not_paid_for(self):
        self.booked._release_hold()
        with self.assertRaises(JsonRpcException):
            self._begin(60.0)
        answer = self._get(f"{self.url}/pay", access_token=self.token)
        self.assertIn("The room is not held any more", self._text(answer))
        self.assertIn("Search again", self._text(answer))

    def test_a_request_is_not_paid_before_the_hotel_agrees(self):
        self.booked.is_hold_endless = True
        with self.assertRaises(JsonRpcException):
            self._begin(60.0)
        self.assertNotIn("/pay", self._get(self.url, access_token=self.token).text)

    def test_folios_are_met_on_the_page_of_the_booking_only(self):
        folio = self.booked._get_folio()
        token = folio._portal_ensure_token()
        page = self._get(f"/my/orders/{folio.id}", access_token=token)
        self.assertIn(self.url, page.url)
        self.assertNotIn(self.url, self._get(f"/my/orders/{folio.id}", access_token="x").url)
        fields = {"csrf_token": self._csrf(), "access_token": token, "decline_message": "no"}
        self._send(f"/my/orders/{folio.id}/decline", fields)
        self.assertNotEqual(folio.state, "cancel")
        paper = {"access_token": token, "name": "x", "signature": "x"}
        signed = self.make_jsonrpc_request(f"/my/orders/{folio.id}/accept", paper)
        self.assertIn("error", signed)
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.make_jsonrpc_request(f"/my/orders/{folio.id}/transaction", {"access_token": token, "amount": 1.0})
        self.assertFalse(folio.transaction_ids)
