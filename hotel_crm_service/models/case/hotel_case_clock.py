"""Until when a guest hears from the hotel, and until when it is done."""

from odoo import fields, models


class HotelCase(models.Model):
    _inherit = "hotel.case"

    answer_deadline = fields.Datetime(string="Answer Until", readonly=True, copy=False)
    solve_deadline = fields.Datetime(string="Solve Until", readonly=True, copy=False)
