"""Calls of the API over HTTP, as another program makes them."""

import json

BASE = "/hotel/api/v1"


class ApiCalls:
    """For an HttpCase that has a ``key``."""

    def _call(self, method, path, body=None, key=None, headers=None, data=None):
        """Call the API and return status and answer, which is JSON and shows nothing of the inside."""
        headers = {"Authorization": f"Bearer {key or self.key}", **(headers or {})}
        if data is None and body is not None:
            data = json.dumps(body)
        if data is not None:
            headers.setdefault("Content-Type", "application/json")
        response = self.url_open(f"{BASE}/{path}", data=data, headers=headers, method=method)
        self.assertIn("application/json", response.headers["Content-Type"], response.text[:300])
        self.assertNotIn("Traceback", response.text)
        self.headers = response.headers
        return response.status_code, response.json()

    def _assert_error(self, answer, status, code, **more):
        """Check status and code of an answer, and further values such as the field."""
        self.assertEqual(answer[0], status, answer[1])
        error = answer[1]["error"]
        self.assertEqual(error["code"], code)
        self.assertTrue(error["message"])
        self.assertEqual({name: error.get(name) for name in more}, more)
