"""A guest is forgotten on two connections at once: once, and nobody waits in a circle."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..concurrency import ConcurrencyCase


@tagged("post_install", "-at_install")
class TestErasureAtOnce(ConcurrencyCase):
    def setUp(self):
        super().setUp()
        self.guest = self._make_guest("Rival Quillfeather", email="rival-quill@example.com")
        self.cr.commit()

    def _erase(self, env):
        env["res.partner"].browse(self.guest.id)._hotel_erase()

    def _reload(self):
        self.cr.rollback()
        self.env.invalidate_all()

    def test_two_who_erase_a_guest_erase_him_once(self):
        first, second = self._overlap(self._erase, self._erase)
        self.assertIsNone(first)
        self.assertIsInstance(second, UserError)
        self.assertIn("erased already", str(second))
        self._reload()
        self.assertEqual(self.guest.name, "Erased Guest")
        entries = self.env["hotel.access.log"].search([("guest_id", "=", self.guest.id), ("action", "=", "erase")])
        self.assertEqual(len(entries), 1)

    def test_what_is_written_to_a_guest_meanwhile_is_not_kept(self):
        def rename(env):
            env["res.partner"].browse(self.guest.id).write({"name": "Late Quillfeather", "city": "Porto"})
            return True

        first, _second = self._overlap(rename, self._erase)
        self.assertTrue(first)
        self._reload()
        self.assertEqual((self.guest.name, self.guest.city), ("Erased Guest", False))

    def test_two_jobs_do_not_take_the_same_requests(self):
        request = self.env["hotel.privacy.request"].create({"partner_id": self.guest.id, "kind": "erasure"})
        request.write({"state": "queued"})
        self.cr.commit()

        def take(env):
            return env["hotel.privacy.request"]._find_queued().ids

        self.assertEqual(self._overlap(take, take), [request.ids, []])
