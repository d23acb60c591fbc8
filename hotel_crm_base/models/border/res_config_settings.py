from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..guest.hotel_merge_certain import MERGE_PARAMETER
from ..guest.hotel_privacy_request import DAYS_DEFAULT, DAYS_PARAMETER
from ..guest.hotel_sealed_buyer import YEARS_DEFAULT, YEARS_PARAMETER
from ..guest.identity_check import MINUTES_DEFAULT, MINUTES_MOST, MINUTES_PARAMETER
from . import message_options
from .hotel_access_log import MONTHS_DEFAULT, MONTHS_LEAST, MONTHS_PARAMETER


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotel_access_log_months = fields.Integer(
        string="Keep the Access Log",
        config_parameter=MONTHS_PARAMETER,
        default=MONTHS_DEFAULT,
        help="Months after which entries of the access log are deleted.",
    )
    hotel_identity_minutes = fields.Integer(
        string="Password before Identity Numbers",
        config_parameter=MINUTES_PARAMETER,
        default=MINUTES_DEFAULT,
        help="Minutes for which a password or passkey holds before an identity number is shown. 0: none is asked for.",
    )
    hotel_privacy_days = fields.Integer(
        string="Answer Privacy Requests",
        config_parameter=DAYS_PARAMETER,
        default=DAYS_DEFAULT,
        help="Days within which a request for a copy or for erasure is answered.",
    )
    hotel_invoice_years = fields.Integer(
        string="Keep Buyers of Invoices",
        config_parameter=YEARS_PARAMETER,
        default=YEARS_DEFAULT,
        help="Years that name and address of an erased guest are kept, sealed, for posted invoices.",
    )
    hotel_merge_certain = fields.Boolean(
        string="Merge Duplicates by Itself",
        config_parameter=MERGE_PARAMETER,
        help="Pairs that are one guest all but certainly are merged without anybody looking.",
    )
    hotel_message_months = fields.Integer(
        string="Keep Messages",
        config_parameter=message_options.MONTHS_PARAMETER,
        default=message_options.MONTHS_DEFAULT,
        help="Months after which the list of messages to guests is cleared.",
    )
    hotel_message_bounces = fields.Integer(
        string="Returned E-mails",
        config_parameter=message_options.BOUNCES_PARAMETER,
        default=message_options.BOUNCES_DEFAULT,
        help="An address from which so many e-mails came back gets no more.",
    )
    hotel_quiet_start = fields.Float(related="company_id.hotel_quiet_start", readonly=False)
    hotel_quiet_end = fields.Float(related="company_id.hotel_quiet_end", readonly=False)
    hotel_cap_email = fields.Integer(related="company_id.hotel_cap_email", readonly=False)
    hotel_cap_sms = fields.Integer(related="company_id.hotel_cap_sms", readonly=False)
    hotel_cap_days = fields.Integer(related="company_id.hotel_cap_days", readonly=False)

    @api.constrains("hotel_message_months", "hotel_message_bounces")
    def _check_hotel_messages(self):
        for settings in self:
            if settings.hotel_message_months < message_options.MONTHS_LEAST or settings.hotel_message_bounces < 1:
                raise ValidationError(self.env._("Messages are kept for one month, and one may come back, at least."))

    @api.constrains("hotel_identity_minutes")
    def _check_hotel_identity_minutes(self):
        for settings in self:
            if not 0 <= settings.hotel_identity_minutes <= MINUTES_MOST:
                raise ValidationError(self.env._("A password holds for %s minutes at most.", MINUTES_MOST))

    @api.constrains("hotel_privacy_days", "hotel_invoice_years")
    def _check_hotel_privacy(self):
        for settings in self:
            if settings.hotel_privacy_days < 1 or settings.hotel_invoice_years < 1:
                raise ValidationError(self.env._("Privacy requests have a day, and sealed buyers a year, at least."))

    @api.constrains("hotel_access_log_months")
    def _check_hotel_access_log_months(self):
        for settings in self:
            if settings.hotel_access_log_months < MONTHS_LEAST:
                raise ValidationError(self.env._("The access log is kept for %s months at least.", MONTHS_LEAST))
