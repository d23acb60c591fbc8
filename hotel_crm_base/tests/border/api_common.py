"""What tests of API v1 share: a client with a key, and calls over HTTP whose answers are what was promised."""

import json
from unittest.mock import patch

from odoo import Command
from odoo.tests import HttpCase
from odoo.tests.test_cursor import TestCursor

from odoo.addons.hotel_crm_base.rest.endpoint import find
from odoo.addons.hotel_crm_base.rest.errors import ApiError

from ..common import HotelMakers

BASE = "/hotel/api/v1"


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


class ApiCase(ApiMakers, HttpCase):
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

    def _call(self, method, path, body=None, key=None, headers=None, data=None):
        """Call the API; return status and answer, which is checked against what the endpoint promises."""
        headers = {"Authorization": f"Bearer {key or self.key}", **(headers or {})}
        if data is None and body is not None:
            data = json.dumps(body)
        if data is not None:
            headers.setdefault("Content-Type", "application/json")
        response = self.url_open(f"{BASE}/{path}", data=data, headers=headers, method=method)
        self.assertIn("application/json", response.headers["Content-Type"], response.text[:300])
        self.assertNotIn("Traceback", response.text)
        self.headers, answer = response.headers, response.json()
        self._check_promised(method, path.partition("?")[0], response.status_code, answer)
        return response.status_code, answer

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

    def _assert_error(self, answer, status, code, **more):
        """Check status and code of an answer, and further values such as the field."""
        self.assertEqual(answer[0], status, answer[1])
        error = answer[1]["error"]
        self.assertEqual(error["code"], code)
        self.assertTrue(error["message"])
        self.assertEqual({name: error.get(name) for name in more}, more)
