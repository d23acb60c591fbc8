from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """When a company's hotels write to guests, and how often."""

    _inherit = "res.company"

    hotel_quiet_start = fields.Float(
        string="Quiet from",
        default=21.0,
        help="Local hour of the guest from which nothing but his own bookings is sent.",
    )
    hotel_quiet_end = fields.Float(string="Quiet to", default=9.0)
    hotel_cap_email = fields.Integer(
        string="E-mails per Guest", default=4, help="At most, in the days below. 0: no limit."
    )
    hotel_cap_sms = fields.Integer(string="SMS per Guest", default=2, help="At most, in the days below. 0: no limit.")
    hotel_cap_days = fields.Integer(string="Days of the Limit", default=7)

    _hotel_cap_sensible = models.Constraint(
        "CHECK (hotel_cap_email >= 0 AND hotel_cap_sms >= 0 AND hotel_cap_days > 0)",
        "Limits of messages cannot be negative, and are of one day at least.",
    )

    @api.constrains("hotel_quiet_start", "hotel_quiet_end")
    def _check_hotel_quiet(self):
        for company in self:
            if not all(0 <= hour < 24 for hour in (company.hotel_quiet_start, company.hotel_quiet_end)):
                raise ValidationError(self.env._("Hours are between 0:00 and 23:59."))
