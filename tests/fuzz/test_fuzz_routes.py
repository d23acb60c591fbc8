"""Every route of ours, and of Odoo's that we extend, called by whoever may reach it with anything.

It never breaks, shows no traceback and nothing of another guest.

``FUZZ=200 ./setup/test tests/fuzz`` looks longer than CI does.
"""

import json
from datetime import timedelta

from fuzz_calls import MARK, OWN, make_api_call, make_call
from fuzz_case import CALLS, FuzzCase
from hypothesis import HealthCheck, Phase, given, settings

from odoo import fields
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestFuzzRoutes(FuzzCase):
    def test_whoever_is_not_logged_in_breaks_nothing_and_sees_nobody(self):
        self.authenticate(None, None)
        self._fuzz_all("nobody")

    def test_a_guest_breaks_nothing_and_sees_no_other_guest(self):
        self.authenticate("portal_ana", "portal_ana")
        self._fuzz_all("guest")

    def test_another_guest_with_nobodys_token_sees_nothing_of_the_first_one(self):
        self.authenticate("portal_quuxley", "portal_quuxley")
        self.hidden = (OWN,)
        token = self.foreign["reservation"].access_token or self.foreign["reservation"]._portal_ensure_token()
        self.pool = self.pool._replace(words={**self.pool.words, "access_token": (token,)})
        self._fuzz_all("the other guest")

    def test_a_key_of_an_account_breaks_nothing_and_sees_no_booking_of_others(self):
        account = self._make_user("call_agent", self.other_hotel)
        keys = self.env["res.users.apikeys"].with_user(account).sudo()
        key = keys._generate(None, "Test", fields.Datetime.now() + timedelta(days=1))
        routes = [found for found in self._find_routes() if found[1]["type"] not in ("http", "jsonrpc", "hotel_api_v1")]
        self._fuzz_all("key", {"Authorization": f"Bearer {key}"}, routes)

    def test_a_client_breaks_nothing_and_sees_no_guest_of_other_companies(self):
        self.hidden = (OWN, MARK)
        third = self._make_property(code="THIR", company_id=self.env["res.company"].create({"name": "Third"}).id)
        (self.ana.partner_id | self.other).company_id = self.hotel.company_id
        self._fuzz_api("client", third, self.env["hotel.api.scope"].search([]), CALLS)

    def test_a_client_without_rights_breaks_nothing_and_sees_nobody(self):
        self.hidden = (OWN, MARK)
        self._fuzz_api("client without rights", self.hotel, self.env["hotel.api.scope"], CALLS // 2)

    def _fuzz_api(self, who, hotel, scopes, count):
        """Call each endpoint of API v1 with the key of a client."""
        client = self.env["hotel.api.client"].create(
            {
                "name": "Third System",
                "company_id": hotel.company_id.id,
                "property_ids": hotel.ids,
                "scope_ids": scopes.ids,
                "source_system": "third",
            }
        )
        headers = {"Authorization": f"Bearer {client._make_key()}"}
        complaints = {}
        for endpoint in self.env["hotel.api"]._get_endpoints():
            calls = make_api_call(endpoint, "/hotel/api/v1", self.pool)
            self._fuzz(calls, count, headers, (endpoint.method, endpoint.path), complaints)
        self._tell(who, complaints)

    def _fuzz_all(self, who, headers=None, routes=None):
        """Call each route some times, and complain about all that went wrong at once."""
        complaints = {}
        routes = self._find_routes() if routes is None else routes
        self.assertGreater(len(routes), 5)
        for rule, route, names in routes:
            calls = make_call(rule, names, self.pool, route["type"])
            self._fuzz(calls, CALLS, headers, ("", rule.rule), complaints)
        self._tell(who, complaints)

    def _fuzz(self, calls, count, headers, name, complaints):
        """Make calls and collect what is wrong with their answers."""

        @settings(
            max_examples=count, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(calls)
        def call_it(call):
            problem = self._try(call, headers)
            if problem:
                complaints.setdefault((*name, problem.split(": ")[0]), (problem, call))

        call_it()

    def _tell(self, who, complaints):
        text = "\n".join(
            f"{address} as {who}: {problem}\n    {json.dumps(call, default=str)[:600]}"
            for (_method, address, _kind), (problem, call) in complaints.items()
        )
        if complaints:
            self.fail(f"\n{text}")
