from odoo import fields, models


class HotelFloor(models.Model):
    """A storey of a building."""

    _name = "hotel.floor"
    _description = "Floor"
    _order = "building_id, level, id"

    name = fields.Char(required=True, translate=True)
    level = fields.Integer(help="0 is the ground floor.")
    active = fields.Boolean(default=True)
    building_id = fields.Many2one("hotel.building", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="building_id.property_id", store=True, index=True)
    company_id = fields.Many2one(related="building_id.company_id", store=True)
