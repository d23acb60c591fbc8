"""What an agent has open all day: the call at hand with its guest, who waits, and the own state."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

AGENT = "hotel_crm_base.group_call_agent"
LONGEST_NOTE, MOST_WAITING = 4000, 20


class HotelCallDesk(models.AbstractModel):
    """The agent's desk: everything that its screen asks, of calls that the user may see."""

    _name = "hotel.call.desk"
    _description = "Agent's Desk"

    @api.model
    def get_setup(self):
        """Return what the screen needs once. Callable by agents.

        :returns: results (id, name, is_follow_up), has_telephone (bool), has_softphone (bool),
            can_supervise (bool), property_id (int or False)
        :rtype: dict
        :raises AccessError: the user is no agent
        """
        self._check_agent()
        results = self.env["hotel.call.result"].search_fetch([], ["name", "follow_up_result"])
        return {
            "results": [
                {"id": result.id, "name": result.name, "is_follow_up": bool(result.follow_up_result)}
                for result in results
            ],
            "has_telephone": bool(self.env["hotel.call.agent"]._get_own()),
            # OCA's voip_oca, where it is installed: a telephone in the browser's bar
            "has_softphone": "voip.pbx" in self.env,
            "can_supervise": self.env.user.has_group("hotel_crm_base.group_call_supervisor"),
            "property_id": self.env.user._get_hotel_property().id,
        }

    @api.model
    def get_live(self):
        """Return the state of the desk. Callable by agents.

        :returns: state (str or False), since (UTC), call (see `_prepare_call`, or False), waiting (list of id,
            who, since), due_count (calls to make that are due)
        :rtype: dict
        :raises AccessError: the user is no agent
        """
        self._check_agent()
        agent = self.env["hotel.call.agent"]._get_own()
        calls = self.env["hotel.call"]
        current = self._get_current(agent)
        waiting = calls.search_fetch(
            Domain("state", "=", "waiting")
            & Domain("queue_id", "in", agent.queue_ids.ids)
            & Domain("id", "!=", current.id),
            ["partner_id", "number", "queued_at"],
            order="queued_at, id",
            limit=MOST_WAITING,
        )
        due = Domain("state", "=", "waiting") & Domain("due_at", "<=", fields.Datetime.now())
        return {
            "state": agent.state or False,
            "since": agent.since_at,
            "call": self._prepare_call(current) if current else False,
            "waiting": [{"id": call.id, "who": call._get_who(), "since": call.queued_at} for call in waiting],
            "due_count": self.env["hotel.call.job"].search_count(due),
        }

    @api.model
    def get_pop(self, call_id):
        """Return what pops up when a telephone rings. Callable by agents, for calls that they may see.

        :param int call_id: as the bus has named it
        :returns: id, who, state, text; False where there is nothing to show
        :rtype: dict or bool
        """
        self._check_agent()
        call = self.env["hotel.call"].search([("id", "=", call_id)]) if isinstance(call_id, int) else None
        leg = call and call.leg_ids.filtered(lambda leg: leg.user_id == self.env.user)[-1:]
        if not leg or leg.state not in ("ringing", "talking"):
            return False
        flags = call.partner_id._get_hotel_flags() if call.partner_id else []
        texts = [call.partner_id.hotel_presence or "", *(text for _level, text in flags)]
        return {
            "id": call.id,
            "who": call._get_who(),
            "state": leg.state,
            "text": " · ".join(text for text in texts if text),
        }

    @api.model
    def save_call(self, call_id, values):
        """Keep what an agent notes about a call. Callable by agents, for calls that they may see.

        :param int call_id: the call
        :param dict values: note (str), result_id (int or False), partner_id (int or False), stay_id (int: of what
            was booked in the call); what is missing stays
        :rtype: bool
        :raises AccessError: a call that the user may not see
        :raises UserError: a guest or a result that there is not
        """
        call = self._get_call(call_id)
        changes = {}
        if isinstance(values.get("note"), str):
            changes["note"] = values["note"][:LONGEST_NOTE]
        for name, model in (("result_id", "hotel.call.result"), ("partner_id", "res.partner")):
            if name in values:
                found = self.env[model].search([("id", "=", values[name] or 0)])
                if values[name] and not found:
                    raise UserError(self.env._("It is there no more."))
                changes[name] = found.id
        if values.get("stay_id"):
            stay = self.env["hotel.stay"].search([("id", "=", values["stay_id"])])
            changes["reservation_id"] = stay.reservation_id.id
        call.write(changes)
        return True

    @api.model
    def dial(self, partner_id):
        """Call a guest: the agent's telephone rings first. Callable by agents with a telephone.

        :param int partner_id: a guest with a number
        :rtype: bool
        :raises UserError: no number, or no telephone
        """
        self._check_agent()
        agent = self.env["hotel.call.agent"]._get_own()
        guest = self.env["res.partner"].search([("id", "=", partner_id), ("is_hotel_guest", "=", True)])
        if not agent:
            raise UserError(self.env._("You have no telephone. Ask a supervisor to give you one."))
        if not guest.phone_sanitized:
            raise UserError(self.env._("This guest has no telephone number."))
        # the exchange of the agent's telephone makes the call
        hotel = self.env.user._get_hotel_property() or agent.exchange_id.property_id
        self.env["hotel.call.job"].sudo().create(
            {
                "property_id": hotel.id,
                "exchange_id": agent.exchange_id.id,
                "partner_id": guest.id,
                "number": guest.phone_sanitized,
                "kind": "click",
                "agent_id": agent.id,
                "priority": 100,
            }
        )
        return True

    @api.model
    def make_case(self, call_id):
        """Return the action that opens a case about a call: its own, else a new one. Callable by agents.

        :param int call_id: a call that the user may see
        :rtype: dict
        """
        return self._get_call(call_id)._open_case()

    @api.model
    def _check_agent(self):
        if not self.env.user.has_group(AGENT):
            raise AccessError(self.env._("The desk is for agents of the call center."))

    @api.model
    def _get_call(self, call_id):
        """Return a call that the user may see and write."""
        self._check_agent()
        call = self.env["hotel.call"].search([("id", "=", call_id)]) if isinstance(call_id, int) else None
        if not call:
            raise AccessError(self.env._("This call is not yours to see."))
        return call

    @api.model
    def _get_current(self, agent):
        """Return the call at hand: it rings or is talked, else the one to wrap up."""
        legs = self.env["hotel.call.leg"]
        mine = Domain("user_id", "=", self.env.uid)
        leg = legs.search(mine & Domain("state", "in", ("ringing", "talking")), order="id desc", limit=1)
        if not leg and agent.state == "wrap_up":
            recent = fields.Datetime.now() - timedelta(hours=1)
            leg = legs.search(
                mine & Domain("state", "=", "ended") & Domain("ended_at", ">", recent), order="id desc", limit=1
            )
        return leg.call_id

    @api.model
    def _prepare_call(self, call):
        """Return the call at hand with what an agent has to know of its guest."""
        guest = call.partner_id
        candidates = call._find_guests() if not guest else guest.browse()
        self.env["hotel.access.log"]._log("open", (guest | candidates).ids, ["name"])
        return {
            "id": call.id,
            "state": call.state,
            "direction": call.direction,
            "number": call.number or "",
            "started": call.started_at,
            "connected": call.connected_at,
            "queue": call.queue_id.name or "",
            "property_id": call.property_id.id,
            "is_identified": call.is_identified,
            "menu": self._get_label(call, "menu_service"),
            "menu_failure": self._get_label(call, "menu_failure"),
            "note": call.note or "",
            "result_id": call.result_id.id,
            "guest": self._prepare_guest(call) if guest else False,
            "candidates": [{"id": found.id, "name": found.name} for found in candidates],
            **self._prepare_job(call),
        }

    @api.model
    def _get_label(self, call, name):
        labels = dict(call._fields[name]._description_selection(self.env))
        return labels.get(call[name], "")

    @api.model
    def _prepare_job(self, call):
        """Return why the hotel has called: what to say, and whether it is a follow-up."""
        job = self.env["hotel.call.attempt"].search([("call_id", "=", call.id)], limit=1).job_id
        # whether there is one, no more
        return {"job_note": job.note or "", "is_follow_up": bool(job.sudo().follow_up_id)}

    @api.model
    def _prepare_guest(self, call):
        guest = call.partner_id
        return {
            "id": guest.id,
            "name": guest.name,
            "code": guest.hotel_guest_code or "",
            "presence": guest.hotel_presence or "",
            "flags": [list(flag) for flag in guest._get_hotel_flags()],
            "cases": call._get_open_cases(),
            "calls": self.env["hotel.call"].search_count([("partner_id", "=", guest.id), ("id", "!=", call.id)]),
        }
