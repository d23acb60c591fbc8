"""What a guest agreed to, and when he or she took it back: append-only."""

from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from odoo.tools import SQL

from ... import guards

PURPOSES = [
    ("offer", "Offers"),
    ("greeting", "Greetings"),
    ("survey", "Surveys"),
    ("profiling", "Profiling"),
    ("sharing", "Sharing with Partners"),
    ("loyalty", "Loyalty Programme"),
]
CHANNELS = [
    ("email", "E-mail"),
    ("sms", "SMS"),
    ("phone", "Telephone"),
    ("post", "Post"),
    ("any", "Any Channel"),
]
# clocks of two machines differ a little
CLOCK_TOLERANCE = timedelta(minutes=5)


class HotelConsent(models.Model):
    """One decision of a guest about one purpose on one channel, with its proof."""

    _name = "hotel.consent"
    _inherit = ["hotel.guest.trace.mixin", "hotel.own.scope.mixin"]
    _description = "Consent"
    _order = "decided_at desc, id desc"
    _rec_name = "purpose"

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, index=True, ondelete="restrict")
    purpose = fields.Selection(PURPOSES, required=True)
    channel = fields.Selection(CHANNELS, required=True, default="any")
    state = fields.Selection([("given", "Given"), ("withdrawn", "Withdrawn")], required=True)
    decided_at = fields.Datetime(required=True, default=fields.Datetime.now)
    source = fields.Selection(
        [
            ("desk", "Front Desk"),
            ("paper", "Signed Paper"),
            ("web", "Web Page"),
            ("phone", "Telephone"),
            ("import", "Import"),
        ],
        required=True,
        default="desk",
    )
    text_version = fields.Char(help="Version of the text that the guest was shown.")
    proof = fields.Text(help="What proves it: number of the paper, address of the page, call.")
    user_id = fields.Many2one("res.users", string="Recorded By", default=lambda self: self.env.user, readonly=True)
    is_current = fields.Boolean(string="Current", readonly=True)

    _current_unique = models.UniqueIndex(
        "(partner_id, purpose, channel) WHERE is_current",
        "Somebody recorded a decision for this guest at the same moment. Please look again.",
    )
    _history_idx = models.Index("(partner_id, purpose, channel, decided_at DESC, id DESC)")

    @api.model_create_multi
    def create(self, vals_list):
        """Record decisions; the latest one of a guest, purpose and channel is the current one.

        :raises ConcurrencyError: another request recorded one at this moment; Odoo tries again
        """
        vals_list = [self._prepare_decision(vals) for vals in vals_list]
        try:
            with self.env.cr.savepoint():
                decisions = super().create(vals_list)
                decisions._query_mark_current()
        except UniqueViolation as error:
            # the other decision is not in our snapshot of the database, it will be in the next
            raise ConcurrencyError("Two consents of one guest at the same moment.") from error
        return decisions

    def write(self, vals):
        """Refuse changes by everybody; a merge of guests may re-point decisions."""
        if set(vals) != {"partner_id"} or not guards.is_given(self.env.context, guards.MERGE):
            raise UserError(self.env._("Consents are never changed. Record a new decision of the guest instead."))
        touched = self | self.search([("partner_id", "in", self.partner_id.ids)])
        self._query_mark_past()
        result = super().write(vals)
        touched._query_mark_current()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_erasure(self):
        if not guards.is_given(self.env.context, guards.ERASURE):
            raise UserError(self.env._("Consents are kept as proof and cannot be deleted."))

    @api.constrains("decided_at")
    def _check_not_ahead(self):
        """A decision in the future would outlast every later one."""
        latest = fields.Datetime.now() + CLOCK_TOLERANCE
        if any(decision.decided_at > latest for decision in self):
            raise ValidationError(self.env._("A decision cannot be dated in the future."))

    def _prepare_decision(self, vals):
        """Return the values to store: nobody records in another's name or sets what is current."""
        vals = {**vals, "is_current": False}
        if not self.env.su:
            vals["user_id"] = self.env.uid
        return vals

    def _query_mark_past(self):
        """Mark these decisions as not current; SQL because records refuse every write."""
        self.flush_model()
        self.env.cr.execute(SQL("UPDATE hotel_consent SET is_current = FALSE WHERE id IN %s", tuple(self.ids) or (0,)))
        self._forget_current()

    def _query_mark_current(self):
        """Let the latest decision be the current one wherever these belong.

        SQL because records refuse every write, and because an import brings thousands.
        """
        self.flush_model()
        # first unset, then set: at no moment are there two of them
        for is_current, position in ((False, SQL("NOT IN")), (True, SQL("IN"))):
            self.env.cr.execute(
                SQL(
                    """WITH keys AS (
                           SELECT DISTINCT partner_id, purpose, channel
                             FROM hotel_consent WHERE id IN %(ids)s),
                       latest AS (
                           SELECT DISTINCT ON (partner_id, purpose, channel) id
                             FROM hotel_consent JOIN keys USING (partner_id, purpose, channel)
                         ORDER BY partner_id, purpose, channel, decided_at DESC, id DESC)
                       UPDATE hotel_consent c SET is_current = %(is_current)s
                         FROM keys k
                        WHERE c.partner_id = k.partner_id AND c.purpose = k.purpose
                          AND c.channel = k.channel
                          AND c.is_current IS DISTINCT FROM %(is_current)s
                          AND c.id %(position)s (SELECT id FROM latest)""",
                    ids=tuple(self.ids) or (0,),
                    is_current=is_current,
                    position=position,
                )
            )
        self._forget_current()

    def _forget_current(self):
        self.invalidate_model(["is_current"])
        self.env["res.partner"].invalidate_model(["hotel_current_consent_ids"])
