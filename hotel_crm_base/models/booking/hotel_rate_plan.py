from odoo import fields, models


class HotelRatePlan(models.Model):
    _inherit = "hotel.rate.plan"

    property_ids = fields.Many2many("hotel.property", string="Properties", help="Empty: all.")
    pricelist_id = fields.Many2one(
        "product.pricelist", string="Rates", ondelete="restrict", help="Empty: the public rates of the property."
    )
    policy_id = fields.Many2one("hotel.cancellation.policy", string="Cancellation Policy", ondelete="restrict")
    deposit_percent = fields.Float(help="Share of the total that is paid to confirm a booking, 0 to 100.")
    min_stay = fields.Integer(string="Minimum Nights")
    is_online = fields.Boolean(string="Bookable Online", default=True)
    audience = fields.Selection(
        [("all", "Everybody"), ("member", "Members"), ("company", "Companies")], required=True, default="all"
    )
    description = fields.Text(translate=True, help="Shown to guests.")

    _deposit_is_share = models.Constraint(
        "CHECK (deposit_percent BETWEEN 0 AND 100)", "The deposit is a share between 0 and 100 %."
    )
