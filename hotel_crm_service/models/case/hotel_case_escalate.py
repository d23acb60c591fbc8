"""What happens when nobody answers: the chain of escalation, step by step, each once."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 200
#: most people told by one step
MOST_TOLD = 20


class HotelCase(models.Model):
    _inherit = "hotel.case"

    escalation_ids = fields.Many2many(
        "hotel.case.escalation", string="Steps of Escalation", readonly=True, copy=False
    )

    @api.model
    def _cron_escalate(self):
        """Note what is late, and take each step of escalation that is due, batch by batch."""
        jobs = [(self._get_late_domain(kind), kind, None) for kind in ("answer", "solve")]
        steps = self.env["hotel.case.escalation"].search([])
        jobs += [(self._get_step_domain(step), step.deadline, step) for step in steps]
        remaining = sum(self.search_count(domain, limit=10_000) for domain, _kind, _step in jobs)
        self.env["ir.cron"]._commit_progress(remaining=remaining)
        for domain, kind, step in jobs:
            if not self._escalate_in_batches(domain, kind, step):
                break

    @api.model
    def _escalate_in_batches(self, domain, kind, step):
        """Work off what a domain finds; what is done falls out of it.

        :returns: whether there is time left
        :rtype: bool
        """
        while cases := self.search(domain, limit=BATCH, order="id"):
            cases = cases.try_lock_for_update().filtered_domain(domain)
            if step:
                cases._take_step(step)
            else:
                cases.write({f"is_{kind}_late": True})
            if not self.env["ir.cron"]._commit_progress(len(cases)):
                return False
            if not cases:  # others hold them: next time
                break
        return True

    @api.model
    def _get_open_domain(self, kind):
        """Return which cases have a deadline of a kind before them or have missed it."""
        domain = Domain("state", "in", ("new", "assigned", "waiting"))
        if kind == "answer":
            return domain & Domain("answered_at", "=", False)
        return domain & Domain("solve_deadline", "!=", False)

    @api.model
    def _get_late_domain(self, kind):
        late = Domain(f"{kind}_deadline", "<", fields.Datetime.now())
        return self._get_open_domain(kind) & late & Domain(f"is_{kind}_late", "=", False)

    @api.model
    def _get_step_domain(self, step):
        before = fields.Datetime.now() - timedelta(minutes=step.minutes)
        domain = self._get_open_domain(step.deadline) & Domain(f"{step.deadline}_deadline", "<=", before)
        domain &= Domain("escalation_ids", "not in", step.ids)
        return domain & Domain("property_id", "=", step.property_id.id) if step.property_id else domain

    def _take_step(self, step):
        """Tell those whom a step names, once for each case."""
        for case in self:
            case.write({"escalation_ids": [fields.Command.link(step.id)]})
            for user in step._get_users(case)[:MOST_TOLD]:
                told = case.with_context(lang=user.lang, mail_activity_quick_update=True)
                name = step.with_context(lang=user.lang).name
                told.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=told.env._("%(step)s: %(case)s", step=name, case=case.name),
                    user_id=user.id,
                )

    def _after_enter_state(self, state, before):
        """What is over needs nobody's attention; what is opened again begins the chain anew."""
        result = super()._after_enter_state(state, before)
        if state in ("solved", "closed", "merged"):
            # activities of others go too
            self.sudo().activity_ids.unlink()
        elif any(before[case] in ("solved", "closed") for case in self):
            self.sudo().write({"escalation_ids": [fields.Command.clear()]})
        return result
