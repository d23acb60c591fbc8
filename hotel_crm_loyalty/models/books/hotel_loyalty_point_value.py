from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class HotelLoyaltyPointValue(models.Model):
    """What one point is worth from a day on: points keep the value of the day on which they were earned."""

    _name = "hotel.loyalty.point.value"
    _description = "Value of a Point"
    _order = "program_id, currency_id, company_id, date desc"
    _rec_name = "date"

    program_id = fields.Many2one(
        "loyalty.program",
        string="Programme",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('hotel_managed', '=', True)]",
    )
    company_id = fields.Many2one("res.company", help="Empty: all companies of this currency.")
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    date = fields.Date(string="From", required=True, default=fields.Date.context_today)
    amount = fields.Float(
        string="Fair Value",
        required=True,
        digits=(16, 8),
        help="Of one point, in this currency: what a guest would pay for what it buys, less the chance that it is"
        " never redeemed unless breakage is recognised on its own.",
    )

    _day_unique = models.UniqueIndex(
        "(program_id, currency_id, COALESCE(company_id, 0), date)", "There is a value from this day on already."
    )
    _amount_not_negative = models.Constraint("CHECK (amount >= 0)", "A point is worth nothing at least.")

    @api.depends("company_id")
    def _compute_currency_id(self):
        for value in self:
            value.currency_id = value.company_id.currency_id or value.currency_id or self.env.company.currency_id

    @api.constrains("company_id", "currency_id")
    def _check_currency(self):
        for value in self:
            if value.company_id and value.company_id.currency_id != value.currency_id:
                raise ValidationError(self.env._("The value of one company's points is in its currency."))

    @api.model_create_multi
    def create(self, vals_list):
        values = super().create(vals_list)
        values._check_open()
        values._queue_figures()
        return values

    def write(self, vals):
        self._check_open()
        result = super().write(vals)
        self._check_open()
        self._queue_figures()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open()
        self._queue_figures()

    def _check_open(self):
        """Refuse what would change the worth of points in periods that were closed.

        :raises UserError: such a period is closed
        """
        for value in self:
            # books of companies that the user does not see count as well
            book = self.env["hotel.loyalty.book"].sudo().search(value._get_books_domain(), limit=1)
            if book:
                raise UserError(
                    self.env._(
                        "The books of %(company)s are closed until %(date)s: a new value begins after that day.",
                        company=book.company_id.name,
                        date=fields.Date.to_string(book.closed_date),
                    )
                )

    def _get_books_domain(self):
        whose = ("currency_id", "=", self.currency_id.id)
        if self.company_id:
            whose = ("company_id", "=", self.company_id.id)
        return Domain([("program_id", "=", self.program_id.id), ("closed_date", ">=", self.date), whose])

    def _queue_figures(self):
        """Have figures with amounts computed again from the first day that this concerns."""
        self.flush_recordset()
        for program in self.program_id:
            self.env["hotel.loyalty.figure.queue"].sudo()._query_add(
                SQL("SELECT DISTINCT date FROM hotel_loyalty_figure_day WHERE program_id = %s", program.id)
            )

    @api.model
    def _get_ranges(self):
        """Return the query of values with the days for which they hold, per programme and company.

        Columns: program_id, company_id, amount, start_date, end_date (excluded). Values of a company's own hold
        from their first day on, before it those of its currency; the first value of all holds for the days
        before it too.

        :rtype: SQL
        """
        return SQL(
            """SELECT value.program_id, company.id AS company_id, value.amount,
                      CASE WHEN lag(value.date) OVER days IS NULL THEN '-infinity'::date ELSE value.date END
                          AS start_date,
                      COALESCE(lead(value.date) OVER days, 'infinity'::date) AS end_date
                 FROM hotel_loyalty_point_value value
                 JOIN res_company company ON company.currency_id = value.currency_id
                      AND (company.id = value.company_id OR value.company_id IS NULL AND NOT EXISTS (
                           SELECT FROM hotel_loyalty_point_value own
                            WHERE own.program_id = value.program_id AND own.company_id = company.id
                              AND own.currency_id = company.currency_id AND own.date <= value.date))
               WINDOW days AS (PARTITION BY value.program_id, company.id ORDER BY value.date)"""
        )

    @api.model
    def _get_amounts(self, program):
        """Return what a point of a programme is worth today in each company.

        :param loyalty.program program: one
        :rtype: dict[int, float]: id of the company to amount
        """
        self.flush_model()
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT company_id, amount FROM (%s) ranges
                        WHERE program_id = %s AND start_date <= %s AND end_date > %s""",
                    self._get_ranges(),
                    program.id,
                    program._get_hotel_today(),
                    program._get_hotel_today(),
                )
            )
        )
