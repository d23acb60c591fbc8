"""From the plan to the end: approval by somebody else, publication, and the days that turn the state."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MARKETING = "hotel_crm_base.group_marketing"
APPROVER = "hotel_crm_base.group_approver"


class UtmCampaign(models.Model):
    _inherit = "utm.campaign"

    hotel_is_planner = fields.Boolean(compute="_compute_hotel_is_planner")

    @api.depends_context("uid")
    def _compute_hotel_is_planner(self):
        for campaign in self:
            planners = campaign.create_uid | campaign.hotel_requested_by_id
            campaign.hotel_is_planner = self.env.user in planners

    def action_hotel_request(self):
        """Ask an approver for the approval. Callable by marketing.

        :raises UserError: something is missing
        """
        self._check_hotel_group(MARKETING)
        for campaign in self:
            if campaign.hotel_state != "planned":
                raise UserError(self.env._("Only what is planned is approved."))
            if not (campaign.hotel_start_date and campaign.hotel_end_date and campaign.hotel_summary):
                raise UserError(self.env._("Say when it takes place, and what it is in one sentence."))
        # the state is written by its buttons only
        self.sudo().write({"hotel_requested_by_id": self.env.uid})

    def action_hotel_approve(self):
        """Approve activities. Callable by approvers, not by who planned them.

        :raises AccessError: no approver, or the planner
        """
        self._check_hotel_group(APPROVER)
        for campaign in self:
            if campaign.hotel_is_planner:
                raise AccessError(self.env._("Somebody else approves what you have planned."))
            if campaign.hotel_state != "planned" or not campaign.hotel_requested_by_id:
                raise UserError(self.env._("Nobody has asked for an approval."))
        # as above
        self.sudo().write({"hotel_approved_by_id": self.env.uid, "hotel_approved_at": fields.Datetime.now()})

    def action_hotel_publish(self):
        """Show activities to guests. Callable by marketing.

        :raises UserError: it is not approved
        """
        self._check_hotel_group(MARKETING)
        for campaign in self:
            if campaign.hotel_state != "planned" or not campaign.hotel_approved_by_id:
                raise UserError(self.env._("“%(name)s” is not approved.", name=campaign.title))
        plans = self.sudo()  # as above
        plans.write({"hotel_state": "published"})
        plans._turn_hotel_states()

    def action_hotel_take_back(self):
        """Take activities off the web: they are planned anew. Callable by marketing.

        :raises UserError: guests have signed up
        """
        self._check_hotel_group(MARKETING)
        for campaign in self:
            if campaign.hotel_state not in ("published", "running") or campaign.sudo().hotel_taken:
                raise UserError(self.env._("Guests have signed up, or it is not on the web: end it instead."))
        plans = self.sudo()  # as above
        plans.write({"hotel_state": "planned"})
        plans._forget_approval()

    def action_hotel_end(self):
        """End activities before their day. Callable by marketing."""
        self._check_hotel_group(MARKETING)
        live = self.filtered(lambda campaign: campaign.hotel_state in ("published", "running"))
        live.sudo().write({"hotel_state": "ended"})  # as above

    def _check_hotel_group(self, group):
        """Refuse who does not belong to a group, and activities that the user does not see.

        :raises AccessError: one of both
        """
        if not self.env.su and not self.env.user.has_group(group):
            raise AccessError(self.env._("Your role does not do that."))
        self.check_access("read")
        if any(not campaign.hotel_kind for campaign in self):
            raise UserError(self.env._("This is no activity of a hotel."))

    @api.model
    def _cron_hotel_turn(self):
        """Let published activities run on their first day and end after their last."""
        self.search([("hotel_state", "in", ("published", "running")), ("hotel_kind", "!=", False)])._turn_hotel_states()

    def _turn_hotel_states(self):
        for campaign in self:
            today = campaign._get_hotel_today()
            if campaign.hotel_state in ("published", "running") and today > campaign.hotel_end_date:
                campaign.hotel_state = "ended"
            elif campaign.hotel_state == "published" and today >= campaign.hotel_start_date:
                campaign.hotel_state = "running"
