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
