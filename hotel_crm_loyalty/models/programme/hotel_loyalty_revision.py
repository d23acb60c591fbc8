"""A state of a programme's rules: drafted, put in force, superseded by the next one."""

import base64
import json

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError, ValidationError

from ...rules import loader, plan, problems
from .. import guards

STATES = [("draft", "Draft"), ("applied", "In Force"), ("superseded", "Superseded")]
#: what people write; everything else follows from what they do
WRITTEN = frozenset({"content", "note"})
#: rules of a big chain have some dozens of KiB
MOST_BYTES = 1024 * 1024


class HotelLoyaltyRevision(models.Model):
    """One state of all rules of one programme; what was applied never changes."""

    _name = "hotel.loyalty.revision"
    _description = "Revision of Loyalty Rules"
    _order = "program_id, number desc"

    program_id = fields.Many2one("loyalty.program", string="Programme", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="program_id.company_id")
    number = fields.Integer(readonly=True, copy=False)
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False)
    content = fields.Json(string="Rules", required=True, prefetch=False)  # long: whoever wants the state goes without
    note = fields.Text()
    problems = fields.Text(compute="_compute_problems")
    problem_count = fields.Integer(compute="_compute_problems", string="Problems in the Rules")
    applied_at = fields.Datetime(string="Put in Force", readonly=True, copy=False)
    applied_by_id = fields.Many2one("res.users", string="Put in Force By", readonly=True, copy=False)
    rerun_ids = fields.One2many(
        "hotel.loyalty.rerun", "revision_id", string="Tried on History",
        groups="hotel_crm_base.group_manager,hotel_crm_base.group_approver",
    )  # fmt: skip
    file = fields.Binary(compute="_compute_file")
    file_name = fields.Char(compute="_compute_file")

    _number_unique = models.UniqueIndex("(program_id, number)", "A revision has this number already.")
    _one_applied = models.UniqueIndex("(program_id) WHERE state = 'applied'", "Rules are in force already.")

    @api.depends("content")
    @api.depends_context("lang")
    def _compute_problems(self):
        for revision in self:
            found = revision._find_problems(revision.content)
            revision.problem_count = len(found)
            revision.problems = "\n".join(f"{problem['path']}: {problem['text']}" for problem in found) or False

    @api.depends("content")
    def _compute_file(self):
        for revision in self:
            text = json.dumps(revision.content or {}, ensure_ascii=False, indent=2)
            code = revision.program_id.hotel_code or "programme"
            revision.file = base64.b64encode(text.encode())
            revision.file_name = f"{code}_{revision.number}.json"

    @api.depends("number", "program_id", "state")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for revision in self:
            revision.display_name = self.env._(
                "%(program)s, rules %(number)s", program=revision.program_id.name or "", number=revision.number
            )

    @api.constrains("content")
    def _check_content(self):
        for revision in self:
            if not isinstance(revision.content, dict):
                raise ValidationError(self.env._("Rules are records with fields."))
            if len(json.dumps(revision.content)) > MOST_BYTES:
                raise ValidationError(self.env._("Rules are larger than 1 MiB."))

    # ---- what the ORM may do -----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        is_own = guards.is_given(self.env.context, guards.RULES)
        for vals in vals_list:
            if not is_own and set(vals) - WRITTEN - {"program_id"}:
                raise AccessError(self.env._("Rules begin as a draft."))
            # numbers go on after revisions that the user does not see
            last = self.sudo().search([("program_id", "=", vals.get("program_id"))], order="number desc", limit=1)
            vals.setdefault("number", last.number + 1)
        return super().create(vals_list)

    def write(self, vals):
        if "content" in vals and any(revision.state != "draft" for revision in self):
            raise UserError(self.env._("Rules that were applied do not change. Draft new ones."))
        if set(vals) - WRITTEN and not guards.is_given(self.env.context, guards.RULES):
            raise AccessError(self.env._("What becomes of rules follows from trying them and putting them in force."))
        result = super().write(vals)
        if "content" in vals:
            self.env["hotel.loyalty.rerun"]._outdate([("revision_id", "in", self.ids)])
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        if any(revision.state != "draft" for revision in self):
            raise UserError(self.env._("Rules that were applied are kept: points refer to them."))

    # ---- what people do ----------------------------------------------------------------------

    def action_draft(self):
        """Make a new draft that begins with these rules. For managers.

        :returns: the action that opens it
        :rtype: dict
        :raises AccessError: for everybody else
        """
        self.ensure_one()
        self._check_may_edit()
        note = self.env._("Begun from rules %s", self.number)
        draft = self.create({"program_id": self.program_id.id, "content": self.content, "note": note})
        return draft._get_action()

    def action_dry_run(self):
        """Find out who would gain or lose what by these rules; a job does it. For managers.

        :returns: the action that shows the progress
        :rtype: dict
        :raises AccessError: for everybody else
        :raises UserError: the rules have problems, or are no draft
        """
        self.ensure_one()
        self._check_may_edit()
        self._check_draft()
        self._get_programme()
        return self.env["hotel.loyalty.rerun"]._start(self).action_open()

    def action_apply(self):
        """Put these rules in force. For administrators and approvers, once they were tried as they are now.

        :returns: the action that shows the progress, or none where there are no members
        :rtype: dict | bool
        :raises AccessError: for everybody else
        :raises UserError: they have problems, are no draft or were not tried
        """
        self.ensure_one()
        self._check_may_apply()
        # approvers have no right to write rules, and do not change them
        revision = self.sudo()
        revision.program_id.lock_for_update()
        revision._check_draft()
        rerun = revision._get_dry_run()
        if not rerun and self.env["hotel.loyalty.rerun"]._count_cards(revision.program_id):
            raise UserError(self.env._("Try these rules on history first: somebody should see what they change."))
        revision.with_context(hotel_loyalty_applier=self.env.uid)._apply(rerun)
        return rerun and rerun.action_open()

    def action_compare(self):
        """Show what differs from the rules in force, or from those before. For whoever may read revisions.

        :returns: the action of a dialog
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        others = self.search([("program_id", "=", self.program_id.id), ("id", "!=", self.id)], order="number desc")
        before = others.filtered(lambda one: one.state == "applied") or others.filtered(
            lambda one: one.number < self.number
        )
        compare = self.env["hotel.loyalty.compare"].create(
            {"program_id": self.program_id.id, "before_id": (before[:1] or self).id, "after_id": self.id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Differs"),
            "res_model": compare._name,
            "res_id": compare.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    def action_export(self):
        """Download these rules as a file that can be loaded elsewhere. For whoever may read revisions.

        :returns: the action of the download
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        path = f"/web/content/{self._name}/{self.id}/file/{self.file_name}?download=true"
        return {"type": "ir.actions.act_url", "url": path, "target": "download"}

    def action_open(self):
        """Open these rules on a page of their own. For whoever may read revisions.

        :rtype: dict
        """
        self.check_access("read")
        return self._get_action()

    def _get_action(self):
        """Return the action that opens these rules."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
        }

    # ---- checks ------------------------------------------------------------------------------

    def _check_may_edit(self):
        """Refuse everybody but managers.

        :raises AccessError: always but for them
        """
        if not self.env.su and not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise AccessError(self.env._("Rules of loyalty programmes are drafted by managers."))
        self.check_access("read")

    def _check_may_apply(self):
        """Refuse everybody but administrators and approvers.

        :raises AccessError: always but for them
        """
        user = self.env.user
        if not (user.has_group("hotel_crm_base.group_admin") or user.has_group("hotel_crm_base.group_approver")):
            raise AccessError(self.env._("Rules are put in force by an administrator or an approver."))
        self.check_access("read")

    def _check_draft(self):
        if self.state != "draft":
            raise UserError(self.env._("Only a draft can be tried or put in force."))

    def _get_dry_run(self):
        """Return the last look at all members under these very rules and those in force now."""
        return self.env["hotel.loyalty.rerun"].search(
            [("revision_id", "=", self.id), ("stage", "=", "dry_run"), ("state", "=", "done"),
             ("is_outdated", "=", False)], limit=1,
        )  # fmt: skip

    # ---- the rules ---------------------------------------------------------------------------

    def _get_programme(self):
        """Return the checked rules.

        :rtype: rules.programme.Programme
        :raises UserError: with all that is wrong
        """
        self.ensure_one()
        try:
            return loader.from_plain(self.content or {})
        except problems.ProgrammeError as error:
            raise UserError(self.problems or str(error)) from error

    def _get_plan(self):
        """Return the rules ready to be evaluated; those applied are kept in memory.

        :rtype: rules.plan.Plan
        """
        self.ensure_one()
        return plan.Plan(self._get_programme()) if self.state == "draft" else self._get_applied_plan()

    @tools.ormcache("self.id")
    def _get_applied_plan(self):
        return plan.Plan(self._get_programme())

    def _apply(self, rerun=None):
        """Put these rules in force; all members are evaluated by them in the background.

        :param hotel.loyalty.rerun rerun: goes over the members; default the queue does
        :raises UserError: they have problems, or are no draft
        """
        self.ensure_one()
        self._check_draft()
        programme = self._get_programme()
        own = self.with_context(hotel_loyalty_rules=guards.RULES)
        program = own.program_id
        program.hotel_revision_id.state = "superseded"
        self.flush_model()
        applier = self.env.context.get("hotel_loyalty_applier") or self.env.uid
        own.write({
            "state": "applied", "content": loader.to_plain(programme), "applied_at": fields.Datetime.now(),
            "applied_by_id": applier,
        })  # fmt: skip
        own.flush_model()
        program.write(
            {"hotel_revision_id": self.id, "currency_id": program._find_hotel_currency(programme.currency).id}
        )
        program._sync_hotel_name(programme.name)
        own.env["hotel.loyalty.tier"]._sync(program, programme)
        self.env["hotel.loyalty.rerun"]._outdate([("program_id", "=", program.id), ("id", "!=", rerun and rerun.id)])
        if rerun:
            rerun._begin_applying()
        else:
            self.env["hotel.loyalty.queue"]._query_add_program(program)
