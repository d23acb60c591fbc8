from odoo import fields, models


class HotelGuestMetric(models.Model):
    """What is computed about one guest at one company."""

    _name = "hotel.guest.metric"
    _description = "Guest Figures"
    _order = "partner_id, company_id"
    _log_access = False
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    stay_count = fields.Integer(string="Stays")
    night_count = fields.Integer(string="Nights")
    cancel_count = fields.Integer(string="Cancellations")
    no_show_count = fields.Integer(string="No-Shows")
    spend_gross = fields.Monetary(string="Spend", help="Consumption, tax included.")
    first_arrival = fields.Date()
    last_departure = fields.Date()
    refreshed_at = fields.Datetime()

    _once = models.UniqueIndex("(partner_id, company_id)", "One row per guest and company.")
