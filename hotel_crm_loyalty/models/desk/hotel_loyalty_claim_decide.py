"""What becomes of a claim: approved with the stay or with points, refused, withdrawn; and who may say so."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.hotel_crm_base import guards

from .hotel_loyalty_approval_mixin import APPROVERS, MOST_TOLD
from .hotel_loyalty_limit import ADJUSTERS

MANAGERS = "hotel_crm_base.group_manager"
BATCH = 200


class HotelLoyaltyClaim(models.Model):
    _inherit = "hotel.loyalty.claim"

    def action_open_decision(self):
        """Open what decides about this claim. Callable by those who give points.

        :rtype: dict: action
        """
        self.ensure_one()
        self._check_decider()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_loyalty.hotel_loyalty_claim_answer_action")
        return {**action, "context": {"default_claim_id": self.id}}

    def action_withdraw(self):
        """Take a claim back for the member. Callable by those who give points.

        :raises UserError: it is answered already
        """
        self._check_decider()
        self._lock_new()
        self.sudo()._close("withdrawn")

    def _approve(self, stay=None, points=0, answer=None):
        """Say yes: the stay becomes the member's and earns by the rules, or points are posted.

        :param hotel.stay stay: one of the candidates; None: points are posted
        :param int points: without a stay, how many
        :param str answer: what the member is told beside it
        :raises AccessError: another role, or more than the role gives
        :raises UserError: answered already, or somebody else's stay
        """
        self.ensure_one()
        self._check_decider()
        self._lock_new()
        claim = self.sudo()  # stays and facts are the program's to write: rights are checked above
        if stay and stay.sudo() not in claim._get_candidates():
            raise UserError(self.env._("This stay is somebody else's, or its points have come already."))
        value = claim._get_stay_points(stay.sudo()) if stay else points
        self._check_within_limit(value)
        if stay:
            claim._attach(stay.sudo())
        else:
            claim._post_points(points)
        claim._close("approved", answer=answer, points=value)

    def _approve_by_rules(self):
        """Say yes to what is proven and within the limit of the rules."""
        self._attach(self.stay_id)
        self._close("approved", is_automatic=True)

    def _refuse(self, answer):
        """Say no.

        :param str answer: why, for the member
        :raises AccessError: another role
        :raises UserError: no reason, or answered already
        """
        self.ensure_one()
        self._check_decider()
        if not (answer or "").strip():
            raise UserError(self.env._("Say why it is refused."))
        self._lock_new()
        self.sudo()._close("refused", answer=answer.strip())

    def _close(self, state, **values):
        """Note the end of a claim, and tell the member."""
        if self.env.uid and not values.get("is_automatic"):
            values["decided_by_id"] = self.env.uid
        self.write({"state": state, "decided_at": fields.Datetime.now(), "is_overdue": False, **values})
        self.activity_ids.unlink()
        if state != "withdrawn":
            self._tell_member("claim")

    def _attach(self, stay):
        """Make a stay the member's: it earns by the rules. What is the member's and earned nothing is posted.

        The row is held first: of two who claim it, the second finds a guest there.
        """
        self.env.cr.execute(SQL("SELECT partner_id FROM hotel_stay WHERE id = %s FOR UPDATE", stay.id))
        guest = self.card_id.partner_id
        [(owner_id,)] = self.env.cr.fetchall()
        if owner_id not in (None, guest.id):
            raise UserError(self.env._("This stay is somebody else's, or its points have come already."))
        self.stay_id = stay
        if owner_id is None:
            stay.partner_id = guest
            lines = self.env["hotel.consumption"].search([("stay_id", "=", stay.id), ("partner_id", "=", False)])
            # charges never change but for their guest, as in a merge
            lines.with_context(**{guards.MERGE.key: guards.MERGE}).write({"partner_id": guest.id})
        self.card_id._hotel_evaluate()
        if not self._has_earned(stay) and self.points:
            self._post_points(self.points)

    def _post_points(self, points):
        if points <= 0:
            raise UserError(self.env._("Say how many points the member gets."))
        self.posting_id = self.env["hotel.loyalty.posting"].create(
            {
                "card_id": self.card_id.id,
                "kind": "adjust",
                "points": points,
                "reason_id": self.env.ref("hotel_crm_loyalty.hotel_loyalty_reason_claim").id,
                "note": self.name,
                "user_id": self.env.uid,
                "property_id": self.property_id.id,
            }
        )
        self.card_id._hotel_evaluate()

    # ---- who, and when ------------------------------------------------------------------------

    def _check_decider(self):
        """Refuse who does not answer claims.

        :raises AccessError: with the reason
        """
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in (*ADJUSTERS, APPROVERS)):
            raise AccessError(self.env._("Your role does not answer claims."))

    def _check_within_limit(self, points):
        """Refuse more points than the role gives; approvers give more, but not for what they filed themselves.

        :raises AccessError: with the reason
        """
        limit, _can_grant = self.env["hotel.loyalty.limit"]._get_limit(self.sudo().program_id, self.env.user)
        if points <= limit:
            return
        if not self.env.user.has_group(APPROVERS):
            raise AccessError(
                self.env._("%(points)s points are above your limit of %(limit)s.", points=points, limit=limit)
            )
        if self.user_id == self.env.user:
            raise AccessError(self.env._("Somebody else than who asked for it decides."))

    def _lock_new(self):
        """Hold these claims and see that they wait still; SQL because a second answer waits for the first.

        :raises UserError: one is answered already
        """
        self.flush_model()
        ids = tuple(self.ids) or (0,)
        self.env.cr.execute(SQL("SELECT id FROM hotel_loyalty_claim WHERE id IN %s ORDER BY id FOR UPDATE", ids))
        self.invalidate_recordset()
        if any(claim.state != "new" for claim in self):
            raise UserError(self.env._("This claim is answered already."))

    @api.model
    def _cron_escalate(self):
        """Let managers know of claims whose answer is overdue, once."""
        domain = Domain("state", "=", "new") & Domain("is_overdue", "=", False)
        domain &= Domain("answer_date", "<", fields.Date.today())
        found = self.search(domain, limit=BATCH, order="answer_date, id")
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        for claim in found:
            claim = claim.try_lock_for_update().filtered_domain(domain)
            if claim:
                claim._escalate()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _escalate(self):
        """Give the managers of the hotel something to do."""
        self.is_overdue = True
        managers = self.env.ref(MANAGERS).sudo().all_user_ids.filtered(
            lambda user: user.active and self.property_id in user.hotel_visible_property_ids
        )
        for user in managers[:MOST_TOLD]:
            claim = self.with_context(lang=user.lang)
            claim.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=claim.env._("The answer to claim %(claim)s is overdue", claim=self.name),
                user_id=user.id,
            )
