from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotel_sms_url = fields.Char(related="company_id.hotel_sms_url", readonly=False)
    hotel_sms_key = fields.Char(related="company_id.hotel_sms_key", readonly=False)
    hotel_sms_secret = fields.Char(related="company_id.hotel_sms_secret", readonly=False)
    hotel_sms_sender = fields.Char(related="company_id.hotel_sms_sender", readonly=False)
