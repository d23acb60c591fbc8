from odoo import api, fields, models
from odoo.tools import SQL


class HotelValueReport(models.Model):
    """One guest in the matrix of value and chance to return; amounts in the company's currency."""

    _name = "hotel.value.report"
    _inherit = ["hotel.report.mixin", "hotel.guest.trace.mixin"]
    _description = "Value Matrix"
    _auto = False
    _order = "value desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "hotel.guest.value": [
            "partner_id", "company_id", "property_id", "cell", "recency_score", "frequency_score", "monetary_score",
            "visit_count", "expected_stays", "expected_value",
        ],
        "hotel.value.class": [
            "score_from", "score_until", "is_active_band", "is_cooling_band", "is_at_risk_band", "is_lost_band",
        ],
        "res.partner": ["active"],
    }  # fmt: skip

    partner_id = fields.Many2one("res.partner", string="Guest", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    property_id = fields.Many2one("hotel.property", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    active = fields.Boolean(readonly=True)
    class_id = fields.Many2one("hotel.value.class", string="Value Class", readonly=True)
    band = fields.Selection(
        [("0", "Warm"), ("1", "Cooling"), ("2", "At Risk"), ("3", "Lost")], string="Activity", readonly=True
    )
    score = fields.Selection(
        [("03", "3 to 5"), ("06", "6 to 8"), ("09", "9 to 11"), ("12", "12 to 15")],
        string="Sum of Scores",
        readonly=True,
    )
    recency_score = fields.Integer(string="Recency", readonly=True, aggregator="avg")
    frequency_score = fields.Integer(string="Frequency", readonly=True, aggregator="avg")
    monetary_score = fields.Integer(string="Spend Score", readonly=True, aggregator="avg")
    guests = fields.Integer(readonly=True, aggregator="sum")
    visits = fields.Integer(string="Visits so Far", readonly=True)
    stays = fields.Float(string="Expected Stays", readonly=True)
    value = fields.Monetary(string="Expected Value", readonly=True, help="Spend to expect within 12 months.")
    value_per_guest = fields.Monetary(string="Expected Value per Guest", readonly=True, aggregator="avg")

    @api.model
    def _get_ratios(self):
        return {**super()._get_ratios(), "value_per_guest": ("value", "guests", 1)}

    @property
    def _table_query(self):
        cells = self.env["hotel.value.class"]._get_cells()
        return SQL(
            """SELECT worth.id, worth.partner_id, worth.company_id, worth.property_id, company.currency_id,
                      guest.active, part.class_id, (worth.cell %% 10)::varchar AS band,
                      lpad((LEAST((worth.cell / 10) / 3, 4) * 3)::varchar, 2, '0') AS score,
                      worth.recency_score, worth.frequency_score, worth.monetary_score, 1 AS guests,
                      worth.visit_count AS visits, worth.expected_stays AS stays, worth.expected_value AS value,
                      worth.expected_value AS value_per_guest
                 FROM hotel_guest_value worth
                 JOIN res_company company ON company.id = worth.company_id
                 JOIN res_partner guest ON guest.id = worth.partner_id
                 LEFT JOIN unnest(%s::int[], %s::int[]) part (cell, class_id) ON part.cell = worth.cell""",
            list(cells.keys()),
            list(cells.values()),
        )
