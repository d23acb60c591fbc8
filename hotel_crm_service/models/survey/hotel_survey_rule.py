"""When which guests are asked."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

OCCASIONS = [("in_stay", "During the Stay"), ("check_out", "After the Stay")]


class HotelSurveyRule(models.Model):
    """Sends one survey to guests of some hotels: when, to whom, how often, and whom to leave alone."""

    _name = "hotel.survey.rule"
    _inherit = ["hotel.own.scope.mixin"]
    _description = "Survey Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    survey_id = fields.Many2one(
        "survey.survey", required=True, ondelete="restrict", domain=[("survey_type", "=", "hotel")]
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    property_ids = fields.Many2many(
        "hotel.property", string="Hotels", domain="[('company_id', '=', company_id)]", help="Empty: all of the company."
    )
    occasion = fields.Selection(OCCASIONS, required=True, default="check_out")
    stay_day = fields.Integer(
        string="Day of the Stay", default=2, help="The first day is that of the arrival.", aggregator=None
    )
    delay_hours = fields.Integer(string="Hours after Check-Out", default=4, aggregator=None)
    within_days = fields.Integer(
        string="Days at the Latest", default=3, aggregator=None,
        help="Days after the occasion: stays of long ago, such as those of an import, are not asked about.",
    )  # fmt: skip
    min_nights = fields.Integer(string="Nights at Least", default=1, aggregator=None)
    throttle_days = fields.Integer(
        string="Not Again Within", default=90, aggregator=None,
        help="Days in which a guest is not asked again on the same occasion.",
    )  # fmt: skip
    market_segment_ids = fields.Many2many("hotel.market.segment", string="Not These Market Segments")
    rate_plan_ids = fields.Many2many("hotel.rate.plan", string="Not These Rate Plans")
    is_case_excluded = fields.Boolean(
        string="Not Guests with an Open Case", default=True, help="Who waits for an answer is not asked for one."
    )
    reminder_days = fields.Integer(
        string="Reminder After", default=3, aggregator=None, help="Days after which a guest is reminded once. 0: never."
    )
    deadline_days = fields.Integer(
        string="Open For", default=14, aggregator=None, help="Days in which it can be answered."
    )
    case_nps = fields.Integer(
        string="Case at Recommendation", default=6, aggregator=None,
        help="A case is opened at this answer and below. -1: never.",
    )  # fmt: skip
    case_rating = fields.Integer(
        string="Case at Rating", default=40, aggregator=None,
        help="A case is opened where satisfaction overall, or with an aspect, is so many of 100 or less. -1: never.",
    )  # fmt: skip
    answer_count = fields.Integer(compute="_compute_answer_count", string="Answers")

    _days = models.Constraint(
        "CHECK (stay_day >= 1 AND delay_hours >= 0 AND within_days BETWEEN 1 AND 60 AND min_nights >= 0"
        " AND throttle_days >= 0 AND reminder_days >= 0 AND deadline_days BETWEEN 1 AND 365)",
        "Days and nights are not negative, and a survey is open for one day at least.",
    )
    _thresholds = models.Constraint(
        "CHECK (case_nps BETWEEN -1 AND 10 AND case_rating BETWEEN -1 AND 100)",
        "Recommendation is from 0 to 10, a rating from 0 to 100.",
    )

    def _compute_answer_count(self):
        found = self.env["hotel.survey.answer"]._read_group([("rule_id", "in", self.ids)], ["rule_id"], ["__count"])
        counts = dict(found)
        for rule in self:
            rule.answer_count = counts.get(rule, 0)

    @api.constrains("property_ids", "company_id")
    def _check_properties(self):
        for rule in self:
            if rule.property_ids.company_id - rule.company_id:
                raise ValidationError(self.env._("The hotels belong to the company of the rule."))

    @api.constrains("survey_id")
    def _check_survey(self):
        for rule in self.sudo():
            if rule.survey_id.survey_type != "hotel" or rule.survey_id.users_login_required:
                raise ValidationError(self.env._("Guests are sent guest surveys that need no login."))

    def action_answers(self):
        """Show the answers that this rule brought. Callable by whoever sees the rule."""
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_service.hotel_survey_answer_action")
        return {**action, "domain": [("rule_id", "in", self.ids)]}
