from odoo import api, fields, models
from odoo.tools import SQL

from .hotel_loyalty_vintage import PARTS


class HotelLoyaltyVintageAge(models.Model):
    """What happened to the points of one month of issue when they were so many months old: a curve's point."""

    _name = "hotel.loyalty.vintage.age"
    _inherit = ["hotel.report.mixin"]
    _description = "Vintage Curves"
    _order = "issue_date desc, age"
    _log_access = False
    _rec_name = "issue_date"

    program_id = fields.Many2one(
        "loyalty.program", string="Programme", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one("res.currency", readonly=True, ondelete="cascade")
    issue_date = fields.Date(string="Month of Issue", required=True, readonly=True, help="Its first day.")
    age = fields.Integer(string="Age in Months", readonly=True, aggregator=None)
    is_whole = fields.Boolean(
        string="Whole Month", readonly=True, help="The month of that age is over: only such are compared."
    )
    exposed = fields.Integer(
        string="Points Issued",
        readonly=True,
        help="Points of the vintage, less those taken back since: the same at each age.",
    )
    issued = fields.Integer(string="Issued at This Age", readonly=True, help="At age 0; later what was taken back.")
    redeemed = fields.Integer(readonly=True)
    expired = fields.Integer(readonly=True)
    value = fields.Monetary(readonly=True, help="Of points that came in, less those that left.")
    redeemed_share = fields.Float(
        string="Redeemed %", readonly=True, aggregator="avg", help="Of 100 points issued, those redeemed at this age."
    )
    expired_share = fields.Float(
        string="Expired %",
        readonly=True,
        aggregator="avg",
        help="Of 100 points issued, those that expired at this age.",
    )

    @api.model
    def _get_ratios(self):
        return {
            **super()._get_ratios(),
            "redeemed_share": ("redeemed", "exposed", 100),
            "expired_share": ("expired", "exposed", 100),
        }

    @api.model
    def _query_refresh(self):
        """Count the moves of all lots by month of issue and age; SQL because there are millions."""
        self.env.cr.execute("SET LOCAL work_mem = '128MB'")
        self.env.cr.execute("DELETE FROM hotel_loyalty_vintage_age")
        self.env.execute_query(
            SQL(
                """WITH ranges AS MATERIALIZED (%(ranges)s),
                   counted AS (
                     %(counted)s),
                   aged AS (
                     SELECT counted.program_id, counted.company_id, counted.issue_date, counted.age,
                            sum(counted.issued) AS issued, -sum(counted.redeemed) AS redeemed,
                            -sum(counted.expired) AS expired, round(sum(counted.points * range.amount), 4) AS value
                       FROM counted
                       LEFT JOIN ranges range ON range.program_id = counted.program_id
                            AND range.company_id = counted.company_id
                            AND counted.earned_date >= range.start_date AND counted.earned_date < range.end_date
                      GROUP BY 1, 2, 3, 4),
                   grid AS (
                     SELECT vintage.*, age, months.current
                       FROM (SELECT program_id, company_id, issue_date, sum(issued) AS exposed, max(age) AS oldest
                               FROM aged GROUP BY 1, 2, 3) vintage
                      CROSS JOIN LATERAL (SELECT (
                            12 * (date_part('year', %(today)s::date) - date_part('year', vintage.issue_date))
                            + date_part('month', %(today)s::date) - date_part('month', vintage.issue_date))::int
                            AS current) months
                      CROSS JOIN LATERAL generate_series(0, GREATEST(vintage.oldest, months.current)) age)
                   INSERT INTO hotel_loyalty_vintage_age (program_id, company_id, currency_id, issue_date, age, issued,
                        redeemed, expired, value, exposed, redeemed_share, expired_share, is_whole)
                   SELECT program_id, company_id, company.currency_id, issue_date, age, COALESCE(issued, 0),
                          COALESCE(redeemed, 0), COALESCE(expired, 0), COALESCE(value, 0), exposed,
                          100.0 * COALESCE(redeemed, 0) / NULLIF(exposed, 0),
                          100.0 * COALESCE(expired, 0) / NULLIF(exposed, 0), age < current
                     FROM grid LEFT JOIN aged USING (program_id, company_id, issue_date, age)
                     JOIN res_company company ON company.id = company_id RETURNING 1""",
                ranges=self.env["hotel.loyalty.point.value"]._get_ranges(),
                counted=self._get_counted(),
                today=fields.Date.context_today(self),
            )
        )

    @api.model
    def _get_counted(self):
        """Return the query of moves by the day and month of issue of their lot, and its age in months."""
        sums = (
            SQL("COALESCE(sum(move.points) FILTER (WHERE move.kind IN %s), 0) AS %s", kinds, SQL.identifier(name))
            for name, kinds in PARTS.items()
        )
        return SQL(
            """SELECT card.program_id, %(carrier)s AS company_id,
                   date_trunc('month', lot.earned_date)::date AS issue_date,
                   GREATEST(0, 12 * (date_part('year', move.date) - date_part('year', lot.earned_date))
                       + date_part('month', move.date) - date_part('month', lot.earned_date))::int AS age,
                   lot.earned_date, %(sums)s, sum(move.points) AS points
              FROM hotel_loyalty_move move
              JOIN hotel_loyalty_lot lot ON lot.id = move.lot_id
              JOIN loyalty_card card ON card.id = move.card_id
              JOIN loyalty_program program ON program.id = card.program_id
              LEFT JOIN hotel_property hotel ON hotel.id = lot.property_id
             GROUP BY 1, 2, 3, 4, 5""",
            carrier=self.env["loyalty.program"]._get_hotel_carrier("hotel"),
            sums=SQL(", ").join(sums),
        )
