from odoo import api, fields, models


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
    is_erased = fields.Boolean(
        string="Erased",
        readonly=True,
        help="The guest asked to be forgotten: rows of this number are refused by imports.",
    )

    _source_unique = models.UniqueIndex(
        "(source_system, source_ref)", "This number of the other system belongs to a guest already."
    )


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_reference_ids = fields.One2many("hotel.guest.reference", "partner_id", string="Numbers in Other Systems")

    @api.model
    def _hotel_merge_map(self):
        return {**super()._hotel_merge_map(), "hotel.guest.reference": "partner_id"}

    def _hotel_anonymize(self):
        """Keep the numbers, so that a later import cannot bring the guest back."""
        # whoever may erase a guest need not have rights on the import's tables
        self.sudo().hotel_reference_ids.is_erased = True
        return super()._hotel_anonymize()

    def _hotel_export(self):
        references = self.sudo().hotel_reference_ids  # the guest's own data
        rows = [{"system": ref.source_system, "number": ref.source_ref} for ref in references]
        return {**super()._hotel_export(), **({"Numbers in Other Systems": rows} if rows else {})}
