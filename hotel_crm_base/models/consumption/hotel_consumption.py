"""Consumption: what guests really used and paid for. Append-only, corrected by reversals."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ... import guards

KINDS = [
    ("room", "Room"),
    ("food", "Food"),
    ("beverage", "Beverage"),
    ("minibar", "Minibar"),
    ("spa", "Spa"),
    ("event", "Event"),
    ("shop", "Shop"),
    ("service", "Service"),
    ("fee", "Cancellation or No-Show Fee"),
    ("other", "Other"),
]
MANUAL = "manual"


class HotelConsumption(models.Model):
    """One charge that a guest really consumed."""

    _name = "hotel.consumption"
    _inherit = ["hotel.guest.trace.mixin", "hotel.own.scope.mixin"]
    _description = "Consumption"
    _order = "business_date desc, id desc"
    _rec_name = "description"

    partner_id = fields.Many2one(
        "res.partner", string="Guest", index="btree_not_null", ondelete="restrict"
    )
    stay_id = fields.Many2one("hotel.stay", index="btree_not_null", ondelete="restrict")
    property_id = fields.Many2one(
        "hotel.property",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user._get_hotel_property(),
    )
    company_id = fields.Many2one(related="property_id.company_id", store=True, precompute=True)
    outlet_id = fields.Many2one(
        "hotel.outlet", ondelete="restrict", domain="[('property_id', '=', property_id)]"
    )
    kind = fields.Selection(KINDS, required=True, default="other")
    business_date = fields.Date(
        required=True, compute="_compute_business_date", store=True, readonly=False, precompute=True
    )
    posted_at = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    bill_ref = fields.Char(string="Bill")
    description = fields.Char(string="Items", required=True)
    quantity = fields.Float(default=1.0, digits="Product Unit")
    amount_gross = fields.Monetary(string="Amount", required=True, help="Tax included.")
    amount_net = fields.Monetary(string="Net Amount", required=True, help="Tax not included.")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    accrues_points = fields.Boolean(
        default=True, help="Whether loyalty programmes count it. Imported history does not."
    )
    reversal_of_id = fields.Many2one(
        "hotel.consumption", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    reversal_ids = fields.One2many("hotel.consumption", "reversal_of_id", string="Reversals")
    reversal_reason = fields.Char(readonly=True)
    is_reversed = fields.Boolean(compute="_compute_is_reversed")
    source_system = fields.Char(default=MANUAL, required=True, readonly=True)
    source_ref = fields.Char(string="Source Reference", readonly=True, copy=False)

    _source_unique = models.UniqueIndex(
        "(source_system, source_ref) WHERE source_ref IS NOT NULL",
        "This charge of the other system is recorded already.",
    )
    _reversed_once = models.UniqueIndex(
        "(reversal_of_id) WHERE reversal_of_id IS NOT NULL", "This charge is reversed already."
    )
    _amount_by_hand = models.Constraint(
        "CHECK (amount_gross >= 0 OR reversal_of_id IS NOT NULL OR source_system <> 'manual')",
        "Amounts cannot be negative. Reverse the wrong charge instead.",
    )
    _partner_date_idx = models.Index("(partner_id, business_date DESC) WHERE partner_id IS NOT NULL")
    _property_date_idx = models.Index("(property_id, business_date)")

    @api.depends("property_id")
    def _compute_currency_id(self):
        for line in self:
            line.currency_id = line.currency_id or line.property_id.currency_id

    @api.depends("property_id")
    def _compute_business_date(self):
        for line in self:
            line.business_date = line.business_date or line.property_id.business_date

    @api.depends("reversal_ids")
    def _compute_is_reversed(self):
        reversed_lines = self.search([("reversal_of_id", "in", self.ids)]).reversal_of_id
        for line in self:
            line.is_reversed = line in reversed_lines

    @api.onchange("amount_gross")
    def _onchange_amount_gross(self):
        """Offer the amount as net too, until somebody types the net."""
        if not self.amount_net:
            self.amount_net = self.amount_gross

    @api.onchange("stay_id")
    def _onchange_stay_id(self):
        if self.stay_id:
            self.property_id = self.stay_id.property_id
            self.partner_id = self.partner_id or self.stay_id.partner_id

    @api.constrains("property_id", "outlet_id", "stay_id")
    def _check_same_property(self):
        for line in self:
            others = line.outlet_id.property_id | line.stay_id.property_id
            if others - line.property_id:
                raise ValidationError(self.env._("Outlet or stay belong to another property."))

    @api.constrains("reversal_of_id", "amount_gross", "amount_net")
    def _check_reversal_amount(self):
        for line in self.filtered("reversal_of_id"):
            origin = line.reversal_of_id
            sums = (line.amount_gross + origin.amount_gross, line.amount_net + origin.amount_net)
            if any(line.currency_id.compare_amounts(total, 0) for total in sums):
                raise ValidationError(self.env._("A reversal takes back the whole charge."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if "amount_net" not in vals:
                vals["amount_net"] = vals.get("amount_gross", 0.0)
        lines = super().create(vals_list)
        lines._after_post()
        return lines

    def write(self, vals):
        """Refuse changes: consumption is append-only. A merge of guests re-points it."""
        if set(vals) - {"partner_id"} or not guards.is_given(self.env.context, guards.MERGE):
            raise UserError(
                self.env._("Consumption is never changed. Reverse the charge and post it anew.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("Consumption is never deleted. Reverse the charge instead."))

    def action_reverse(self, reason=None):
        """Take these charges back by rows of the opposite amount.

        Callable by those who may post consumption.

        :param str reason: why, kept on the reversal
        :returns: the reversals
        :rtype: hotel.consumption
        :raises UserError: where a charge is a reversal or is reversed already
        """
        if any(line.reversal_of_id or line.is_reversed for line in self):
            raise UserError(self.env._("A charge is reversed once, and a reversal never."))
        return self.create([line._prepare_reversal_vals(reason) for line in self])

    def _prepare_reversal_vals(self, reason):
        """Return values of the row that takes this charge back."""
        self.ensure_one()
        return {
            "partner_id": self.partner_id.id,
            "stay_id": self.stay_id.id,
            "property_id": self.property_id.id,
            "outlet_id": self.outlet_id.id,
            "kind": self.kind,
            "bill_ref": self.bill_ref,
            "description": self.description,
            "quantity": -self.quantity,
            "amount_gross": -self.amount_gross,
            "amount_net": -self.amount_net,
            "currency_id": self.currency_id.id,
            "accrues_points": self.accrues_points,
            "source_system": self.source_system,
            "reversal_of_id": self.id,
            "reversal_reason": reason,
        }

    def _after_post(self):
        """Hook: these charges, reversals among them, have just been posted."""
