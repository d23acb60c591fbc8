"""Credit grades of payers: proposed with reasons, reviewed, dated, never changed afterwards."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import guards
from .hotel_credit_factor import FACTORS

STATES = [
    ("proposed", "To Review"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]
#: what goes on after the decision: whether it is the one in force, and when it was last looked at
AFTERWARDS = {"is_current", "checked_date", "used_at"}


class HotelCreditGrade(models.Model):
    """One grading of a payer at a company: its score, its reasons, and what an approver decided."""

    _name = "hotel.credit.grade"
    _inherit = ["hotel.guest.trace.mixin"]
    _description = "Credit Grade"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Payer", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(STATES, required=True, readonly=True, default="proposed")
    is_current = fields.Boolean(string="In Force", readonly=True)
    score = fields.Integer(readonly=True, help="0 to 100.")
    reasons = fields.Json(string="Points by Factor", readonly=True, help="Factor, number and points of each reason.")
    reason_text = fields.Text(string="Reasons", compute="_compute_reason_text")
    spend = fields.Monetary(readonly=True, help="Of the last 24 months.")
    proposed_standard_id = fields.Many2one(
        "hotel.credit.standard", string="Proposed", readonly=True, ondelete="restrict"
    )
    proposed_limit = fields.Monetary(readonly=True)
    standard_id = fields.Many2one("hotel.credit.standard", string="Grade", readonly=True, ondelete="restrict")
    limit_amount = fields.Monetary(string="Credit Limit", readonly=True, help="Open bills may not exceed it.")
    previous_id = fields.Many2one("hotel.credit.grade", string="Before", readonly=True, ondelete="restrict")
    investigation_id = fields.Many2one("hotel.credit.investigation", readonly=True, ondelete="restrict")
    proposer_id = fields.Many2one("res.users", string="Proposed By", readonly=True, ondelete="restrict")
    proposed_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    note = fields.Text(readonly=True, help="What the proposer wants the approver to know.")
    is_appeal = fields.Boolean(string="Appeal", readonly=True, help="The payer asks to look at it again.")
    reviewer_id = fields.Many2one("res.users", string="Reviewed By", readonly=True, ondelete="restrict")
    reviewed_at = fields.Datetime(readonly=True)
    review_note = fields.Text(readonly=True)
    valid_from = fields.Date(readonly=True)
    valid_until = fields.Date(readonly=True)
    checked_date = fields.Date(readonly=True, help="When the job last looked whether it still holds.")
    used_at = fields.Datetime(string="Last Billed", readonly=True)

    _current_unique = models.UniqueIndex("(partner_id, company_id) WHERE is_current", "One grade is in force.")
    _proposed_unique = models.UniqueIndex(
        "(partner_id, company_id) WHERE state = 'proposed'", "A grade of this payer waits for its review already."
    )
    _due_idx = models.Index("(valid_until) WHERE is_current")
    _two_people = models.Constraint(
        "CHECK (reviewer_id IS NULL OR reviewer_id <> proposer_id)", "Whoever proposes a grade does not review it."
    )
    _decided = models.Constraint(
        "CHECK (state <> 'approved' OR reviewer_id IS NOT NULL AND standard_id IS NOT NULL)",
        "An approved grade has a reviewer and a standard.",
    )

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        for grade in self:
            lines = [grade._get_reason_sentence(*reason) for reason in grade.reasons or []]
            grade.reason_text = "\n".join(lines)

    def _get_reason_sentence(self, factor, number, points):
        """Return a reason in words.

        :rtype: str
        """
        self.ensure_one()
        amount = self.currency_id.format(number) if factor == "spend" else None
        sentences = {
            "start": self.env._("To begin with"),
            "stay": self.env._("Stays in 24 months: %s", int(number)),
            "spend": self.env._("Spent in 24 months: %s", amount),
            "month": self.env._("Months known: %s", int(number)),
            "survey": self.env._("Investigation: score %s of 100", int(number) + 50),
            "no_show": self.env._("No-shows: %s", int(number)),
            "late_cancel": self.env._("Late cancellations: %s", int(number)),
            "overdue": self.env._("Overdue invoices: %s", int(number)),
            "damage": self.env._("Cases of damage: %s", int(number)),
        }
        label = sentences.get(factor) or dict(FACTORS).get(factor, factor)
        return f"{points:+d}  {label}"

    def _get_allowance_text(self):
        """Return in one line what this grade allows; neither score nor reasons.

        :rtype: str
        """
        self.ensure_one()
        standard = self.standard_id
        parts = {
            "none": [self.env._("no deposit")],
            "full": [self.env._("everything in advance")],
            "usual": [self.env._("deposit as booked")],
        }[standard.deposit_rule]
        if standard.is_pay_later_allowed:
            limit = self.currency_id.format(self.limit_amount)
            parts.append(self.env._("pays later up to %s", limit))
        return self.env._("Credit %(grade)s: %(terms)s", grade=standard.name, terms=", ".join(parts))

    def write(self, vals):
        """Refuse changes of what was decided; a merge of guests re-points it."""
        is_merge = set(vals) == {"partner_id"} and guards.is_given(self.env.context, guards.MERGE)
        if not is_merge and set(vals) - AFTERWARDS and any(grade.state != "proposed" for grade in self):
            raise UserError(self.env._("A grade that was decided is history. Propose a new one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_erasure(self):
        if not guards.is_given(self.env.context, guards.ERASURE):
            raise UserError(self.env._("Credit grades are kept as history and cannot be deleted."))

    @api.model
    def _settle_merge(self, sources, survivor):
        """Leave one grade in force and one proposal per company, before these guests become one.

        The one that stays is the survivor's, else the latest.

        :param res.partner sources: who goes
        :param res.partner survivor: who stays
        """
        grades = self.search([("partner_id", "in", (sources | survivor).ids)], order="id desc")
        for kind, vals in (
            (grades.filtered("is_current"), {"is_current": False}),
            (grades.filtered(lambda grade: grade.state == "proposed"), {"state": "withdrawn"}),
        ):
            for company_grades in kind.grouped("company_id").values():
                kept = company_grades.filtered(lambda grade: grade.partner_id == survivor)[:1] or company_grades[:1]
                (company_grades - kept).write(vals)
        self.flush_model()

    # ---- actions ----------------------------------------------------------------------------

    def action_review(self):
        """Open the form of the review. Callable by approvers.

        :rtype: dict: action
        :raises AccessError, UserError: as the review itself
        """
        self.ensure_one()
        self._check_reviewer()
        return self._open_dialog("hotel.credit.review", self.env._("Review"), default_grade_id=self.id)

    def action_appeal(self):
        """Open the form of an appeal against this decision. Callable by finance.

        :rtype: dict: action
        """
        self.ensure_one()
        self.check_access("read")
        return self._open_dialog(
            "hotel.credit.propose",
            self.env._("Appeal"),
            default_partner_id=self.partner_id.id,
            default_company_id=self.company_id.id,
            default_is_appeal=True,
        )

    def _open_dialog(self, model, name, **defaults):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [[False, "form"]],
            "target": "new",
            "context": defaults,
        }
