"""API v1 does what its description says: schemathesis, a program of its own, calls it by the description.

The same calls each time: as many examples of each endpoint as are asked for, from one seed, however fast the machine.
``SCHEMATHESIS=200 ./setup/test tests/fuzz/test_openapi.py`` makes 200 of each instead of 10.
"""

import json
import os
import pathlib
import subprocess
import tempfile

from odoo.tests import tagged
from odoo.tests.common import TEST_CURSOR_COOKIE_NAME

from odoo.addons.hotel_crm_base.models.border.hotel_rate_limit import LIMITS
from odoo.addons.hotel_crm_base.tests.border.api_calls import BASE
from odoo.addons.hotel_crm_base.tests.border.api_common import ApiCase

PROGRAM = pathlib.Path(os.environ.get("PROJECT_VAR", "var")) / "tools/bin/schemathesis"
EXAMPLES = int(os.environ.get("SCHEMATHESIS", "10"))
CHECKS = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"),
    *("negative_data_rejection", "unsupported_method"),
)


@tagged("post_install", "-at_install")
class TestOpenApi(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for kind in LIMITS:
            cls.env["ir.config_parameter"].set_param(f"hotel_crm_base.rate_limit_{kind}", "10000000")
        cls.guest = cls._make_guest("王伟", email="wang.wei@example.com", phone="+8613912345678")
        cls._make_stay(cls.guest, state="in_house")
        cls._make_consumption(cls.guest)
        cls.client.scope_ids = cls.env["hotel.api.scope"].search([])

    def test_every_endpoint_is_described_and_its_right_exists(self):
        page = self._call("GET", "openapi.json")[1]
        endpoints = self.env["hotel.api"]._get_endpoints()
        described = {(method.upper(), path[1:]) for path, methods in page["paths"].items() for method in methods}
        self.assertEqual(described, {(endpoint.method, endpoint.path) for endpoint in endpoints})
        self.assertEqual(len(described), len(endpoints), "two endpoints have the same address")
        names = [one["operationId"] for methods in page["paths"].values() for one in methods.values()]
        self.assertEqual(len(names), len(set(names)))
        rights = set(self.env["hotel.api.scope"].search([]).mapped("code"))
        self.assertLessEqual({endpoint.scope for endpoint in endpoints} - {""}, rights)

    def test_each_endpoint_calls_a_private_method_that_takes_what_it_is_given(self):
        for endpoint in self.env["hotel.api"]._get_endpoints():
            model, method = endpoint.call
            self.assertTrue(method.startswith("_"), method)
            self.assertTrue(callable(getattr(self.env[model], method)), endpoint.path)

    def test_it_does_what_its_description_says(self):
        page = self._call("GET", "openapi.json")[1]
        self._name_what_is_there(page)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "openapi.json"
            path.write_text(json.dumps(page))
            with self.allow_requests():
                command = [
                    *(PROGRAM, "run", path, "--url", self.base_url() + BASE),
                    *("--checks", ",".join(CHECKS), "--continue-on-failure", "--warnings", "off"),
                    *("--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES),
                    *("--seed", 1, "--generation-deterministic", "--no-shrink"),
                    *("-H", f"Authorization: Bearer {self.key}"),
                    *("-H", f"Cookie: {TEST_CURSOR_COOKIE_NAME}={self.http_request_key}"),
                ]
                done = subprocess.run(
                    [str(part) for part in command], capture_output=True, text=True, cwd=folder, timeout=560
                )
        self.assertEqual(done.returncode, 0, f"{done.stdout[-12000:]}\n{done.stderr[-2000:]}")
        self.assertIn(f"Tested: {self._count(page)}", done.stdout)

    def _count(self, page):
        return sum(len(methods) for methods in page["paths"].values())

    def _name_what_is_there(self, page):
        """Let the examples of the description name a guest and a mapping that are there."""
        there = {"id": self.guest.id, "mapping": self.env["hotel.feed.mapping"].search([], limit=1).code}
        for methods in page["paths"].values():
            for one in methods.values():
                for parameter in one["parameters"]:
                    if parameter["name"] in there:
                        parameter["schema"]["examples"] = [there[parameter["name"]]]
