"""What other systems are told: each event for each receiver, kept until it is taken."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

STATES = [("queued", "Waiting"), ("sending", "Leaving"), ("sent", "Taken"), ("dead", "Given Up")]
#: code of a failure -> sentence for administrators
REASONS = {
    "bad_url": _lt("The address cannot be used."),
    "not_https": _lt("The address does not begin with https://."),
    "private_address": _lt("The address lies in a private network."),
    "unknown_host": _lt("There is no such host."),
    "timeout": _lt("The receiver did not answer in time."),
    "no_connection": _lt("There was no connection."),
    "redirected": _lt("The receiver sent us elsewhere, which is not followed."),
    "refused": _lt("The receiver did not take it."),
}
#: what was said of a fact is never changed
FACTS = {"subscription_id", "company_id", "kind_id", "property_id", "record_number", "event_id", "payload"}
DAYS_PARAMETER = "hotel_crm_base.event_days"
DAYS_DEFAULT = 30
BATCH = 10_000


class HotelEventDelivery(models.Model):
    """One event for one receiver: what is told, and whether it was taken."""

    _name = "hotel.event.delivery"
    _description = "Event Delivery"
    _order = "id desc"
    _rec_name = "event_id"

    subscription_id = fields.Many2one(
        "hotel.event.subscription", string="Receiver", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    kind_id = fields.Many2one("hotel.event.kind", string="Event", required=True, readonly=True, ondelete="cascade")
    property_id = fields.Many2one("hotel.property", readonly=True, index="btree_not_null", ondelete="cascade")
    record_number = fields.Integer(string="Record", readonly=True, aggregator=None, help="Number of what it is about.")
    event_id = fields.Char(
        string="Number", required=True, readonly=True, help="The same at each try: a receiver knows repetitions by it."
    )  # pylint: disable=attribute-string-redundant
    payload = fields.Text(string="Message", required=True, readonly=True, help="Numbers and states, no personal data.")
    state = fields.Selection(STATES, required=True, default="queued", readonly=True)
    attempts = fields.Integer(string="Tries", readonly=True, aggregator=None)
    next_try_at = fields.Datetime(string="Next Try", readonly=True)
    sent_at = fields.Datetime(string="Taken At", readonly=True)
    answer_status = fields.Integer(string="Status", readonly=True, aggregator=None, help="Status of the last answer.")
    answer_code = fields.Char(readonly=True)
    answer_text = fields.Char(string="Answer", readonly=True)
    reason = fields.Char(compute="_compute_reason", help="Why it was not taken.")

    _once = models.UniqueIndex("(subscription_id, event_id)", "This receiver is told of this event already.")
    _due_idx = models.Index("(subscription_id, next_try_at) WHERE state IN ('queued', 'sending')")
    _dead_idx = models.Index("(subscription_id) WHERE state = 'dead'")
    _old_idx = models.Index("(create_date) WHERE state IN ('sent', 'dead')")

    @api.depends("answer_code")
    @api.depends_context("lang")
    def _compute_reason(self):
        for delivery in self:
            code = delivery.answer_code
            # a sentence of ours, chosen by its code
            delivery.reason = self.env._(REASONS[code]) if code in REASONS else code

    def write(self, vals):
        if FACTS & set(vals):
            raise UserError(self.env._("What was told of a fact is never changed."))
        return super().write(vals)

    def action_resend(self):
        """Send events once more, under the same number. Callable by administrators.

        :raises AccessError: for everybody else
        """
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group("hotel_crm_base.group_admin")):
            raise AccessError(self.env._("Only administrators do this."))
        # deliveries are the system's; that it is an administrator was checked above
        done = self.sudo().try_lock_for_update().filtered(lambda delivery: delivery.state in ("sent", "dead"))
        done.write({"state": "queued", "attempts": 0, "next_try_at": fields.Datetime.now()})
        done.subscription_id.write({"hold_until": False})
        self._wake()

    @api.model
    def _wake(self, moment=None):
        """Let the job run, now or at a moment.

        :param datetime moment: in UTC
        """
        # whoever causes a fact has no rights on jobs
        self.env.ref("hotel_crm_base.ir_cron_event_send").sudo()._trigger(moment)

    @api.autovacuum
    def _gc_deliveries(self):
        """Delete what was taken long ago, and what was given up three times as long ago."""
        text = self.env["ir.config_parameter"].get_param(DAYS_PARAMETER) or ""
        days = int(text) if text.isdecimal() and int(text) else DAYS_DEFAULT
        now = fields.Datetime.now()
        old = self.search(
            [
                *("|", "&", ("state", "=", "sent"), ("create_date", "<", now - timedelta(days=days))),
                *("&", ("state", "=", "dead"), ("create_date", "<", now - timedelta(days=3 * days))),
            ],
            limit=BATCH,
        )
        old.unlink()
        return len(old), len(old) == BATCH
