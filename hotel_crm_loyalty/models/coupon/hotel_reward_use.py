"""What coupons, shared codes and points take off bookings: one record for each, from the hold to the end."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .. import guards

STATES = [
    ("held", "Held"),
    ("used", "Used"),
    ("kept", "Used Up"),
    ("returned", "Given Back"),
]
#: the discount stands on the booking
LIVE = ("held", "used")
#: what a use says of itself never changes
CHANGING = frozenset({"state", "amount", "ended_at", "end_reason", "used_at"})


class HotelRewardUse(models.Model):
    """One use of a coupon, a shared code or points on one booking.

    The coupon or the points are taken as soon as rooms are held: nobody else can use them meanwhile. They are
    given back where the hold runs out, or where the booking is cancelled and the programme says so.
    """

    _name = "hotel.reward.use"
    _description = "Coupon or Points on a Booking"
    _order = "id"
    _rec_name = "name"

    name = fields.Char(required=True, readonly=True, help="As it stands on the bill.")
    kind = fields.Selection(
        [("coupon", "Coupon"), ("code", "Shared Code"), ("points", "Points"), ("award", "Free Nights")],
        required=True,
        readonly=True,
    )
    state = fields.Selection(STATES, required=True, default="held", readonly=True, index=True)
    reservation_id = fields.Many2one(
        "hotel.reservation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    property_id = fields.Many2one(related="reservation_id.property_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="reservation_id.company_id", store=True, precompute=True)
    currency_id = fields.Many2one(related="reservation_id.currency_id")
    card_id = fields.Many2one("loyalty.card", required=True, readonly=True, index=True, ondelete="restrict")
    program_id = fields.Many2one(
        related="card_id.program_id", store=True, precompute=True, index=True, string="Programme"
    )
    reward_id = fields.Many2one("loyalty.reward", readonly=True, ondelete="restrict", index="btree_not_null")
    redemption_id = fields.Many2one(
        "hotel.loyalty.redemption", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    points = fields.Float(readonly=True, help="Taken from the card.")
    nights = fields.Json(readonly=True, help="Free nights: pairs of a stay and a date.")
    cash = fields.Monetary(readonly=True, help="Free nights: what is paid in money all the same.")
    amount = fields.Monetary(string="Discount", readonly=True, help="With tax, as it stands on the bills.")
    used_at = fields.Datetime(readonly=True, help="When the booking was confirmed.")
    ended_at = fields.Datetime(readonly=True, help="When it was given back or lost.")
    end_reason = fields.Char(string="Why Ended", readonly=True)
    line_ids = fields.One2many("sale.order.line", "hotel_use_id", string="Lines of Bills")

    _live_once = models.UniqueIndex(
        "(card_id, reservation_id, reward_id) WHERE state IN ('held', 'used')", "It is on this booking already."
    )
    _points_not_negative = models.Constraint("CHECK (points >= 0)", "Points cannot be less than nothing.")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_permit()
        return super().create(vals_list)

    def write(self, vals):
        self._check_permit()
        if set(vals) - CHANGING:
            raise AccessError(self.env._("What was used on a booking does not change."))
        return super().write(vals)

    def unlink(self):
        self._check_permit()
        return super().unlink()

    def _check_permit(self):
        """Refuse everybody but the program itself, managers and the superuser too."""
        if not guards.is_given(self.env.context, guards.REWARD):
            raise AccessError(self.env._("Coupons and points come to a booking by their codes and cards."))

    def _permitted(self):
        """Return these uses so that they can be changed; the caller has found out that it is right."""
        return self.sudo().with_context(**{guards.REWARD.key: guards.REWARD})

    # ---- from the hold to the end -----------------------------------------------------------

    def _confirm(self):
        """Note that bookings are confirmed: from now on it is used."""
        held = self.filtered(lambda use: use.state == "held")
        held._permitted().write({"state": "used", "used_at": fields.Datetime.now()})
        requested = held.redemption_id.filtered(lambda redemption: redemption.state == "requested")
        requested.write({"state": "approved"})

    def _give_back(self, reason):
        """Give coupons and points back; the discounts leave the bills with the next reckoning.

        :param str reason: in words, for staff and members
        """
        for use in self._permitted().filtered(lambda use: use.state != "returned"):
            use.write({"state": "returned", "ended_at": fields.Datetime.now(), "end_reason": reason})
            if use.redemption_id:
                use._give_points_back(reason)
            elif use.kind == "code":
                # the shared code itself can be used again; the card stood for this use only
                use.card_id.active = False
            elif use.points:
                use.card_id._give_hotel_points(use.points)
                use.card_id._note_hotel_points(-use.points, use.reservation_id)

    def _give_points_back(self, reason):
        """Give points back to the lots that they came from."""
        self.ensure_one()
        if self.redemption_id.state != "cancelled":
            self.redemption_id._cancel(reason)

    def _keep(self, reason):
        """Note that it is used up, although the guest does not come.

        :param str reason: in words, for staff
        """
        live = self.filtered(lambda use: use.state in LIVE)
        live._permitted().write({"state": "kept", "ended_at": fields.Datetime.now(), "end_reason": reason})

    def _revive(self):
        """Note that a booking which was given up is booked again: what was used up for it counts for it."""
        self._permitted().write({"state": "used", "ended_at": False, "end_reason": False})
