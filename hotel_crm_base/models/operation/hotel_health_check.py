from datetime import timedelta

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .health_parts import AREAS, LEVELS, Finding

#: after this long the result of a costly check says nothing any more
STALE = timedelta(hours=30)
ACTIVITY = "mail.mail_activity_data_warning"


class HotelHealthCheck(models.Model):
    """One check of the hotel's health, with what it found last."""

    _name = "hotel.health.check"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Health Check"
    _order = "rank desc, area, name"
    _rec_name = "title"

    name = fields.Char(required=True, readonly=True)
    title = fields.Char(string="Check", compute="_compute_title")
    area = fields.Char(string="Area Code", required=True, readonly=True)
    area_title = fields.Char(string="Area", compute="_compute_title")
    level = fields.Selection(
        [("ok", "In Order"), ("note", "To Know"), ("warning", "To Look At"), ("critical", "Cannot Wait")],
        string="Severity",
        required=True,
        readonly=True,
    )
    rank = fields.Integer(readonly=True, aggregator=None, help="0 is sound, 3 cannot wait.")
    findings = fields.Json(readonly=True)
    summary = fields.Text(string="What Was Found", compute="_compute_summary")
    advice = fields.Html(compute="_compute_summary", sanitize=False)
    is_costly = fields.Boolean(string="By the Job", readonly=True)
    checked_at = fields.Datetime(string="Looked At", readonly=True)
    seconds = fields.Float(readonly=True, aggregator=None, digits=(16, 3))

    _name_unique = models.UniqueIndex("(name)", "This check is listed already.")

    def _compute_title(self):
        checks = self.env["hotel.health"]._get_checks()
        for row in self:
            check = checks.get(row.name)
            row.title = self.env._(check.title) if check else row.name
            row.area_title = self.env._(AREAS[row.area]) if row.area in AREAS else row.area

    @api.depends("findings")
    @api.depends_context("lang")
    def _compute_summary(self):
        health = self.env["hotel.health"]
        for row in self:
            texts = [health._explain(code, values) for code, values in row.findings or ()]
            row.summary = "\n".join(says for says, _todo in texts)
            row.advice = Markup().join(
                Markup("<p>%s<br/><b>%s</b></p>") % (escape(says), escape(todo)) for says, todo in texts
            )

    # ---- actions ----------------------------------------------------------------------------

    @api.model
    def action_open(self):
        """Look at what can be seen at once, and show all checks. Callable by administrators.

        :returns: the action that shows the list
        :rtype: dict
        :raises AccessError: for everybody else
        """
        self._check_administrator()
        self.sudo()._look(is_costly=False)  # results are written by nobody but this
        return self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_health_check_action")

    @api.model
    def action_look_at_all(self):
        """Order the costly checks, too: a job makes them within a minute. Callable by administrators.

        :returns: a notice that says so
        :rtype: dict
        :raises AccessError: for everybody else
        """
        self._check_administrator()
        self.env.ref("hotel_crm_base.ir_cron_health").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": self.env._("All checks are made within minutes; look again then."), "type": "info"},
        }

    def _check_administrator(self):
        if not self.env.user.has_group("hotel_crm_base.group_admin"):
            raise AccessError(self.env._("The health of the hotel is for administrators."))

    # ---- looking ----------------------------------------------------------------------------

    @api.model
    def _cron_look(self):
        """Make all checks, commit each, and tell the administrators what cannot wait."""
        checks = self.env["hotel.health"]._get_checks()
        self.search([("name", "not in", list(checks))]).unlink()
        for done, name in enumerate(checks, 1):
            self._look_at([name])
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(checks) - done):
                break
        self.search([])._tell()

    @api.model
    def _look(self, is_costly=None, areas=()):
        """Make checks and keep their results.

        :param bool is_costly: only these; None: all
        :param Iterable[str] areas: only of these; none: all
        :returns: the checks
        :rtype: hotel.health.check
        """
        checks = self.env["hotel.health"]._get_checks()
        return self._look_at([
            name for name, check in checks.items()
            if (is_costly is None or check.is_costly == is_costly) and (not areas or check.area in areas)
        ])

    @api.model
    def _look_at(self, names):
        health = self.env["hotel.health"]
        checks = health._get_checks()
        known = {row.name: row for row in self.search([("name", "in", names)])}
        rows = self.browse()
        for name in names:
            found, seconds = health._find(name)
            values = {**self._prepare_vals(found), "area": checks[name].area, "is_costly": checks[name].is_costly,
                      "seconds": seconds}
            if name in known:
                known[name].write(values)
                rows |= known[name]
            else:
                rows |= self.create({"name": name, **values})
        return rows

    @api.model
    def _prepare_vals(self, found):
        level = self.env["hotel.health"]._get_level(finding.code for finding in found)
        return {
            "findings": [[finding.code, finding.values] for finding in found],
            "level": level,
            "rank": LEVELS.index(level),
            "checked_at": fields.Datetime.now(),
        }

    # ---- telling ----------------------------------------------------------------------------

    def _tell(self):
        """Give administrators an activity for what cannot wait, once, and take it back when it is over."""
        bad = self.filtered(lambda row: row.level == "critical")
        (self - bad).activity_unlink([ACTIVITY])
        administrators = self.env.ref("hotel_crm_base.group_admin").all_user_ids.filtered("active")
        for row in bad.filtered(lambda row: not row.activity_ids):
            for user in administrators:
                row = row.with_context(lang=user.lang, mail_activity_quick_update=True)
                row.activity_schedule(ACTIVITY, user_id=user.id, summary=row.title, note=row.advice)

    @api.model
    def _report(self):
        """Return what monitors are told: counts and technical names, nothing about persons; nothing is written.

        :rtype: dict
        """
        health = self.env["hotel.health"]
        checks = health._get_checks()
        kept = {row.name: row for row in self.sudo().search([("is_costly", "=", True)])}
        now = fields.Datetime.now()
        lines = []
        for name, check in checks.items():
            row = kept.get(name)
            if not check.is_costly:
                found, at = health._find(name)[0], now
            elif row and row.checked_at > now - STALE:
                found, at = [Finding(*finding) for finding in row.findings or ()], row.checked_at
            else:
                found, at = [Finding("stale")], row.checked_at if row else None
            lines.append({
                "check": name, "area": check.area, "level": health._get_level(finding.code for finding in found),
                "checked_at": f"{at.isoformat()}Z" if at else None,
                "findings": [{"code": finding.code, "count": finding.values.get("count", 1)} for finding in found],
            })
        worst = max((line["level"] for line in lines), key=LEVELS.index, default="ok")
        return {"status": worst, "at": f"{now.isoformat()}Z", "checks": lines}
