from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("apology", "Apology"),
    ("points", "Points"),
    ("coupon", "Coupon"),
    ("folio", "Discount on the Folio"),
    ("refund", "Refund"),
    ("gift", "Gift"),
]
#: what is given as an amount of money
MONEY = ("folio", "refund")


class HotelAmendType(models.Model):
    """One entry of the catalogue of amends: what a hotel gives a guest to make good."""

    _name = "hotel.amend.type"
    _description = "Kind of Amends"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="gift")
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: all companies.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    unit_cost = fields.Float(
        string="Cost of One", digits=(16, 4),
        help="To the hotel: of one point, one coupon, one gift; in the company's currency.",
    )  # fmt: skip
    piece_cost = fields.Monetary(
        string="Cost", compute="_compute_piece_cost", inverse="_inverse_piece_cost",
        help="To the hotel, of one coupon or one gift; in the company's currency.",
    )  # fmt: skip
    program_id = fields.Many2one(
        "loyalty.program", string="Coupon", ondelete="restrict",
        domain="[('hotel_is_handed_out', '=', True), ('program_type', 'in', ('coupons', 'next_order_coupons'))]",
    )  # fmt: skip

    _cost_not_negative = models.Constraint("CHECK (unit_cost >= 0)", "A cost is 0 or more.")

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for kind in self:
            kind.currency_id = (kind.company_id or self.env.company).currency_id

    @api.depends("unit_cost", "currency_id")
    def _compute_piece_cost(self):
        for kind in self:
            kind.piece_cost = kind.unit_cost

    def _inverse_piece_cost(self):
        for kind in self:
            kind.unit_cost = kind.currency_id.round(kind.piece_cost)

    @api.constrains("kind", "program_id")
    def _check_coupon(self):
        if any(kind.kind == "coupon" and not kind.program_id for kind in self):
            raise ValidationError(self.env._("Choose the coupon that is given."))
