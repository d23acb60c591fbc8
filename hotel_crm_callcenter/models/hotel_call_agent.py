"""The agents of the call center: their telephones, and whether they can take a call."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

STATES = [
    ("offline", "Offline"),
    ("ready", "Ready"),
    ("busy", "In a Call"),
    ("wrap_up", "Wrap-up"),
    ("pause", "Break"),
]
#: states that an agent may choose
CHOICES = ("offline", "ready", "wrap_up", "pause")


class HotelCallAgent(models.Model):
    """One agent at a telephone."""

    _name = "hotel.call.agent"
    _description = "Call Center Agent"
    _order = "user_id, id"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="cascade")
    active = fields.Boolean(default=True)
    exchange_id = fields.Many2one("hotel.call.exchange", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="exchange_id.company_id", store=True, index=True)
    endpoint = fields.Char(required=True, help="Name of the telephone at the exchange, such as PJSIP/agent101.")
    state = fields.Selection(STATES, required=True, default="offline", readonly=True)
    since_at = fields.Datetime(string="In this State since", default=fields.Datetime.now, readonly=True)
    queue_ids = fields.Many2many("hotel.call.queue", string="Queues")
    lang_ids = fields.Many2many(
        "res.lang", string="Speaks", help="Callers are passed to those first who speak their language; empty: all."
    )

    _user_unique = models.Constraint("UNIQUE (user_id)", "This user has a telephone already.")
    _endpoint_unique = models.Constraint("UNIQUE (exchange_id, endpoint)", "Another agent has this telephone.")

    @api.model
    def set_state(self, state):
        """Say whether one can take calls. Callable by agents, each for himself or herself.

        :param str state: offline, ready, wrap_up or pause
        :rtype: str: the state as it is now
        :raises AccessError: the user is no agent with a telephone
        """
        if state not in CHOICES:
            raise UserError(self.env._("An agent is ready, in wrap-up, on a break or offline."))
        agent = self._get_own()
        if not agent:
            raise AccessError(self.env._("You have no telephone. Ask a supervisor to give you one."))
        if agent.state != "busy":
            agent._set_state(state)
        return agent.state

    def _speaks(self, lang):
        """Return whether this agent speaks a language, whatever its country: zh_CN is spoken by who speaks zh_TW."""
        return not self.lang_ids or lang[:2] in {code[:2] for code in self.lang_ids.mapped("code")}

    @api.model
    def _get_own(self):
        """Return the present user's own place, with sudo: nobody else's can be reached by it."""
        return self.sudo().search([("user_id", "=", self.env.uid)], limit=1)

    def _set_state(self, state):
        """Change the state of these agents, and since when."""
        changed = self.filtered(lambda agent: agent.state != state)
        changed.filtered(lambda agent: agent.state == "wrap_up")._note_wrap_up()
        changed.write({"state": state, "since_at": fields.Datetime.now()})

    def _note_wrap_up(self):
        """Keep with their last talk how long these agents have wrapped it up."""
        now = fields.Datetime.now()
        for agent in self:
            # the state is one's own, the talk is closed to agents
            legs = self.env["hotel.call.leg"].sudo()
            leg = legs.search([("agent_id", "=", agent.id), ("state", "=", "ended")], order="id desc", limit=1)
            leg.wrap_up_s = max((now - agent.since_at).total_seconds(), 0)

    def _follow(self, leg_state):
        """Let the state of these agents follow their telephone.

        :param str leg_state: ringing, talking, missed or ended
        """
        if leg_state == "talking":
            self._set_state("busy")
        elif leg_state == "ended":
            self.filtered(lambda agent: agent.state == "busy")._set_state("wrap_up")

    @api.model
    def _get_supervisor(self, hotel):
        """Return a supervisor of a hotel, who gets what nobody else could do.

        :rtype: res.users, may be empty
        """
        group = self.env.ref("hotel_crm_base.group_call_supervisor")
        # who works where is closed to most
        users = group.sudo().all_user_ids.filtered(lambda user: user.active and not user.share)
        return users.filtered(lambda user: hotel in user.hotel_visible_property_ids)[:1]
