from odoo import fields, models


class HotelDayEnd(models.Model):
    """The end of one business day of a property: what was posted, what was left open."""

    _name = "hotel.day.end"
    _inherit = ["hotel.own.scope.mixin"]
    _description = "Day's End"
    _order = "date desc, property_id"
    _rec_name = "date"

    property_id = fields.Many2one("hotel.property", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)
    date = fields.Date(string="Business Day", required=True)
    state = fields.Selection([("running", "Running"), ("done", "Done")], required=True, default="running")
    started_at = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    finished_at = fields.Datetime(readonly=True)
    user_id = fields.Many2one("res.users", default=lambda self: self.env.user, readonly=True)
    nights_posted = fields.Integer(readonly=True)
    no_shows = fields.Integer(string="No-Shows", readonly=True)

    _once = models.UniqueIndex("(property_id, date)", "The end of this day stands here already.")
