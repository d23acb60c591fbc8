from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...intake import foreign
from .hotel_import_options import KINDS


class HotelFeedMappingPart(models.Model):
    """Where rows of one kind stand in a document, and what each of their fields is."""

    _name = "hotel.feed.mapping.part"
    _description = "Part of a Mapping"
    _order = "sequence, id"
    _rec_name = "kind"

    mapping_id = fields.Many2one("hotel.feed.mapping", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10, help="Guests go before their stays, stays before what was consumed.")
    kind = fields.Selection(KINDS, required=True, default="stays")
    rows_path = fields.Char(string="Rows", help="Path to the rows, such as bookings[*].lines[*].")
    condition = fields.Char(string="Only Where", help="A row is left out where this path is empty.")
    field_ids = fields.One2many("hotel.feed.mapping.field", "part_id", string="Fields", copy=True)

    @api.constrains("kind", "rows_path", "condition", "field_ids")
    def _check_paths(self):
        """Refuse what is no path, and fields that the kind has not."""
        for part in self:
            faults = foreign.find_faults(part._as_part())
            if faults:
                raise ValidationError("\n".join(f"{where}: {text}" for where, text in faults))

    def _as_part(self):
        """Return this part as the engine reads it.

        :rtype: foreign.Part
        """
        values = [line._as_value() for line in self.field_ids if line.target and line.path]
        return foreign.Part(self.kind, self.rows_path or "", self.condition or "", values)
