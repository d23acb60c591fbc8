from odoo import fields, models


class HotelApiScope(models.Model):
    """One right that clients of API v1 may be given, such as writing stays."""

    _name = "hotel.api.scope"
    _description = "Right of API Clients"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True, help="As the description of the API names it.")
    group_id = fields.Many2one(
        "res.groups",
        string="Group of the Technical User",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="What the technical user of a client with this right may do in the database.",
    )

    _code_unique = models.Constraint("UNIQUE (code)", "There is a right with this code already.")
