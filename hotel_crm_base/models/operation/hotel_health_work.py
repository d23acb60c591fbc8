from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from .health_parts import Check, Finding

_lt = LazyTranslate(__name__)

LATE = timedelta(minutes=20)
STANDING = timedelta(minutes=60)
STUCK = timedelta(hours=1)
#: entries are counted no further
COUNTED = 10001


class Queue(NamedTuple):
    """A model whose records wait to be worked on: which wait too long, and which have failed."""

    model: str
    stuck: list
    failed: list = [(0, "=", 1)]


class HotelHealth(models.AbstractModel):
    _inherit = "hotel.health"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "jobs": Check("work", _lt("Jobs run"), "_find_bad_jobs"),
            "queues": Check("work", _lt("Queues move"), "_find_bad_queues"),
            "staging": Check("work", _lt("Rows of other systems are taken"), "_find_waiting_rows"),
        }

    @api.model
    def _get_queues(self):
        """Hook: return what waits for a job, or for the outside.

        :rtype: list[Queue]
        """
        before, day = fields.Datetime.now() - STUCK, fields.Datetime.now() - timedelta(days=1)
        failed = [("state", "=", "failed"), ("write_date", ">", day)]
        return [
            Queue("hotel.message", ["|", "&", ("state", "=", "queued"), ("due_at", "<", before),
                                    "&", ("state", "=", "sending"), ("handed_at", "<", before)], failed),
            Queue("mail.mail", [("state", "=", "outgoing"), ("create_date", "<", before), "|",
                                ("scheduled_date", "=", False), ("scheduled_date", "<", before)],
                  [("state", "=", "exception"), ("write_date", ">", day)]),
            Queue("sms.sms", [("state", "=", "outgoing"), ("create_date", "<", before)],
                  [("state", "=", "error"), ("write_date", ">", day)]),
            Queue("hotel.import.job", [("state", "in", ("checking", "loading")), ("write_date", "<", before)],
                  [("state", "=", "stopped"), ("write_date", ">", day)]),
            Queue("hotel.event.delivery", [("state", "in", ("queued", "sending")), ("next_try_at", "<", before)],
                  [("state", "=", "dead"), ("write_date", ">", day)]),
            Queue("hotel.metric.run", [("state", "=", "running"), ("write_date", "<", before)]),
        ]

    @api.model
    def _find_bad_jobs(self):
        if self._is_neutralized():
            return [Finding("neutralized")]
        now = fields.Datetime.now()
        jobs = self.env["ir.cron"].search([("active", "=", True)])
        late = jobs.filtered(lambda job: job.nextcall < now - LATE)
        found = []
        if late:
            minutes = int((now - min(late.mapped("nextcall"))).total_seconds() // 60)
            lasts = [job.lastcall for job in jobs if job.lastcall]
            if lasts and max(lasts) < now - STANDING:
                found.append(Finding("jobs_stand", {"minutes": int((now - max(lasts)).total_seconds() // 60)}))
            else:
                found.append(self._about_jobs("job_late", late, minutes=minutes))
        failing = jobs.filtered("failure_count")
        if failing:
            found.append(self._about_jobs("job_failing", failing))
        off = self._get_own_jobs().filtered(lambda job: not job.active and job.lastcall)
        return [*found, self._about_jobs("job_off", off)] if off else found

    @api.model
    def _find_bad_queues(self):
        stuck, failed = {}, {}
        for queue in self._get_queues():
            model = self.env[queue.model]
            for counts, domain in ((stuck, queue.stuck), (failed, queue.failed)):
                if count := model.search_count(domain, limit=COUNTED):
                    counts[queue.model] = count
        return [
            Finding(code, {"names": [["ir.model", name, count] for name, count in counts.items()],
                           "count": sum(counts.values())})
            for code, counts in (("queue_stuck", stuck), ("queue_failed", failed))
            if counts
        ]

    @api.model
    def _find_waiting_rows(self):
        domain = [("state", "=", "waiting")]
        oldest = self.env["hotel.feed.row"].search(domain, order="received_at", limit=1)
        if not oldest:
            return []
        hours = int((fields.Datetime.now() - oldest.received_at).total_seconds() // 3600)
        return [Finding("staging_waits", {
            "count": self.env["hotel.feed.row"].search_count(domain, limit=COUNTED), "hours": hours})]

    @api.model
    def _about_jobs(self, code, jobs, **values):
        actions = jobs.sorted("id").ir_actions_server_id[:8]  # their names are translated, those of jobs are not
        names = [[actions._name, action.id] for action in actions]
        return Finding(code, {"names": names, "count": len(jobs), **values})

    @api.model
    def _get_own_jobs(self):
        """Return the jobs of our addons, those that are switched off, too.

        :rtype: ir.cron
        """
        names = self.env["ir.model.data"].search([("model", "=", "ir.cron"), ("module", "=like", "hotel\\_crm%")])
        return self.env["ir.cron"].with_context(active_test=False).browse(names.mapped("res_id")).exists()
