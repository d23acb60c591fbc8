"""What each role has to bring when it signs in."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

FACTORS = [
    ("none", "Password"),
    ("mail", "Password and a code, by e-mail where there is no app"),
    ("strong", "Authenticator app or passkey"),
]
STRENGTH = {name: place for place, (name, _text) in enumerate(FACTORS)}


class HotelSignInRule(models.Model):
    """The second factor that the members of one group sign in with. Of several groups the strictest rule counts."""

    _name = "hotel.sign.in.rule"
    _description = "Sign-in Rule"
    _order = "sequence, id"
    _rec_name = "group_id"

    sequence = fields.Integer(default=10)
    group_id = fields.Many2one("res.groups", string="Role", required=True, ondelete="cascade")
    factor = fields.Selection(FACTORS, string="Signs In With", required=True, default="none")
    grace_days = fields.Integer(
        string="Days to Set It Up",
        default=14,
        help="From the day of the rule or of the account. So long an e-mailed code is taken in place of the other.",
    )
    strong_since = fields.Date(readonly=True, help="The day from which an app or a passkey is asked for.")
    user_count = fields.Integer(string="Users", compute="_compute_counts")
    weak_count = fields.Integer(
        string="Without App or Passkey",
        compute="_compute_counts",
        help="Users who would sign in with less than an app or a passkey.",
    )

    _once = models.Constraint("UNIQUE (group_id)", "There is a rule for this role already.")
    _grace = models.Constraint("CHECK (grace_days BETWEEN 0 AND 90)", "Between 0 and 90 days to set it up.")

    @api.depends("group_id")
    def _compute_counts(self):
        for rule in self:
            users = rule._get_users()
            rule.user_count = len(users)
            rule.weak_count = len(users.filtered(lambda user: not user._has_hotel_strong_factor()))

    def _get_users(self):
        """Return active users of the group who sign in themselves."""
        # an administrator of the hotel sees no more of them here than how many they are
        return self.sudo().group_id.all_user_ids.filtered("active")

    def action_show_weak(self):
        """Return the action that lists who would sign in with less than an app or a passkey.

        :rtype: dict
        """
        self.ensure_one()
        weak = self._get_users().filtered(lambda user: not user._has_hotel_strong_factor())
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_staff_account_action")
        return {**action, "domain": [("id", "in", weak.ids)]}

    @api.constrains("factor", "group_id")
    def _check_addresses(self):
        for rule in self:
            lacking = len(rule._get_users().filtered(lambda user: not user.email)) if rule.factor != "none" else 0
            if lacking:
                raise ValidationError(
                    self.env._("%(count)s users of %(role)s have no e-mail address: they could not sign in any more.",
                               count=lacking, role=rule.group_id.name)
                )  # fmt: skip

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._date_strong(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._date_strong(vals))

    @api.model
    def _date_strong(self, vals):
        if "factor" not in vals:
            return vals
        return {**vals, "strong_since": fields.Date.context_today(self) if vals["factor"] == "strong" else False}

    @api.model
    def _get_strictest(self, user):
        """Return the strictest of the rules that hold for a user; empty where there is none.

        :rtype: hotel.sign.in.rule
        """
        # who signs in is nobody yet
        rules = self.sudo().search([("factor", "!=", "none")])
        held = rules and rules.filtered(lambda rule: rule.group_id in user.sudo().all_group_ids)
        return held.sorted(lambda rule: (STRENGTH[rule.factor], -rule.grace_days))[-1:]

    def _get_last_day(self, user):
        """Return the last day on which an e-mailed code is taken in place of an app or passkey.

        :rtype: datetime.date
        """
        self.ensure_one()
        begun = max(self.strong_since or user.create_date.date(), user.create_date.date())
        return max(begun + timedelta(days=self.grace_days), user.hotel_enrol_until or begun)
