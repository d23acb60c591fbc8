"""Folios with two people at the same time: nothing is charged, invoiced or paid twice, nothing is lost."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..concurrency import ConcurrencyCase
from .folio_common import FolioMakers


@tagged("post_install", "-at_install")
class TestFolioAtOnce(FolioMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.business_date = date(2026, 5, 1)
        cls._make_folio_scene()
        cls.cr.commit()

    def _make_paid(self, amount):
        """Make a guest who has slept one night and paid something."""
        self.hotel.business_date = date(2026, 5, 1)
        reservation = self._make_in_house(nights=1)
        self._sleep(self.hotel)
        if amount:
            self._pay(reservation, amount)
        self.cr.commit()
        return reservation

    def _check_out(self, reservation):
        def action(env):
            stay = env["hotel.stay"].browse(reservation.stay_ids.ids)
            stay.action_check_out()
            env.flush_all()
            return "left"

        return action

    def _charge(self, reservation):
        def action(env):
            stay = env["hotel.stay"].browse(reservation.stay_ids.ids)
            stay._post_charge(env["hotel.outlet"].browse(self.restaurant.id), "food", "Dinner", 40.0)
            env.flush_all()
            return "charged"

        return action

    def _look(self, reservation):
        self.cr.rollback()
        self.env.invalidate_all()
        rows = self.env["hotel.consumption"].search([("stay_id", "in", reservation.stay_ids.ids)])
        return len(reservation.folio_ids.invoice_ids), len(rows), reservation.balance

    def test_two_clerks_check_the_same_guest_out_once(self):
        reservation = self._make_paid(115.0)
        self.assertEqual(self._overlap(*[self._check_out(reservation)] * 2), ["left", "left"])
        self.assertEqual(self._look(reservation), (1, 1, 0.0))

    def test_a_dinner_that_is_posted_meanwhile_is_paid_before_the_guest_leaves(self):
        reservation = self._make_paid(115.0)
        results = self._overlap(self._charge(reservation), self._check_out(reservation))
        self.assertEqual(results[0], "charged")
        self.assertIsInstance(results[1], UserError)
        self.assertEqual(self._look(reservation), (0, 0, 40.0))

    def test_a_dinner_that_comes_too_late_is_refused_at_the_outlet(self):
        reservation = self._make_paid(115.0)
        results = self._overlap(self._check_out(reservation), self._charge(reservation))
        self.assertEqual(results[0], "left")
        self.assertIsInstance(results[1], UserError)
        self.assertEqual(self._look(reservation), (1, 1, 0.0))

    def test_two_dinners_at_once_are_both_charged(self):
        reservation = self._make_paid(0)
        results = self._at_once(*[self._charge(reservation)] * 3)
        self.assertEqual(results, ["charged"] * 3)
        self.assertEqual(self._look(reservation)[2], 235.0)

    def test_nights_are_posted_once_by_two_day_ends(self):
        reservation = self._make_paid(0)

        def post(env):
            stay = env["hotel.stay"].browse(reservation.stay_ids.ids)
            return stay._post_nights(stay.property_id.business_date)

        self.assertEqual(sorted(self._overlap(post, post)), [0, 1])

    def test_two_answers_about_one_payment_book_it_once(self):
        provider = self.env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "=", self.hotel.company_id.id)], limit=1
        )
        self.hotel.business_date = date(2026, 5, 1)
        reservation = self._make_reservation(state="held", deposit_percent=50.0)
        reservation._sync_folio()
        tx = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": provider.payment_method_ids[:1].id
                or self.env["payment.method"].search([("code", "=", "demo")], limit=1).id,
                "reference": f"once-{reservation.id}",
                "amount": 115.0,
                "currency_id": reservation.currency_id.id,
                "partner_id": reservation.partner_id.id,
                "operation": "online_direct",
                "sale_order_ids": [(6, 0, reservation.folio_ids.ids)],
            }
        )
        self.cr.commit()

        def answer(env):
            mine = env["payment.transaction"].browse(tx.id)
            mine._process("demo", {"reference": mine.reference, "simulated_state": "done"})
            if not mine.is_post_processed:
                mine._post_process()
            env.flush_all()
            return mine.state

        self.assertEqual(self._overlap(answer, answer), ["done", "done"])
        self.cr.rollback()
        self.env.invalidate_all()
        payments = self.env["account.payment"].search([("hotel_folio_id", "in", reservation.folio_ids.ids)])
        self.assertEqual(len(payments), 1)
        self.assertEqual((reservation.state, reservation.amount_paid), ("confirmed", 115.0))

    def test_a_refund_is_given_once(self):
        reservation = self._make_paid(0)

        def pay(env):
            folio = env["sale.order"].browse(reservation.folio_ids.ids)
            journal = env["account.journal"].search(
                [("type", "=", "bank"), ("company_id", "=", folio.company_id.id)], limit=1
            )
            folio._take_payment(-folio.hotel_paid, journal)
            env.flush_all()
            return "given"

        self._pay(reservation, 50.0)
        self.cr.commit()
        results = self._overlap(pay, pay)
        self.assertEqual(results[0], "given")
        self.assertIsInstance(results[1], UserError)
        self.assertEqual(self._look(reservation)[2], 115.0)
