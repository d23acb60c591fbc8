"""The figures of guests month by month: their history."""

from odoo import api, fields, models
from odoo.tools import SQL

#: source of facts -> the date that says which month they belong to
DATES = {"stay": SQL("fact.arrival_date"), "consumption": SQL("fact.business_date")}


class HotelGuestMetricMonth(models.Model):
    """What one guest did in one month at one company, in the company's currency."""

    _name = "hotel.guest.metric.month"
    _inherit = ["hotel.metric.mixin", "hotel.guest.trace.mixin"]
    _description = "Guest Figures by Month"
    _order = "month_date desc, partner_id, company_id"
    _log_access = False
    _rec_name = "partner_id"
    _metric_keys = ("partner_id", "company_id", "month_date")

    _is_change_traced = False  # computed, not changed by people

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    month_date = fields.Date(
        string="Month", required=True, help="Its first day. Stays belong to the month of their arrival."
    )
    stay_count = fields.Integer(string="Stays")
    night_count = fields.Integer(string="Nights")
    cancel_count = fields.Integer(string="Cancellations")
    no_show_count = fields.Integer(string="No-Shows")
    charge_count = fields.Integer(string="Charges", help="Charges that were not taken back.")
    spend_gross = fields.Monetary(string="Spend", help="Tax included, at the rate of the day of each charge.")
    spend_net = fields.Monetary(string="Net Spend")

    _once = models.UniqueIndex("(partner_id, company_id, month_date)", "One row per guest, company and month.")

    @api.model
    def _get_metric_queries(self):
        """Return the figures of each source of facts, by month.

        Some are no fields of this model: the figures of the whole are made of these rows while they are at hand.
        """
        metrics = self.env["hotel.guest.metric"]
        aggregates, sources = metrics._get_metric_aggregates(), metrics._get_metric_sources()
        # as a timestamp: of a mere date the time zone would be asked, for each fact
        return {
            name: SQL(
                """SELECT fact.partner_id, fact.company_id,
                          date_trunc('month', %(date)s::timestamp)::date AS month_date, %(figures)s
                     FROM %(source)s
                    WHERE fact.partner_id IS NOT NULL GROUP BY 1, 2, 3""",
                date=DATES[name],
                figures=SQL(", ").join(
                    SQL("%s AS %s", aggregate, SQL.identifier(field))
                    for field, aggregate in aggregates[name].items()
                ),
                source=sources[name],
            )
            for name in DATES
        }

    @api.model
    def _get_known_fields(self):
        return {**self.env["hotel.guest.metric"]._fields, **self._fields}
