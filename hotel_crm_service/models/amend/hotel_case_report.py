"""What cases cost by cause, how fast they were, and whether their guests came back."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..case.hotel_case import KINDS, SEVERITIES, SOURCES, STATES


class HotelCaseReport(models.Model):
    """One case with what it cost, how long it took, how it was rated, and whether the guest came back."""

    _name = "hotel.case.report"
    _description = "Analysis of Cases"
    _auto = False
    _order = "created_date desc, id desc"
    _rec_name = "case_id"

    case_id = fields.Many2one("hotel.case", readonly=True)
    created_date = fields.Date(readonly=True)
    property_id = fields.Many2one("hotel.property", string="Hotel", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    department_id = fields.Many2one("hotel.department", readonly=True)
    category_id = fields.Many2one("hotel.case.category", string="Cause", readonly=True)
    user_id = fields.Many2one("res.users", string="Assigned To", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    severity = fields.Selection(SEVERITIES, readonly=True)
    source = fields.Selection(SOURCES, readonly=True)
    state = fields.Selection(STATES, readonly=True)
    case_count = fields.Integer(string="Cases", readonly=True)
    cost = fields.Monetary(string="Cost of Amends", readonly=True, aggregator="sum")
    answer_minutes = fields.Float(string="Minutes to Answer", readonly=True, aggregator="avg")
    solve_hours = fields.Float(string="Hours to Solve", readonly=True, aggregator="avg")
    answer_late_count = fields.Integer(string="Answered Late", readonly=True)
    solve_late_count = fields.Integer(string="Solved Late", readonly=True)
    rating = fields.Float(readonly=True, aggregator="avg")
    came_back = fields.Selection(
        [
            ("yes", "Came Back"),
            ("no", "Did Not Come Back"),
            ("open", "12 Months Not Over"),
            ("unknown", "Guest Unknown"),
        ],
        string="Within 12 Months",
        readonly=True,
    )
    came_back_share = fields.Float(
        string="Came Back", readonly=True, aggregator="avg",
        help="Share of guests with another stay within 12 months, of those who came or whose 12 months are over.",
    )  # fmt: skip

    @property
    def _table_query(self):
        return self._query_rows(fields.Date.context_today(self))

    @api.model
    def _query_rows(self, today):
        """Return one row for each case that was not merged; SQL because of volume.

        A guest came back with a stay that begins after the one of the case (or after the day of the case) and
        within 12 months.
        """
        return SQL(
            """SELECT c.id, c.id AS case_id, c.create_date::date AS created_date, c.property_id, c.company_id,
                      hotel.currency_id, c.department_id, c.category_id, c.user_id,
                      c.kind, c.severity, c.source, c.state,
                      1 AS case_count, COALESCE(spent.cost, 0) AS cost,
                      EXTRACT(EPOCH FROM c.answered_at - c.create_date) / 60 AS answer_minutes,
                      EXTRACT(EPOCH FROM c.solved_at - c.create_date) / 3600 AS solve_hours,
                      c.is_answer_late::int AS answer_late_count, c.is_solve_late::int AS solve_late_count,
                      NULLIF(c.rating_last_value, 0) AS rating, visit.came_back,
                      CASE visit.came_back WHEN 'yes' THEN 1.0 WHEN 'no' THEN 0.0 END AS came_back_share
                 FROM hotel_case c
                 JOIN hotel_property hotel ON hotel.id = c.property_id
                 LEFT JOIN hotel_stay origin ON origin.id = c.stay_id
                 LEFT JOIN LATERAL (SELECT SUM(amount) AS cost FROM hotel_amend
                                     WHERE case_id = c.id AND state = 'done') spent ON TRUE
                 LEFT JOIN LATERAL (SELECT GREATEST(origin.departure_date, c.create_date::date) AS since) base ON TRUE
                 LEFT JOIN LATERAL (SELECT CASE
                     WHEN c.partner_id IS NULL THEN 'unknown'
                     WHEN EXISTS (SELECT FROM hotel_stay s
                                   WHERE s.partner_id = c.partner_id AND s.id IS DISTINCT FROM c.stay_id
                                     AND s.state IN ('in_house', 'departed') AND s.arrival_date >= base.since
                                     AND s.arrival_date <= base.since + INTERVAL '12 months') THEN 'yes'
                     WHEN base.since + INTERVAL '12 months' < %(today)s THEN 'no'
                     ELSE 'open' END AS came_back) visit ON TRUE
                WHERE c.state <> 'merged'""",
            today=today,
        )
