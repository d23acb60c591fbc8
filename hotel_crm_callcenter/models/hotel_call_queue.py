from odoo import fields, models


class HotelCallQueue(models.Model):
    """One line of waiting callers, and the agents who answer it."""

    _name = "hotel.call.queue"
    _description = "Call Queue"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    property_id = fields.Many2one("hotel.property", required=True, index=True)
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)
    agent_ids = fields.Many2many("hotel.call.agent", string="Agents")
    strategy = fields.Selection(
        [("ring_all", "All Telephones Ring"), ("in_turn", "One after Another")], required=True, default="in_turn"
    )
    ring_s = fields.Integer(string="Ring for", default=20, help="Seconds that a telephone rings before the next one.")
    longest_wait_s = fields.Integer(
        string="Wait at Most", default=180, help="Seconds after which a caller is offered to be called back."
    )
    service_level_s = fields.Integer(
        string="Answer within", default=20, help="Seconds within which a call counts as answered in time."
    )
    is_recorded = fields.Boolean(string="Record Calls", help="The caller is told before the recording starts.")
    keep_days = fields.Integer(string="Keep Recordings", default=90, help="Days after which recordings are deleted.")

    _ring_positive = models.Constraint("CHECK (ring_s BETWEEN 5 AND 120)", "A telephone rings for 5 to 120 seconds.")
    _wait_positive = models.Constraint(
        "CHECK (longest_wait_s BETWEEN 0 AND 3600)", "A caller waits for an hour at most."
    )

    def _get_ready_agents(self):
        """Return the agents of these queues who can take a call now, the longest idle one first.

        :rtype: hotel.call.agent
        """
        return self.agent_ids.filtered(lambda agent: agent.active and agent.state == "ready").sorted("since_at")

    def _prepare_transfer(self, lang=""):
        """Return the transfer action of the contract, None where nobody is ready.

        :param str lang: those who speak it go before the others
        :rtype: dict or None
        """
        self.ensure_one()
        agents = self._get_ready_agents()
        if not agents:
            return None
        agents = agents.filtered(lambda agent: not lang or agent._speaks(lang)) or agents
        return {
            "to": agents.mapped("endpoint"),
            "strategy": self.strategy,
            "timeout": self.ring_s,
            "record": self.is_recorded,
            "queue": self.id,
        }
