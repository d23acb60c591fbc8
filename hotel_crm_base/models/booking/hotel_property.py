from datetime import timedelta

from odoo import fields, models


class HotelProperty(models.Model):
    _inherit = "hotel.property"

    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Public Rates",
        ondelete="restrict",
        domain="[('company_id', 'in', (False, company_id))]",
        help="Prices of room types by season, weekday and length of stay. Empty: the public rate of each type.",
    )
    policy_id = fields.Many2one(
        "hotel.cancellation.policy",
        string="Cancellation Policy",
        ondelete="restrict",
        help="Where the rate plan has none.",
    )
    hold_minutes = fields.Integer(default=20, help="How long a room is held for a guest who is booking online.")
    offer_hours = fields.Integer(
        string="Waiting List Offers", default=24, help="Hours that rooms are held for somebody of the waiting list."
    )
    is_confirmation_manual = fields.Boolean(
        string="Requests Are Confirmed by Staff",
        help="Online bookings are requests that the hotel accepts or declines.",
    )
    is_online = fields.Boolean(string="Bookable Online", default=True)
    horizon_days = fields.Integer(string="Sold Ahead", default=730, help="Days ahead that rooms are for sale.")

    _hold_positive = models.Constraint("CHECK (hold_minutes > 0)", "Rooms are held for one minute at least.")
    _offer_positive = models.Constraint("CHECK (offer_hours > 0)", "Offers last for one hour at least.")
    _horizon_positive = models.Constraint(
        "CHECK (horizon_days BETWEEN 1 AND 1100)", "Rooms are sold between one day and three years ahead."
    )

    def _get_horizon(self):
        """Return the first night that is for sale, and the first one that is not yet.

        :rtype: tuple[date, date]
        """
        self.ensure_one()
        return self.business_date, self.business_date + timedelta(days=self.horizon_days)
