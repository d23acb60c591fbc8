"""The report on an activity: plan, live figures, comparison, satisfaction; as paper and spreadsheet."""

import base64
from datetime import date

from odoo import models
from odoo.tools import format_date, format_list, formatLang

from odoo.addons.hotel_crm_base.sheets import make_book

#: field of the evaluation or of its activity -> how its value is said
UNITS = {
    **dict.fromkeys(("told_share", "control_share", "return_on_cost"), "percent"),
    **dict.fromkeys(("uplift", "uplift_low", "uplift_high"), "points"),
    **dict.fromkeys(("spend_uplift", "spend_low", "spend_high", "extra_revenue", "cost", "discount"), "money"),
    **dict.fromkeys(("hotel_revenue", "hotel_discount", "hotel_budget", "hotel_cost", "hotel_sms_cost"), "money"),
    **dict.fromkeys(("satisfaction", "others_satisfaction"), "score"),
    **dict.fromkeys(("satisfaction_low", "satisfaction_high"), "difference"),
}
MESSAGES = ("hotel_reached_count", "hotel_delivered_count", "hotel_opened_count", "hotel_clicked_count")
GUESTS = ("hotel_signup_count", "hotel_won_count", "hotel_given_count", "hotel_used_count")
BOOKINGS = ("hotel_booking_count", "hotel_night_count", "hotel_revenue", "hotel_discount")
COMPARED = ("told_count", "told_booked", "told_share", "control_count", "control_booked", "control_share")
UPLIFT = ("uplift", "uplift_low", "uplift_high", "extra_bookings")
SPEND = ("spend_uplift", "spend_low", "spend_high", "extra_revenue")
MONEY = ("cost", "discount", "return_on_cost")


class HotelCampaignEvaluation(models.Model):
    _inherit = "hotel.campaign.evaluation"

    def _get_report_sections(self):
        """Return the report in the reader's language: headings with their figures.

        :returns: heading, and rows of (label, value, value with its unit as text)
        :rtype: list[tuple[str, list[tuple[str, object, str]]]]
        """
        self.ensure_one()
        campaign = self.campaign_id
        compared = (*COMPARED, *(UPLIFT if self.control_count else ()))
        return [
            (self.env._("Activity"), self._get_report_plan()),
            (self.env._("Bookings of the Activity"), campaign._say_hotel_figures(BOOKINGS, self)),
            (self.env._("Messages and Guests"), campaign._say_hotel_figures(MESSAGES + GUESTS, self)),
            (self.env._("Beside the Control Group"), self._say_figures(compared)),
            (self.env._("Satisfaction"), self._say_figures(self._get_satisfaction_names())),
            (self.env._("Money"), self._say_figures((*(SPEND if self.control_count else ()), *MONEY))),
        ]

    def _get_report_plan(self):
        """Return what was planned, as rows of the report."""
        campaign = self.campaign_id
        kinds = dict(campaign._fields["hotel_kind"]._description_selection(self.env))
        hotels = campaign.hotel_property_ids.mapped("name") or [campaign.hotel_company_id.name]
        facts = [
            (self.env._("Kind"), kinds.get(campaign.hotel_kind, "")),
            (self.env._("Period"), self._say_days(campaign.hotel_start_date, campaign.hotel_end_date)),
            (self.env._("Counted"), self._say_days(self.from_date, self.until_date)),
            (self.env._("Hotels"), format_list(self.env, hotels)),
        ]
        return [(label, text, text) for label, text in facts] + campaign._say_hotel_figures(("hotel_budget",), self)

    def _say_days(self, first, last):
        return f"{format_date(self.env, first)} – {format_date(self.env, last)}"

    def _say_figures(self, names):
        """Return fields of this evaluation as rows of the report."""
        labels = self.fields_get(names, ["string"])
        return [(labels[name]["string"], self[name], self._say_figure(name, self[name])) for name in names]

    def _say_figure(self, name, value):
        """Return a figure with its unit.

        :rtype: str
        """
        unit = UNITS.get(name)
        if unit == "money":
            return self.currency_id.format(value)
        if isinstance(value, date):
            return format_date(self.env, value)
        digits = 0 if isinstance(value, int) else 1
        number = formatLang(self.env, value, digits=digits)
        if unit == "percent":
            return f"{number} %"
        if unit == "points":
            return self.env._("%s points", number)
        return self.env._("%s of 100", number) if unit == "score" else number

    def _get_satisfaction_names(self):
        """Return the fields on satisfaction; more than how many took part where guests are asked.

        :rtype: list[str]
        """
        names = ["participant_count"]
        if self.is_asked:
            names += ["satisfaction_count", *(["satisfaction"] if self.satisfaction_count else [])]
            names += ["others_count", *(["others_satisfaction"] if self.others_count else [])]
        return names + (["satisfaction_low", "satisfaction_high"] if self.is_compared else [])

    def _get_verdict(self):
        """Return what the comparison says, as a sentence.

        :rtype: str
        """
        if not self.control_count:
            return self.env._("There is no control group: nobody can say what would have come anyway.")
        if self.is_clear:
            return self.env._("Chance alone does not explain the difference.")
        return self.env._("The difference may be chance: the control group books about as often.")

    def action_download(self):
        """Return the report as a spreadsheet. Callable by all who may read evaluations.

        :rtype: dict: action
        """
        self.ensure_one()
        self.check_access("read")
        columns = [
            (self.env._("Section"), 26), (self.env._("Figure"), 34),
            (self.env._("Value"), 18), (self.env._("With Unit"), 24),
        ]  # fmt: skip
        rows = [
            [heading, label, value, text]
            for heading, lines in self._get_report_sections()
            for label, value, text in lines
        ]
        rows += [[self.env._("Result"), self._get_verdict()], [self.env._("Lessons"), self.lessons or ""]]
        book = make_book(self.campaign_id.title, columns, [row for row in rows if row[1]])
        # whoever reads the evaluation reads its sheet
        file = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{self.campaign_id.title}.xlsx",
                    "datas": base64.b64encode(book),
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
        return {"type": "ir.actions.act_url", "url": f"/web/content/{file.id}?download=1", "target": "download"}
