"""Four eyes: what one person asks for above a limit, another one approves or refuses."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

APPROVERS = "hotel_crm_base.group_approver"
MOST_TOLD = 20


class HotelLoyaltyApprovalMixin(models.AbstractModel):
    """A fact about a member that waits, where somebody asked for more than he or she may give."""

    _name = "hotel.loyalty.approval.mixin"
    _inherit = ["mail.thread", "mail.activity.mixin", "hotel.loyalty.notice.mixin"]
    _description = "Approval by Somebody Else"
    # facts are written by nobody, and talked about by everybody who sees them
    _mail_post_access = "read"

    # what facts have anyway
    card_id = fields.Many2one("loyalty.card")
    user_id = fields.Many2one("res.users")
    state = fields.Selection(
        [("waiting", "Waiting for Approval"), ("posted", "Posted"), ("refused", "Refused")],
        required=True,
        default="posted",
        index=True,
    )
    approver_id = fields.Many2one("res.users", string="Decided By", readonly=True)
    decided_at = fields.Datetime(string="Decided", readonly=True)
    refusal = fields.Char(string="Why Refused", readonly=True)
    reason_id = fields.Many2one("hotel.loyalty.reason", ondelete="restrict")
    property_id = fields.Many2one(
        "hotel.property", string="Asked At", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    partner_id = fields.Many2one(related="card_id.partner_id", string="Guest")
    can_decide = fields.Boolean(compute="_compute_can_decide")

    @api.depends("state", "user_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        is_approver = self.env.user.has_group(APPROVERS)
        for fact in self:
            fact.can_decide = is_approver and fact.state == "waiting" and fact.user_id != self.env.user

    @api.model_create_multi
    def create(self, vals_list):
        """Facts come by the thousand too: none begins with a message or followers."""
        silent = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True)
        return super(HotelLoyaltyApprovalMixin, silent).create(vals_list).with_env(self.env)

    def action_approve(self):
        """Approve what somebody else asked for. Callable by approvers.

        :raises AccessError: no approver, or the one who asked
        :raises UserError: it is decided already
        """
        self._decide("posted")
        self.card_id._hotel_evaluate()
        self._after_posted()

    def action_refuse(self, reason):
        """Refuse what somebody else asked for. Callable by approvers.

        :param str reason: why, for who asked
        :raises AccessError: no approver, or the one who asked
        :raises UserError: no reason, or it is decided already
        """
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why it is refused."))
        self._decide("refused", refusal=reason.strip())

    def action_open_refusal(self):
        """Ask why it is refused. Callable by approvers.

        :rtype: dict: action
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_loyalty.hotel_loyalty_refusal_action")
        return {**action, "context": {"default_res_model": self._name, "default_res_id": self.id}}

    def _decide(self, state, **values):
        """Note a decision, once: whoever comes second finds it decided."""
        if not self.env.user.has_group(APPROVERS):
            raise AccessError(self.env._("Only approvers decide about this."))
        self.check_access("read")
        self._query_lock()
        if any(fact.state != "waiting" for fact in self):
            raise UserError(self.env._("Somebody has decided about this already."))
        if any(fact.user_id == self.env.user for fact in self):
            raise AccessError(self.env._("Somebody else than who asked for it decides."))
        # nobody has rights to write facts: who may decide is checked above
        facts = self.sudo()
        facts.write({"state": state, "approver_id": self.env.uid, "decided_at": fields.Datetime.now(), **values})
        facts.activity_ids.unlink()

    def _query_lock(self):
        """Hold these rows until the end of the transaction; SQL because a second decision waits for the first."""
        self.flush_model()
        table, ids = SQL.identifier(self._table), tuple(self.ids) or (0,)
        self.env.cr.execute(SQL("SELECT id FROM %s WHERE id IN %s ORDER BY id FOR UPDATE", table, ids))
        self.invalidate_recordset()

    def _ask_for_approval(self):
        """Give everybody who may decide something to do."""
        for fact in self.filtered(lambda fact: fact.state == "waiting"):
            for user in fact._get_approvers():
                # seen in the list of one's activities: no e-mail to everybody who may decide
                fact.with_context(mail_activity_quick_update=True).activity_schedule(
                    "mail.mail_activity_data_todo", summary=fact._describe_request(user.lang), user_id=user.id
                )

    def _get_approvers(self):
        """Return who may decide: approvers who see the hotel where it was asked for.

        :rtype: res.users
        """
        approvers = self.env.ref(APPROVERS).sudo().all_user_ids.filtered("active") - self.user_id
        hotel = self.property_id
        if hotel:
            approvers = approvers.filtered(lambda user: hotel in user.hotel_visible_property_ids)
        return approvers[:MOST_TOLD]

    def _describe_matter(self):
        """Return in one line what is asked for, in the reader's language.

        :rtype: str
        """
        return self._describe_request(self.env.lang)

    def _tell_user(self):
        """Return what the web client shows whoever asked: that it holds, or waits for somebody else.

        :rtype: dict: client action
        """
        is_posted = all(fact.state == "posted" for fact in self)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if is_posted else "warning",
                "message": self.env._("Done.") if is_posted else self.env._("It waits for somebody who approves it."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _describe_request(self, lang):
        """Hook: return in one line what is asked for, in a language.

        :rtype: str
        """
        return self.with_context(lang=lang)._description

    def _after_posted(self):
        """Hook: these facts hold now, and the members were evaluated."""
