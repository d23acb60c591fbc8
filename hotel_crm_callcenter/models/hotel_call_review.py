from odoo import api, fields, models
from odoo.exceptions import ValidationError

MARKS = [("1", "1 Poor"), ("2", "2"), ("3", "3 Good"), ("4", "4"), ("5", "5 Excellent")]
CRITERIA = ("greeting", "listening", "solution", "closing")


class HotelCallReview(models.Model):
    """How a supervisor finds one call that an agent has handled: marks of five, and their average."""

    _name = "hotel.call.review"
    _description = "Review of a Call"
    _order = "id desc"
    _rec_name = "call_id"

    call_id = fields.Many2one("hotel.call", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="call_id.property_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users", string="Agent", related="call_id.user_id", store=True, index="btree_not_null", readonly=True
    )
    greeting = fields.Selection(MARKS)
    listening = fields.Selection(MARKS)
    solution = fields.Selection(MARKS)
    closing = fields.Selection(MARKS)
    score = fields.Float(compute="_compute_score", store=True, aggregator="avg", help="Average of the marks given.")
    note = fields.Char()

    _once = models.Constraint("UNIQUE (call_id, create_uid)", "You have reviewed this call already.")

    @api.depends(*CRITERIA)
    def _compute_score(self):
        for review in self:
            marks = [int(review[name]) for name in CRITERIA if review[name]]
            review.score = sum(marks) / len(marks) if marks else 0.0

    @api.constrains(*CRITERIA, "call_id")
    def _check_marks(self):
        """A review says something, of a call that somebody has answered."""
        for review in self:
            if not any(review[name] for name in CRITERIA):
                raise ValidationError(self.env._("Give one mark at least."))
            if not review.call_id.user_id:
                raise ValidationError(self.env._("Nobody has answered this call."))
