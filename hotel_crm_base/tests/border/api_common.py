"""What tests of API v1 share: a client with a key, and calls over HTTP whose answers are what was promised."""

from unittest.mock import patch

from odoo import Command
from odoo.tests import HttpCase
from odoo.tests.test_cursor import TestCursor

from odoo.addons.hotel_crm_base.rest.endpoint import find
from odoo.addons.hotel_crm_base.rest.errors import ApiError

from ..common import HotelMakers
from .api_calls import ApiCalls


class ApiMakers(HotelMakers):
    """Makers of clients of the API."""

    @classmethod
    def _make_client(cls, *scopes, hotels=None, **values):
        """Make a client with these rights, for the first hotel where nothing else is said."""
        hotels = cls.hotel if hotels is None else hotels
        return cls.env["hotel.api.client"].create(
            {
                "name": f"System {cls.env['hotel.api.client'].search_count([])}",
                "company_id": hotels.company_id[:1].id or cls.env.company.id,
                "property_ids": [Command.set(hotels.ids)],
                "scope_ids": [Command.set(cls.env["hotel.api.scope"].search([("code", "in", scopes)]).ids)],
                "source_system": "pms",
                **values,
            }
        )


class ApiCase(ApiCalls, ApiMakers, HttpCase):
    """A client with all rights to write, and its key."""

    scopes = ("guests.write", "stays.write", "consumption.write", "services.write")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        # calls are counted on a connection of their own, also beside one that only reads; in tests all are one
        cls.startClassPatcher(patch.object(TestCursor, "_check_cursor_readonly", lambda _cursor: None))
        cls._make_hotels()
        cls.client = cls._make_client(*cls.scopes, accrues_points=True)
        cls.key = cls.client._make_key()

    def _call(self, method, path, *args, **options):
        """Call the API; return status and answer, which is checked against what the endpoint promises."""
        status, answer = super()._call(method, path, *args, **options)
        self._check_promised(method, path.partition("?")[0], status, answer)
        return status, answer

    def _check_promised(self, method, path, status, answer):
        """Check that an answer has the shape, or an error one of the codes, that the endpoint names."""
        try:
            endpoint, _parts = find(self.env["hotel.api"]._get_endpoints(), method, path)
        except ApiError:
            return
        if status == 200:
            endpoint.answer.check(answer)
        else:
            self.assertIn(answer["error"]["code"], endpoint.get_errors())
