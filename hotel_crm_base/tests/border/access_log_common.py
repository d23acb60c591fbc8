"""What tests of the access log share: guests, a clerk, remote calls, and what they left."""

from odoo.service import server
from odoo.service.model import call_kw

from ..common import HotelCase

SPEC = {"name": {}, "phone": {}, "hotel_birth_date": {}}


class LogCase(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("front_office")
        cls.guest = cls._make_guest("Ana Costa", phone="+351912345678")
        cls.other = cls._make_guest("Rui Pinto")
        cls.contact = cls.env["res.partner"].create({"name": "Laundry"})
        cls.log = cls.env["hotel.access.log"]

    def setUp(self):
        super().setUp()
        self.mark = self.log.search([], limit=1).id or 0

    def _entries(self):
        """Return what was noted since the last call, oldest first."""
        self.env.flush_all()
        entries = self.log.search([("id", ">", self.mark)], order="id")
        self.mark = entries[-1:].id or self.mark
        return entries

    def _call(self, method, *args, model="res.partner", user=None, **kwargs):
        """Call a method as a remote caller would."""
        records = self.env[model].with_user(user or self.clerk)
        server.thread_local.rpc_model_method = f"{model}.{method}"
        try:
            return call_kw(records, method, args, kwargs)
        finally:
            server.thread_local.rpc_model_method = ""

    def assertNoted(self, *expected):
        """Check what was noted since the last call: (action, guests) of each entry."""
        found = [(entry.action, entry.partner_ids) for entry in self._entries()]
        self.assertEqual(found, list(expected))
