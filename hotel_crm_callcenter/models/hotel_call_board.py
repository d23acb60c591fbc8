"""The supervisor's board: who waits, who talks, and how the day goes."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class HotelCallBoard(models.AbstractModel):
    """Figures of now and today for a supervisor."""

    _name = "hotel.call.board"
    _description = "Call Center Board"

    @api.model
    @api.readonly
    def get_board(self):
        """Return the board. Callable by supervisors; figures of the properties that they see.

        :returns: queues (id, name, waiting, longest_s), agents (id, name, state, since, endpoint), calls (live: id,
            who, state, since, agent), today (calls, answered, abandoned, self_service, in_time_percent, wait_s,
            talk_s), away (names of exchanges without a bridge), due (calls to make)
        :rtype: dict
        :raises AccessError: the user is no supervisor
        """
        if not self.env.user.has_group("hotel_crm_base.group_call_supervisor"):
            raise AccessError(self.env._("The board is for supervisors of the call center."))
        live = self.env["hotel.call"].search(
            [("state", "!=", "ended"), ("started_at", ">", self._get_horizon())], order="started_at", limit=200
        )
        return {
            "queues": self._get_queues(live),
            "agents": self._get_agents(),
            "calls": [self._prepare_call(call) for call in live],
            "today": self._get_today(),
            "away": self.env["hotel.call.exchange"].search([]).filtered("is_away").mapped("name"),
            "due": self.env["hotel.call.job"].search_count(
                [("state", "=", "waiting"), ("due_at", "<=", fields.Datetime.now())]
            ),
        }

    @api.model
    def _get_horizon(self):
        """Return since when calls count as live: what a lost bridge has left open is not."""
        return fields.Datetime.subtract(fields.Datetime.now(), hours=6)

    @api.model
    def _get_queues(self, live):
        now = fields.Datetime.now()
        waiting = live.filtered(lambda call: call.state == "waiting").grouped("queue_id")
        rows = []
        for queue in self.env["hotel.call.queue"].search([]):
            calls = waiting.get(queue, live.browse())
            waits = [(now - call.queued_at).total_seconds() for call in calls if call.queued_at]
            rows.append(
                {
                    "id": queue.id,
                    "name": queue.name,
                    "waiting": len(calls),
                    "longest_s": int(max(waits, default=0)),
                    "ready": len(queue._get_ready_agents()),
                }
            )
        return rows

    @api.model
    def _get_agents(self):
        return [
            {
                "id": agent.id,
                "name": agent.user_id.name,
                "state": agent.state,
                "since": agent.since_at,
                "endpoint": agent.endpoint,
            }
            for agent in self.env["hotel.call.agent"].search([])
        ]

    @api.model
    def _prepare_call(self, call):
        return {
            "id": call.id,
            "who": call._get_who(),
            "state": call.state,
            "since": call.queued_at or call.started_at,
            "agent": call.user_id.name or "",
        }

    @api.model
    def _get_today(self):
        """Return the figures of the last 24 hours."""
        domain = Domain("direction", "=", "in") & Domain("state", "=", "ended")
        domain &= Domain("started_at", ">=", fields.Datetime.subtract(fields.Datetime.now(), hours=24))
        calls = self.env["hotel.call"]
        counts = dict(calls._read_group(domain, ["outcome"], ["__count"]))
        talked = domain & Domain("outcome", "=", "answered")
        [(wait_s, talk_s)] = calls._read_group(talked, [], ["wait_s:avg", "talk_s:avg"])
        offered = counts.get("answered", 0) + counts.get("abandoned", 0)
        in_time = calls.search_count(talked & Domain("is_in_time", "=", True))
        return {
            "calls": sum(counts.values()),
            "answered": counts.get("answered", 0),
            "abandoned": counts.get("abandoned", 0),
            "self_service": counts.get("self_service", 0),
            "in_time_percent": round(100 * in_time / offered) if offered else 0,
            "wait_s": round(wait_s or 0),
            "talk_s": round(talk_s or 0),
        }
