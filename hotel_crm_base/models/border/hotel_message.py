"""The one gate for every message that leaves."""

from odoo import fields, models

CHANNELS = [("email", "E-mail"), ("sms", "SMS")]
STATES = [
    ("queued", "Queued"),
    ("sent", "Sent"),
    ("refused", "Refused"),
    ("failed", "Failed"),
]


class HotelMessage(models.Model):
    """One message to one guest: what was asked, whether it left, and if not, why."""

    _name = "hotel.message"
    _description = "Message to a Guest"
    _order = "id desc"
    _rec_name = "dedupe_key"

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one("hotel.property", index="btree_not_null", ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, index=True)
    purpose = fields.Char(required=True, help="A purpose of consents, or transaction.")
    channel = fields.Selection(CHANNELS, required=True)
    state = fields.Selection(STATES, required=True, default="queued", index=True)
    reason = fields.Char(readonly=True, help="Why it did not leave.")
    reason_code = fields.Char(readonly=True)
    dedupe_key = fields.Char(required=True)
    due_at = fields.Datetime(required=True, default=fields.Datetime.now)
    sent_at = fields.Datetime(readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    mail_id = fields.Many2one("mail.mail", readonly=True, index="btree_not_null", ondelete="set null")
    sms_id = fields.Many2one("sms.sms", readonly=True, index="btree_not_null", ondelete="set null")

    _once = models.UniqueIndex("(dedupe_key, channel)", "This message was asked for already.")
    _due_idx = models.Index("(due_at) WHERE state = 'queued'")
