from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...intake import feed
from .hotel_row_error_mixin import TYPED


class HotelFeedError(models.Model):
    """One reason why a row of another system waits, and the value that mends it."""

    _name = "hotel.feed.error"
    _inherit = ["hotel.row.error.mixin"]
    _description = "Error of a Staged Row"
    _order = "row_id, id"

    row_id = fields.Many2one("hotel.feed.row", string="Staged Row", required=True, index=True, ondelete="cascade")
    client_id = fields.Many2one(related="row_id.client_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="row_id.company_id", store=True, precompute=True)
    property_id = fields.Many2one(related="row_id.property_id", store=True, precompute=True)
    kind = fields.Selection(related="row_id.kind")
    source_ref = fields.Char(related="row_id.source_ref")
    field_names = fields.Char(string="Name in the API", required=True)
    field_label = fields.Char(string="Field", compute="_compute_field_label")
    new_value = fields.Char(help="Type the right value here, then choose “Process Again”.")

    @api.depends("field_names", "row_id.kind")
    @api.depends_context("lang")
    def _compute_field_label(self):
        columns = self.env["hotel.import.column"]._fields
        for kind, errors in self.grouped("kind").items():
            labels = dict(columns[f"{kind}_target"]._description_selection(self.env)) if kind else {}
            for error in errors:
                error.field_label = ", ".join(labels.get(name, name) for name in (error.field_names or "").split(", "))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(set(vals) - {*TYPED, "row_id", "field_names"} for vals in vals_list):
            raise AccessError(self.env._("Only the new value of an error is typed in."))
        errors = super().create(vals_list)
        if not self.env.su:
            errors.row_id.check_access("read")
            errors._check_fields_known()
        return errors

    def action_process(self):
        """Take the rows of these errors again. For managers and administrators."""
        return self.row_id.action_process()

    def _check_fields_known(self):
        """Refuse fields that rows of this kind have not."""
        for error in self:
            if set(error.field_names.split(", ")) - set(feed.fields_of(error.row_id.kind)):
                raise ValidationError(self.env._("There is no field %s", error.field_names))
