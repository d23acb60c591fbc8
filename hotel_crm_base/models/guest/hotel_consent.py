"""What a guest agreed to, and when he or she took it back: append-only."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

PURPOSES = [
    ("offer", "Offers"),
    ("greeting", "Greetings"),
    ("survey", "Surveys"),
    ("profiling", "Profiling"),
    ("sharing", "Sharing with Partners"),
]
CHANNELS = [
    ("email", "E-mail"),
    ("sms", "SMS"),
    ("phone", "Telephone"),
    ("post", "Post"),
    ("any", "Any Channel"),
]


class HotelConsent(models.Model):
    """One decision of a guest about one purpose on one channel, with its proof."""

    _name = "hotel.consent"
    _description = "Consent"
    _order = "decided_at desc, id desc"

    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
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
    user_id = fields.Many2one(
        "res.users", string="Recorded By", default=lambda self: self.env.user, readonly=True
    )
    is_current = fields.Boolean(default=True, readonly=True)

    _current_unique = models.UniqueIndex(
        "(partner_id, purpose, channel) WHERE is_current",
        "Somebody recorded a decision for this guest at the same moment. Please look again.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Record decisions; each one supersedes the guest's earlier one, in the order given."""
        records = self.browse()
        for vals in vals_list:
            keys = (vals.get("partner_id"), vals.get("purpose"), vals.get("channel") or "any")
            self._query_supersede(*keys)
            records |= super().create([{**vals, "is_current": True}])
        return records

    def write(self, vals):
        if set(vals) - {"partner_id"} or not self.env.context.get("hotel_merge"):
            raise UserError(
                self.env._("Consents are never changed. Record a new decision of the guest instead.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_erasure(self):
        if not self.env.context.get("hotel_erasure"):
            raise UserError(self.env._("Consents are kept as proof and cannot be deleted."))

    def _query_supersede(self, partner_id, purpose, channel):
        """Mark the current decision as past; SQL because records refuse every write."""
        self.flush_model()
        self.env.execute_query(
            SQL(
                """UPDATE hotel_consent SET is_current = FALSE
                   WHERE partner_id = %s AND purpose = %s AND channel = %s AND is_current
                   RETURNING id""",
                partner_id,
                purpose,
                channel,
            )
        )
        self.invalidate_model(["is_current"])
