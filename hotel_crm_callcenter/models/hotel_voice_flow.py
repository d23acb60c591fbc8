"""Voice menus: trees that are edited as drafts, checked, and published in versions that no one changes."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import LazyTranslate

from ..voice.check import check
from ..voice.flow import read_flow

_lt = LazyTranslate(__name__)
STATES = [("draft", "Draft"), ("published", "In Use"), ("archived", "Old Version")]
FOLLOWS = {"state", "content", "version", "published_at"}
PROBLEMS = {
    "no_start": _lt("There is no first step: one step comes after no other."),
    "missing_exit": _lt("It is not said what comes on “%(detail)s”."),
    "unknown_exit": _lt("A step of this kind does not lead on by “%(detail)s”."),
    "unknown_target": _lt("“%(detail)s” leads nowhere."),
    "unknown_kind": _lt("It is not said what the step does."),
    "unknown_service": _lt("It is not said what is served."),
    "missing_slot": _lt("It is not said what is asked for."),
    "missing_text": _lt("There is neither text nor recording for %(detail)s."),
    "unreachable": _lt("No path leads here."),
    "no_end": _lt("No path leads from here to the end of the call."),
    "endless_loop": _lt("From here the call goes round without asking the guest anything."),
    "not_proven": _lt("Something personal is said without proof of who calls."),
}


class HotelVoiceFlow(models.Model):
    """One version of a voice menu of a hotel."""

    _name = "hotel.voice.flow"
    _description = "Voice Menu"
    _order = "name, version desc, id desc"

    name = fields.Char(required=True)
    property_id = fields.Many2one(
        "hotel.property", required=True, index=True, default=lambda self: self.env.user._get_hotel_property()
    )
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)
    usage = fields.Selection([("in", "Incoming Calls"), ("out", "Calls to Guests")], required=True, default="in")
    version = fields.Integer(readonly=True, default=1, copy=False)
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False)
    published_at = fields.Datetime(readonly=True, copy=False)
    step_ids = fields.One2many("hotel.voice.step", "flow_id", string="Steps")
    content = fields.Json(readonly=True, copy=False, help="The menu as it was when it was published.")
    problem_text = fields.Text(string="Problems", compute="_compute_problem_text")

    _in_use = models.UniqueIndex(
        "(property_id, usage, name) WHERE state = 'published'", "Another version of this menu is in use."
    )

    @api.depends("name", "version")
    def _compute_display_name(self):
        for flow in self:
            flow.display_name = self.env._("%(name)s, version %(version)s", name=flow.name, version=flow.version)

    @api.depends("step_ids")
    @api.depends_context("lang")
    def _compute_problem_text(self):
        for flow in self:
            flow.problem_text = "\n".join(flow._get_problems()) if flow.state == "draft" else False

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_written(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_written(vals)
        if not self.env.su:
            self._check_draft()
        return super().write(vals)

    def _check_written(self, vals):
        """Refuse to write what follows from putting a menu in use."""
        if not self.env.su and FOLLOWS & set(vals):
            raise AccessError(self.env._("A menu is put in use by its button; nobody writes that."))

    def action_publish(self):
        """Put checked drafts in use; the versions before become old ones. Callable by those who edit menus.

        :raises UserError: something stands against it; the text says what
        """
        self.check_access("write")
        for flow in self:
            if flow.state != "draft":
                raise UserError(self.env._("Only drafts are put in use."))
            problems = flow._get_problems()
            if problems:
                raise UserError("\n".join([self.env._("The menu cannot be used yet:"), *problems]))
            # the right was checked above
            flow._get_siblings().sudo().filtered(lambda other: other.state == "published").state = "archived"
            flow.flush_recordset()
            flow.sudo().write({"content": flow._build(), "state": "published", "published_at": fields.Datetime.now()})

    def action_new_version(self):
        """Make a draft out of a version that is or was in use. Callable by those who edit menus.

        :rtype: dict: an action that opens the draft
        """
        self.ensure_one()
        draft = self._copy_version()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    def copy(self, default=None):
        """A copy has its own steps."""
        return self.browse([flow._copy_version(default).id for flow in self])

    def _copy_version(self, default=None):
        """Return a new draft with copies of all steps, in the same tree."""
        number = max(self._get_siblings().mapped("version"), default=0) + 1
        draft = super().copy({"step_ids": False, **(default or {})})
        # the number follows from the versions there are
        draft.sudo().version = number
        copies = {}
        for step in self.step_ids.sorted("id"):
            copies[step] = step.copy({"flow_id": draft.id, "parent_id": False, "goto_id": False})
        for step, twin in copies.items():
            twin.write(
                {
                    "parent_id": copies[step.parent_id].id if step.parent_id else False,
                    "goto_id": copies[step.goto_id].id if step.goto_id else False,
                }
            )
        return draft

    def _get_siblings(self):
        """Return all versions of this menu."""
        return self.search(
            [("property_id", "=", self.property_id.id), ("usage", "=", self.usage), ("name", "=", self.name)]
        )

    def _check_draft(self):
        """Refuse changes of versions that are or were in use."""
        if self.filtered(lambda flow: flow.state != "draft"):
            raise UserError(self.env._("A menu that is or was in use is not changed. Make a new version of it."))

    def _build(self):
        """Return the menu as the engine reads it.

        :rtype: dict
        """
        steps = self.step_ids
        start = steps.filtered(lambda step: not step.parent_id)[:1]
        return {
            "start": start._get_code() if start else "",
            "steps": [step._prepare_content() for step in steps if step.kind != "goto"],
        }

    def _get_problems(self):
        """Return what stands against using this menu, as sentences.

        :rtype: list[str]
        """
        self.ensure_one()
        names = {f"s{step.id}": step.name for step in self.step_ids}
        labels = dict(self.env["hotel.voice.step"]._fields["exit"]._description_selection(self.env))
        found = []
        for problem in check(read_flow(self._build())):
            sentence = self.env._(PROBLEMS[problem.code]) if problem.code in PROBLEMS else problem.code
            sentence = str(sentence) % {"detail": labels.get(problem.detail, problem.detail)}
            found.append(f"{names[problem.step]}: {sentence}" if problem.step in names else sentence)
        firsts = self.step_ids.filtered(lambda step: not step.parent_id)
        if len(firsts) > 1:
            text = self.env._("Several steps come first: %(names)s.", names=", ".join(firsts.mapped("name")))
            found.append(text)
        return found

    @api.model
    def _find(self, hotel, usage, flow=None):
        """Return the menu in use of a hotel.

        :param hotel.voice.flow flow: the one that a number asks for; its version in use counts
        :rtype: hotel.voice.flow, may be empty
        """
        domain = [("property_id", "=", hotel.id), ("usage", "=", usage), ("state", "=", "published")]
        named = flow and self.search([*domain, ("name", "=", flow.name)], limit=1)
        return named or self.search(domain, limit=1, order="published_at desc")
