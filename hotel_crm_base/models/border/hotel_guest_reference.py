from odoo import fields, models


class HotelGuestReference(models.Model):
    """The number under which another system knows a guest."""

    _name = "hotel.guest.reference"
    _description = "Guest Number in Another System"
    _order = "partner_id, source_system, id"
    _log_access = False
    _rec_name = "source_ref"

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, index=True, ondelete="cascade")
    source_system = fields.Char(required=True)
    source_ref = fields.Char(string="Number", required=True)

    _source_unique = models.UniqueIndex(
        "(source_system, source_ref)", "This number of the other system belongs to a guest already."
    )
