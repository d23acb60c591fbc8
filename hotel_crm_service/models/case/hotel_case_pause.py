from odoo import fields, models


class HotelCasePause(models.Model):
    """A time in which a case waited for its guest; the clock stood."""

    _name = "hotel.case.pause"
    _description = "Pause of a Case"
    _order = "paused_from, id"
    _rec_name = "case_id"

    case_id = fields.Many2one("hotel.case", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="case_id.property_id", store=True, precompute=True)
    company_id = fields.Many2one(related="case_id.company_id", store=True, precompute=True)
    paused_from = fields.Datetime(required=True)
    paused_until = fields.Datetime()

    _open_once = models.UniqueIndex("(case_id) WHERE paused_until IS NULL", "A case is paused once at a time.")
