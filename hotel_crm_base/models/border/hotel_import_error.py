from odoo import fields, models


class HotelImportError(models.Model):
    """One reason why a row was refused."""

    _name = "hotel.import.error"
    _inherit = ["hotel.row.error.mixin"]
    _description = "Import Error"
    _order = "row_number, id"

    row_id = fields.Many2one("hotel.import.row", string="Refused Row", required=True, index=True, ondelete="cascade")
    job_id = fields.Many2one("hotel.import.job", required=True, index=True, ondelete="cascade", readonly=True)
    row_number = fields.Integer(string="Row", required=True, readonly=True, aggregator=None)
    column = fields.Char(readonly=True)
    new_value = fields.Char(help="Type the right value here, then choose “Load Mended Rows”.")
