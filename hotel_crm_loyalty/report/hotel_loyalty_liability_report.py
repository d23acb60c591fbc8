from odoo import fields, models
from odoo.tools import SQL


class HotelLoyaltyLiabilityReport(models.Model):
    """Outstanding points of one lot and what they are worth: what the company of their hotel owes to members.

    Breakage is not deducted; see the breakage analysis and the closings.
    """

    _name = "hotel.loyalty.liability.report"
    _inherit = ["hotel.report.mixin"]
    _description = "Points Liability"
    _auto = False
    _order = "expiry_date, id"
    _rec_name = "earned_date"
    _depends = {
        "hotel.loyalty.lot": [
            "card_id", "kind", "remaining", "earned_date", "available_date", "expiry_date", "property_id",
        ],
        "loyalty.card": ["program_id", "hotel_tier_id"],
        "loyalty.program": ["company_id", "hotel_liability_company_id"],
        "hotel.property": ["company_id"],
        "hotel.loyalty.point.value": ["program_id", "company_id", "currency_id", "date", "amount"],
    }  # fmt: skip

    lot_id = fields.Many2one("hotel.loyalty.lot", readonly=True)
    card_id = fields.Many2one("loyalty.card", readonly=True)
    program_id = fields.Many2one("loyalty.program", string="Programme", readonly=True)
    tier_id = fields.Many2one("hotel.loyalty.tier", string="Tier", readonly=True, help="That the member has now.")
    property_id = fields.Many2one("hotel.property", readonly=True, help="That issued the points.")
    company_id = fields.Many2one("res.company", readonly=True, help="That owes the points.")
    currency_id = fields.Many2one("res.currency", readonly=True)
    earned_date = fields.Date(string="Issued", readonly=True)
    available_date = fields.Date(string="Available from", readonly=True)
    expiry_date = fields.Date(string="Expires", readonly=True)
    points = fields.Integer(string="Outstanding Points", readonly=True)
    lots = fields.Integer(readonly=True)
    point_value = fields.Float(string="Value of a Point", digits=(16, 8), readonly=True, aggregator="avg")
    value = fields.Monetary(string="Fair Value", readonly=True)

    def _get_ratios(self):
        return {**super()._get_ratios(), "point_value": ("value", "points", 1)}

    @property
    def _table_query(self):
        return SQL(
            """SELECT lot.id, lot.id AS lot_id, lot.card_id, card.program_id, card.hotel_tier_id AS tier_id,
                      lot.property_id, company.id AS company_id, company.currency_id, lot.earned_date,
                      lot.available_date, lot.expiry_date, lot.remaining AS points, 1 AS lots,
                      range.amount AS point_value, lot.remaining * COALESCE(range.amount, 0) AS value
                 FROM hotel_loyalty_lot lot
                 JOIN loyalty_card card ON card.id = lot.card_id
                 JOIN loyalty_program program ON program.id = card.program_id
                 LEFT JOIN hotel_property hotel ON hotel.id = lot.property_id
                 JOIN res_company company ON company.id = %s
                 LEFT JOIN (%s) range ON range.program_id = program.id AND range.company_id = company.id
                      AND lot.earned_date >= range.start_date AND lot.earned_date < range.end_date
                WHERE lot.remaining > 0""",
            self.env["loyalty.program"]._get_hotel_carrier("hotel"),
            self.env["hotel.loyalty.point.value"]._get_ranges(),
        )
