"""The desk's hold, transfer and hang-up: noted as commands, done by the bridge within a second or so."""

import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .hotel_call_command import KINDS

#: a telephone of the house; longer numbers are none, so nobody passes guests on at the hotel's expense
EXTENSION = re.compile(r"[0-9*#]{1,6}", re.ASCII)


class HotelCallDesk(models.AbstractModel):
    _inherit = "hotel.call.desk"

    @api.model
    def get_targets(self, call_id):
        """Return to whom a call can be passed on. Callable by agents, for calls that they may see.

        :param int call_id: the call
        :returns: agents (id, name, state: not those who are offline), queues (id, name, ready: how many are)
        :rtype: dict
        :raises AccessError: a call that the user may not see
        """
        call = self._get_call(call_id)
        agents = self.env["hotel.call.agent"].search(
            [("exchange_id", "=", call.exchange_id.id), ("user_id", "!=", self.env.uid), ("state", "!=", "offline")]
        )
        queues = self.env["hotel.call.queue"].search([("company_id", "=", call.company_id.id)])
        return {
            "agents": [{"id": agent.id, "name": agent.user_id.name, "state": agent.state} for agent in agents],
            "queues": [
                {"id": queue.id, "name": queue.name, "ready": len(queue._get_ready_agents())} for queue in queues
            ],
        }

    @api.model
    def control(self, call_id, kind, target=None):
        """Ask the exchange to do something with the call in which one talks. Callable by agents.

        :param int call_id: a call in which the user is talking now
        :param str kind: hold, resume, transfer or hangup
        :param dict target: of a transfer: agent_id (int), queue_id (int) or extension (str, a telephone of the house)
        :rtype: bool
        :raises AccessError: a call that the user may not see
        :raises UserError: the user does not talk in it, or there is nobody there
        """
        call = self._get_call(call_id)
        if kind not in dict(KINDS):
            raise UserError(self.env._("A call is held, resumed, passed on or ended."))
        if not self._get_own_leg(call, "talking"):
            raise UserError(self.env._("You are not talking in this call."))
        values = self._find_target(call, target or {}) if kind == "transfer" else {}
        # nobody writes commands but by this
        self.env["hotel.call.command"].sudo().create(
            {"call_id": call.id, "user_id": self.env.uid, "kind": kind, **values}
        )
        return True

    @api.model
    def _get_own_leg(self, call, *states):
        mine = call.leg_ids.filtered(lambda leg: leg.user_id == self.env.user)
        return mine.filtered(lambda leg: not states or leg.state in states)[-1:]

    @api.model
    def _find_target(self, call, target):
        """Return to whom a call goes, as values of a command."""
        extension = target.get("extension")
        if isinstance(extension, str) and EXTENSION.fullmatch(extension):
            return {"extension": extension}
        found = self.get_targets(call.id)
        for name, rows in (("agent_id", found["agents"]), ("queue_id", found["queues"])):
            if target.get(name) in [row["id"] for row in rows]:
                return {name: target[name]}
        raise UserError(self.env._("There is nobody there to pass the call on to."))

    @api.model
    def _prepare_call(self, call):
        leg = self._get_own_leg(call)
        return {
            **super()._prepare_call(call),
            "leg_state": leg.state or "",
            "is_held": call.is_held,
            "command": self._prepare_command(call),
        }

    @api.model
    def _prepare_command(self, call):
        """Return what the user wants done with a call and what became of it: kind and state, or False."""
        recent = fields.Datetime.now() - timedelta(seconds=30)
        # closed to agents; one's own, and no more than its state
        command = self.env["hotel.call.command"].sudo()
        command = command.search(
            [("call_id", "=", call.id), ("user_id", "=", self.env.uid), ("asked_at", ">=", recent)], limit=1
        )
        if not command or command.state == "done":
            return False
        return {"kind": command.kind, "state": "open" if command._is_open() else "failed"}
