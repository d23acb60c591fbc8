"""Contract v1 behind its routes: the exchange of the key, then one call of the model concerned."""

import base64
import hashlib

from odoo import models

from ..contract import ContractError, read_claim, read_events, read_result, read_step
from .hotel_call_recording import MAX_BYTES, WAVE

GROUP = "hotel_crm_callcenter.group_telephony_bridge"


class HotelTelephony(models.AbstractModel):
    """What a telephony bridge may ask: of its own exchange, and nothing else."""

    _name = "hotel.telephony"
    _description = "Telephony Contract"

    def _get_exchange(self, body=None):
        """Return the exchange whose technical user asks, as the superuser.

        :param dict body: may name an exchange, which is to be the same
        :rtype: hotel.call.exchange
        :raises ContractError: the key is of no exchange, or the request of another one
        """
        # technical users have no rights on any model: what they may do is what stands here
        exchanges = self.env["hotel.call.exchange"].sudo()
        exchange = exchanges.search([("user_id", "=", self.env.uid)], limit=1)
        if not exchange or not self.env.user.has_group(GROUP):
            raise ContractError("This key is of no exchange.", "forbidden", 403)
        named = (body or {}).get("pbx")
        if named is not None and named != exchange.code:
            raise ContractError("This key is of another exchange.", "wrong_exchange", 403)
        exchange._touch()
        return exchange.with_company(exchange.company_id)

    def _take_events(self, body):
        """Note events, one or a batch.

        :rtype: dict: ok, duplicate (one), or duplicates (how many of a batch)
        """
        exchange = self._get_exchange(body)
        calls = exchange.env["hotel.call"]
        known = calls._take_events(exchange, read_events(body))
        if "events" in body:
            return {"ok": True, "count": len(known), "duplicates": sum(known)}
        return {"ok": True, "duplicate": known[0]}

    def _next_step(self, body):
        """Return what the bridge is to do next in a call.

        :rtype: dict: node, lang, slots, actions
        """
        exchange = self._get_exchange(body)
        step = read_step(body)
        call = exchange.env["hotel.call"]._obtain(exchange, step.call_id, step.caller, step.called)
        return call._answer_step(step)

    def _claim_jobs(self, body):
        """Return calls to make, and what agents want done with their calls.

        :rtype: dict: jobs, commands
        """
        exchange = self._get_exchange(body)
        claim = read_claim(body)
        jobs = exchange.env["hotel.call.job"]._claim(exchange, claim.limit, claim.lease_s)
        commands = exchange.env["hotel.call.command"]._claim(exchange)
        return {
            "jobs": [job._prepare_claimed() for job in jobs],
            "commands": [command._prepare_claimed() for command in commands],
        }

    def _take_result(self, job_id, body):
        """Note what became of an attempt.

        :rtype: dict: ok, duplicate
        """
        exchange = self._get_exchange(body)
        result = read_result(body)
        job = exchange.env["hotel.call.job"].search([("id", "=", job_id), ("exchange_id", "=", exchange.id)])
        if not job:
            raise ContractError("There is no such call to make.", "not_found", 404)
        return {"ok": True, "duplicate": job._take_result(result)}

    def _store_recording(self, reference, content, params):
        """Keep a recording of a call.

        :param str reference: of the call
        :param bytes content: a wave file
        :param dict params: name, sha256, purpose
        :rtype: dict: ok, size
        """
        exchange = self._get_exchange()
        if not content.startswith(WAVE) or len(content) > MAX_BYTES:
            raise ContractError("A recording is a wave file.", "not_a_recording", 422)
        digest = params.get("sha256")
        if digest and digest != hashlib.sha256(content).hexdigest():
            raise ContractError("The recording has changed on its way.", "checksum", 422)
        calls = exchange.env["hotel.call"]
        call = calls.search([("exchange_id", "=", exchange.id), ("call_ref", "=", reference)])
        if not call:
            raise ContractError("There is no such call.", "not_found", 404)
        purpose = params.get("purpose") if params.get("purpose") in ("talk", "complaint", "message") else "talk"
        name = "".join(sign for sign in params.get("name") or "recording" if sign.isalnum() or sign in "._-")[:80]
        exchange.env["hotel.call.recording"]._store(call, name, content, purpose)
        return {"ok": True, "size": len(content)}

    def _get_prompt(self, name):
        """Return a recorded prompt of a menu of the exchange's company.

        :param str name: id of the step and language, such as 12-zh_CN
        :rtype: bytes
        :raises ContractError: there is no such prompt
        """
        exchange = self._get_exchange()
        number, _dash, lang = name.partition("-")
        step = exchange.env["hotel.voice.step"].search(
            [("id", "=", int(number) if number.isdecimal() else 0), ("flow_id.company_id", "=", exchange.company_id.id)]
        )
        content = step.prompt_zh if lang == "zh_CN" else step.prompt_en
        if not content:
            raise ContractError("There is no such prompt.", "not_found", 404)
        return base64.b64decode(content)

    def _get_config(self):
        """Return what the bridge is to know of the exchange.

        :rtype: dict
        """
        exchange = self._get_exchange()
        agents = exchange.env["hotel.call.agent"].search([("exchange_id", "=", exchange.id)])
        queue = exchange.queue_id
        return {
            "pbx": exchange.code,
            "caller_id": exchange.caller_number or "",
            "country": exchange.property_id.country_id.code or "",
            "endpoints": agents.mapped("endpoint"),
            "fallback": {"to": queue.agent_ids.mapped("endpoint"), "timeout": queue.ring_s or 20},
            "languages": ["en_US", "zh_CN"],
            "claim_every_s": 1,
            "reload_every_s": 60,
        }
