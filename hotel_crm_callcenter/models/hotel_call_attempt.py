from odoo import fields, models


class HotelCallAttempt(models.Model):
    """One try to reach a guest, and what became of it."""

    _name = "hotel.call.attempt"
    _description = "Attempt to Call"
    _order = "job_id, number"
    _rec_name = "number"

    job_id = fields.Many2one("hotel.call.job", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="job_id.property_id", store=True, index=True)
    number = fields.Integer(required=True)
    started_at = fields.Datetime(default=fields.Datetime.now)
    ended_at = fields.Datetime()
    status = fields.Selection([("answered", "Reached"), ("failed", "Not Reached")])
    reason = fields.Char()
    cause = fields.Integer(help="Hangup cause (Q.850).")
    sip = fields.Integer(string="SIP Code")
    wait_s = fields.Float(string="Rang for (s)")
    talk_s = fields.Float(string="Talk (s)")
    call_id = fields.Many2one("hotel.call", index="btree_not_null", ondelete="set null")

    _once = models.Constraint("UNIQUE (job_id, number)", "This attempt is there already.")
