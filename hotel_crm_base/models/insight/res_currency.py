from odoo import api, models
from odoo.tools import SQL


class ResCurrency(models.Model):
    _inherit = "res.currency"

    @api.model
    def _get_day_amount(self, amount, currency, company, day):
        """Return an amount in its company's currency at the rate of a day.

        The rate is the one that ``_convert`` takes: the last one set on or before the day (else the
        first one after it, else 1) for the company's root, before one for all companies. Sums are
        not rounded charge by charge.

        :param SQL amount: the amount
        :param SQL currency: the amount's currency id
        :param SQL company: alias of a row of res_company
        :param SQL day: a date
        :rtype: SQL: an expression; amounts in the company's own currency cost no look-up
        """
        own = SQL("%s.currency_id", company)
        return SQL(
            "CASE WHEN %(currency)s = %(own)s THEN %(amount)s ELSE %(amount)s * %(to)s / %(from_)s END",
            amount=amount,
            currency=currency,
            own=own,
            to=self._get_rate_on_day(own, company, day),
            from_=self._get_rate_on_day(currency, company, day),
        )

    @api.model
    def _get_rate_on_day(self, currency, company, day):
        """Return the rate of a currency on a day, as an expression over a row of res_company."""
        own, shared = SQL("CAST(split_part(%s.parent_path, '/', 1) AS integer)", company), SQL("0")
        looks = [
            self._get_rate_beside(currency, whose, bound, order)
            for bound, order in ((day, SQL("DESC")), (SQL("'-infinity'::date"), SQL("ASC")))
            for whose in (own, shared)
        ]
        return SQL("COALESCE(%s, 1.0)", SQL(", ").join(looks))

    @api.model
    def _get_rate_beside(self, currency, company_id, day, order):
        """Return the last rate up to a day (``DESC``) or the first one from it on (``ASC``), or NULL.

        Rows are compared as a whole so that the planner has one index only to go by. With a
        condition per column it walks the rates of all currencies by date, which never ends for a
        company's own currency: that has none.
        """
        return SQL(
            """(SELECT CASE WHEN near.currency_id = %(currency)s AND near.company_id = %(company_id)s THEN near.rate END
                  FROM (SELECT rate.currency_id, COALESCE(rate.company_id, 0) AS company_id, rate.rate
                          FROM res_currency_rate rate
                         WHERE (rate.currency_id, COALESCE(rate.company_id, 0), rate.name)
                               %(side)s (%(currency)s, %(company_id)s, %(day)s)
                         ORDER BY rate.currency_id %(order)s, COALESCE(rate.company_id, 0) %(order)s,
                                  rate.name %(order)s
                         LIMIT 1) near)""",
            currency=currency,
            company_id=company_id,
            day=day,
            side=SQL("<=") if order.code == "DESC" else SQL(">="),
            order=order,
        )
