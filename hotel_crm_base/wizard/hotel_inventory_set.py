from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

MOST_DAYS = 1100


class HotelInventorySet(models.TransientModel):
    """How many rooms of some types are sold on a range of nights, set by a manager."""

    _name = "hotel.inventory.set"
    _description = "Set Rooms for Sale"

    property_id = fields.Many2one(
        "hotel.property",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.user._get_hotel_property(),
    )
    room_type_ids = fields.Many2many(
        "hotel.room.type",
        string="Room Types",
        domain="[('property_id', '=', property_id)]",
        help="Empty: all types of the property.",
    )
    start_date = fields.Date(string="From", required=True, default=fields.Date.context_today)
    end_date = fields.Date(
        string="To", required=True, default=fields.Date.context_today, help="The last night, included."
    )
    on_monday = fields.Boolean(string="Mon", default=True)
    on_tuesday = fields.Boolean(string="Tue", default=True)
    on_wednesday = fields.Boolean(string="Wed", default=True)
    on_thursday = fields.Boolean(string="Thu", default=True)
    on_friday = fields.Boolean(string="Fri", default=True)
    on_saturday = fields.Boolean(string="Sat", default=True)
    on_sunday = fields.Boolean(string="Sun", default=True)
    limit_mode = fields.Selection(
        [("keep", "Leave as It Is"), ("set", "Sell at Most"), ("clear", "Sell All Rooms")],
        string="Allotment",
        required=True,
        default="keep",
    )
    limit = fields.Integer(string="Rooms")
    overbooking_mode = fields.Selection(
        [("keep", "Leave as It Is"), ("set", "Allow"), ("clear", "As the Room Type Says")],
        string="Overbooking",
        required=True,
        default="keep",
    )
    overbooking = fields.Integer(string="Rooms More")

    @api.onchange("property_id")
    def _onchange_property_id(self):
        self.room_type_ids = self.room_type_ids.filtered(lambda room_type: room_type.property_id == self.property_id)
        if self.property_id:
            self.start_date = self.end_date = self.property_id.business_date

    def action_set(self):
        """Set what was chosen on these nights; managers. What is sold already stays sold.

        :return: action that closes the window and says how many nights were set
        :rtype: dict
        :raises UserError: where the range or a number makes no sense, or no night is for sale
        """
        self.ensure_one()
        self.property_id.check_access("write")
        days = self._get_days()
        if self.limit < 0 or self.overbooking < 0:
            raise UserError(self.env._("Numbers of rooms cannot be negative."))
        types = self.room_type_ids or self.property_id.room_type_ids
        if types.property_id - self.property_id:
            raise UserError(self.env._("These room types belong to another property."))
        # nobody writes the inventory but the program; the right to was checked above
        count = self.env["hotel.inventory"].sudo()._set_nights(types, days, self._prepare_vals())
        if not count:
            raise UserError(self.env._("None of these nights is for sale: is the range within the nights sold ahead?"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s nights of room types were set.", count=count),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _get_days(self):
        """Return the nights meant.

        :rtype: list[date]
        """
        length = (self.end_date - self.start_date).days + 1
        if not 1 <= length <= MOST_DAYS:
            raise UserError(self.env._("The last night is before the first, or the range is too long."))
        names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        days = [self.start_date + timedelta(days=number) for number in range(length)]
        return [day for day in days if self[f"on_{names[day.weekday()]}"]]

    def _prepare_vals(self):
        """Return values of the inventory.

        :rtype: dict
        """
        vals = {}
        if self.limit_mode != "keep":
            vals |= {"is_limited": self.limit_mode == "set", "limit": self.limit if self.limit_mode == "set" else 0}
        if self.overbooking_mode != "keep":
            vals["is_overbooking_set"] = self.overbooking_mode == "set"
            if self.overbooking_mode == "set":
                vals["overbooking"] = self.overbooking
        return vals
