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
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id, help="Currency of meals."
    )
    meal_adult_rate = fields.Monetary(
        string="Meals per Adult", help="Per night, on top of the rate of the room; taxed as the room is."
    )
    meal_child_rate = fields.Monetary(string="Meals per Child", help="Per night.")
    is_online = fields.Boolean(string="Bookable Online", default=True)
    audience = fields.Selection(
        [("all", "Everybody"), ("member", "Members"), ("company", "Companies")], required=True, default="all"
    )
    description = fields.Text(translate=True, help="Shown to guests.")

    _deposit_is_share = models.Constraint(
        "CHECK (deposit_percent BETWEEN 0 AND 100)", "The deposit is a share between 0 and 100 %."
    )
    _nights_not_negative = models.Constraint("CHECK (min_stay >= 0)", "Nights cannot be negative.")
    _meals_not_negative = models.Constraint(
        "CHECK (meal_adult_rate >= 0 AND meal_child_rate >= 0)", "Meals cannot cost less than nothing."
    )
