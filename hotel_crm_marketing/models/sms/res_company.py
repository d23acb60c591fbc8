from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .sms_gateway import HotelSmsApi


class ResCompany(models.Model):
    _inherit = "res.company"

    hotel_sms_url = fields.Char(string="SMS Gateway", groups="base.group_system", help="Address that SMS are sent to.")
    hotel_sms_key = fields.Char(string="SMS Key", groups="base.group_system")
    hotel_sms_secret = fields.Char(string="SMS Secret", groups="base.group_system", help="Signs requests and reports.")
    hotel_sms_sender = fields.Char(string="SMS Sender", groups="base.group_system")

    @api.constrains("hotel_sms_url", "hotel_sms_key", "hotel_sms_secret")
    def _check_hotel_sms(self):
        for company in self.sudo().filtered("hotel_sms_url"):
            parts = urlsplit(company.hotel_sms_url)
            if parts.scheme not in ("https", "http") or not parts.netloc:
                raise ValidationError(self.env._("The address of the SMS gateway cannot be right."))
            if not (company.hotel_sms_key and company.hotel_sms_secret):
                raise ValidationError(self.env._("The SMS gateway needs a key and a secret."))

    def _get_sms_api_class(self):
        self.ensure_one()
        if self.sudo().hotel_sms_url:  # whoever lets SMS leave need not see settings
            return HotelSmsApi
        return super()._get_sms_api_class()
