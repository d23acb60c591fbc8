from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HotelRoom(models.Model):
    """A room that guests sleep in."""

    _name = "hotel.room"
    _inherit = ["hotel.own.scope.mixin"]
    _description = "Room"
    _order = "property_id, name, id"

    name = fields.Char(string="Room Number", required=True)
    active = fields.Boolean(default=True)
    property_id = fields.Many2one("hotel.property", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)
    room_type_id = fields.Many2one(
        "hotel.room.type",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('property_id', '=', property_id)]",
    )
    floor_id = fields.Many2one(
        "hotel.floor", ondelete="restrict", domain="[('property_id', '=', property_id)]"
    )
    building_id = fields.Many2one(related="floor_id.building_id", store=True)
    amenity_ids = fields.Many2many("hotel.amenity", string="Particulars")
    note = fields.Text()

    _name_unique = models.UniqueIndex(
        "(property_id, name)", "This room number exists already at this property."
    )

    @api.constrains("property_id", "room_type_id", "floor_id")
    def _check_same_property(self):
        for room in self:
            others = room.room_type_id.property_id | room.floor_id.property_id
            if others - room.property_id:
                raise ValidationError(
                    self.env._("Type and floor of room %s belong to another property.", room.name)
                )
