"""Answers that guests send are counted by a job: they see that they were heard at once, the figures follow."""

import logging
import time

from odoo import api, fields, models

from .survey_user_input_gather import is_gathering

BATCH = 500
#: seconds within which one process wakes the job once; it runs each minute anyway
WOKEN_ONCE_WITHIN = 10
_woken = {}
_logger = logging.getLogger(__name__)


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    hotel_is_due = fields.Boolean(
        string="To Be Counted", readonly=True, copy=False, help="Complete; the job that counts it has not come yet."
    )

    _hotel_due_idx = models.Index("(id) WHERE hotel_is_due")

    def _mark_done(self):
        """Count what guests answered; one that is marked twice counts once."""
        result = super()._mark_done()
        # guests answer with the rights of nobody
        fresh = self.sudo().filtered(lambda one: one.survey_id.survey_type == "hotel" and not one.test_entry)
        if not fresh:
            return result
        if is_gathering(self.env):
            # written with the state, so that nothing is lost if this is the last thing the server does
            fresh.hotel_is_due = True
            self._wake_count()
        else:
            self.env["hotel.survey.answer"].sudo()._count(fresh)
        return result

    def _notify_new_participation_subscribers(self):
        """Followers of a survey are told: by the job, where a guest would have to wait for it."""
        if is_gathering(self.env):
            return None
        # that there are none is known without asking whom each of them follows
        followed = self.filtered(
            lambda one: one.survey_id.survey_type != "hotel" or one.survey_id.sudo().message_follower_ids
        )
        return super(SurveyUserInput, followed)._notify_new_participation_subscribers() if followed else None

    @api.model
    def _wake_count(self):
        """Let the job run now, unless this process has just asked for it."""
        now, dbname = time.monotonic(), self.env.cr.dbname
        if now - _woken.get(dbname, -WOKEN_ONCE_WITHIN) >= WOKEN_ONCE_WITHIN:
            _woken[dbname] = now
            self.env.ref("hotel_crm_service.hotel_survey_cron_count").sudo()._trigger()

    @api.model
    def _cron_count(self, batch=BATCH):
        """Count what guests have answered; one that cannot be counted keeps no other from it."""
        cron, failed = self.env["ir.cron"], []
        while True:
            domain = [("hotel_is_due", "=", True), ("id", "not in", failed)]
            due = self.sudo().search(domain, limit=batch, order="id").try_lock_for_update()
            if not due:
                return
            failed += self._count_all(due)
            if not cron._commit_progress(len(due)):
                return

    @api.model
    def _count_all(self, due):
        """Count these, at once where it can be.

        :rtype: list[int]: ids of those that could not be counted
        """
        try:
            with self.env.cr.savepoint():
                due._count_due()
        except Exception:
            if len(due) == 1:
                _logger.exception("Survey answer %s is not counted", due.id)
                return due.ids
            self.env.invalidate_all(flush=False)
            return [number for one in due for number in self._count_all(one)]
        return []

    def _count_due(self):
        self.env["hotel.survey.answer"].sudo()._count(self)
        self._notify_new_participation_subscribers()
        self.with_context(tracking_disable=True).hotel_is_due = False
