from odoo import api, fields, models
from odoo.exceptions import UserError

MOST_ROOMS = 500


class HotelRoomGenerate(models.TransientModel):
    """Many rooms of one type, numbered in a row."""

    _name = "hotel.room.generate"
    _description = "Add Many Rooms"

    property_id = fields.Many2one(
        "hotel.property",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.user._get_hotel_property(),
    )
    room_type_id = fields.Many2one(
        "hotel.room.type",
        required=True,
        ondelete="cascade",
        domain="[('property_id', '=', property_id)]",
    )
    floor_id = fields.Many2one(
        "hotel.floor", ondelete="cascade", domain="[('property_id', '=', property_id)]"
    )
    prefix = fields.Char(help="Put before each number, such as A-.")
    first_number = fields.Integer(required=True, default=101)
    last_number = fields.Integer(required=True, default=110)
    digits = fields.Integer(
        default=0, help="Fill numbers up with zeros to so many digits. 0: as they are."
    )
    room_count = fields.Integer(string="Rooms to Add", compute="_compute_room_count")

    @api.depends("first_number", "last_number")
    def _compute_room_count(self):
        for wizard in self:
            wizard.room_count = max(wizard.last_number - wizard.first_number + 1, 0)

    @api.onchange("property_id")
    def _onchange_property_id(self):
        if self.room_type_id.property_id != self.property_id:
            self.room_type_id = False
        if self.floor_id.property_id != self.property_id:
            self.floor_id = False

    def action_generate(self):
        """Add the rooms that are not there yet; managers.

        :return: action that lists the rooms of the property
        :rtype: dict
        :raises UserError: no number at all, or too many
        """
        self.ensure_one()
        if not 1 <= self.room_count <= MOST_ROOMS:
            raise UserError(self.env._("Between 1 and %s rooms can be added at once.", MOST_ROOMS))
        names = self._get_names()
        rooms = self.env["hotel.room"].with_context(active_test=False)
        known = rooms.search([("property_id", "=", self.property_id.id), ("name", "in", names)])
        taken = set(known.mapped("name"))
        rooms.create([self._prepare_room_vals(name) for name in names if name not in taken])
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_room_action")
        action["context"] = {"search_default_property_id": self.property_id.id}
        return action

    def _get_names(self):
        """Return the numbers of the rooms.

        :rtype: list[str]
        """
        numbers = range(self.first_number, self.last_number + 1)
        return [f"{self.prefix or ''}{number:0{max(self.digits, 0)}d}" for number in numbers]

    def _prepare_room_vals(self, name):
        """Return values of one room."""
        return {
            "name": name,
            "property_id": self.property_id.id,
            "room_type_id": self.room_type_id.id,
            "floor_id": self.floor_id.id,
        }
