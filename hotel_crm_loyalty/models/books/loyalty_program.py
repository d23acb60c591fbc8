from odoo import api, fields, models
from odoo.tools import SQL


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    hotel_liability_company_id = fields.Many2one(
        "res.company",
        string="Carrier of Other Points",
        compute="_compute_hotel_liability_company_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Company that owes points issued by no hotel: bought, given, transferred, brought in."
        " Points of a stay are owed by the company of its hotel.",
    )
    hotel_point_value_ids = fields.One2many("hotel.loyalty.point.value", "program_id", string="Values of a Point")
    hotel_book_ids = fields.One2many("hotel.loyalty.book", "program_id", string="Books")

    @api.depends("company_id")
    def _compute_hotel_liability_company_id(self):
        for program in self:
            program.hotel_liability_company_id = (
                program.company_id or program.hotel_liability_company_id or self.env.company
            )

    @api.model
    def _get_hotel_carrier(self, hotel):
        """Return the company that owes points, as an expression over a row ``program`` of loyalty_program.

        :param str hotel: alias of a row of hotel_property, perhaps without one
        :rtype: SQL
        """
        return SQL(
            "COALESCE(%s, program.company_id, program.hotel_liability_company_id)", SQL.identifier(hotel, "company_id")
        )
