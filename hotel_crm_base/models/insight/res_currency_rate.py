from odoo import api, models
from odoo.tools import SQL


class ResCurrencyRate(models.Model):
    _inherit = "res.currency.rate"

    _hotel_rate_idx = models.Index("(currency_id, COALESCE(company_id, 0), name)")

    @api.model_create_multi
    def create(self, vals_list):
        rates = super().create(vals_list)
        rates._queue_figures()
        return rates

    def write(self, vals):
        self._queue_figures()
        result = super().write(vals)
        self._queue_figures()
        return result

    def unlink(self):
        self._queue_figures()
        return super().unlink()

    def _queue_figures(self):
        """Note that figures converted by these rates, or by the ones they replace, are due."""
        for (currency, company), rates in self.grouped(lambda rate: (rate.currency_id, rate.company_id)).items():
            first = min(rates.mapped("name"))
            # the first rate of all counts for the days before it too
            earlier = [
                ("currency_id", "=", currency.id),
                ("company_id", "in", [False, company.id]),
                ("name", "<", first),
            ]
            self._query_queue_figures(currency, first if self.search_count(earlier, limit=1) else None)

    @api.model
    def _query_queue_figures(self, currency, since):
        """Queue guests and dates with amounts of a currency, or of companies that count in it.

        SQL because there may be many.

        :param date since: first date with another rate; None: all dates
        """
        foreign = SQL(
            "line.currency_id <> company.currency_id AND %s IN (line.currency_id, company.currency_id)",
            currency.id,
        )
        since = SQL("%s", since) if since else SQL("'-infinity'::date")
        self.env["hotel.consumption"]._query_queue_figures(
            SQL(
                """line.business_date >= %s AND EXISTS (SELECT FROM res_company company
                    WHERE company.id = line.company_id AND %s)""",
                since,
                foreign,
            )
        )
        # a matter of the figures, not of the user who set the rate
        self.env["hotel.figure.queue"].sudo()._query_add(
            SQL(
                """SELECT DISTINCT night.property_id, night.date
                     FROM hotel_property line JOIN res_company company ON company.id = line.company_id
                     JOIN hotel_stay_night night ON night.property_id = line.id
                    WHERE night.date >= %s AND %s""",
                since,
                foreign,
            )
        )
