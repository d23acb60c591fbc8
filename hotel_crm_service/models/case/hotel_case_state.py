"""From new to closed: what may follow what, and what is noted on the way."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: state -> states that may follow
NEXT = {
    "new": {"assigned", "waiting", "solved", "closed", "merged"},
    "assigned": {"new", "waiting", "solved", "closed", "merged"},
    "waiting": {"assigned", "solved", "closed", "merged"},
    "solved": {"assigned", "closed", "merged"},
    "closed": {"assigned"},
    "merged": set(),
}
#: follows from what happens, and is nobody's to write
FOLLOWING = {
    "source", "merged_into_id", "assigned_at", "answered_at", "solved_at", "closed_at", "is_alert", "acknowledged_at",
    "acknowledged_by_id", "service_record_id", "clock_started_at", "answer_deadline", "solve_deadline", "due_at",
    "policy_id", "is_answer_late", "is_solve_late", "reopen_count", "pause_ids", "escalation_ids", "access_token",
}  # fmt: skip

STARTED = FOLLOWING | {"state", "solution"}


class HotelCase(models.Model):
    _inherit = "hotel.case"

    assigned_at = fields.Datetime(readonly=True, copy=False)
    answered_at = fields.Datetime(
        string="First Answer", readonly=True, copy=False, help="When the guest first heard from the hotel."
    )
    solved_at = fields.Datetime(readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    reopen_count = fields.Integer(string="Times Opened Again", readonly=True, copy=False)

    @api.model
    def _prepare_case_vals(self, vals):
        """Whoever takes a case in says what it is about, not how far it is."""
        if not self.env.su:
            vals = {name: value for name, value in vals.items() if name == "source" or name not in STARTED}
        return super()._prepare_case_vals(vals)

    def write(self, vals):
        if not self.env.su:
            self._check_own_fields(vals)
        if vals.get("user_id") and "state" not in vals:
            fresh = self.filtered(lambda case: case.state == "new")
            if fresh:
                fresh.write({**vals, "state": "assigned"})
                return (self - fresh).write(vals) if self - fresh else True
        if "state" not in vals:
            return super().write(vals)
        before = {case: case.state for case in self}
        changed = self.filtered(lambda case: case.state != vals["state"])
        changed._check_next_state(vals["state"])
        changed._before_enter_state(vals["state"])
        result = super().write(vals)
        changed._after_enter_state(vals["state"], before)
        return result

    def _check_own_fields(self, vals):
        """Refuse what follows from other things and is not to be written by hand.

        :raises UserError: a field of the kind is among the values
        """
        if FOLLOWING & set(vals):
            raise UserError(self.env._("This follows from what happens with the case; nobody writes it."))

    def _check_next_state(self, state):
        """Refuse a state that does not follow.

        :raises UserError: with the reason
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for case in self:
            if state not in NEXT[case.state] or (state == "merged" and not self.env.su):
                raise UserError(
                    self.env._(
                        "%(case)s is in state %(before)s: %(after)s cannot follow.",
                        case=case.name, before=labels[case.state], after=labels[state],
                    )
                )  # fmt: skip

    def _before_enter_state(self, state):
        """Hook: these cases are about to enter a state."""

    def _after_enter_state(self, state, before):
        """Stamp the moment, and count what was opened again.

        :param str state: the new one
        :param dict[hotel.case, str] before: the state each was in
        """
        now = fields.Datetime.now()
        # stamps are nobody's to write by hand
        cases = self.sudo()
        stamp = {"assigned": "assigned_at", "solved": "solved_at", "closed": "closed_at"}.get(state)
        if state == "assigned":
            for case in cases.filtered(lambda case: before[case.with_env(self.env)] in ("solved", "closed")):
                case.write({"reopen_count": case.reopen_count + 1, "solved_at": False, "closed_at": False})
            cases = cases.filtered(lambda case: not case.assigned_at)
        if stamp:
            cases.write({stamp: now})

    # ---- actions ------------------------------------------------------------------------------

    def action_take(self):
        """Take cases upon oneself. Callable by staff who may write them."""
        self.write({"user_id": self.env.uid})

    def action_wait(self):
        """The guest has to answer now. Callable by staff who may write the case."""
        self.write({"state": "waiting"})

    def action_resume(self):
        """Go on with a case. Callable by staff who may write it."""
        self.write({"state": "assigned"})

    def action_solve(self):
        """It is done. Callable by staff who may write the case."""
        self.write({"state": "solved"})

    def action_close(self):
        """Nothing more is to come. Callable by staff who may write the case."""
        self.write({"state": "closed"})

    def action_reopen(self):
        """It was not solved after all. Callable by staff who may write the case."""
        self.write({"state": "assigned"})
