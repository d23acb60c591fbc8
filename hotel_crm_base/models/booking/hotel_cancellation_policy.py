from odoo import fields, models

FEE_KINDS = [
    ("none", "No Fee"),
    ("nights", "Nights"),
    ("percent", "Percent of the Booking"),
]


class HotelCancellationPolicy(models.Model):
    """Until when a booking is cancelled or changed free of charge, and what it costs afterwards."""

    _name = "hotel.cancellation.policy"
    _inherit = ["hotel.code.mixin"]
    _description = "Cancellation Policy"

    free_until_hours = fields.Integer(
        default=24,
        help="Hours before the check-in time of the day of arrival, by the property's clock.",
    )
    fee_kind = fields.Selection(FEE_KINDS, string="Late Cancellation", required=True, default="nights")
    fee_value = fields.Float(string="Fee", default=1.0, help="Number of first nights, or percent of the booking.")
    no_show_fee_kind = fields.Selection(FEE_KINDS, string="No-Show", required=True, default="nights")
    no_show_fee_value = fields.Float(string="No-Show Fee", default=1.0)
    is_change_allowed = fields.Boolean(
        string="Changes Online",
        default=True,
        help="Guests change dates and room type themselves until the free time ends.",
    )

    _hours_not_negative = models.Constraint("CHECK (free_until_hours >= 0)", "Hours cannot be negative.")
    _fees_not_negative = models.Constraint(
        "CHECK (fee_value >= 0 AND no_show_fee_value >= 0)", "Fees cannot be negative."
    )
