"""What is wrong with a row, as a code and what fills its sentence: said in the language of whoever reads it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...intake.problems import REASONS
from .import_messages import explain

#: what people type in
TYPED = {"new_value"}


class HotelRowErrorMixin(models.AbstractModel):
    """One reason why a row of a file or of another system was not taken, and the value that mends it."""

    _name = "hotel.row.error.mixin"
    _description = "Error of a Row"
    _rec_name = "reason"
    _log_access = False

    value = fields.Char(readonly=True)
    code = fields.Selection(
        [(code, text.replace("%s", "…")) for code, text in REASONS.items()], string="Kind of Error", readonly=True
    )
    detail = fields.Char(readonly=True, help="Fills the sentence of the reason.")
    reason = fields.Char(compute="_compute_reason", search="_search_reason")
    new_value = fields.Char()

    @api.depends("code", "detail")
    @api.depends_context("lang")
    def _compute_reason(self):
        for error in self:
            error.reason = explain(self.env, error.code, error.detail or "") if error.code else False

    def _search_reason(self, operator, value):
        """Find errors by words of their sentence, as the reader sees it."""
        if operator != "ilike" or not isinstance(value, str):
            return NotImplemented
        word = value.casefold()
        codes = [code for code in REASONS if word in explain(self.env, code).casefold()]
        return Domain("code", "in", codes) | Domain("detail", "ilike", value)

    def write(self, vals):
        if not self.env.su and set(vals) - TYPED:
            raise AccessError(self.env._("Only the new value of an error is typed in."))
        return super().write(vals)
