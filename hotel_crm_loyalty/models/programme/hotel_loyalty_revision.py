"""A state of a programme's rules: drafted, applied, superseded by the next one."""

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ...rules import loader, plan, schema

STATES = [("draft", "Draft"), ("applied", "In Force"), ("superseded", "Superseded")]


class HotelLoyaltyRevision(models.Model):
    """One state of all rules of one programme; what was applied never changes."""

    _name = "hotel.loyalty.revision"
    _description = "Revision of Loyalty Rules"
    _order = "program_id, number desc"
    _rec_name = "number"

    program_id = fields.Many2one("loyalty.program", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="program_id.company_id")
    number = fields.Integer(readonly=True, copy=False)
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False)
    content = fields.Json(required=True)
    note = fields.Text()
    problems = fields.Text(compute="_compute_problems")
    applied_at = fields.Datetime(readonly=True, copy=False)
    applied_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _number_unique = models.UniqueIndex("(program_id, number)", "A revision has this number already.")
    _one_applied = models.UniqueIndex("(program_id) WHERE state = 'applied'", "Rules are in force already.")

    @api.depends("content")
    def _compute_problems(self):
        for revision in self:
            try:
                loader.from_plain(revision.content or {})
                revision.problems = False
            except schema.ProgrammeError as error:
                revision.problems = str(error)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            last = self.search([("program_id", "=", vals.get("program_id"))], order="number desc", limit=1)
            vals.setdefault("number", last.number + 1)
        return super().create(vals_list)

    def write(self, vals):
        if "content" in vals and any(revision.state != "draft" for revision in self):
            raise UserError(self.env._("Rules that were applied do not change. Draft new ones."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        if any(revision.state != "draft" for revision in self):
            raise UserError(self.env._("Rules that were applied are kept: points refer to them."))

    def _get_programme(self):
        """Return the checked rules.

        :rtype: rules.programme.Programme
        :raises UserError: with all that is wrong
        """
        self.ensure_one()
        try:
            return loader.from_plain(self.content or {})
        except schema.ProgrammeError as error:
            raise UserError(str(error)) from error

    def _get_plan(self):
        """Return the rules ready to be evaluated; those applied are kept in memory.

        :rtype: rules.plan.Plan
        """
        self.ensure_one()
        return plan.Plan(self._get_programme()) if self.state == "draft" else self._get_applied_plan()

    @tools.ormcache("self.id")
    def _get_applied_plan(self):
        return plan.Plan(self._get_programme())

    def _apply(self):
        """Put these rules in force; all members are queued for evaluation.

        :raises UserError: they have problems, or are no draft
        """
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("Only a draft can be applied."))
        programme = self._get_programme()
        self.program_id.hotel_revision_id.state = "superseded"
        self.flush_model()
        self.write({"state": "applied", "applied_at": fields.Datetime.now(), "applied_by_id": self.env.uid})
        self.program_id.hotel_revision_id = self
        self.env["hotel.loyalty.tier"]._sync(self.program_id, programme)
        self.env["hotel.loyalty.queue"]._query_add_program(self.program_id)
