from odoo import fields, models


class HotelCodeMixin(models.AbstractModel):
    """A short coded list: a code for machines, a translated name for people."""

    _name = "hotel.code.mixin"
    _description = "Hotel Coded List"
    _order = "sequence, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short code used by imports and other systems.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "This code is in use already.")
