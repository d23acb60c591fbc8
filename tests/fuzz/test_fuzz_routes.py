"""Every route of ours, called by whoever may reach it with anything: it never breaks and shows nobody else's data.

``FUZZ=200 ./setup/test tests/fuzz`` looks longer than CI does.
"""

import json
from datetime import timedelta

from fuzz_calls import make_call
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

    def test_a_key_breaks_nothing_and_sees_no_guest_of_others(self):
        account = self._make_user("call_agent", self.other_hotel)
        keys = self.env["res.users.apikeys"].with_user(account).sudo()
        key = keys._generate(None, "Test", fields.Datetime.now() + timedelta(days=1))
        self._fuzz_all("key", {"Authorization": f"Bearer {key}"}, lambda route: route["type"] not in ("http", "jsonrpc"))

    def _fuzz_all(self, who, headers=None, is_meant=lambda route: True):
        """Call each route some times, and complain about all that went wrong at once."""
        complaints, tried = {}, 0
        for rule, route, names in self._find_routes():
            if not is_meant(route):
                continue
            tried += 1

            @settings(
                max_examples=CALLS, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(make_call(rule, names, self.pool, route["type"]))
            def call_it(call):
                problem = self._try(call, headers)
                if problem:
                    complaints.setdefault((call.method, rule.rule, problem.split(": ")[0]), (problem, call))  # noqa: B023

            call_it()
        self.assertGreater(tried, 5)
        text = "\n".join(
            f"{method} {address} as {who}: {problem}\n    {json.dumps(call, default=str, ensure_ascii=True)[:600]}"
            for (method, address, _kind), (problem, call) in complaints.items()
        )
        if complaints:
            self.fail(f"\n{text}")
