"""Who may give how much: limits of roles, budgets of departments, and somebody else's approval."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

APPROVERS = "hotel_crm_base.group_approver"
MOST_TOLD = 20


class HotelAmend(models.Model):
    _inherit = "hotel.amend"

    def _judge(self):
        """Give at once what is within limit and budget, else ask for approval."""
        reasons = self._get_reasons_to_wait()
        if not reasons:
            self._give()
            return
        # who asks may not write what follows
        self.sudo().write(reasons)
        for user in self._get_approvers():
            told = self.sudo().with_context(lang=user.lang, mail_activity_quick_update=True)
            told.activity_schedule(
                "mail.mail_activity_data_todo", summary=told._describe(), user_id=user.id
            )

    def _describe(self):
        """Return in one line what is asked for.

        :rtype: str
        """
        cost = self.currency_id.format(self.amount)
        return self.env._("%(what)s for %(case)s, %(cost)s", what=self.type_id.name, case=self.case_id.name, cost=cost)

    def _get_reasons_to_wait(self):
        """Return why these amends are not given without somebody else, as values of them; none where they are.

        :rtype: dict
        """
        amend = self.sudo()  # limits, budgets and other amends are asked, not shown
        company, currency = amend.company_id, amend.currency_id
        others = amend.search([("case_id", "=", amend.case_id.id), ("state", "=", "done")])
        day = amend.property_id.business_date
        total = currency._convert(amend.amount + sum(others.mapped("amount")), company.currency_id, company, day)
        limit = self.env["hotel.amend.limit"]._get_limit(company, self.env.user)
        reasons = {}
        if company.currency_id.compare_amounts(total, limit) > 0:
            reasons = {"is_above_limit": True, "limit_total": total, "limit_amount": limit}
        if amend._is_above_budget():
            reasons["is_above_budget"] = True
        return reasons

    def _is_above_budget(self):
        """Return whether the department has given too much this month; who gives at the same time waits here.

        :rtype: bool
        """
        department = self.department_id
        if not department.amend_budget or not self.amount:
            return False
        department._take_turn()
        spent = department._get_amends_of_month().get(department, 0.0)
        return self.currency_id.compare_amounts(spent + self.amount, department.amend_budget) > 0

    def _get_approvers(self):
        """Return who may decide: approvers who see the hotel, not whoever asked.

        :rtype: res.users
        """
        # who has which role is closed to users
        approvers = self.env.ref(APPROVERS).sudo().all_user_ids.filtered("active") - self.sudo().user_id
        hotel = self.sudo().property_id
        return approvers.filtered(lambda user: hotel in user.hotel_visible_property_ids)[:MOST_TOLD]

    def action_approve(self):
        """Give what somebody else has asked for. Callable by approvers.

        :raises AccessError: no approver, or the one who asked
        :raises UserError: it is decided already, or it cannot be carried out
        """
        self._check_decider()
        for amend in self:
            amend.sudo().write({"approver_id": self.env.uid, "decided_at": fields.Datetime.now()})
            amend._give()
            amend.sudo().activity_ids.unlink()

    def action_refuse(self, reason):
        """Refuse what somebody else has asked for. Callable by approvers.

        :param str reason: why, for who asked
        :raises AccessError: no approver, or the one who asked
        :raises UserError: no reason, or it is decided already
        """
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why it is refused."))
        self._check_decider()
        values = {"state": "refused", "refusal": reason.strip()[:500], "approver_id": self.env.uid}
        self.sudo().write({**values, "decided_at": fields.Datetime.now()})
        self.sudo().activity_ids.unlink()

    def _check_decider(self):
        """Hold these rows, and refuse whoever may not decide about them.

        :raises AccessError: no approver, or the one who asked
        :raises UserError: it is decided already
        """
        self.check_access("read")
        if not self.env.user.has_group(APPROVERS):
            raise AccessError(self.env._("Only approvers decide about this."))
        self._lock_waiting()
        if any(amend.user_id == self.env.user for amend in self):
            raise AccessError(self.env._("Somebody else than who asked for it decides."))

    def _lock_waiting(self):
        """Hold these amends and see that they wait still; SQL because a second decision waits for the first."""
        self.flush_model()
        ids = tuple(self.ids) or (0,)
        self.env.cr.execute(SQL("SELECT id FROM hotel_amend WHERE id IN %s ORDER BY id FOR UPDATE", ids))
        self.invalidate_recordset()
        if any(amend.state != "waiting" for amend in self):
            raise UserError(self.env._("Somebody has decided about this already."))
