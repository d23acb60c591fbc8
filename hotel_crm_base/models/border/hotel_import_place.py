from odoo import api, fields, models


class HotelImportPlace(models.Model):
    """What a name of a hotel in the file means."""

    _name = "hotel.import.place"
    _description = "Import Property"
    _order = "id"

    job_id = fields.Many2one("hotel.import.job", required=True, index=True, ondelete="cascade")
    name = fields.Char(string="In the File", required=True, readonly=True)
    property_id = fields.Many2one("hotel.property", ondelete="cascade")
    is_left_out = fields.Boolean(string="Leave Out", help="Rows of this hotel are refused.")

    @api.constrains("property_id")
    def _check_visible(self):
        self.job_id._check_properties(self.property_id)
