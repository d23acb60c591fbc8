from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .hotel_access_log import MONTHS_DEFAULT, MONTHS_LEAST, MONTHS_PARAMETER


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotel_access_log_months = fields.Integer(
        string="Keep the Access Log",
        config_parameter=MONTHS_PARAMETER,
        default=MONTHS_DEFAULT,
        help="Months after which entries of the access log are deleted.",
    )

    @api.constrains("hotel_access_log_months")
    def _check_hotel_access_log_months(self):
        for settings in self:
            if settings.hotel_access_log_months < MONTHS_LEAST:
                raise ValidationError(self.env._("The access log is kept for %s months at least.", MONTHS_LEAST))
