"""What guests are worth: computed by a valuation, never by hand."""

import io

import numpy as np

from odoo import api, fields, models
from odoo.tools import SQL

from ...lifetime import valuation

#: columns that a valuation writes, in the order of COPY
FIGURES = (
    "recency_score", "frequency_score", "monetary_score", "cell", "visit_count", "active_probability",
    "return_probability", "expected_stays", "expected_amount", "expected_value",
)  # fmt: skip
TAKEN = SQL("stay.state IN ('in_house', 'departed')")


class HotelGuestValue(models.Model):
    """What one guest is worth to a company or property, in the company's currency."""

    _name = "hotel.guest.value"
    _inherit = ["hotel.guest.trace.mixin"]
    _description = "Guest Value"
    _order = "partner_id, model_id"
    _log_access = False
    _rec_name = "partner_id"

    _is_change_traced = False  # computed, not changed by people

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, ondelete="cascade")
    model_id = fields.Many2one("hotel.value.model", string="Guests of", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    property_id = fields.Many2one("hotel.property", ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    recency_score = fields.Integer(string="Recency", help="1 to 5, 5 is best.", aggregator="avg")
    frequency_score = fields.Integer(string="Frequency", help="1 to 5, 5 is best.", aggregator="avg")
    monetary_score = fields.Integer(string="Spend", help="1 to 5, 5 is best.", aggregator="avg")
    cell = fields.Integer(help="Ten times the sum of scores, plus the number of the band.", aggregator=None)
    visit_count = fields.Integer(string="Visits", help="Days on which a stay began.")
    active_probability = fields.Float(
        string="Probability Active", aggregator="avg", help="Chance that the guest has not left for good."
    )
    return_probability = fields.Float(
        string="Chance to Return", aggregator="avg", help="Chance of a stay within 12 months."
    )
    expected_stays = fields.Float(help="Stays to expect within 12 months.")
    expected_amount = fields.Monetary(string="Expected Spend per Stay", aggregator="avg")
    expected_value = fields.Monetary(help="Spend to expect within 12 months, tax included.")
    valued_date = fields.Date(string="Valued")

    _once = models.UniqueIndex("(partner_id, model_id)", "One row per guest and valuation.")
    _cell_idx = models.Index("(company_id, cell) WHERE property_id IS NULL")
    _value_idx = models.Index("(company_id, expected_value) WHERE property_id IS NULL")

    @api.model
    def _refresh_range(self, fit, first_id, last_id):
        """Value the guests with ids in this range, both ends included.

        :param fit: the valuation (hotel.value.fit)
        :returns: how many guests were valued
        :rtype: int
        """

        def scope(column):
            return SQL("%s BETWEEN %s AND %s", column, first_id, last_id)

        ids, facts = fit.model_id._query_facts(scope, fit.today_date)
        values = valuation.value(facts, fit.model_id._get_rules(fit))
        self._query_write(fit, self._get_columns(ids, facts, values), scope)
        return len(ids)

    @api.model
    def _get_columns(self, ids, facts, values):
        """Return the columns of COPY: the guest's id, then FIGURES."""
        scores = values.recency + values.frequency + values.monetary
        worth = values.stays * values.amount
        return (
            ids, values.recency, values.frequency, values.monetary, scores * 10 + values.band,
            facts.visits.astype(int), values.active.round(6), values.back.round(6), values.stays.round(6),
            values.amount.round(2), worth.round(2),
        )  # fmt: skip

    @api.model
    def _query_facts(self, model, condition, today, with_diners=True):
        """Read the facts of some guests, one row each; SQL because of volume.

        Of guests who never stayed, days on which they consumed count as visits.

        :param model: whose guests (hotel.value.model)
        :param condition: function of a column (SQL) that returns the condition on the guest (SQL)
        :param bool with_diners: guests who never stayed as well
        :rtype: tuple[numpy.ndarray, valuation.Facts]
        """
        self.env.flush_all()
        self.env.cr.execute(SQL("SET LOCAL jit = off"))  # compiling takes longer than running
        place = SQL("stay.company_id = %s", model.company_id.id)
        if model.property_id:
            place = SQL("%s AND stay.property_id = %s", place, model.property_id.id)
        rows = self.env.execute_query(
            SQL(
                """SELECT visit.partner_id, visit.days, visit.first, visit.last, COALESCE(spend.amount, 0)::float8
                     FROM (SELECT stay.partner_id, count(DISTINCT stay.arrival_date) AS days,
                                  min(stay.arrival_date) - DATE '0001-01-01' + 1 AS first,
                                  max(stay.arrival_date) - DATE '0001-01-01' + 1 AS last
                             FROM hotel_stay stay
                            WHERE %(place)s AND %(taken)s AND stay.arrival_date <= %(today)s
                              AND stay.partner_id IS NOT NULL AND %(whom)s
                            GROUP BY stay.partner_id
                           %(diners)s) visit
                     LEFT JOIN (%(spend)s) spend ON spend.partner_id = visit.partner_id""",
                place=place,
                taken=TAKEN,
                today=today,
                whom=condition(SQL("stay.partner_id")),
                spend=self._get_spend_query(model, condition),
                diners=self._get_diner_query(model, condition, today) if with_diners else SQL(""),
            )
        )
        table = np.array(rows, dtype=float).reshape(-1, 5)
        return table[:, 0].astype(int), valuation.Facts(*table[:, 1:].T)

    @api.model
    def _get_diner_query(self, model, condition, today):
        """Return what adds the days on which guests consumed who never stayed: fees and reversals are no visits."""
        place, stayed = SQL("line.company_id = %s", model.company_id.id), SQL("stay.company_id = line.company_id")
        if model.property_id:
            place = SQL("%s AND line.property_id = %s", place, model.property_id.id)
            stayed = SQL("%s AND stay.property_id = line.property_id", stayed)
        return SQL(
            """UNION ALL
               SELECT line.partner_id, count(DISTINCT line.business_date),
                      min(line.business_date) - DATE '0001-01-01' + 1, max(line.business_date) - DATE '0001-01-01' + 1
                 FROM hotel_consumption line
                WHERE %(place)s AND line.partner_id IS NOT NULL AND line.business_date <= %(today)s
                  AND line.kind <> 'fee' AND line.reversal_of_id IS NULL AND %(whom)s
                  AND NOT EXISTS (SELECT FROM hotel_consumption back WHERE back.reversal_of_id = line.id)
                  AND NOT EXISTS (SELECT FROM hotel_stay stay
                                   WHERE stay.partner_id = line.partner_id AND %(stayed)s AND %(taken)s
                                     AND stay.arrival_date <= %(today)s)
                GROUP BY line.partner_id""",
            place=place,
            stayed=stayed,
            taken=TAKEN,
            today=today,
            whom=condition(SQL("line.partner_id")),
        )

    @api.model
    def _get_spend_query(self, model, condition):
        """Return a SELECT of guests and what they spent, in the company's currency.

        A company's figures are there already; those of one property are counted here.
        """
        if not model.property_id:
            return SQL(
                "SELECT m.partner_id, m.spend_gross AS amount FROM hotel_guest_metric m"
                " WHERE m.company_id = %s AND %s",
                model.company_id.id,
                condition(SQL("m.partner_id")),
            )
        metrics = self.env["hotel.guest.metric"]
        return SQL(
            "SELECT fact.partner_id, %s AS amount FROM %s WHERE fact.property_id = %s AND %s GROUP BY fact.partner_id",
            metrics._get_metric_aggregates()["consumption"]["spend_gross"],
            metrics._get_metric_sources()["consumption"],
            model.property_id.id,
            condition(SQL("fact.partner_id")),
        )

    @api.model
    def _query_write(self, fit, columns, scope):
        """Bring the rows of guests in scope in line with these columns; COPY and SQL because of volume."""
        self._query_copy(columns)
        self._query_write_fresh(fit, scope)

    @api.model
    def _query_write_fresh(self, fit, scope):
        """Take over the rows of the temporary table, and no others of guests in scope; SQL because of volume."""
        cr, model = self.env.cr, fit.model_id
        names = SQL(", ").join(map(SQL.identifier, FIGURES))
        fresh = SQL(", ").join(SQL.identifier("fresh", name) for name in FIGURES)
        mine = SQL("value.model_id = %s AND %s", model.id, scope(SQL("value.partner_id")))
        cr.execute(
            SQL(
                """DELETE FROM hotel_guest_value value WHERE %s
                      AND NOT EXISTS (SELECT FROM hotel_value_fresh fresh WHERE fresh.partner_id = value.partner_id)""",
                mine,
            )
        )
        cr.execute(
            SQL(
                """UPDATE hotel_guest_value value SET (%s, valued_date) = ROW(%s, %s)
                     FROM hotel_value_fresh fresh WHERE %s AND fresh.partner_id = value.partner_id""",
                names, fresh, fit.today_date, mine,
            )  # fmt: skip
        )
        cr.execute(
            SQL(
                """INSERT INTO hotel_guest_value
                          (partner_id, model_id, company_id, property_id, valued_date, %s)
                   SELECT fresh.partner_id, %s, %s, %s, %s, %s FROM hotel_value_fresh fresh
                    WHERE NOT EXISTS (SELECT FROM hotel_guest_value value
                                       WHERE %s AND fresh.partner_id = value.partner_id)
                    ORDER BY fresh.partner_id""",
                names, model.id, model.company_id.id, model.property_id.id or None, fit.today_date, fresh, mine,
            )  # fmt: skip
        )
        self.invalidate_model()

    @api.model
    def _query_copy(self, columns):
        """Make a temporary table of columns, the guest's id and FIGURES; by COPY because of volume."""
        cr = self.env.cr
        self._query_make_fresh(SQL("SELECT * FROM hotel_guest_value LIMIT 0"))
        texts = (["\\N" if value != value else str(value) for value in column.tolist()] for column in columns)
        lines = "".join("\t".join(row) + "\n" for row in zip(*texts, strict=True))
        cr.copy_expert("COPY hotel_value_fresh FROM STDIN", io.StringIO(lines))
        cr.execute("ANALYZE hotel_value_fresh")

    @api.model
    def _query_make_fresh(self, rows):
        """Make the temporary table of the guest's id and FIGURES that a query gives.

        :param SQL rows: a SELECT that has these columns
        """
        self.env.cr.execute("DROP TABLE IF EXISTS hotel_value_fresh")
        self.env.cr.execute(
            SQL(
                "CREATE TEMP TABLE hotel_value_fresh ON COMMIT DROP AS SELECT partner_id, %s FROM (%s) given",
                SQL(", ").join(map(SQL.identifier, FIGURES)),
                rows,
            )
        )
