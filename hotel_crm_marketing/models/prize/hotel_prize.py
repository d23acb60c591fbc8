from odoo import api, fields, models
from odoo.exceptions import UserError


class HotelPrize(models.Model):
    """One kind of prize of a prize draw, and how many there are."""

    _name = "hotel.prize"
    _description = "Prize"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    campaign_id = fields.Many2one("utm.campaign", string="Activity", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="campaign_id.hotel_company_id", store=True, precompute=True, index=True)
    stock = fields.Integer(string="How Many", default=1, required=True)
    program_id = fields.Many2one(
        "loyalty.program",
        string="Coupon",
        ondelete="restrict",
        domain="[('program_type', 'in', ('coupons', 'next_order_coupons'))]",
        help="The prize is a coupon of it; empty: it is handed over at the hotel.",
    )
    win_ids = fields.One2many("hotel.prize.win", "prize_id", string="Winners")

    _stock_positive = models.Constraint("CHECK (stock > 0)", "There is one of each prize at least.")

    @api.model_create_multi
    def create(self, vals_list):
        prizes = super().create(vals_list)
        prizes._check_not_drawn()
        return prizes

    def write(self, vals):
        self._check_not_drawn()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_drawn(self):
        self._check_not_drawn()

    def _check_not_drawn(self):
        """Refuse changes of prizes that guests play for.

        :raises UserError: the activity is on the web
        """
        if any(prize.campaign_id.hotel_state != "planned" for prize in self):
            raise UserError(self.env._("Guests play for these prizes already: they stay as they are."))
