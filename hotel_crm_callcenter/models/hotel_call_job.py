"""Calls to make: asked for by guests, by other parts of the hotel, or by an agent's click."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

STATES = [
    ("waiting", "Waiting"),
    ("claimed", "Being Called"),
    ("done", "Reached"),
    ("failed", "Given up"),
    ("cancelled", "Cancelled"),
]
KINDS = [
    ("click", "Called by an Agent"),
    ("menu", "Asked for in the Menu"),
    ("abandoned", "Abandoned Call"),
    ("booking", "Request to Book"),
    ("case", "Complaint"),
    ("rating", "Low Rating"),
    ("survey", "Survey"),
    ("departure", "After the Departure"),
    ("win_back", "Win back"),
    ("manual", "Other"),
]
#: seconds that a guest's telephone rings
RING_S = 25
FOLLOWS = {"state", "lease_until", "attempt_count", "reason", "source_key"}
#: kind -> purpose at the gate of contacts; what a guest has asked for is a transaction
PURPOSES = {
    "abandoned": "service",
    "case": "service",
    "manual": "service",
    "rating": "survey",
    "survey": "survey",
    "departure": "survey",
    "win_back": "offer",
}


class HotelCallJob(models.Model):
    """One call to make to one guest, tried until he or she is reached or it is given up."""

    _name = "hotel.call.job"
    _description = "Call to Make"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "priority desc, due_at, id"
    _rec_name = "name"

    name = fields.Char(compute="_compute_name")
    property_id = fields.Many2one("hotel.property", required=True, index=True)
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)
    exchange_id = fields.Many2one("hotel.call.exchange", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner",
        string="Guest",
        index="btree_not_null",
        ondelete="cascade",
        domain=[("is_hotel_guest", "=", True)],
    )
    number = fields.Char(required=True, help="With + and country code.")
    kind = fields.Selection(KINDS, required=True, default="manual")
    mode = fields.Selection(
        [("agent_first", "Agent First"), ("menu_first", "Menu First")], required=True, default="agent_first"
    )
    agent_id = fields.Many2one("hotel.call.agent", help="Empty: whoever is ready.", ondelete="set null")
    queue_id = fields.Many2one("hotel.call.queue", ondelete="set null")
    priority = fields.Integer(default=10)
    state = fields.Selection(STATES, required=True, default="waiting", readonly=True, index=True)
    due_at = fields.Datetime(string="Call at", required=True, default=fields.Datetime.now)
    lease_until = fields.Datetime(readonly=True)
    attempt_count = fields.Integer(string="Attempts", readonly=True)
    reason = fields.Char(string="Failed because", readonly=True)
    note = fields.Text(string="What to Say")
    source_key = fields.Char(copy=False, help="Names the occasion: each occasion is one call.")
    occasion = fields.Char(readonly=True, copy=False, help="Name of the campaign.")
    follow_up_id = fields.Many2one(
        "hotel.follow.up", string="Follow-Up", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    call_id = fields.Many2one("hotel.call", string="Because of", index="btree_not_null", ondelete="set null")
    attempt_ids = fields.One2many("hotel.call.attempt", "job_id", readonly=True)

    _source_unique = models.UniqueIndex("(source_key) WHERE source_key IS NOT NULL", "This call is planned already.")
    _due_idx = models.Index("(exchange_id, due_at) WHERE state IN ('waiting', 'claimed')")

    @api.depends("partner_id", "number", "kind")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for job in self:
            job.name = f"{kinds.get(job.kind, '')}: {job.partner_id.name or job.number or ''}"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_written(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_written(vals)
        return super().write(vals)

    def _check_written(self, vals):
        """Refuse to write what follows from the attempts."""
        if not self.env.su and FOLLOWS & set(vals):
            raise AccessError(self.env._("This follows from the attempts; nobody writes it."))

    def action_cancel(self):
        """Take planned calls back. Callable by call center staff, for calls that wait."""
        self.check_access("write")
        if self.filtered(lambda job: job.state not in ("waiting", "failed")):
            raise UserError(self.env._("Only calls that wait can be taken back."))
        # the right was checked above
        self.sudo().state = "cancelled"

    def action_call_now(self):
        """Let planned calls be made at once. Callable by call center staff."""
        self.check_access("write")
        # as above
        jobs = self.sudo().filtered(lambda job: job.state != "claimed")
        jobs.write({"state": "waiting", "due_at": fields.Datetime.now()})

    @api.model
    def _plan(self, hotel, kind, number, key, **values):
        """Plan a call; an occasion that has one already gets no other.

        :param hotel.property hotel: who calls
        :param str kind: of KINDS
        :param str number: with + and country code
        :param str key: names the occasion
        :returns: the call, empty where the hotel has no exchange
        :rtype: hotel.call.job
        """
        found = self.search([("source_key", "=", key)], limit=1)
        if found:
            return found
        exchange = self.env["hotel.call.exchange"]._find_for(hotel)
        if not exchange or not number:
            return self.browse()
        return self.create(
            {
                "property_id": hotel.id,
                "exchange_id": exchange.id,
                "kind": kind,
                "number": number,
                "source_key": key,
                "queue_id": exchange.queue_id.id,
                **values,
            }
        )

    # ---- claiming ------------------------------------------------------------------------------

    @api.model
    def _claim(self, exchange, limit, lease_s):
        """Give calls that are due to a bridge, each to one only.

        :param int limit: how many at most
        :param int lease_s: seconds after which a call that nothing is heard of may be claimed again
        :rtype: hotel.call.job
        """
        jobs = self._query_claim(exchange, limit, lease_s)
        allowed = jobs._keep_allowed()
        for job in allowed:
            self.env["hotel.call.attempt"].create({"job_id": job.id, "number": job.attempt_count})
        return allowed

    @api.model
    def _query_claim(self, exchange, limit, lease_s):
        """Lock and mark what is due; SQL because rows that another bridge holds are passed over."""
        self.flush_model()
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """UPDATE hotel_call_job
                      SET state = 'claimed', lease_until = %s, attempt_count = COALESCE(attempt_count, 0) + 1
                    WHERE id IN (SELECT id FROM hotel_call_job
                                  WHERE exchange_id = %s AND due_at <= %s
                                    AND (state = 'waiting' OR (state = 'claimed' AND lease_until < %s))
                                  ORDER BY priority DESC, due_at, id LIMIT %s FOR UPDATE SKIP LOCKED)
                RETURNING id""",
                now + timedelta(seconds=lease_s),
                exchange.id,
                now,
                now,
                limit,
            )
        )
        self.invalidate_model()
        return self.browse(sorted(row_id for (row_id,) in rows))

    def _keep_allowed(self):
        """Return those of these claimed calls that may be made now; the others wait or end.

        :rtype: hotel.call.job
        """
        allowed = self.browse()
        now = fields.Datetime.now()
        for job in self:
            refusal = job._get_refusal()
            when = now if refusal else job._get_allowed_time(now)
            agent = job._choose_agent()
            if refusal:
                job._give_back({"state": "cancelled", "reason": refusal})
            elif when > now:
                job._give_back({"state": "waiting", "due_at": when})
            elif job.mode == "agent_first" and not agent:
                job._give_back({"state": "waiting", "due_at": now + timedelta(seconds=30)})
            else:
                allowed += job
        return allowed

    def _give_back(self, values):
        """Undo the claim of a call that is not made."""
        self.write({"attempt_count": self.attempt_count - 1, "lease_until": False, **values})

    def _choose_agent(self):
        """Return the agent who is to take the call, empty where nobody is ready."""
        if self.agent_id:
            chosen = self.agent_id
            return chosen if self.kind == "click" or chosen.state == "ready" else chosen.browse()
        return self.queue_id._get_ready_agents()[:1]

    def _get_refusal(self):
        """Return the code of what stands against this call, '' where nothing does."""
        if self.kind == "click":
            return ""
        if self.follow_up_id and self.follow_up_id.state != "planned":
            return "over"
        guest = self.partner_id
        purpose = PURPOSES.get(self.kind, "transaction")
        return guest._get_hotel_call_refusal(purpose, self.number)

    def _get_allowed_time(self, now):
        """Return when the guest may be called, not before now."""
        if self.kind == "click":
            return now
        return self.partner_id._get_hotel_call_time(now, self.property_id, self.number)

    def _prepare_claimed(self):
        """Return this call as the contract describes it."""
        self.ensure_one()
        return {
            "job_id": self.id,
            "attempt": self.attempt_count,
            "to": self.number,
            "caller_id": self.exchange_id.caller_number or "",
            "mode": self.mode,
            "agent": self._choose_agent().endpoint or "",
            "timeout": RING_S,
            "node": "outbound" if self.mode == "menu_first" else "",
            "lang": self.partner_id.lang or "",
        }
