"""What a guest pays for a night, and how long before he or she books: at the company at work."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..booking.hotel_stay import RATES
from .hotel_guest_metric import TAKEN
from .res_partner_figures import READERS


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_average_rate = fields.Monetary(
        string="Average Rate",
        currency_field="hotel_figures_currency_id",
        compute="_compute_hotel_habits",
        groups=RATES,
        help="What a night has cost on average, at the rates of the days of arrival.",
    )
    hotel_lead_days = fields.Float(
        string="Days Booked Ahead",
        digits=(16, 1),
        compute="_compute_hotel_habits",
        groups=READERS,
        help="On average, of the stays in house or departed.",
    )

    @api.depends_context("company")
    def _compute_hotel_habits(self):
        """Count the stays of all of these guests in one query."""
        habits = self._query_hotel_habits(self.env.company)
        for partner in self:
            partner.hotel_average_rate, partner.hotel_lead_days = habits.get(partner._origin.id, (0.0, 0.0))

    def _query_hotel_habits(self, company):
        """Return what stays at a company have cost by night, and how many days ahead they were booked.

        SQL for the rates of the days. Stays without a rate, and those that were noted afterwards, are left out.

        :rtype: dict[int, tuple[float, float]]: guest's id to the averages
        """
        self.env["hotel.stay"].flush_model()
        paid = self.env["res.currency"]._get_day_amount(
            SQL("fact.rate * fact.nights"), SQL("fact.currency_id"), SQL("company"), SQL("fact.arrival_date")
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT fact.partner_id,
                          sum(%(paid)s) FILTER (WHERE %(rated)s) / sum(fact.nights) FILTER (WHERE %(rated)s),
                          avg(fact.arrival_date - fact.booked_at::date)
                              FILTER (WHERE fact.booked_at::date <= fact.arrival_date)
                     FROM hotel_stay fact JOIN res_company company ON company.id = fact.company_id
                    WHERE fact.partner_id = ANY(%(guests)s) AND fact.company_id = %(company)s AND %(taken)s
                    GROUP BY fact.partner_id""",
                paid=paid,
                rated=SQL("fact.rate > 0 AND fact.nights > 0"),
                guests=self._origin.ids,
                company=company.id,
                taken=TAKEN,
            )
        )
        return {
            partner_id: (company.currency_id.round(float(rate or 0)), round(float(ahead or 0), 1))
            for partner_id, rate, ahead in rows
        }
