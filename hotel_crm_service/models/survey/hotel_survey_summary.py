"""A report of what guests answered: hotels and days chosen, shown as a page, a PDF or a spreadsheet."""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.hotel_crm_base import sheets


class HotelSurveySummary(models.TransientModel):
    """One report of surveys: which hotels, which days, which survey."""

    _name = "hotel.survey.summary"
    _description = "Survey Report"

    property_ids = fields.Many2many(
        "hotel.property", string="Hotels", default=lambda self: self.env.user._get_hotel_property(),
        help="Empty: all that you see.",
    )  # fmt: skip
    survey_id = fields.Many2one("survey.survey", domain=[("survey_type", "=", "hotel")], help="Empty: all surveys.")
    from_date = fields.Date(
        string="From", required=True, default=lambda self: fields.Date.context_today(self) - timedelta(days=89)
    )
    until_date = fields.Date(string="Until", required=True, default=fields.Date.context_today)
    body = fields.Html(compute="_compute_body", sanitize=False)

    @api.depends("property_ids", "from_date", "until_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for summary in self:
            days = [format_date(self.env, day) for day in (summary.from_date, summary.until_date) if day]
            summary.display_name = f"{summary._get_title()}, {' - '.join(days)}"

    @api.depends("property_ids", "survey_id", "from_date", "until_date")
    def _compute_body(self):
        for summary in self:
            is_whole = summary.from_date and summary.until_date and summary.from_date <= summary.until_date
            summary.body = is_whole and self.env["ir.qweb"]._render(
                "hotel_crm_service.survey_summary_body", {"summary": summary, "figures": summary._get_figures()}
            )

    @api.constrains("from_date", "until_date")
    def _check_dates(self):
        if any(summary.from_date > summary.until_date for summary in self):
            raise ValidationError(self.env._("The report ends before it begins."))

    def action_print(self):
        """Print the report. Callable by its maker."""
        self.check_access("read")
        return self.env.ref("hotel_crm_service.hotel_survey_summary_report_action").report_action(self)

    def action_download(self):
        """Download the report as a spreadsheet. Callable by its maker."""
        self.ensure_one()
        self.check_access("read")
        url = f"/hotel/survey_summary/{self.id}/report.xlsx"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    # ---- what is reported ---------------------------------------------------------------------

    def _get_period(self, before=False):
        """Return the moments at which the days begin and end, in UTC, or those of as many days before.

        :rtype: tuple[datetime, datetime]
        """
        zone = pytz.timezone((self.property_ids[:1].tz if len(self.property_ids) == 1 else self.env.user.tz) or "UTC")
        days = (self.until_date - self.from_date).days + 1
        first = self.from_date - timedelta(days=days) if before else self.from_date
        ends = (first, first + timedelta(days=days))
        return tuple(
            zone.localize(datetime.combine(day, time())).astimezone(pytz.utc).replace(tzinfo=None) for day in ends
        )

    def _get_domain(self, before=False):
        """Return which answers are reported; record rules see to the rest.

        :rtype: Domain
        """
        begin, end = self._get_period(before)
        domain = Domain("answered_at", ">=", begin) & Domain("answered_at", "<", end)
        if self.property_ids:
            domain &= Domain("property_id", "in", self.property_ids.ids)
        if self.survey_id:
            domain &= Domain("survey_id", "=", self.survey_id.id)
        return domain

    def _get_link_domain(self):
        """Return which invitations are counted: those sent in these days, of hotels that the user sees."""
        begin, end = self._get_period()
        visible = self.env.user.hotel_visible_property_ids
        hotels = self.property_ids & visible if self.property_ids else visible
        domain = Domain("hotel_invited_at", ">=", begin) & Domain("hotel_invited_at", "<", end)
        domain &= Domain("hotel_stay_id.property_id", "in", hotels.ids)
        return domain & Domain("survey_id", "=", self.survey_id.id) if self.survey_id else domain

    def _get_title(self):
        """Return the hotels that are reported.

        :rtype: str
        """
        return ", ".join(self.property_ids.mapped("name")) or self.env._("All hotels")

    def _tell_answers(self, figures):
        """Return sentences about where the answers came from.

        :param dict figures: of `_get_figures`
        :rtype: list[str]
        """
        sentences = []
        if figures["rate"] is not None:
            facts = {"answered": figures["count"] - figures["unasked"], "invited": figures["invited"]}
            facts["rate"] = round(figures["rate"])
            sentences.append(
                self.env._("%(answered)s of %(invited)s guests who were invited have answered (%(rate)s %%).", **facts)
            )
        if figures["unasked"]:
            sentences.append(self.env._("Answers without the link of a stay: %s.", figures["unasked"]))
        return sentences

    def _make_xlsx(self):
        """Return the report as a spreadsheet.

        :rtype: bytes
        :raises AccessError: it is somebody else's
        """
        self.ensure_one()
        self.check_access("read")
        _ = self.env._
        # pylint: disable=prefer-env-translation
        columns = [
            (_("Part of the Report"), 24), (_("Item"), 34), (_("Answers"), 10), (_("Score"), 10),
            (_("From (95 %)"), 12), (_("To (95 %)"), 12), (_("As many days before"), 10), (_("Importance %"), 14),
        ]  # fmt: skip
        figures = self._get_figures()
        nps, mean = figures["nps"], figures["satisfaction"]
        rows = [
            [_("Recommendation"), "NPS", nps.count, nps.value, nps.low, nps.high, figures["nps_before"].value, None],
            [_("Satisfaction"), _("0 to 100"), figures["count"], *mean, figures["satisfaction_before"][0], None],
            [_("Answers"), _("Invited"), figures["invited"], figures["rate"], None, None, None, None],
        ]
        rows += [
            [_("Aspect"), line["label"], line["count"], line["mean"], line["low"], line["high"], line["before"],
             line["importance"]]
            for line in figures["aspects"]
        ]  # fmt: skip
        for part, lines in ((_("Hotel"), figures["hotels"]), (_("Month"), figures["months"])):
            for line in lines:
                score = line["score"]
                rows.append([part, line["label"], score.count, score.value, score.low, score.high, None, None])
        for part, lines in ((_("Grade"), figures["grades"]), (_("Comments About"), figures["comments"])):
            rows += [[part, line["label"], line["count"], line["share"], None, None, None, None] for line in lines]
        rows = [[round(cell, 1) if isinstance(cell, float) else cell for cell in row] for row in rows]
        return sheets.make_book(f"{self.from_date} {self.until_date}", columns, rows)
