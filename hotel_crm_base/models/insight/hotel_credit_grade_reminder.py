"""Approvers learn that credit grades wait for them: one activity for all of a company, not one for each payer."""

from odoo import api, models

TODO = "mail.mail_activity_data_todo"


class HotelCreditGrade(models.Model):
    _name = "hotel.credit.grade"
    _inherit = ["hotel.credit.grade", "mail.thread", "mail.activity.mixin"]

    # who has reviewed marks the reminder as done; nobody writes to the grade itself
    _mail_post_access = "read"

    @api.model
    def _remind_reviewers(self, companies):
        """Let one activity per approver of a company say how many proposals wait; it hangs on the oldest one.

        No message is sent beside it: proposals come one after the other.

        :param res.company companies: whose proposals have come or gone
        """
        grades = self.sudo().with_context(mail_activity_quick_update=True)  # reminds whom it concerns, whoever acts
        for company in companies:
            mine = [("company_id", "=", company.id)]
            self._get_reminders(company).unlink()
            count = grades.search_count([*mine, ("state", "=", "proposed")])
            oldest = grades.search([*mine, ("state", "=", "proposed")], order="id", limit=1)
            for user in self._get_reviewers(company) if count else ():
                env = oldest.with_context(lang=user.lang).env
                summary = env._("Credit grades to review: %s", count)
                oldest.activity_schedule(TODO, summary=summary, user_id=user.id)

    @api.model
    def _get_reminders(self, company):
        """Return the activities that stand for a company."""
        activities = self.env["mail.activity"].sudo().search(
            [("res_model", "=", self._name), ("activity_type_id", "=", self.env.ref(TODO).id), ("automated", "=", True)]
        )
        grades = self.sudo().browse(activities.mapped("res_id")).exists()
        own = set(grades.filtered(lambda grade: grade.company_id == company).ids)
        return activities.filtered(lambda activity: activity.res_id in own)

    @api.model
    def _get_reviewers(self, company):
        """Return who may review proposals to a company."""
        group = self.env.ref("hotel_crm_base.group_approver")
        return self.env["res.users"].sudo().search(
            [("all_group_ids", "in", group.ids), ("company_ids", "in", company.ids), ("share", "=", False)]
        )
