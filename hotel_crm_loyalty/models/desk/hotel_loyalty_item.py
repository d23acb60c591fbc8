"""The catalogue: what members get for points beside discounts on bookings."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

KINDS = [
    ("gift", "Gift"),
    ("coupon", "Coupon"),
    ("free_night", "Free Night"),
    ("service", "Service, such as Spa"),
    ("discount", "Discount"),
]
#: kinds that are handed over as a code
ISSUED = ("coupon", "free_night", "discount")


class HotelLoyaltyItem(models.Model):
    """One reward of the catalogue: what it is, what it costs in points, where, when and for whom."""

    _name = "hotel.loyalty.item"
    _inherit = ["image.mixin"]
    _description = "Reward of the Catalogue"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    kind = fields.Selection(KINDS, required=True, default="gift")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    program_id = fields.Many2one(
        "loyalty.program",
        string="Programme",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("hotel_managed", "=", True)],
        default=lambda self: self.env["loyalty.program"].search([("hotel_managed", "=", True)], limit=1),
    )
    property_id = fields.Many2one(
        "hotel.property", string="Hotel", ondelete="restrict", index="btree_not_null",
        help="Where it is given. Empty: at all hotels of the programme.",
    )  # fmt: skip
    company_id = fields.Many2one("res.company", compute="_compute_company_id", store=True, precompute=True)
    points = fields.Integer(help="What it costs, where it is no reward of the rules.")
    reward_code = fields.Char(help="Code of a reward in the rules of the programme, which say what it costs.")
    tier_id = fields.Many2one(
        "hotel.loyalty.tier", string="From Tier", ondelete="restrict", domain="[('program_id', '=', program_id)]"
    )
    from_date = fields.Date(string="From")
    until_date = fields.Date(string="Until")
    is_stocked = fields.Boolean(string="Limited Stock")
    stock = fields.Integer(help="How many are left.")
    needs_approval = fields.Boolean(help="The desk says yes before it is handed over.")
    collect_days = fields.Integer(
        string="Days to Collect", default=30, help="After so many days the points go back. 0: no end."
    )
    coupon_program_id = fields.Many2one(
        "loyalty.program",
        string="Coupon Programme",
        ondelete="restrict",
        domain=[("program_type", "=", "coupons"), ("hotel_managed", "=", False), ("reward_ids", "!=", False)],
        help="Which code the member gets.",
    )
    redemption_ids = fields.One2many("hotel.loyalty.redemption", "item_id", string="Redemptions")
    redemption_count = fields.Integer(string="Redeemed", compute="_compute_redemption_count")

    _stock_not_negative = models.Constraint("CHECK (stock >= 0)", "There is nothing left of this reward.")
    _points_not_negative = models.Constraint("CHECK (points >= 0)", "A reward costs 0 points or more.")
    _collect_days_not_negative = models.Constraint("CHECK (collect_days >= 0)", "Days to collect are 0 or more.")
    _dates_ordered = models.Constraint("CHECK (until_date >= from_date)", "It ends before it begins.")
    _program_idx = models.Index("(program_id, sequence) WHERE active")

    @api.depends("property_id.company_id", "program_id.company_id")
    def _compute_company_id(self):
        for item in self:
            item.company_id = item.property_id.company_id or item.program_id.company_id

    def _compute_redemption_count(self):
        counts = dict(
            self.env["hotel.loyalty.redemption"]._read_group(
                [("item_id", "in", self.ids), ("state", "!=", "cancelled")], ["item_id"], ["__count"]
            )
        )
        for item in self:
            item.redemption_count = counts.get(item, 0)

    @api.constrains("points", "reward_code", "program_id")
    def _check_price(self):
        for item in self:
            if bool(item.points) == bool(item.reward_code):
                raise ValidationError(self.env._("A reward has points of its own, or a reward of the rules."))
            if item.reward_code and item.reward_code not in item._get_rewards():
                raise ValidationError(
                    self.env._("The rules in force have no reward “%(code)s”.", code=item.reward_code)
                )

    @api.constrains("kind", "coupon_program_id")
    def _check_coupon_program(self):
        for item in self.filtered(lambda item: item.kind in ("coupon", "discount")):
            if not item.coupon_program_id:
                raise ValidationError(self.env._("Say which coupon the member gets."))
        for item in self.filtered("coupon_program_id"):
            program = item.sudo().coupon_program_id
            if program.program_type != "coupons" or not program.reward_ids:
                raise ValidationError(self.env._("Choose a programme of coupons with a reward."))

    @api.constrains("program_id", "property_id", "tier_id")
    def _check_place(self):
        for item in self:
            if item.property_id and not item.program_id._is_hotel_here(item.property_id):
                raise ValidationError(self.env._("The programme does not count at this hotel."))
            if item.tier_id and item.tier_id.program_id != item.program_id:
                raise ValidationError(self.env._("The tier is of another programme."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_redeemed(self):
        if any(item.sudo().redemption_ids for item in self):
            raise UserError(self.env._("Members have redeemed it: archive it instead."))

    def action_open_redemptions(self):
        """Open what members redeemed. Callable by those who see redemptions.

        :rtype: dict: action
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_loyalty.hotel_loyalty_redemption_action")
        return {**action, "domain": [("item_id", "=", self.id)], "context": {}}

    # ---- stock ------------------------------------------------------------------------------

    def _take_stock(self, count=1):
        """Take from the stock; two at once never take the last one twice.

        SQL because the database decides: the second waits for the first, is tried again, and finds nothing.

        :param int count: less than 0 puts back
        :raises UserError: so many are not there
        """
        for item in self.filtered("is_stocked"):
            item.flush_recordset(["stock"])
            taken = self.env.execute_query(
                SQL(
                    "UPDATE hotel_loyalty_item SET stock = stock - %s WHERE id = %s AND stock >= %s RETURNING stock",
                    count,
                    item.id,
                    count,
                )
            )
            item.invalidate_recordset(["stock"])
            if not taken:
                raise UserError(self.env._("There is nothing left of “%(item)s”.", item=item.name))
