from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.models.guest import hotel_data_key

from ..concurrency import ConcurrencyCase
from .identity_numbers import LI, WANG, make_cn_id


@tagged("post_install", "-at_install")
class TestDocumentsAtOnce(ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("front_office")
        cls.cr.commit()

    def _reveal(self, document):
        return document._fields["number"].reveal(document)

    def _make_rivals(self, number):
        """Two guests with the same number, committed."""
        documents = self.env["hotel.guest.document"]
        for _guest in range(2):
            documents |= self._make_document(self._make_guest(), number)
        self.cr.commit()
        return documents

    def _verify(self, document):
        return lambda env: env["hotel.guest.document"].browse(document.id).action_verify()

    def _assert_one_verified(self, documents):
        self.cr.rollback()
        documents.invalidate_recordset()
        self.assertEqual(sorted(documents.mapped("state")), ["clash", "verified"])
        clash = documents.filtered(lambda document: document.state == "clash")
        self.assertEqual(clash.clash_document_id, documents - clash)
        hints = self.env["hotel.duplicate.pair"].search(
            [("partner_a_id", "in", documents.partner_id.ids)]
        )
        self.assertEqual(len(hints), 1)
        self.assertEqual(hints.partner_a_id | hints.partner_b_id, documents.partner_id)

    def test_one_of_two_who_verify_at_once_wins_and_the_other_is_kept(self):
        documents = self._make_rivals(WANG)
        results = self._overlap(*map(self._verify, documents), user=self.clerk)
        self.assertFalse([result for result in results if isinstance(result, Exception)])
        self._assert_one_verified(documents)

    def test_the_loser_needs_no_second_try(self):
        documents = self._make_rivals(make_cn_id(51))
        with patch("odoo.service.model.MAX_TRIES_ON_CONCURRENCY_FAILURE", 1):
            results = self._overlap(*map(self._verify, documents))
        self.assertFalse([result for result in results if isinstance(result, Exception)])
        self._assert_one_verified(documents)

    def test_a_rival_made_in_the_same_moment_is_found_after_the_commit(self):
        guests = self._make_guest() | self._make_guest()
        self.cr.commit()
        number = make_cn_id(53)

        def register(guest):
            def act(env):
                document = env["hotel.guest.document"].create(
                    {"partner_id": guest.id, "document_type": "cn_id", "number": number}
                )
                document.action_verify()
                return document.id

            return act

        results = self._overlap(*map(register, guests), user=self.clerk)
        self._assert_one_verified(self.env["hotel.guest.document"].browse(results))

    def test_a_refused_reading_leaves_a_trace(self):
        document = self._make_rivals(make_cn_id(61))[0]
        reveal = "Police registration"
        (error,) = self._at_once(
            lambda env: env["hotel.guest.document"].browse(document.id).hotel_reveal_number(reveal),
            user=self.clerk,
        )
        self.assertIsInstance(error, AccessError)
        self.cr.rollback()
        entry = self.env["hotel.access.log"].search(
            [("action", "=", "refused"), ("user_id", "=", self.clerk.id)]
        )
        self.assertEqual(entry.partner_id, document.partner_id)

    def test_verifying_many_at_once_ends_well_for_all(self):
        documents = self._make_rivals(LI) | self._make_rivals(make_cn_id(55))
        orders = (documents, documents[::-1])
        actions = [
            lambda env, ids=order.ids: env["hotel.guest.document"].browse(ids).action_verify()
            for order in orders
        ]
        results = self._at_once(*actions)
        self.assertFalse([result for result in results if isinstance(result, Exception)])
        self.cr.rollback()
        documents.invalidate_recordset()
        self.assertEqual(sorted(documents.mapped("state")), ["clash", "clash", "verified", "verified"])

    def test_the_first_keys_are_made_once(self):
        with self._connect() as env:
            env.cr.execute("DELETE FROM hotel_guest_document")
            env.cr.execute("DELETE FROM hotel_data_key")
            env.registry.clear_cache()
            env.cr.commit()
        hotel_data_key._KEYRINGS.clear()
        guests = self._make_guest() | self._make_guest()
        self.cr.commit()
        results = self._at_once(
            *[
                lambda env, guest_id=guest.id: env["hotel.guest.document"]
                .create({"partner_id": guest_id, "document_type": "cn_id", "number": LI})
                .id
                for guest in guests
            ]
        )
        self.assertFalse([result for result in results if isinstance(result, Exception)])
        self.cr.rollback()
        self.env.registry.clear_cache()
        keys = self.env["hotel.data.key"].search([])
        self.assertEqual(sorted(keys.mapped("purpose")), ["data", "index"])
        documents = self.env["hotel.guest.document"].browse(results)
        self.assertEqual([self._reveal(document) for document in documents], [LI, LI])
        self.assertEqual(len(set(documents.mapped("number_bidx"))), 1)

    def test_a_clerk_who_writes_while_keys_are_replaced_loses_nothing(self):
        document = self._make_rivals(make_cn_id(57))[0]
        self.env["hotel.data.key"].action_replace_data_key()
        self.cr.commit()

        def reencrypt(env):
            work = env["hotel.reencryption"]
            target = env["hotel.guest.document"].browse(document.id)
            work._reencrypt(target.try_lock_for_update(), target._fields["number"],
                            env["hotel.data.key"]._get_keyring())

        fresh = make_cn_id(59)
        results = self._overlap(
            reencrypt, lambda env: env["hotel.guest.document"].browse(document.id).write({"number": fresh})
        )
        self.assertFalse([result for result in results if isinstance(result, Exception)])
        self.cr.rollback()
        document.invalidate_recordset()
        self.assertEqual(self._reveal(document), fresh)
