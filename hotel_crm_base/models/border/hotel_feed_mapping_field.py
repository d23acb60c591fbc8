from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...intake import feed, foreign, plan
from ...intake.targets import KINDS

#: names of all fields of all kinds, as the API calls them
TARGETS = list(dict.fromkeys(name for kind in KINDS for name in feed.fields_of(kind)))


class HotelFeedMappingField(models.Model):
    """Where the value of one field stands, and what its codes mean."""

    _name = "hotel.feed.mapping.field"
    _description = "Field of a Mapping"
    _order = "sequence, id"
    _rec_name = "target"

    part_id = fields.Many2one("hotel.feed.mapping.part", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    target = fields.Selection(
        [(name, name) for name in TARGETS], string="Field", required=True, help="As the API calls it."
    )
    path = fields.Char(required=True, help="Such as guest.name, ^.number, amount -> cents, or a text in quotes.")
    value_map = fields.Text(
        string="Codes", help="What a code of the other system means, one per line: CO = departed. * = all others."
    )

    _once = models.UniqueIndex("(part_id, target)", "A field is filled once.")

    @api.constrains("value_map")
    def _check_value_map(self):
        for line in self:
            try:
                plan.parse_value_map(line.value_map)
            except ValueError as error:
                raise ValidationError(
                    self.env._("Values are written as “from = to”, one per line. This is not: %s", error)
                ) from error

    @api.constrains("target", "path")
    def _check_path(self):
        self.part_id._check_paths()

    def _as_value(self):
        """Return this line as the engine reads it.

        :rtype: foreign.Value
        """
        return foreign.Value(self.target, self.path, plan.parse_value_map(self.value_map))
