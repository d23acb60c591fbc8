from odoo import fields, models

STATES = [("ringing", "Ringing"), ("talking", "Talking"), ("missed", "Missed"), ("ended", "Ended")]


class HotelCallLeg(models.Model):
    """One ringing of an agent's telephone in a call."""

    _name = "hotel.call.leg"
    _description = "Leg of a Call"
    _order = "call_id, sequence"
    _rec_name = "endpoint"

    call_id = fields.Many2one("hotel.call", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="call_id.property_id", store=True, index=True)
    sequence = fields.Integer(required=True)
    endpoint = fields.Char(required=True)
    agent_id = fields.Many2one("hotel.call.agent", string="Telephone of", index=True, ondelete="set null")
    user_id = fields.Many2one("res.users", string="Agent", index=True, ondelete="set null")
    state = fields.Selection(STATES, required=True)
    rang_at = fields.Datetime(string="Rang at")
    answered_at = fields.Datetime(string="Answered at")
    ended_at = fields.Datetime(string="Ended at")
    wrap_up_s = fields.Float(string="Wrap-up (s)")
    reason = fields.Char()

    _once = models.Constraint("UNIQUE (call_id, sequence)", "This leg is there already.")
