from odoo import api, fields, models


class HotelRoomType(models.Model):
    """What is sold: rooms of one kind at one property, priced through a service product."""

    _name = "hotel.room.type"
    _inherit = ["hotel.own.scope.mixin", "image.mixin", "hotel.cached.mixin"]
    _description = "Room Type"
    _order = "property_id, sequence, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    property_id = fields.Many2one("hotel.property", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="property_id.currency_id")
    product_id = fields.Many2one(
        "product.product",
        string="Service Sold",
        ondelete="restrict",
        domain="[('type', '=', 'service')]",
        help="The product on folios. Left empty, one is made.",
    )
    list_price = fields.Float(
        related="product_id.list_price", string="Public Rate", digits="Product Price"
    )
    description = fields.Html(translate=True, help="Shown to guests.")
    capacity_adults = fields.Integer(string="Adults", default=2, required=True)
    capacity_children = fields.Integer(string="Children", default=0, required=True)
    area_sqm = fields.Float(string="Area (m²)")
    bed_ids = fields.One2many("hotel.room.type.bed", "room_type_id", string="Beds")
    amenity_ids = fields.Many2many("hotel.amenity", string="Amenities")
    image_ids = fields.One2many("hotel.room.type.image", "room_type_id", string="Pictures")
    room_ids = fields.One2many("hotel.room", "room_type_id", string="Rooms")
    room_count = fields.Integer(compute="_compute_room_count")

    _code_unique = models.UniqueIndex(
        "(property_id, code)", "This room type code is in use already at this property."
    )
    _capacity_positive = models.Constraint(
        "CHECK (capacity_adults > 0 AND capacity_children >= 0)",
        "A room type takes one adult at least.",
    )

    @api.depends("room_ids")
    def _compute_room_count(self):
        counts = dict(
            self.env["hotel.room"]._read_group(
                [("room_type_id", "in", self.ids)], ["room_type_id"], ["__count"]
            )
        )
        for room_type in self:
            room_type.room_count = counts.get(room_type, 0)

    @api.depends("name", "property_id.code")
    @api.depends_context("hotel_short_name")
    def _compute_display_name(self):
        for room_type in self:
            room_type.display_name = (
                room_type.name
                if self.env.context.get("hotel_short_name")
                else f"{room_type.property_id.code} / {room_type.name}"
            )

    @api.model_create_multi
    def create(self, vals_list):
        room_types = super().create(vals_list)
        for room_type in room_types.filtered(lambda room_type: not room_type.product_id):
            room_type._create_product()
        return room_types

    def _create_product(self):
        """Make the service product that folios will carry."""
        # a hotel manager need not have rights on products in general
        product = self.env["product.product"].sudo().create(self._prepare_product_vals())
        self.product_id = product

    def _prepare_product_vals(self):
        """Return values of the service product; other addons add to them."""
        return {
            "name": self.name,
            "type": "service",
            "company_id": self.company_id.id,
            "purchase_ok": False,
            "list_price": 0.0,
        }
