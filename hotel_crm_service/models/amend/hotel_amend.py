"""Something that a guest gets to make good what went wrong."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .hotel_amend_limit import GIVERS
from .hotel_amend_type import MONEY

STATES = [("waiting", "Waiting for Approval"), ("done", "Given"), ("refused", "Refused")]
#: what whoever asks for amends may say
KEPT = {"case_id", "type_id", "amount", "points", "note"}
#: more than this is a slip of the hand
MOST_POINTS = 1_000_000


class HotelAmend(models.Model):
    """One amends of a case: asked for, approved where it is much, carried out once."""

    _name = "hotel.amend"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Amends"
    _order = "id desc"
    _rec_name = "type_id"
    _mail_post_access = "read"

    case_id = fields.Many2one("hotel.case", required=True, index=True, ondelete="restrict")
    partner_id = fields.Many2one(related="case_id.partner_id", string="Guest", store=True, index=True)
    property_id = fields.Many2one(related="case_id.property_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="case_id.company_id", store=True, precompute=True)
    currency_id = fields.Many2one(related="property_id.currency_id")
    department_id = fields.Many2one("hotel.department", readonly=True, index="btree_not_null", ondelete="restrict")
    type_id = fields.Many2one("hotel.amend.type", string="What", required=True, ondelete="restrict")
    kind = fields.Selection(related="type_id.kind", store=True)
    amount = fields.Monetary(
        string="Cost", compute="_compute_amount", store=True, readonly=False, precompute=True,
        help="To the hotel, in its currency; of a discount or a refund, with tax.",
    )  # fmt: skip
    points = fields.Integer()
    note = fields.Char(string="What For", help="Kept with it, and said to the guest where there is a message.")
    state = fields.Selection(STATES, required=True, default="waiting", readonly=True, index=True)
    date = fields.Date(readonly=True, help="Business date on which it was given.")
    user_id = fields.Many2one("res.users", string="Asked By", readonly=True)
    approver_id = fields.Many2one("res.users", string="Decided By", readonly=True)
    decided_at = fields.Datetime(string="Decided", readonly=True)
    refusal = fields.Char(string="Why Refused", readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    # why it waits, as figures: said in the language of whoever reads it
    is_above_limit = fields.Boolean(readonly=True)
    limit_total = fields.Monetary(
        string="Given for the Case", currency_field="company_currency_id", readonly=True, help="This one too."
    )
    limit_amount = fields.Monetary(
        string="Limit of Who Asked", currency_field="company_currency_id", readonly=True
    )
    is_above_budget = fields.Boolean(readonly=True)
    why_waiting = fields.Char(compute="_compute_why_waiting")
    can_decide = fields.Boolean(compute="_compute_can_decide")
    posting_id = fields.Many2one(
        "hotel.loyalty.posting", string="Posting of Points", readonly=True, ondelete="restrict"
    )
    card_id = fields.Many2one("loyalty.card", string="Coupon Given", readonly=True, ondelete="restrict")
    line_ids = fields.Many2many("sale.order.line", string="Corrections", readonly=True)

    _amount_not_negative = models.Constraint("CHECK (amount >= 0)", "Amends cost 0 or more.")
    _budget_idx = models.Index("(department_id, date) WHERE state = 'done'")

    @api.depends("type_id", "points")
    def _compute_amount(self):
        for amend in self:
            kind, hotel = amend.type_id, amend.case_id.sudo().property_id
            if kind.kind in MONEY or not hotel:
                continue
            units = amend.points if kind.kind == "points" else 1
            company = hotel.company_id
            cost = kind.with_company(company).currency_id._convert(
                kind.unit_cost * max(units, 0), hotel.currency_id, company, hotel.business_date
            )
            amend.amount = 0.0 if kind.kind == "apology" else cost

    @api.depends("is_above_limit", "limit_total", "limit_amount", "is_above_budget")
    @api.depends_context("lang")
    def _compute_why_waiting(self):
        for amend in self:
            reasons, currency = [], amend.sudo().company_currency_id
            if amend.is_above_limit:
                texts = {"total": currency.format(amend.limit_total), "limit": currency.format(amend.limit_amount)}
                reasons.append(self.env._("%(total)s for this case is above the limit of %(limit)s.", **texts))
            if amend.is_above_budget:
                reasons.append(self.env._("The budget of the department for this month does not hold it."))
            amend.why_waiting = " ".join(reasons)

    @api.depends("state", "user_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        is_approver = self.env.user.has_group("hotel_crm_base.group_approver")
        for amend in self:
            amend.can_decide = is_approver and amend.state == "waiting" and amend.user_id != self.env.user

    @api.model_create_multi
    def create(self, vals_list):
        """Ask for amends: given at once within the limits, else they wait for somebody else.

        :raises AccessError: another role, or a case that the user may not write
        :raises UserError: nothing to give, or it cannot be carried out
        """
        vals_list = [self._prepare_amend_vals(vals) for vals in vals_list]
        silent = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        amends = super(HotelAmend, silent).create(vals_list).with_env(self.env)
        for amend in amends:
            amend._check_asked()
            amend._judge()
        return amends

    @api.model
    def _prepare_amend_vals(self, vals):
        case = self.env["hotel.case"].browse(vals.get("case_id"))
        if not self.env.su and not any(self.env.user.has_group(group) for group in GIVERS):
            raise AccessError(self.env._("Your role gives no amends."))
        case.check_access("write" if not self.env.user.has_group("hotel_crm_base.group_finance") else "read")
        kept = {name: value for name, value in vals.items() if name in KEPT}
        kind = self.env["hotel.amend.type"].browse(kept.get("type_id"))
        if kind.kind not in MONEY:
            kept.pop("amount", None)  # what it costs is said by the catalogue
        return {**kept, "user_id": self.env.uid, "department_id": case.department_id.id}

    def _check_asked(self):
        """Refuse what says nothing, or has nobody to go to.

        :raises UserError: with the reason
        """
        if self.kind in MONEY and self.currency_id.compare_amounts(self.amount, 0) <= 0:
            raise UserError(self.env._("Say how much is given back."))
        if self.kind == "points" and not 0 < self.points <= MOST_POINTS:
            raise UserError(self.env._("Say how many points the guest gets."))
        if self.kind in ("points", "coupon") and not self.partner_id:
            raise UserError(self.env._("Say first which guest the case is about."))
        if self.type_id.company_id and self.type_id.company_id != self.company_id:
            raise UserError(self.env._("The catalogue of another company does not count here."))
        if self.case_id.state == "merged":
            raise UserError(self.env._("The case was merged into another one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_books(self):
        raise UserError(self.env._("Amends are kept. Refuse what is not to be given."))
