from odoo import fields, models


class HotelCaseCorrection(models.Model):
    """What a person said about the sorting of a case: another category, or that it is right."""

    _name = "hotel.case.correction"
    _description = "Correction of a Case's Category"
    _order = "id desc"
    _rec_name = "case_id"

    case_id = fields.Many2one("hotel.case", required=True, index=True, ondelete="cascade", readonly=True)
    # rules that ask the case would let everybody's through: they are asked in superuser mode
    property_id = fields.Many2one(related="case_id.property_id", store=True, index=True)
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    said_id = fields.Many2one("hotel.case.category", string="Found", ondelete="restrict", readonly=True)
    confidence = fields.Float(digits=(4, 3), readonly=True, aggregator="avg", help="Of what was found, from 0 to 1.")
    category_id = fields.Many2one(
        "hotel.case.category", string="Right", required=True, ondelete="restrict", readonly=True
    )
    classifier_id = fields.Many2one(
        "hotel.classifier", string="Version", ondelete="set null", readonly=True, help="Empty: the rules alone."
    )
    user_id = fields.Many2one("res.users", string="By", required=True, ondelete="restrict", readonly=True)
    corrected_at = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
