from odoo import fields, models


class HotelBuilding(models.Model):
    """A house of the property."""

    _name = "hotel.building"
    _inherit = ["hotel.own.scope.mixin"]
    _description = "Building"
    _order = "property_id, sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    property_id = fields.Many2one(
        "hotel.property", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="property_id.company_id", store=True)
    floor_ids = fields.One2many("hotel.floor", "building_id", string="Floors")


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
