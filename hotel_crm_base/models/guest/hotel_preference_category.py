from odoo import fields, models


class HotelPreferenceCategory(models.Model):
    """A kind of preference, such as pillows or food."""

    _name = "hotel.preference.category"
    _inherit = ["hotel.code.mixin"]
    _description = "Preference Category"

    is_alert = fields.Boolean(
        string="Show Always", help="Shown at the head of the guest's page, such as allergies."
    )
