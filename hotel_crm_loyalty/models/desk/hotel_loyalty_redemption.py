"""Rewards of the catalogue on their way to the member: asked for, approved, handed over."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .hotel_loyalty_item import ISSUED

#: who hands rewards over
HANDERS = ("hotel_crm_base.group_front_office", "hotel_crm_base.group_food_beverage", "hotel_crm_base.group_service")
BATCH = 200


class HotelLoyaltyRedemption(models.Model):
    _name = "hotel.loyalty.redemption"
    _inherit = ["hotel.loyalty.redemption", "hotel.loyalty.notice.mixin"]
    _changing_fields = frozenset(
        {
            *("state", "cancelled_date", "cancelled_reason", "note", "coupon_id"),
            *("approved_by_id", "handed_over_at", "handed_over_by_id", "signed_by", "signature"),
        }
    )

    item_id = fields.Many2one(
        "hotel.loyalty.item", string="Reward of the Catalogue", ondelete="restrict", index="btree_not_null"
    )
    partner_id = fields.Many2one(related="card_id.partner_id", string="Guest")
    request_key = fields.Char(readonly=True, copy=False)
    expires_date = fields.Date(string="To Be Collected Until", readonly=True)
    approved_by_id = fields.Many2one("res.users", readonly=True)
    handed_over_at = fields.Datetime(string="Handed Over", readonly=True)
    handed_over_by_id = fields.Many2one("res.users", readonly=True)
    signed_by = fields.Char(string="Received By", readonly=True)
    signature = fields.Binary(readonly=True, attachment=True)
    coupon_code = fields.Char(related="coupon_id.code", string="Code", groups="hotel_crm_base.group_front_office")

    _request_unique = models.UniqueIndex(
        "(card_id, request_key) WHERE request_key IS NOT NULL", "This was asked for already."
    )
    _desk_idx = models.Index("(state, property_id) WHERE item_id IS NOT NULL")
    _expires_idx = models.Index("(expires_date) WHERE state IN ('requested', 'approved')")

    @api.depends("item_id", "points", "card_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for redemption in self:
            redemption.display_name = redemption._describe_matter()

    def _describe_matter(self):
        """Return in one line what was redeemed.

        :rtype: str
        """
        what = self.item_id.name or self.reward_id.description or self.env._("Points on a booking")
        return self.env._("%(what)s, %(points)s points", what=what, points=self.points)

    def action_approve(self):
        """Say yes to what a member asked for. Callable by front office, food and beverage, and service.

        :raises AccessError: another role
        :raises UserError: it is not waiting any more
        """
        self._check_hander()
        self._lock_in(("requested",))
        self.sudo().write({"state": "approved", "approved_by_id": self.env.uid})
        self._after_redeemed()

    def action_open_hand_over(self):
        """Ask who receives it. Callable as action_approve.

        :rtype: dict: action
        """
        self.ensure_one()
        self._check_hander()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_loyalty.hotel_loyalty_hand_over_action")
        return {**action, "context": {"default_redemption_id": self.id}}

    def action_open_cancel(self):
        """Ask why it is cancelled. Callable as action_approve.

        :rtype: dict: action
        """
        self.ensure_one()
        self._check_hander()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_loyalty.hotel_loyalty_refusal_action")
        return {**action, "context": {"default_res_model": self._name, "default_res_id": self.id}}

    def action_refuse(self, reason):
        """Cancel what was not handed over; the points go back where they came from. Callable as action_approve.

        :param str reason: why, for the member
        :raises AccessError: another role
        :raises UserError: no reason, handed over already, or cancelled
        """
        self._check_hander()
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why it is cancelled."))
        self._lock_in(("requested", "approved"))
        self._cancel(reason.strip())
        self._tell_member("redemption")

    def _hand_over(self, signed_by, signature=None):
        """Note that a reward is the member's now: once, whoever else tries at this moment.

        :param str signed_by: who received it
        :param signature: picture in base 64, where somebody signed on a screen
        :raises AccessError: another role
        :raises UserError: it was not approved, or has gone already
        """
        self.ensure_one()
        self._check_hander()
        if not (signed_by or "").strip():
            raise UserError(self.env._("Say who receives it."))
        self._lock_in(("approved",))
        self._note_handed_over({"signed_by": signed_by.strip(), "signature": signature})

    def _note_handed_over(self, vals):
        self.sudo().write(
            {
                "state": "handed_over",
                "handed_over_at": fields.Datetime.now(),
                "handed_over_by_id": self.env.uid,
                **vals,
            }
        )

    def _check_hander(self):
        """Refuse who does not hand rewards over, or not at this hotel.

        :raises AccessError: with the reason
        """
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in HANDERS):
            raise AccessError(self.env._("Your role does not hand rewards over."))
        if any(redemption.order_id or not redemption.item_id for redemption in self.sudo()):
            raise UserError(self.env._("Points on a booking belong to its folio."))

    def _lock_in(self, states):
        """Hold these redemptions and see that they are in some state still.

        SQL because a second request waits for the first one, and is tried again.

        :param states: where the step begins
        :raises UserError: somebody was quicker
        """
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM hotel_loyalty_redemption WHERE id IN %s ORDER BY id FOR UPDATE",
                tuple(self.ids) or (0,),
            )
        )
        self.invalidate_recordset()
        names = dict(self._fields["state"]._description_selection(self.env))
        for redemption in self:
            if redemption.state not in states:
                raise UserError(self.env._("This redemption is “%(state)s” already.", state=names[redemption.state]))

    # ---- what happens by itself ---------------------------------------------------------------

    def _after_redeemed(self):
        """Give out at once what is a code; tell the member what waits."""
        for redemption in self.sudo():  # codes are the program's to issue
            item = redemption.item_id
            if item.coupon_program_id and item.kind in ISSUED and redemption.state == "approved":
                redemption.coupon_id = item._issue_coupon(redemption.card_id)
                redemption._note_handed_over({})
        return self._tell_member("redemption")

    def _cancel(self, reason=None):
        """Put the reward back into stock before the points go back."""
        for item, redemptions in self.grouped("item_id").items():
            item.sudo()._take_stock(-len(redemptions))
        return super()._cancel(reason)

    @api.model
    def _cron_expire(self):
        """Give points back for what nobody collected in time."""
        domain = Domain("state", "in", ("requested", "approved")) & Domain("expires_date", "!=", False)
        # an hour of a time zone more or less: each programme's own date is looked at below
        domain &= Domain("expires_date", "<=", fields.Date.today())
        found = self.search(domain, limit=BATCH, order="expires_date, id")
        self.env["ir.cron"]._commit_progress(remaining=len(found))
        for redemption in found:
            redemption = redemption.try_lock_for_update().filtered_domain(domain)
            if redemption and redemption.expires_date < redemption.card_id.program_id._get_hotel_today():
                redemption._cancel(self.env._("It was not collected in time."))
                redemption._tell_member("redemption")
            if not self.env["ir.cron"]._commit_progress(1):
                break
