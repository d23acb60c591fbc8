from odoo import fields, models


class HotelEventKind(models.Model):
    """One kind of fact that other systems may be told of."""

    _name = "hotel.event.kind"
    _description = "Kind of Event"
    _order = "code"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="As it stands in the message, such as stay.checked_out.")

    _code_once = models.UniqueIndex("(code)", "There is a kind with this code.")
