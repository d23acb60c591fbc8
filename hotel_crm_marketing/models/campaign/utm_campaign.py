"""Activities: what the hotel offers to whom, when, on which page, at which cost."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .campaign_options import APPROVED, DERIVED, KINDS, STATES

SEGMENT_READERS = "hotel_crm_base.group_marketing,hotel_crm_base.group_finance"
MONEY_READERS = f"{SEGMENT_READERS},hotel_crm_base.group_approver"


class UtmCampaign(models.Model):
    _inherit = "utm.campaign"

    hotel_kind = fields.Selection(KINDS, string="Kind of Activity", index="btree_not_null")
    hotel_state = fields.Selection(STATES, string="State", default="planned", readonly=True, copy=False)
    hotel_company_id = fields.Many2one("res.company", string="Company of the Activity", index="btree_not_null")
    hotel_property_ids = fields.Many2many("hotel.property", string="Hotels", help="Empty: all hotels of the company.")
    hotel_start_date = fields.Date(string="From", copy=False)
    hotel_end_date = fields.Date(string="Until", copy=False)
    hotel_segment_ids = fields.Many2many(
        "hotel.segment",
        string="Audience",
        groups=SEGMENT_READERS,
        help="Guests of one of these segments. Empty: all guests.",
    )
    hotel_tier_ids = fields.Many2many("hotel.loyalty.tier", string="Tiers", help="Members of these tiers only.")
    hotel_is_members_only = fields.Boolean(string="Members Only", help="The page opens for members who are logged in.")
    hotel_summary = fields.Char(string="In One Sentence", translate=True)
    hotel_description = fields.Html(string="Text of the Page", translate=True)
    hotel_terms = fields.Html(string="Terms", translate=True)
    hotel_picture = fields.Image(string="Picture", max_width=1600, max_height=1600)
    hotel_currency_id = fields.Many2one(related="hotel_company_id.currency_id", string="Currency of the Activity")
    hotel_budget = fields.Monetary(
        string="Budget", currency_field="hotel_currency_id", copy=False, groups=MONEY_READERS
    )
    hotel_cost = fields.Monetary(
        string="Cost",
        currency_field="hotel_currency_id",
        copy=False,
        groups=MONEY_READERS,
        help="Spent so far, without discounts.",
    )
    hotel_program_id = fields.Many2one(
        "loyalty.program",
        string="Coupons of the Activity",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('program_type', 'in', ('coupons', 'next_order_coupons'))]",
    )
    hotel_capacity = fields.Integer(string="Places", help="0: as many as come.")
    hotel_guest_limit = fields.Integer(string="Places per Guest", default=1)
    hotel_taken = fields.Integer(string="Places Taken", readonly=True, copy=False)
    hotel_holdout_percent = fields.Float(
        string="Control Group", default=10.0, help="Percent of the audience who are told nothing, to compare with."
    )
    hotel_requested_by_id = fields.Many2one("res.users", string="Asked for Approval by", readonly=True, copy=False)
    hotel_approved_by_id = fields.Many2one("res.users", string="Approved by", readonly=True, copy=False)
    hotel_approved_at = fields.Datetime(string="Approved at", readonly=True, copy=False)
    hotel_lessons = fields.Text(string="Lessons", copy=False, help="What to do again, and what not.")
    hotel_signup_ids = fields.One2many("hotel.campaign.signup", "campaign_id", string="Sign-ups")

    _hotel_capacity_kept = models.Constraint(
        "CHECK (COALESCE(hotel_capacity, 0) = 0 OR COALESCE(hotel_taken, 0) <= hotel_capacity)",
        "There are not so many places.",
    )
    _hotel_holdout_in_range = models.Constraint(
        "CHECK (COALESCE(hotel_holdout_percent, 0) BETWEEN 0 AND 50)",
        "A control group is half of the audience at most.",
    )

    @api.constrains("hotel_kind", "hotel_company_id", "hotel_start_date", "hotel_end_date", "hotel_guest_limit")
    def _check_hotel_activity(self):
        for campaign in self.filtered("hotel_kind"):
            if not campaign.hotel_company_id:
                raise ValidationError(self.env._("Say which company's activity it is."))
            first, last = campaign.hotel_start_date, campaign.hotel_end_date
            if first and last and first > last:
                raise ValidationError(self.env._("The activity ends before it begins."))
            if campaign.hotel_guest_limit < 1 or campaign.hotel_capacity < 0:
                raise ValidationError(self.env._("Each guest has one place at least."))

    @api.constrains("hotel_company_id", "hotel_property_ids", "hotel_program_id", "hotel_segment_ids")
    def _check_hotel_company(self):
        for campaign in self.filtered("hotel_kind"):
            company = campaign.hotel_company_id
            program = campaign.hotel_program_id
            if campaign.hotel_property_ids.company_id - company or program.company_id - company:
                raise ValidationError(self.env._("The hotel or the coupon belongs to another company."))
            if any(company not in segment.company_ids for segment in campaign.hotel_segment_ids):
                raise ValidationError(self.env._("The audience belongs to another company."))
            if program and (program.program_type not in ("coupons", "next_order_coupons") or not program.reward_ids):
                raise ValidationError(self.env._("Coupons are given of programmes of coupons with a reward."))

    @api.model_create_multi
    def create(self, vals_list):
        """Plan activities; nobody makes one that is approved or published."""
        company = self.env.company.id
        prepared = []
        for vals in vals_list:
            clean = vals if self.env.su else {name: vals[name] for name in vals if name not in DERIVED}
            prepared.append({"hotel_company_id": company, **clean} if vals.get("hotel_kind") else clean)
        return super().create(prepared)

    def write(self, vals):
        """Change activities: what was approved, or lies with an approver, is asked for anew; what is published stays.

        :raises AccessError: a state or an approval is written by hand
        :raises UserError: what guests rely on changes after the publication
        """
        if not self.env.su:
            self._check_hotel_write(vals)
            asked = self.filtered("hotel_requested_by_id")
            if asked and APPROVED & set(vals):
                asked.sudo()._forget_approval()
        return super().write(vals)

    def _check_hotel_write(self, vals):
        if DERIVED & set(vals):
            raise AccessError(self.env._("The state of an activity follows from its buttons."))
        fixed = APPROVED & set(vals) - {"hotel_budget"}
        if fixed and any(campaign.hotel_kind and campaign.hotel_state != "planned" for campaign in self):
            raise UserError(self.env._("Guests see this activity already: take it back first."))

    def _forget_approval(self):
        self.write({"hotel_approved_by_id": False, "hotel_approved_at": False, "hotel_requested_by_id": False})

    def _get_hotel_today(self):
        """Return today where the activity takes place.

        :rtype: date
        """
        self.ensure_one()
        hotel = self.hotel_property_ids[:1] or self.env["hotel.property"].search(
            [("company_id", "=", self.hotel_company_id.id)], limit=1
        )
        return hotel._get_local_today() if hotel else fields.Date.context_today(self)

    def _get_hotel_speaker(self):
        """Return the hotel that speaks; empty where several do.

        :rtype: hotel.property
        """
        return self.hotel_property_ids if len(self.hotel_property_ids) == 1 else self.hotel_property_ids.browse()
