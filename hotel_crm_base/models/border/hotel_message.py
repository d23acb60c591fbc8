"""The one gate for every message that leaves."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import LazyTranslate

from ..guest.hotel_consent import PURPOSES
from .message_options import MONTHS_DEFAULT, MONTHS_PARAMETER

_lt = LazyTranslate(__name__)

CHANNELS = [("email", "E-mail"), ("sms", "SMS")]
STATES = [
    ("queued", "Queued"),
    ("sending", "Leaving"),
    ("sent", "Sent"),
    ("refused", "Refused"),
    ("failed", "Failed"),
]
#: code of a refusal or a failure -> sentence for staff; codes of Odoo's mail and SMS have theirs
REASONS = {
    "gone": _lt("The guest is archived."),
    "no_address": _lt("The guest has no address on this channel."),
    "bad_address": _lt("The guest's address on this channel cannot be right."),
    "bounced": _lt("Earlier messages to this address came back."),
    "blocked": _lt("The guest is blocked."),
    "no_consent": _lt("The guest has not agreed to messages of this purpose on this channel."),
    "opted_out": _lt("The guest asked for no more messages."),
    "contact_block": _lt("The guest is not to be contacted now: %(detail)s"),
    "too_often": _lt("The guest has had as many messages as are allowed."),
    "outdated": _lt("What the message was to say is no longer so."),
    "no_content": _lt("The text could not be made: its template is missing or has a mistake."),
    "stopped": _lt("Telling was stopped before the message left."),
    "withdrawn": _lt("The message was taken back before it left."),
    "not_asked": _lt("The message could not be prepared."),
    "lost": _lt("It is not known whether the message left."),
}
BATCH = 5000


class HotelMessage(models.Model):
    """One message to one guest: what was asked, whether it left, and if not, why."""

    _name = "hotel.message"
    _description = "Message to a Guest"
    _order = "id desc"
    _rec_name = "dedupe_key"

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, readonly=True, ondelete="cascade")
    property_id = fields.Many2one("hotel.property", index="btree_not_null", readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    purpose = fields.Selection([*PURPOSES, ("transaction", "Own Booking")], required=True, readonly=True)
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    state = fields.Selection(STATES, required=True, default="queued", index=True, readonly=True)
    reason = fields.Char(compute="_compute_reason", help="Why it did not leave.")
    reason_code = fields.Char(readonly=True)
    reason_detail = fields.Char(readonly=True)
    dedupe_key = fields.Char(
        string="Key",
        required=True,
        readonly=True,
        help="Names the occasion and the guest: asked for twice, it is sent once.",
    )
    due_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, help="Not before; after the guest's quiet hours."
    )
    sent_at = fields.Datetime(readonly=True)
    handed_at = fields.Datetime(readonly=True, help="When it was given to Odoo's queue of e-mails or SMS.")
    attempts = fields.Integer(readonly=True, help="How often it could not be delivered.")
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    content_id = fields.Many2one("hotel.message.content", readonly=True, index="btree_not_null", ondelete="set null")
    mail_id = fields.Many2one("mail.mail", readonly=True, index="btree_not_null", ondelete="set null")
    sms_id = fields.Many2one("sms.sms", readonly=True, index="btree_not_null", ondelete="set null")

    _once = models.UniqueIndex("(dedupe_key, channel)", "This message was asked for already.")
    _due_idx = models.Index("(due_at) WHERE state = 'queued'")
    _leaving_idx = models.Index("(handed_at) WHERE state = 'sending'")
    _record_idx = models.Index("(res_model, res_id) WHERE res_id IS NOT NULL")
    # also counts what a guest has had lately
    _guest_idx = models.Index("(partner_id, channel, due_at)")

    @api.depends("reason_code", "reason_detail", "channel")
    @api.depends_context("lang")
    def _compute_reason(self):
        for message in self:
            message.reason = message._get_reason()

    def _get_reason(self):
        """Return why the message did not leave, in the reader's language.

        :rtype: str | bool
        """
        code = self.reason_code
        if code not in REASONS:
            model = "mail.mail" if self.channel == "email" else "sms.sms"
            # only the names of failures are read
            labels = dict(self.env[model].sudo()._fields["failure_type"]._description_selection(self.env))
            return labels.get(code, code)
        # the sentence is one of ours, chosen by its code
        sentence = self.env._(REASONS[code])
        # env._ takes no values beside a lazy text
        return sentence % {"detail": self.reason_detail or ""}

    def action_withdraw(self):
        """Take back messages that have not left. Callable by managers.

        :raises AccessError: for everybody else
        """
        self._check_manager()
        # staff read messages only; that it is a manager was checked above
        waiting = self.sudo().try_lock_for_update().filtered(lambda message: message.state == "queued")
        waiting.write({"state": "refused", "reason_code": "withdrawn"})

    def action_retry(self):
        """Try once more to send what failed. Callable by managers.

        :raises AccessError: for everybody else
        """
        self._check_manager()
        # as above
        failed = self.sudo().try_lock_for_update().filtered(lambda message: message.state == "failed")
        failed.write({"state": "queued", "attempts": 0, "due_at": fields.Datetime.now(), "reason_code": False})
        self._wake()

    def _check_manager(self):
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group("hotel_crm_base.group_manager")):
            raise AccessError(self.env._("Only managers take messages back or send them again."))

    @api.autovacuum
    def _gc_messages(self):
        """Delete what is older than the months that messages are kept, and contents without messages."""
        months = int(self.env["ir.config_parameter"].get_param(MONTHS_PARAMETER, MONTHS_DEFAULT))
        before = fields.Datetime.now() - timedelta(days=months * 30.5)
        old = self.search([("create_date", "<", before), ("state", "!=", "queued")], limit=BATCH)
        old.unlink()
        self.env["hotel.message.content"]._gc_contents()
        return len(old), len(old) == BATCH
