"""Routes of telephony contract v1: read the request, one call of the model, answer as JSON."""

from odoo.http import Controller, request, route

from .telephony_dispatcher import CONTRACT, JSON, SOUND

BASE = "/hotel_callcenter/v1"


class Telephony(Controller):
    """For the bridge of an exchange; the README says how."""

    @route(f"{BASE}/events", **JSON)
    def events(self, body, **_params):
        """Note what happened in calls."""
        return self._contract()._take_events(body)

    @route(f"{BASE}/ivr/next", **JSON)
    def next(self, body, **_params):
        """Return what to do next in a call."""
        return self._contract()._next_step(body)

    @route(f"{BASE}/outbound/claim", **JSON)
    def claim(self, body, **_params):
        """Return calls to make."""
        return self._contract()._claim_jobs(body)

    @route(f"{BASE}/outbound/<int:job_id>/result", **JSON)
    def result(self, job_id, body, **_params):
        """Note what became of a call."""
        return self._contract()._take_result(job_id, body)

    @route(f"{BASE}/recordings/<string:call_id>", **SOUND)
    def recording(self, call_id, query, **_params):
        """Keep a recording."""
        return self._contract()._store_recording(call_id, request.httprequest.get_data(), query)

    @route(f"{BASE}/prompts/<string:name>", methods=["GET"], **CONTRACT)
    def prompt(self, name, **_params):
        """Return a recorded prompt."""
        sound = self._contract()._get_prompt(name)
        return request.make_response(sound, [("Content-Type", "audio/x-wav")])

    @route(f"{BASE}/config", methods=["GET"], **CONTRACT)
    def config(self, **_params):
        """Return what the bridge is to know."""
        return self._contract()._get_config()

    @route(f"{BASE}/health", methods=["GET"], **CONTRACT)
    def health(self, **_params):
        """Say that Odoo is there and the key is good."""
        return {"ok": True, "pbx": self._contract()._get_exchange().code}

    def _contract(self):
        return request.env["hotel.telephony"]
