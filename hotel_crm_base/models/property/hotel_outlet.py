from odoo import api, fields, models

OUTLET_KINDS = [
    ("room", "Rooms"),
    ("restaurant", "Restaurant"),
    ("bar", "Bar"),
    ("spa", "Spa"),
    ("event", "Meetings and Events"),
    ("shop", "Shop"),
    ("other", "Other"),
]


class HotelOutlet(models.Model):
    """A place of the property where guests spend money."""

    _name = "hotel.outlet"
    _inherit = ["hotel.own.scope.mixin"]
    _description = "Outlet"
    _order = "property_id, sequence, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(OUTLET_KINDS, required=True, default="other", index=True)
    property_id = fields.Many2one("hotel.property", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)

    _code_unique = models.UniqueIndex(
        "(property_id, code)", "This outlet code is in use already at this property."
    )

    @api.depends("name", "property_id.code")
    @api.depends_context("hotel_short_name")
    def _compute_display_name(self):
        """Name the property too: each has its restaurant."""
        for outlet in self:
            outlet.display_name = (
                outlet.name
                if self.env.context.get("hotel_short_name")
                else f"{outlet.property_id.code} / {outlet.name}"
            )
