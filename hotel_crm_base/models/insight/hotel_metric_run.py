from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

STEP = 350_000  # few ranges: the facts of a guest lie all over the tables, which each range reads


class HotelMetricRun(models.Model):
    """One computation of all figures, from its order to its end; it goes on where it stopped."""

    _name = "hotel.metric.run"
    _description = "Computation of All Figures"
    _order = "id desc"
    _rec_name = "create_date"

    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="running",
        readonly=True,
    )
    position = fields.Integer(readonly=True, help="Guests up to this internal number are done.")
    last_position = fields.Integer(readonly=True, help="Internal number of the newest guest at the start.")
    progress = fields.Float(compute="_compute_progress", help="Percent.")
    finished_at = fields.Datetime(readonly=True)

    _one_running = models.UniqueIndex("(state) WHERE state = 'running'", "All figures are being computed already.")

    @api.depends("position", "last_position", "state")
    def _compute_progress(self):
        for run in self:
            share = run.position / run.last_position if run.last_position else 0.0
            run.progress = 100.0 if run.state == "done" else 100.0 * min(share, 1.0)

    def action_cancel(self):
        """Stop after the running batch. Callable by administrators."""
        self.filtered(lambda run: run.state == "running").write({"state": "cancelled"})

    @api.model
    def action_start(self):
        """Order the computation of all figures. Callable by managers and administrators.

        :returns: the action that shows the progress
        :rtype: dict
        :raises AccessError: for everybody else
        """
        if not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise AccessError(self.env._("Computing all figures is for managers."))
        run = self._start()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": run.id,
            "views": [[False, "form"]],
        }

    @api.model
    def _start(self):
        """Return the running computation, a new one where there is none, and wake the job.

        :rtype: hotel.metric.run
        """
        # the whole chain's facts are counted, whoever asks
        runs = self.sudo()
        run = runs.search([("state", "=", "running")], limit=1)
        if not run:
            run = runs.create({"last_position": runs._query_last_partner_id()})
            self.env["hotel.figure.day"].sudo()._query_queue_all()
        self.env.ref("hotel_crm_base.ir_cron_metric_run").sudo()._trigger()
        self.env.ref("hotel_crm_base.ir_cron_figure_changed").sudo()._trigger()
        return run.with_env(self.env)

    @api.model
    def _cron_continue(self, step=STEP):
        """Carry on the running computation, range by range, committing each.

        :param int step: internal numbers of guests per range
        """
        metrics = self.env["hotel.guest.metric"]
        cron = self.env["ir.cron"]
        run = self.search([("state", "=", "running")], limit=1)
        while run and metrics._query_try_lock():
            first = run.position + 1
            metrics._refresh_range(first, run.position + step)
            run.position = min(run.position + step, run.last_position)
            if run.position >= run.last_position:
                run.write({"state": "done", "finished_at": fields.Datetime.now()})
                self.env["hotel.guest.figure"]._wake()
            left = run.last_position - run.position
            seconds_left = cron._commit_progress(run.position + 1 - first, remaining=left)
            run.invalidate_recordset()
            if run.state != "running" or not seconds_left:
                break

    @api.model
    def _query_last_partner_id(self):
        """Return the highest id among contacts; SQL because search would apply rules and archive."""
        return self.env.execute_query(SQL("SELECT COALESCE(max(id), 0) FROM res_partner"))[0][0]
