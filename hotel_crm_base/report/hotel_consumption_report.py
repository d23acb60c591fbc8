from odoo import api, fields, models
from odoo.tools import SQL

from ..selections import same_as
from . import bands


class HotelConsumptionReport(models.Model):
    """One charge with its guest and place; amounts in the company's currency."""

    _name = "hotel.consumption.report"
    _inherit = ["hotel.report.mixin"]
    _description = "Consumption Analysis"
    _auto = False
    _order = "business_date desc, id desc"
    _rec_name = "business_date"
    _depends = {
        "hotel.consumption": [
            "partner_id", "stay_id", "property_id", "company_id", "currency_id", "outlet_id", "kind", "business_date",
            "amount_gross", "amount_net", "quantity", "reversal_of_id",
        ],
        "hotel.outlet": ["kind"],
        "res.currency.rate": ["rate", "name", "currency_id", "company_id"],
        "res.partner": ["country_id", "state_id", "hotel_nationality_id"],
    }  # fmt: skip

    business_date = fields.Date(readonly=True)
    partner_id = fields.Many2one("res.partner", string="Guest", readonly=True)
    property_id = fields.Many2one("hotel.property", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    outlet_id = fields.Many2one("hotel.outlet", readonly=True)
    outlet_kind = fields.Selection(same_as("hotel.outlet", "kind"), string="Kind of Outlet", readonly=True)
    kind = fields.Selection(same_as("hotel.consumption", "kind"), readonly=True)
    country_id = fields.Many2one("res.country", string="Guest's Country", readonly=True)
    region_id = fields.Many2one("res.country.state", string="Guest's Region", readonly=True)
    nationality_id = fields.Many2one("res.country", readonly=True)
    amount_band = fields.Selection(bands.AMOUNT_LABELS, string="Amount of the Charge", readonly=True)
    amount_gross = fields.Monetary(string="Revenue", readonly=True, help="Tax included.")
    amount_net = fields.Monetary(string="Net Revenue", readonly=True)
    charges = fields.Integer(readonly=True, help="Charges less those taken back.")
    guests = fields.Integer(readonly=True, aggregator="count_distinct", help="Different guests.")
    visits = fields.Float(
        readonly=True, digits=(20, 0), aggregator="count_distinct", help="Different days on which a guest consumed."
    )
    frequency = fields.Float(readonly=True, aggregator="avg", help="Visits per guest.")
    spend_per_guest = fields.Monetary(readonly=True, aggregator="avg", help="Revenue per guest.")
    spend_per_visit = fields.Monetary(readonly=True, aggregator="avg", help="Revenue per visit.")

    @api.model
    def _get_ratios(self):
        return {
            **super()._get_ratios(),
            "frequency": ("visits", "guests", 1),
            "spend_per_guest": ("amount_gross", "guests", 1),
            "spend_per_visit": ("amount_gross", "visits", 1),
        }

    @property
    def _table_query(self):
        gross, net = (
            self.env["res.currency"]._get_day_amount(
                amount, SQL("line.currency_id"), SQL("company"), SQL("line.business_date")
            )
            for amount in (SQL("line.amount_gross"), SQL("line.amount_net"))
        )
        return SQL(
            """SELECT line.id, line.business_date, line.partner_id, line.property_id, line.company_id,
                      company.currency_id, line.outlet_id, outlet.kind AS outlet_kind, line.kind,
                      COALESCE(guest.country_id, guest.hotel_nationality_id) AS country_id,
                      guest.state_id AS region_id, guest.hotel_nationality_id AS nationality_id,
                      %(band)s AS amount_band,
                      %(gross)s AS amount_gross,
                      %(net)s AS amount_net,
                      CASE WHEN line.reversal_of_id IS NULL THEN 1 ELSE -1 END AS charges,
                      line.partner_id AS guests,
                      line.partner_id * 100000::bigint + (line.business_date - DATE '1970-01-01') AS visits,
                      1 AS frequency,
                      %(gross)s AS spend_per_guest,
                      %(gross)s AS spend_per_visit
                 FROM hotel_consumption line
                 JOIN res_company company ON company.id = line.company_id
                 LEFT JOIN hotel_outlet outlet ON outlet.id = line.outlet_id
                 LEFT JOIN res_partner guest ON guest.id = line.partner_id""",
            # a reversal lies in the band of what it takes back
            band=SQL(bands.case(bands.AMOUNTS, "abs(line.amount_gross)")),
            gross=gross,
            net=net,
        )
