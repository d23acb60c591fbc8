"""What an erasure leaves to the books: the buyers of posted invoices, sealed; and the job that erases in batches."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.guest import hotel_privacy_request_answer
from ..common import HotelCase
from ..insight.credit_case import CreditMakers
from .privacy_common import PrivacyLooks


@tagged("post_install", "-at_install")
class TestErasureBooks(PrivacyLooks, CreditMakers, HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("hotel_crm_base.invoice_years", "2")
        cls.today = fields.Date.today()
        cls.guest = cls._make_guest(
            "Zdenka Quillfeather", email="zdenka@example.com", street="Rua Qzxwv 12", city="Porto", vat="PT501964843"
        )
        cls.move, cls.old = (cls._make_paid(cls.guest, cls.today - timedelta(days=days)) for days in (30, 800))

    @classmethod
    def _make_paid(cls, guest, day):
        move = cls._make_invoice(guest, 120.0, day)
        register = cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids, allowed_company_ids=move.company_id.ids
        )
        register.create({})._create_payments()
        return move

    def test_buyers_are_sealed_for_as_long_as_the_law_wants_and_no_longer(self):
        before = (self.move.name, self.move.amount_total, self.move.line_ids.mapped("balance"))
        self.guest._hotel_erase()
        self.env.invalidate_all()
        self.assertEqual(before, (self.move.name, self.move.amount_total, self.move.line_ids.mapped("balance")))
        self.assertEqual(self.move.partner_id, self.guest)
        self.assertEqual(self._find_in_all_tables(["quillfeather", "qzxwv"]), [])
        buyers = self.env["hotel.sealed.buyer"]
        sealed = buyers.search([("move_id", "in", (self.move | self.old).ids)])
        self.assertEqual(sealed.move_id, self.move, "the other one is older than the law asks for")
        self.assertEqual(sealed.until_date.year, self.move.invoice_date.year + 2)
        buyers._gc_old()
        self.assertTrue(sealed.exists())
        self.env.cr.execute("UPDATE hotel_sealed_buyer SET until_date = %s", [self.today - timedelta(days=1)])
        sealed.invalidate_recordset()
        buyers._gc_old()
        self.assertFalse(sealed.exists())

    def test_finance_with_the_right_to_read_numbers_opens_one_and_leaves_an_entry(self):
        self.guest._hotel_erase()
        sealed = self.env["hotel.sealed.buyer"].search([("move_id", "=", self.move.id)])
        reader = self._make_user("finance+identity")
        shown = sealed.with_user(reader).action_show()["params"]["message"]
        self.assertEqual(shown, "Zdenka Quillfeather, Rua Qzxwv 12, Porto, PT501964843")
        entry = self.env["hotel.access.log"].search([("guest_id", "=", self.guest.id), ("action", "=", "identity")])
        self.assertEqual(entry.user_id, reader)
        for role in ("finance", "front_office+identity"):
            with self.assertRaises(AccessError, msg=role):
                sealed.with_user(self._make_user(role)).action_show()

    def test_the_job_erases_batch_by_batch_and_gives_back_what_is_held_by_now(self):
        guests = [self._make_guest(f"Guest {number}") for number in range(5)]
        requests = self.env["hotel.privacy.request"].create(
            [{"partner_id": guest.id, "kind": "erasure"} for guest in guests]
        )
        requests.write({"state": "queued"})
        self.env["hotel.privacy.hold"].create({"partner_id": guests[3].id, "reason": "Lawsuit 12/26"})
        done = []
        self._patch(hotel_privacy_request_answer, "BATCH", 2)
        commit = lambda cron, number, remaining: done.append(number) or 60.0  # noqa: E731
        self._patch(self.env.registry["ir.cron"], "_commit_progress", commit)
        self.env["hotel.privacy.request"]._cron_erase()
        self.assertEqual(done, [2, 2, 1])
        self.assertEqual(requests.mapped("state"), ["answered"] * 3 + ["open", "answered"])
        self.assertEqual([bool(guest.hotel_erased_at) for guest in guests], [True, True, True, False, True])

    def test_a_job_whose_time_is_up_leaves_the_rest_to_the_next_run(self):
        guests = [self._make_guest(f"Guest {number}") for number in range(3)]
        requests = self.env["hotel.privacy.request"].create(
            [{"partner_id": guest.id, "kind": "erasure"} for guest in guests]
        )
        requests.write({"state": "queued"})
        self._patch(hotel_privacy_request_answer, "BATCH", 2)
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda cron, number, remaining: 0.0)
        for states in (["answered", "answered", "queued"], ["answered"] * 3):
            self.env["hotel.privacy.request"]._cron_erase()
            self.assertEqual(requests.mapped("state"), states)
