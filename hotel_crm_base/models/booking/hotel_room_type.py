from odoo import api, fields, models


class HotelRoomType(models.Model):
    _inherit = "hotel.room.type"

    list_price = fields.Float(
        related=None,  # of a related field, Odoo would write the product as the user
        compute="_compute_list_price",
        compute_sudo=True,
        inverse="_inverse_list_price",
        readonly=False,
    )
    included_adults = fields.Integer(default=2, required=True, help="Adults whom the rate of the room includes.")
    extra_adult_rate = fields.Monetary(help="Per night, for each adult beyond those included.")
    child_rate = fields.Monetary(help="Per night and child.")
    overbooking = fields.Integer(help="Rooms that may be sold beyond those there are, each night.")
    is_online = fields.Boolean(string="Bookable Online", default=True)

    _overbooking_not_negative = models.Constraint("CHECK (overbooking >= 0)", "Overbooking cannot be negative.")
    _included_positive = models.Constraint("CHECK (included_adults > 0)", "The rate includes one adult at least.")
    _extras_not_negative = models.Constraint(
        "CHECK (extra_adult_rate >= 0 AND child_rate >= 0)", "Extra persons cannot cost less than nothing."
    )

    @api.depends("product_id.list_price")
    def _compute_list_price(self):
        for room_type in self:
            room_type.list_price = room_type.product_id.list_price

    @api.model_create_multi
    def create(self, vals_list):
        room_types = super().create(vals_list)
        for room_type, vals in zip(room_types, vals_list, strict=True):
            if vals.get("list_price"):  # the product is made after the first writing
                room_type.list_price = vals["list_price"]
        return room_types

    def _inverse_list_price(self):
        """Write the public rate to the product."""
        for room_type in self:
            # whoever may write room types sets their price and need not have rights on products
            room_type.product_id.sudo().list_price = room_type.list_price
