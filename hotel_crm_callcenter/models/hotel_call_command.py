"""What agents want done with the calls they talk in: the bridge asks for it and does it."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KINDS = [("hold", "Hold"), ("resume", "Resume"), ("transfer", "Pass on"), ("hangup", "Hang up")]
STATES = [("waiting", "Asked for"), ("given", "With the Bridge"), ("done", "Done"), ("failed", "Failed")]
#: after so many seconds nobody wants it any more; after so many days it is forgotten
STALE, KEPT_DAYS = 15, 30


class HotelCallCommand(models.Model):
    """One thing that an agent wants done with a call that goes on."""

    _name = "hotel.call.command"
    _description = "Command for a Call"
    _order = "id desc"
    _rec_name = "kind"

    call_id = fields.Many2one("hotel.call", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="call_id.property_id", store=True, index=True)
    exchange_id = fields.Many2one(related="call_id.exchange_id", store=True)
    user_id = fields.Many2one("res.users", string="Agent", required=True, ondelete="cascade")
    kind = fields.Selection(KINDS, required=True)
    asked_at = fields.Datetime(required=True, default=fields.Datetime.now)
    agent_id = fields.Many2one("hotel.call.agent", string="To the Agent", ondelete="set null")
    queue_id = fields.Many2one("hotel.call.queue", string="To the Queue", ondelete="set null")
    extension = fields.Char(string="To the Extension")
    state = fields.Selection(STATES, required=True, default="waiting")
    reason = fields.Char(string="Failed because")

    _waiting_idx = models.Index("(exchange_id, id) WHERE state = 'waiting'")

    @api.model
    def _claim(self, exchange):
        """Give what agents want to a bridge, each to one only; what is too old is left.

        :rtype: hotel.call.command
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """UPDATE hotel_call_command SET state = 'given'
                    WHERE id IN (SELECT id FROM hotel_call_command
                                  WHERE exchange_id = %s AND state = 'waiting' AND asked_at >= %s
                                  ORDER BY id FOR UPDATE SKIP LOCKED)
                RETURNING id""",
                exchange.id,
                fields.Datetime.now() - timedelta(seconds=STALE),
            )
        )
        if rows:
            self.invalidate_model(["state"])
        return self.browse(sorted(row_id for (row_id,) in rows))

    def _prepare_claimed(self):
        """Return this command as the contract describes it; a transfer says where to ring now.

        :rtype: dict
        """
        self.ensure_one()
        terms = {"command_id": self.id, "call_id": self.call_id.call_ref, "kind": self.kind}
        if self.kind != "transfer":
            return terms
        if self.queue_id:
            # from now on the guest waits there
            self.call_id.queue_id = self.queue_id
            where = self.queue_id._prepare_transfer() or {"to": []}
        else:
            where = {"to": self.agent_id.mapped("endpoint"), "timeout": 20}
        return {**terms, **where, "extension": self.extension or ""}

    @api.model
    def _settle(self, call, event):
        """Note what became of a command, and tell the agents of its call.

        :param contract.Event event: with the command's number
        """
        command = self.search([("id", "=", event.data["command"]), ("call_id", "=", call.id)])
        if command.state in ("waiting", "given"):
            is_failed = event.kind == "command.failed"
            command.write({"state": "failed" if is_failed else "done", "reason": event.data.get("reason")})
            call._tell_agents()

    def _is_open(self):
        """Return whether this may still be done."""
        is_fresh = self.asked_at >= fields.Datetime.now() - timedelta(seconds=STALE)
        return self.state in ("waiting", "given") and is_fresh

    @api.autovacuum
    def _gc_old(self):
        """Forget what was done long ago."""
        old = self.search([("asked_at", "<", fields.Datetime.now() - timedelta(days=KEPT_DAYS))], limit=1000)
        old.unlink()
        return len(old), len(old) == 1000
