"""What tests of the call center share: an exchange with a key, agents, and what a bridge sends."""

import json
from datetime import datetime, timedelta

from odoo.tests import HttpCase

from odoo.addons.hotel_crm_base.tests.common import HotelCase, HotelMakers

BASE = "/hotel_callcenter/v1"
START = datetime(2026, 5, 4, 10, 0)
#: a second of silence
WAVE = b"RIFF\xa4\x3e\x00\x00WAVEfmt " + b"\x10\x00\x00\x00\x01\x00\x01\x00" + b"\x40\x1f\x00\x00\x80\x3e\x00\x00"
WAVE += b"\x02\x00\x10\x00data\x80\x3e\x00\x00" + b"\x00" * 16000


class CallMakers(HotelMakers):
    """An exchange of the first hotel, a queue, and agents."""

    @classmethod
    def _make_exchange(cls, hotel=None, code="main", **values):
        hotel = hotel or cls.hotel
        return cls.env["hotel.call.exchange"].create(
            {
                "name": f"Exchange {code}",
                "code": code,
                "company_id": hotel.company_id.id,
                "property_id": hotel.id,
                "caller_number": "+351210000000",
                **values,
            }
        )

    @classmethod
    def _make_queue(cls, hotel=None, **values):
        hotel = hotel or cls.hotel
        return cls.env["hotel.call.queue"].create({"name": "Reservations", "property_id": hotel.id, **values})

    @classmethod
    def _make_agent(cls, exchange=None, queue=None, number=101, state="ready", role="call_agent", **values):
        exchange = exchange or cls.exchange
        user = values.pop("user", None) or cls._make_user(role, exchange.property_id)
        agent = cls.env["hotel.call.agent"].create(
            {
                "user_id": user.id,
                "exchange_id": exchange.id,
                "endpoint": f"PJSIP/agent{number}",
                "queue_ids": [(4, (queue or cls.queue).id)],
                **values,
            }
        )
        agent._set_state(state)
        return agent

    @classmethod
    def _make_call_center(cls):
        cls._make_hotels()
        cls.queue = cls._make_queue()
        cls.exchange = cls._make_exchange(queue_id=cls.queue.id)
        cls.env["hotel.call.number"].create(
            {"exchange_id": cls.exchange.id, "number": "5000", "property_id": cls.hotel.id, "queue_id": cls.queue.id}
        )
        cls.agent = cls._make_agent()

    @classmethod
    def _make_menu(cls, hotel=None, **values):
        """Make the example menu and put it in use."""
        menu = cls.env["hotel.voice.flow"].create({"name": "Main", "property_id": (hotel or cls.hotel).id, **values})
        menu.action_load_example()
        menu.action_publish()
        return menu

    @classmethod
    def _event(cls, seq, kind, call="call.1", after=None, **values):
        """Return an event as a bridge sends it; it comes ``after`` seconds, default its number."""
        moment = START + timedelta(seconds=seq if after is None else after)
        return {
            "event_id": f"{call}-{seq}",
            "pbx": "main",
            "call_id": call,
            "seq": seq,
            "ts": moment.isoformat() + "Z",
            "type": kind,
            **values,
        }

    @classmethod
    def _talk(cls, call="call.1", caller="+351912345678"):
        """Return the events of a call that an agent answers."""
        at = {"call": call, "endpoint": "PJSIP/agent101"}
        return [
            cls._event(1, "call.incoming", call, **{"from": caller, "to": "5000"}),
            cls._event(2, "call.answered", call, by="ivr"),
            cls._event(3, "agent.ringing", **at),
            cls._event(4, "agent.answered", after=8, **at),
            cls._event(5, "call.ended", call, after=68, talk=60.0, reason="normal", cause=16, hangup_by="guest"),
        ]

    @classmethod
    def _feed(cls, *events, exchange=None):
        """Let events happen without HTTP and return the call of the last one."""
        from ..contract import read_events

        exchange = exchange or cls.exchange
        calls = cls.env["hotel.call"]
        for event in read_events({"events": list(events)}):
            calls._take_event(exchange, event)
        return calls.search([("exchange_id", "=", exchange.id), ("call_ref", "=", events[-1]["call_id"])])


class CallCase(CallMakers, HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_call_center()

    @classmethod
    def _make_hotels(cls):
        return None if hasattr(cls, "hotel") else super()._make_hotels()


class ContractCase(CallMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls._make_call_center()
        cls.key = cls.exchange._make_key()

    def _call(self, method, path, body=None, key=None, data=None, headers=None):
        """Call the contract and return status and answer."""
        headers = {"Authorization": f"Bearer {key or self.key}", **(headers or {})}
        if data is None and body is not None:
            data = json.dumps(body)
            headers.setdefault("Content-Type", "application/json")
        response = self.url_open(f"{BASE}/{path}", data=data, headers=headers, method=method)
        self.assertIn("application/json", response.headers["Content-Type"], response.text[:300])
        self.assertNotIn("Traceback", response.text)
        self.env.invalidate_all()
        return response.status_code, response.json()

    def _post(self, path, **body):
        return self._call("POST", path, body)

    def _assert_error(self, answer, status, code):
        self.assertEqual((answer[0], answer[1]["error"]["code"]), (status, code), answer[1])

    def _get_call(self, reference="call.1"):
        return self.env["hotel.call"].search([("call_ref", "=", reference)])
