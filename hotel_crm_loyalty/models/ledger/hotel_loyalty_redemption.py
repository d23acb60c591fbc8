from odoo import fields, models
from odoo.exceptions import UserError

STATES = [
    ("requested", "Requested"),
    ("approved", "Approved"),
    ("handed_over", "Handed Over"),
    ("cancelled", "Cancelled"),
]


class HotelLoyaltyRedemption(models.Model):
    """Points spent on something. They leave when it is asked for, and come back when it is cancelled."""

    _name = "hotel.loyalty.redemption"
    _inherit = ["hotel.loyalty.fact.mixin"]
    _description = "Redemption of Points"
    _changing_fields = frozenset({"state", "cancelled_date", "cancelled_reason", "note"})

    points = fields.Integer(required=True)
    reward_id = fields.Many2one("loyalty.reward", ondelete="restrict")
    order_id = fields.Many2one("sale.order", string="Folio", index="btree_not_null", ondelete="restrict")
    reservation_id = fields.Many2one("hotel.reservation", index="btree_not_null", ondelete="restrict")
    property_id = fields.Many2one("hotel.property", string="Hotel", ondelete="restrict", help="Where it is used.")
    coupon_id = fields.Many2one("loyalty.card", help="What was given for the points.", ondelete="restrict")
    is_award_night = fields.Boolean(string="Free Nights", help="The nights of the reservation are paid with points.")
    state = fields.Selection(STATES, required=True, default="requested")
    cancelled_date = fields.Date(readonly=True)
    cancelled_reason = fields.Char(readonly=True)

    _points_positive = models.Constraint("CHECK (points > 0)", "Redeem one point or more.")
    _cancelled_dated = models.Constraint(
        "CHECK ((state = 'cancelled') = (cancelled_date IS NOT NULL))", "A cancellation has a day."
    )

    def _cancel(self, reason=None):
        """Give the points back to the lots that they came from. Who may do so is the caller's to check.

        :param str reason: in words, for the member
        :raises UserError: one is cancelled already
        """
        if any(redemption.state == "cancelled" for redemption in self):
            raise UserError(self.env._("This redemption is cancelled already."))
        for program, redemptions in self.grouped(lambda redemption: redemption.card_id.program_id).items():
            vals = {"state": "cancelled", "cancelled_date": program._get_hotel_today(), "cancelled_reason": reason}
            redemptions.sudo().write(vals)  # the state of a redemption is the program's, see above
        self.card_id._hotel_evaluate()
