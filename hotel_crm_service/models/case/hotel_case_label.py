from odoo import fields, models


class HotelCaseLabel(models.Model):
    """A category that a case was found to be about, how sure that is and the words that decided."""

    _name = "hotel.case.label"
    _description = "Category Found in a Case"
    _order = "confidence desc, id"
    _rec_name = "category_id"

    case_id = fields.Many2one("hotel.case", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="case_id.property_id", store=True, precompute=True)
    company_id = fields.Many2one(related="case_id.company_id", store=True, precompute=True)
    category_id = fields.Many2one("hotel.case.category", required=True, ondelete="restrict")
    confidence = fields.Float(digits=(4, 3), help="From 0 to 1; 1 where a person has said so.")
    words = fields.Char(help="Words of the text that decided.")

    _once = models.UniqueIndex("(case_id, category_id)", "A category stands once on a case.")
    _confidence_range = models.Constraint(
        "CHECK (confidence BETWEEN 0 AND 1)", "A confidence is between 0 and 1."
    )
