from odoo import fields, models


class HotelMergePlanLine(models.TransientModel):
    """One value in which two guests differ, and whose counts."""

    _name = "hotel.merge.plan.line"
    _description = "Value of a Merge"
    _order = "id"

    plan_id = fields.Many2one("hotel.merge.plan", required=True, readonly=True, ondelete="cascade")
    name = fields.Char(string="Field", required=True, readonly=True)
    label = fields.Char(string="Value", readonly=True)
    value_a = fields.Char(string="Left", readonly=True)
    value_b = fields.Char(string="Right", readonly=True)
    takes_right = fields.Boolean(string="Take the Right One")
