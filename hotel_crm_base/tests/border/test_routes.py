import json
import threading
from unittest.mock import patch

import psycopg2

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestRoutes(HttpCase):
    def _ask(self, path):
        answer = self.url_open(path, data=json.dumps({"params": {}}), headers={"Content-Type": "application/json"})
        return answer.json()

    def test_who_is_signed_out_is_told_so(self):
        """The client goes to the page of signing in where it sees this code, and shows an error anywhere else."""
        error = self._ask("/web/session/get_session_info")["error"]
        self.assertEqual((error["code"], error["data"]["name"]), (100, "odoo.http.SessionExpiredException"))
        self.assertNotIn("debug", error["data"])

    def test_what_writes_is_not_asked_of_a_replica(self):
        """A bundle that is made on the primary is not found on the replica; papers are noted in the access log."""
        # by request it is Odoo that says so
        with patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            routes = self.env["ir.http"].routing_map()
        rules = {rule.rule: rule.endpoint for rule in routes.iter_rules()}
        for path in (
            "/web/assets/<string:unique>/<string:filename>",
            "/report/<converter>/<reportname>/<docids>",
        ):
            readonly = rules[path].routing["readonly"]
            self.assertFalse(readonly(None, None, {}), path)

    def test_whose_key_cannot_be_looked_up_is_told_to_try_again(self):
        """A database that is just recovering has not refused anybody."""
        keys = self.env.registry["res.users.apikeys"]
        headers = {"Authorization": "Bearer some-key"}
        with patch.object(keys, "_check_credentials", side_effect=psycopg2.OperationalError("starting up")):
            answer = self.url_open("/hotel/api/v1/properties", headers=headers)
        self.assertEqual((answer.status_code, answer.json()["error"]["code"]), (503, "try_again"))
        answer = self.url_open("/hotel/api/v1/properties", headers=headers)
        self.assertEqual((answer.status_code, answer.json()["error"]["code"]), (401, "unauthorized"))
