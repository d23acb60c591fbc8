from odoo import api, fields, models

FIELDS = ("arrival_date", "departure_date", "room_type_id", "room_id", "rate_plan_id", "adults", "children", "infants")


class HotelStayChange(models.TransientModel):
    """A booked room to be changed: what it will cost is shown before it is done."""

    _name = "hotel.stay.change"
    _description = "Change a Booked Room"

    stay_id = fields.Many2one("hotel.stay", required=True, readonly=True, ondelete="cascade")
    property_id = fields.Many2one(related="stay_id.property_id")
    currency_id = fields.Many2one(related="stay_id.currency_id")
    state = fields.Selection(related="stay_id.state")
    arrival_date = fields.Date(required=True)
    departure_date = fields.Date(required=True)
    room_type_id = fields.Many2one(
        "hotel.room.type",
        required=True,
        ondelete="cascade",
        domain="[('property_id', '=', property_id)]",
        help="What is sold. To give a better room at the same price, choose the room only.",
    )
    room_id = fields.Many2one("hotel.room", ondelete="cascade", domain="[('property_id', '=', property_id)]")
    rate_plan_id = fields.Many2one("hotel.rate.plan", ondelete="cascade")
    adults = fields.Integer(required=True, default=1)
    children = fields.Integer()
    infants = fields.Integer()
    old_total = fields.Monetary(string="Price So Far", compute="_compute_quote")
    new_total = fields.Monetary(string="New Price", compute="_compute_quote")
    difference = fields.Monetary(compute="_compute_quote")
    problem = fields.Char(compute="_compute_quote")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        stay = self.env["hotel.stay"].browse(values.get("stay_id"))
        if stay:
            values |= {name: stay.reservation_id._get_raw(stay, name) for name in FIELDS}
            values["room_type_id"] = (stay.booked_room_type_id or stay.room_type_id).id
        return values

    @api.depends("stay_id", *FIELDS)
    def _compute_quote(self):
        for wizard in self:
            stay = wizard.stay_id
            quote = {}
            if stay.reservation_id and wizard.arrival_date and wizard.departure_date:
                quote = stay.reservation_id._quote_change(stay, wizard._get_changes())
            wizard.old_total = quote.get("old_total", 0.0)
            wizard.new_total = quote.get("new_total", 0.0)
            wizard.difference = quote.get("difference", 0.0)
            wizard.problem = " ".join(quote.get("problems", ())) or False

    def _get_changes(self):
        """Return what differs from the stay; a room only as an upgrade leaves the type that was sold.

        :rtype: dict
        """
        stay = self.stay_id
        reservation = stay.reservation_id
        changes = {name: reservation._get_raw(self, name) for name in FIELDS}
        if self.room_type_id == (stay.booked_room_type_id or stay.room_type_id):
            changes.pop("room_type_id")
        return {
            name: value
            for name, value in changes.items()
            if value != reservation._get_raw(stay, name)
        }

    def action_apply(self):
        """Change the room of the booking at the price shown; those who may write reservations.

        :raises BookingError: where it cannot be, or the price is another one by now
        """
        self.ensure_one()
        reservation = self.stay_id.reservation_id
        reservation._change(self.stay_id, self._get_changes(), expected_total=self.new_total)
        return {"type": "ir.actions.act_window_close"}
