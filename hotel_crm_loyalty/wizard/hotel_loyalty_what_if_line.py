from odoo import fields, models

from odoo.addons.hotel_crm_base.models.consumption.hotel_consumption import KINDS


class HotelLoyaltyWhatIfLine(models.TransientModel):
    """An amount that a stay is supposed to cost."""

    _name = "hotel.loyalty.what.if.line"
    _description = "Amount of a Supposed Stay"

    what_if_id = fields.Many2one("hotel.loyalty.what.if", required=True, ondelete="cascade")
    kind = fields.Selection(KINDS, required=True, default="room")
    amount = fields.Monetary(string="Amount without Tax")
    currency_id = fields.Many2one(related="what_if_id.currency_id")
