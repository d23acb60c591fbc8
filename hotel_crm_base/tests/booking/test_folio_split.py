"""Who pays what: several folios, charges moved between them, bills to companies with credit."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .folio_common import FolioCase


@tagged("post_install", "-at_install")
class TestFolioSplit(FolioCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.partner"].create({"name": "Atlantic Ltd", "is_company": True})

    def _give_credit(self, reservation):
        """Let the hotel trust the payers, as the credit of a company does."""
        terms = {"deposit_percent": 0.0, "is_bill_allowed": True}
        return patch.object(type(reservation), "_get_credit_terms", lambda self, payer=None: terms)

    def test_the_company_pays_the_room_and_the_guest_the_rest(self):
        reservation = self._make_in_house(nights=1)
        stay = reservation.stay_ids
        stay._post_charge(self.restaurant, "food", "Dinner", 40.0)
        rooms = reservation._split_folio("rooms", self.firm)
        main = reservation._get_folio()
        self.assertEqual((rooms.amount_total, main.amount_total), (115.0, 40.0))
        stay._post_charge(None, "minibar", "Water", 5.0)
        self.assertEqual((rooms.amount_total, main.amount_total), (115.0, 45.0))
        self._sleep(self.hotel)
        with self.assertRaises(UserError):
            stay.action_check_out()
        with self._give_credit(reservation):
            rooms.action_hotel_bill_later()
            with self.assertRaises(UserError) as refusal:
                stay.action_check_out()
            self.assertIn(main.name, str(refusal.exception))
            self._pay(reservation, 45.0)
            stay.action_check_out()
        self.assertEqual(rooms.invoice_ids.partner_id, self.firm)
        self.assertEqual(rooms.invoice_ids.amount_residual, 115.0)
        self.assertEqual(main.invoice_ids.partner_id, self.guest)
        self.assertEqual(main.invoice_ids.amount_residual, 0)
        rows = self.env["hotel.consumption"].search([("stay_id", "=", stay.id)])
        self.assertEqual(rows.partner_id, self.guest, "the guest of the stay earns, not the payer")
        self.assertEqual(sum(rows.mapped("amount_gross")), 160.0)

    def test_without_credit_nothing_is_billed_later(self):
        reservation = self._make_in_house(nights=1)
        with self.assertRaisesRegex(UserError, "no credit"):
            reservation.folio_ids.action_hotel_bill_later()
        with self._give_credit(reservation):
            reservation.folio_ids.action_hotel_bill_later()
        self._sleep(self.hotel)
        with self.assertRaises(UserError):
            reservation.stay_ids.action_check_out()

    def test_a_guest_of_a_group_pays_all_of_his_own(self):
        friend = self._make_guest("Rui Pinto")
        reservation = self._make_in_house(nights=2, stays=2)
        first, second = reservation.stay_ids
        second.partner_id = friend
        second._post_charge(self.restaurant, "food", "Dinner", 40.0)
        own = reservation._split_folio("main", stay=second)
        self.assertEqual(own.partner_invoice_id, friend)
        self.assertEqual((own.amount_total, reservation._get_folio().amount_total), (270.0, 230.0))
        second.departure_date = second.departure_date.replace(day=4)
        reservation._sync_folio()
        self.assertEqual(own.amount_total, 385.0)
        self.assertEqual(reservation._split_folio("main", stay=second), own)
        self._sleep(self.hotel, 2)
        self._pay(reservation, 230.0)
        first.action_check_out()
        self.assertTrue(reservation._get_folio().invoice_ids)
        self.assertFalse(own.invoice_ids)

    def test_charges_move_between_open_folios_until_they_are_invoiced(self):
        reservation = self._make_in_house(nights=1)
        stay = reservation.stay_ids
        dinner = stay._post_charge(self.restaurant, "food", "Dinner", 40.0)
        correction = dinner._take_back("One dish was cold", 10.0)
        extras = reservation._split_folio("extras", self.firm)
        self.assertEqual((dinner | correction).order_id, extras)
        main = reservation._get_folio()
        wizard = self.env["hotel.folio.split"].create(
            {
                "reservation_id": reservation.id,
                "target": "open",
                "folio_id": main.id,
                "line_ids": [Command.set(correction.ids)],
            }
        )
        wizard.action_split()
        self.assertEqual((dinner | correction).order_id, main)
        main._bill()
        with self.assertRaisesRegex(UserError, "invoiced"):
            extras._move_charges(dinner)
        other = self._make_in_house(guest=self._make_guest("Zoe"))
        with self.assertRaises(UserError):
            other.folio_ids._move_charges(reservation.folio_ids.order_line)

    def test_the_wizards_do_what_they_say(self):
        reservation = self._make_in_house(nights=1)
        stay, folio = reservation.stay_ids, reservation.folio_ids
        with Form(self.env["hotel.folio.charge"].with_context(default_stay_id=stay.id)) as form:
            form.description, form.amount, form.kind = "Water", 5.0, "minibar"
        form.save().action_post()
        line = folio.order_line.filtered(lambda each: each.hotel_kind == "minibar")
        with Form(self.env["hotel.folio.correct"].with_context(default_line_id=line.id)) as form:
            form.reason = "Was not drunk"
        self.assertEqual(form.amount, 5.0)
        form.save().action_correct()
        self.assertEqual(folio.amount_total, 115.0)
        self._sleep(self.hotel)
        with Form(self.env["hotel.stay.checkout"].with_context(default_stay_id=stay.id)) as form:
            self.assertEqual(form.amount_due, 115.0)
        wizard = form.save()
        self.assertEqual((wizard.amount_due, wizard.folio_ids), (115.0, folio))
        with self.assertRaises(UserError):
            wizard.action_check_out()
        with Form(self.env["hotel.folio.payment"].with_context(default_folio_id=folio.id)) as form:
            self.assertEqual(form.amount, 115.0)
            form.amount = 15.0
        form.save().action_pay()
        wizard.invalidate_recordset()
        self.assertEqual(wizard.amount_due, 100.0)
        wizard.journal = self.env["hotel.folio.payment"]._get_journals()[0][0]
        wizard.action_pay()
        wizard.action_check_out()
        self.assertEqual((stay.state, reservation.balance), ("departed", 0))
        self.assertIn(folio.invoice_ids.name, folio.hotel_invoice_names)
        self.assertEqual(len(folio.hotel_payment_text.split("\n")), 2)
