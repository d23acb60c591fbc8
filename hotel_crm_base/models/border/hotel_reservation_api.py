from odoo import fields, models


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    api_digest = fields.Char(
        string="Digest of the Request",
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Of what another system asked for: the same request twice is one booking, another one is refused.",
    )
