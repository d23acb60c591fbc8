from odoo import fields, models
from odoo.exceptions import AccessError


class HotelImportError(models.Model):
    """One reason why a row was refused."""

    _name = "hotel.import.error"
    _description = "Import Error"
    _order = "row_number, id"
    _rec_name = "reason"
    _log_access = False

    row_id = fields.Many2one("hotel.import.row", string="Refused Row", required=True, index=True, ondelete="cascade")
    job_id = fields.Many2one("hotel.import.job", required=True, index=True, ondelete="cascade", readonly=True)
    row_number = fields.Integer(string="Row", required=True, readonly=True, aggregator=None)
    column = fields.Char(readonly=True)
    value = fields.Char(readonly=True)
    code = fields.Char(readonly=True)
    reason = fields.Char(readonly=True)
    new_value = fields.Char(help="Type the right value here, then choose “Load Mended Rows”.")

    def write(self, vals):
        if not self.env.su and set(vals) - {"new_value"}:
            raise AccessError(self.env._("Only the new value of an error is typed in."))
        return super().write(vals)
