"""Until when a guest hears from the hotel, and until when it is done."""

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.hotel_crm_base import guards

from ... import deadlines
from .hotel_case import DONE
from .hotel_case_classify import WAIT

#: what a deadline depends on
WATCHED = {"kind", "severity", "department_id", "partner_id", "property_id"}


class HotelCase(models.Model):
    _inherit = "hotel.case"

    policy_id = fields.Many2one("hotel.case.policy", string="Deadlines by", readonly=True, copy=False)
    clock_started_at = fields.Datetime(readonly=True, copy=False)
    answer_deadline = fields.Datetime(string="Answer Until", readonly=True, copy=False)
    solve_deadline = fields.Datetime(
        string="Solve Until", readonly=True, copy=False, help="Empty while the case waits for the guest."
    )
    due_at = fields.Datetime(
        string="Next Deadline", readonly=True, copy=False, help="Answer first, then solve; empty while nothing is due."
    )
    is_answer_late = fields.Boolean(string="Answered Late", readonly=True, copy=False)
    is_solve_late = fields.Boolean(string="Solved Late", readonly=True, copy=False)
    pause_ids = fields.One2many("hotel.case.pause", "case_id", string="Pauses", readonly=True)
    is_overdue = fields.Boolean(string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue")

    #: the board: one hotel, one column, by what is due next
    _board_idx = models.Index("(property_id, state, due_at, id)")
    _due_idx = models.Index("(due_at) WHERE due_at IS NOT NULL")
    _answer_idx = models.Index(
        "(answer_deadline) WHERE state IN ('new', 'assigned', 'waiting') AND answered_at IS NULL"
    )
    _solve_idx = models.Index("(solve_deadline) WHERE state IN ('new', 'assigned', 'waiting')")

    @api.depends("due_at")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for case in self:
            case.is_overdue = bool(case.due_at) and case.due_at < now

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in" or len(value) != 1:
            return NotImplemented
        late = Domain("due_at", "<", fields.Datetime.now())
        return late if True in value else Domain("due_at", "=", False) | Domain("due_at", ">=", fields.Datetime.now())

    @api.model
    def _prepare_case_vals(self, vals):
        """The clock runs from the first moment; deadlines follow when the case has been sorted."""
        return {**super()._prepare_case_vals(vals), "clock_started_at": fields.Datetime.now()}

    def write(self, vals):
        result = super().write(vals)
        if WATCHED & set(vals) and not guards.is_given(self.env.context, WAIT):
            self.filtered("clock_started_at")._set_clock()
        return result

    def _set_clock(self):
        """Reckon the deadlines of these cases anew, from when their clock started."""
        if not self:
            return
        # policies, hours and deadlines are nobody's to write who takes a case in, and tell nothing of a guest
        cases = self.sudo().with_context(**{guards.BULK.key: guards.BULK})
        policies = self.env["hotel.case.policy"]._get_policies(cases)
        hours = {department: department._get_hours() for department in cases.department_id}
        for case in cases:
            policy, open_hours = policies.get(case), hours.get(case.department_id)
            vals = {"policy_id": policy.id if policy else False, "answer_deadline": False, "solve_deadline": False}
            start = case.clock_started_at
            if policy and policy.answer_minutes:
                vals["answer_deadline"] = deadlines.deadline(open_hours, start, policy.answer_minutes)
            if policy and policy.solve_minutes:
                pauses = [(pause.paused_from, pause.paused_until or None) for pause in case.pause_ids]
                vals["solve_deadline"] = deadlines.deadline(open_hours, start, policy.solve_minutes, pauses)
            case.write({**vals, "due_at": case._get_due(vals["answer_deadline"], vals["solve_deadline"])})

    def _get_due(self, answer_deadline, solve_deadline):
        """Return what of two deadlines is next; None where nothing is due now.

        :rtype: datetime | None
        """
        if self.state in (*DONE, "waiting"):
            return None
        waiting = [answer_deadline] if not self.answered_at else []
        return min((due for due in (*waiting, solve_deadline) if due), default=None)

    def _note_answered(self):
        fresh = self.filtered(lambda case: not case.answered_at)
        result = super()._note_answered()
        for case in fresh:
            case.write(
                {
                    "is_answer_late": bool(case.answer_deadline) and case.answered_at > case.answer_deadline,
                    "due_at": case._get_due(case.answer_deadline, case.solve_deadline),
                }
            )
        return result

    def _before_enter_state(self, state):
        result = super()._before_enter_state(state)
        if state != "waiting":
            # pauses are written by what happens, not by people
            self.sudo().pause_ids.filtered(lambda pause: not pause.paused_until).paused_until = fields.Datetime.now()
        return result

    def _after_enter_state(self, state, before):
        result = super()._after_enter_state(state, before)
        now = fields.Datetime.now()
        cases = self.sudo()
        if state == "waiting":
            self.env["hotel.case.pause"].sudo().create([{"case_id": case.id, "paused_from": now} for case in cases])
        reopened = cases.filtered(lambda case: before[case.with_env(self.env)] in DONE and state not in DONE)
        reopened.write({"clock_started_at": now})
        if state in ("solved", "closed"):
            for case in cases.filtered(lambda case: before[case.with_env(self.env)] not in DONE):
                case.write({"due_at": False, "is_solve_late": case.is_solve_late or case._is_past_solving(now)})
        elif state == "merged":
            cases.write({"due_at": False})
        else:
            cases._set_clock()
        return result

    def _is_past_solving(self, now):
        return bool(self.solve_deadline) and now > self.solve_deadline
