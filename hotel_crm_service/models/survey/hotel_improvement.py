"""What is changed because of what guests said: who does it, by when, and whether it helped."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATES = [("planned", "Planned"), ("doing", "In Progress"), ("done", "Done"), ("cancelled", "Cancelled")]


class HotelImprovement(models.Model):
    """One measure of a hotel: its owner, its due date, the answers it follows from, and figures before and after."""

    _name = "hotel.improvement"
    _inherit = ["mail.thread", "mail.activity.mixin", "hotel.own.scope.mixin"]
    _description = "Improvement Measure"
    _order = "due_date, id"

    name = fields.Char(required=True, tracking=True)
    property_id = fields.Many2one(
        "hotel.property", string="Hotel", required=True, index=True, ondelete="restrict",
        default=lambda self: self.env.user._get_hotel_property(),
    )  # fmt: skip
    company_id = fields.Many2one(related="property_id.company_id", store=True, precompute=True)
    department_id = fields.Many2one("hotel.department", index="btree_not_null", ondelete="restrict")
    category_id = fields.Many2one(
        "hotel.case.category", string="Aspect", ondelete="restrict", help="Empty: it is about the stay as a whole."
    )
    user_id = fields.Many2one(
        "res.users", string="Owner", required=True, default=lambda self: self.env.user, tracking=True,
        domain=[("share", "=", False)],
    )  # fmt: skip
    due_date = fields.Date(required=True, tracking=True)
    done_date = fields.Date(copy=False)
    state = fields.Selection(STATES, required=True, default="planned", tracking=True, copy=False)
    description = fields.Text(string="What Is Done")
    answer_ids = fields.Many2many("hotel.survey.answer", string="Answers It Follows From")
    case_ids = fields.Many2many("hotel.case", string="Cases It Follows From")
    compare_days = fields.Integer(
        default=90, aggregator=None,
        help="Days before the start and after the end that are compared.",
    )  # fmt: skip
    start_date = fields.Date(string="Begun", default=fields.Date.context_today, required=True)
    score_before = fields.Float(compute="_compute_figures", digits=(5, 1), string="Rating Before")
    score_after = fields.Float(compute="_compute_figures", digits=(5, 1), string="Rating After")
    count_before = fields.Integer(compute="_compute_figures", string="Answers Before")
    count_after = fields.Integer(compute="_compute_figures", string="Answers After")
    case_count_before = fields.Integer(compute="_compute_figures", string="Number of Cases Before")
    case_count_after = fields.Integer(compute="_compute_figures", string="Number of Cases After")
    effect = fields.Selection(
        [("unknown", "Too Few Answers"), ("better", "Better"), ("same", "No Clear Change"), ("worse", "Worse")],
        compute="_compute_figures",
        help="Clear where the 95 % interval of the difference of the means does not hold zero.",
    )
    is_overdue = fields.Boolean(compute="_compute_is_overdue")
    is_published = fields.Boolean(string="Shown to Guests", copy=False, tracking=True)
    published_said = fields.Text(string="You Said", translate=True)
    published_did = fields.Text(string="We Did", translate=True)

    _days = models.Constraint("CHECK (compare_days BETWEEN 7 AND 730)", "Between a week and two years are compared.")
    _published_idx = models.Index("(property_id, done_date) WHERE is_published")

    @api.depends("due_date", "state")
    def _compute_is_overdue(self):
        for measure in self:
            is_open = measure.state in ("planned", "doing")
            measure.is_overdue = is_open and bool(measure.due_date) and measure.due_date < fields.Date.today()

    @api.constrains("is_published", "published_said", "published_did")
    def _check_published(self):
        for measure in self:
            if measure.is_published and not (measure.published_said and measure.published_did):
                raise ValidationError(self.env._("Write what guests said and what you did before it is shown to them."))

    @api.constrains("property_id", "department_id", "answer_ids", "case_ids")
    def _check_same_property(self):
        for measure in self.sudo():
            places = measure.department_id.property_id | measure.answer_ids.property_id | measure.case_ids.property_id
            if places - measure.property_id:
                raise ValidationError(self.env._("Department, answers and cases belong to the hotel of the measure."))

    def action_begin(self):
        """Begin. Callable by staff who may write it."""
        self.write({"state": "doing"})

    def action_done(self):
        """Finish today. Callable by staff who may write it."""
        self.write({"state": "done", "done_date": fields.Date.context_today(self)})

    def action_cancel(self):
        """Give it up; guests no longer read of it. Callable by staff who may write it."""
        self.write({"state": "cancelled", "is_published": False})

    @api.model
    def _get_published(self, hotel, limit=100):
        """Return what guests of a hotel are told, the latest first.

        :rtype: hotel.improvement
        """
        return self.search(
            [("property_id", "=", hotel.id), ("is_published", "=", True)], order="done_date desc, id desc", limit=limit
        )

    def _get_periods(self):
        """Return the days before the start and after the end: ((first, last), (first, last)).

        :rtype: tuple
        """
        span = timedelta(days=self.compare_days)
        end = self.done_date or self.start_date
        return (self.start_date - span, self.start_date), (end, end + span)
