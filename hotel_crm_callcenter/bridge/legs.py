"""Telephones of agents that a provider rings: who has answered, and when."""

from xml.sax.saxutils import escape, quoteattr

from aiohttp import web

#: what the provider says of a telephone that was not answered -> reason of the contract
MISSED = {"busy": "busy", "no-answer": "no_answer"}


def write_leg(endpoint: str, base: str, number: int) -> str:
    """Return the element that rings a telephone; the provider tells us when it is answered.

    :param int number: of the telephone among those that ring

    >>> write_leg("sip:101@hotel", "https://x", 0)
    '<Sip statusCallback="https://x/leg?number=0" statusCallbackEvent="answered">sip:101@hotel</Sip>'
    """
    address = quoteattr(f"{base}/leg?number={number}")
    return f'<Sip statusCallback={address} statusCallbackEvent="answered">{escape(endpoint)}</Sip>'


class Legs:
    """The part of the webhook driver that follows the telephones of agents."""

    async def leg(self, request):
        """Note that an agent has answered, while they talk."""
        fields = await self._read(request)
        call_id, number = fields.get("ParentCallSid", ""), request.query.get("number", "")
        memory = self.calls.get(call_id)
        ringing = memory.get("ringing", ()) if memory else ()
        if number.isdecimal() and int(number) < len(ringing) and not memory.get("talking"):
            endpoint = memory["talking"] = ringing[int(number)]
            self.tell(call_id, "agent.answered", endpoint=endpoint)
        return web.json_response({"ok": True})

    def end_legs(self, call_id, status, seconds):
        """Note how the ringing has ended, and return what the guest did then.

        :param str status: the provider's, of the whole ringing
        :param str seconds: how long they have talked
        :rtype: dict
        """
        memory = self.calls[call_id]
        ringing, talking = memory.pop("ringing", []), memory.pop("talking", "")
        is_reached = status in ("completed", "answered")
        if is_reached and not talking and ringing:
            # nobody has told us who it was: with one telephone there is no doubt
            talking = ringing[0]
            self.tell(call_id, "agent.answered", ago=float(seconds if seconds.isdecimal() else 0), endpoint=talking)
        for endpoint in ringing:
            if endpoint == talking:
                self.tell(call_id, "agent.left", endpoint=endpoint)
            else:
                reason = "answered_elsewhere" if talking else MISSED.get(status, "failed")
                self.tell(call_id, "agent.missed", endpoint=endpoint, reason=reason)
        return {"kind": "hangup" if is_reached else "transfer_failed", "value": ""}
