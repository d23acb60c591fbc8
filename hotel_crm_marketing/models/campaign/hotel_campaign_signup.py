"""Who takes part in an activity."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .campaign_options import SHARES

CANCELLERS = ("group_marketing", "group_front_office", "group_service")


class SignupRefused(UserError):
    """Nobody can sign up, or no place is left."""


class HotelCampaignSignup(models.Model):
    """One guest who takes part in an activity."""

    _name = "hotel.campaign.signup"
    _description = "Sign-up for an Activity"
    _order = "id desc"
    _rec_name = "partner_id"

    campaign_id = fields.Many2one("utm.campaign", string="Activity", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="campaign_id.hotel_company_id", store=True, precompute=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Guest", required=True, readonly=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(
        [("signed", "Signed Up"), ("cancelled", "Cancelled")], required=True, default="signed", readonly=True
    )
    places = fields.Integer(required=True, default=1, readonly=True)
    source = fields.Selection([(code, name) for code, (name, _url) in SHARES.items()], string="Came by", readonly=True)
    contact_key = fields.Char(required=True, readonly=True, copy=False, groups="base.group_system")
    card_id = fields.Many2one("loyalty.card", string="Coupon", readonly=True, ondelete="set null")

    _once = models.UniqueIndex("(campaign_id, contact_key) WHERE state = 'signed'", "This guest has signed up already.")
    _guest_idx = models.Index("(campaign_id, partner_id)")
    _places_positive = models.Constraint("CHECK (places > 0)", "A guest takes one place at least.")

    @api.model
    def _check_open(self, campaign, is_taken):
        """Refuse a sign-up that came too late, too early, or for a place that somebody else has taken.

        :raises SignupRefused: with the sentence for the guest
        """
        if campaign.hotel_state != "running":
            raise SignupRefused(campaign._get_hotel_signup_problem())
        if not is_taken:
            raise SignupRefused(self.env._("All places are taken."))

    def _after_sign_up(self, is_known):
        """Give the coupon of the activity, and confirm the sign-up by e-mail.

        :param bool is_known: the guest is logged in: the coupon is his or hers; else of who has the code
        """
        self.ensure_one()
        campaign = self.campaign_id
        if campaign.hotel_program_id:
            card = campaign.hotel_program_id._hotel_issue(self.partner_id, is_once=False)
            if not is_known:
                card.partner_id = False
            self.card_id = card
        if self.partner_id.email_normalized:
            self.env["hotel.message"]._send(
                self.partner_id,
                "transaction",
                "email",
                f"signup/{self.id}",
                template="hotel_crm_marketing.mail_template_signup",
                record=self,
                property=campaign._get_hotel_speaker(),
                company=campaign.hotel_company_id,
            )

    def action_cancel(self):
        """Cancel sign-ups and give the places to others. Callable by marketing, front office and service.

        :raises AccessError: another role
        """
        if not self.env.su and not any(self.env.user.has_group(f"hotel_crm_base.{name}") for name in CANCELLERS):
            raise AccessError(self.env._("Your role does not do that."))
        self.check_access("read")
        # nobody writes sign-ups by hand; the role was checked above
        for signup in self.sudo().try_lock_for_update().filtered(lambda each: each.state == "signed"):
            signup.state = "cancelled"
            signup.campaign_id._take_hotel_places(-signup.places)
