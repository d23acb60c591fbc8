"""What the benchmarks of the call center share: an exchange with agents in the database, and a server of its own.

Whoever uses it makes it in one script of ``odoo shell`` and closes it afterwards: what was made for it goes.
"""

import secrets
import subprocess
import time

import requests

from odoo.tools import config

from odoo.addons.hotel_crm_callcenter.tests.call_common import CallMakers


class CallServer:
    """A call center of its own and an Odoo that serves it on loopback."""

    def __init__(self, env, port, workers):
        self.port, self.url = port, f"http://127.0.0.1:{port}"
        self.code = f"load{secrets.token_hex(3)}"
        self.center = type("Center", (CallMakers,), {"env": env(context={**env.context, "tracking_disable": True})})
        self.env = self.center.env
        self.center.hotel = env["hotel.property"].search([], limit=1)
        if not self.center.hotel:
            raise SystemExit("there is no hotel: seed the database first")
        self.queue = self.center._make_queue(name=self.code)
        self.exchange = self.center._make_exchange(code=self.code, queue_id=self.queue.id)
        self.login = self.code
        user = self.center._make_user("call_agent", login=self.login)
        self.agent = self.center._make_agent(self.exchange, self.queue, user=user)
        self.menu = self.center._make_menu(name=self.code)
        env["hotel.call.number"].create(
            {
                "exchange_id": self.exchange.id,
                "number": "5000",
                "property_id": self.center.hotel.id,
                "queue_id": self.queue.id,
                "flow_id": self.menu.id,
            }
        )
        self.key = self.exchange._make_key()
        env.cr.commit()
        # the administrator's own command, with a fixed list of arguments
        command = ["odoo", "-c", config["config"], "--http-port", str(port), "--gevent-port", str(port + 1)]
        self.server = subprocess.Popen(
            [*command, "--max-cron-threads", "0", "--workers", str(workers), "--log-level", "error"]
        )
        self._await()

    def _await(self):
        for _try in range(240):
            try:
                if requests.get(f"{self.url}/web/health", timeout=5).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.5)
        self.close()
        raise SystemExit("the server does not answer")

    def close(self):
        """Stop the server, and leave nothing behind but users who are archived."""
        self.server.terminate()
        self.server.wait()
        env = self.env
        env.cr.rollback()
        env.invalidate_all()
        calls = env["hotel.call"].search([("exchange_id", "=", self.exchange.id)])
        env.cr.execute("DELETE FROM hotel_call WHERE id = ANY(%s)", [calls.ids])
        env.invalidate_all()
        self.menu.sudo().unlink()
        user = self.exchange.user_id
        self.exchange.unlink()
        self.queue.unlink()
        (self.agent.exists().user_id | user | env["res.users"].search([("login", "=", self.login)])).active = False
        env.cr.commit()


def percentile(values, share):
    """Return the value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
