"""Models that were learned from the hotel's cases: kept as numbers, told by their hash."""

import json
import logging

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError

from ...classify.linear import BrokenModel, Model, fingerprint
from ...classify.rules import SURE, judge

_logger = logging.getLogger(__name__)

SURE_PARAMETER = "hotel_crm_service.classifier_sure"
STATES = [
    ("waiting", "To Be Learned"),
    ("candidate", "Candidate"),
    ("active", "In Use"),
    ("retired", "Retired"),
    ("failed", "Failed"),
]


class HotelClassifier(models.Model):
    """One version of the weights that sort cases, learned from cases that people have sorted."""

    _name = "hotel.classifier"
    _description = "Learned Case Sorting"
    _order = "id desc"

    name = fields.Char(string="Version", compute="_compute_name")
    state = fields.Selection(STATES, required=True, default="waiting", readonly=True)
    trained_at = fields.Datetime(string="Learned", readonly=True)
    case_count = fields.Integer(string="Cases", readonly=True, help="Cases sorted by people that it has learned from.")
    rules_rate = fields.Float(
        string="Rules Right %", readonly=True, digits=(5, 1), aggregator=None,
        help="Of these cases, the share whose category the rules alone tell right.",
    )  # fmt: skip
    right_rate = fields.Float(
        string="Right %", readonly=True, digits=(5, 1), aggregator=None,
        help="The same with what was learned; each case is judged by weights that have not seen it.",
    )  # fmt: skip
    right_of_two_rate = fields.Float(
        string="Among the First Two %", readonly=True, digits=(5, 1), aggregator=None,
        help="Share of cases whose category is the first or the second that is named.",
    )  # fmt: skip
    share = fields.Float(
        string="Weight", readonly=True, digits=(3, 2), aggregator=None,
        help="How much it counts beside the rules: 0 not at all, 1 alone. Chosen by what errs least.",
    )  # fmt: skip
    confusion = fields.Text(readonly=True, help="How often each category was taken for which, as JSON.")
    confusion_html = fields.Html(string="Taken For", compute="_compute_confusion_html")
    file = fields.Binary(attachment=True, readonly=True, groups="hotel_crm_base.group_admin")
    fingerprint = fields.Char(readonly=True, help="SHA-256 of the file: one that does not match is not opened.")
    note = fields.Char(readonly=True, help="Why it failed.")

    # one version at a time sorts the cases
    _active_unique = models.UniqueIndex("((state)) WHERE state = 'active'", "Another version is in use.")

    @api.depends("trained_at")
    def _compute_name(self):
        for classifier in self:
            classifier.name = f"v{classifier.id}" if isinstance(classifier.id, int) else self.env._("New")

    @api.depends("confusion")
    @api.depends_context("lang")
    def _compute_confusion_html(self):
        names = {category.code: category.name for category in self.env["hotel.case.category"].search([])}
        for classifier in self:
            table = json.loads(classifier.confusion or "{}")
            columns = sorted({code for row in table.values() for code in row} | set(table))
            classifier.confusion_html = table and self.env["ir.qweb"]._render(
                "hotel_crm_service.classifier_confusion", {"table": table, "columns": columns, "names": names}
            )

    def action_activate(self):
        """Let this version sort cases from now on. Callable by managers.

        :raises UserError: it has no weights, or its file is not what it was
        """
        self.ensure_one()
        self._check_manager()
        # managers read versions only; that it is a manager was checked above
        self.sudo()._activate()

    def action_retire(self):
        """Let the rules sort cases without this version. Callable by managers."""
        self._check_manager()
        # as above
        self.sudo().filtered(lambda one: one.state == "active").state = "retired"
        self.env.registry.clear_cache()

    @api.model
    def action_train(self):
        """Ask for a new version, learned soon by a job. Callable by managers."""
        self._check_manager()
        # as above
        if not self.sudo().search_count([("state", "=", "waiting")], limit=1):
            self.sudo().create({})
        self.env.ref("hotel_crm_service.hotel_classifier_cron_train").sudo()._trigger()
        return {"type": "ir.actions.client", "tag": "reload"}

    def _check_manager(self):
        self.browse().check_access("read")
        if not (self.env.su or self.env.user.has_group("hotel_crm_base.group_manager")):
            raise AccessError(self.env._("Only managers decide how cases are sorted."))

    def _activate(self):
        try:
            Model.load(self.file and self._read_file() or b"", self.fingerprint)
        except BrokenModel as error:
            raise UserError(self.env._("The file of this version is not the one that was learned.")) from error
        self.search([("state", "=", "active"), ("id", "!=", self.id)]).state = "retired"
        self.flush_model(["state"])
        self.state = "active"
        self.env.registry.clear_cache()

    def _keep(self, model):
        """Keep the weights of a version and what tells them from others."""
        content = model.dump()
        self.write({"file": tools.misc.base64.b64encode(content), "fingerprint": fingerprint(content)})

    def _read_file(self):
        """Return the bytes of the file.

        :rtype: bytes
        """
        attachment = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", "file")], limit=1
        )
        return attachment.raw or b""

    # ---- sorting ------------------------------------------------------------------------------

    @api.model
    def _judge(self, text):
        """Say what a text is about, by the rules and what was learned.

        :rtype: hotel_crm_service.classify.categories.Judgement
        """
        return judge(text, self._get_model())

    @api.model
    @tools.ormcache()
    def _get_model(self):
        """Return the weights in use; opened once by each process.

        :rtype: Model | None
        """
        # whoever takes a case in need not see the versions
        active = self.sudo().search([("state", "=", "active")], limit=1)
        if not active:
            return None
        try:
            return Model.load(active._read_file(), active.fingerprint)
        except BrokenModel as error:
            _logger.error("Case sorting %s is not used: %s", active.id, error)  # noqa: TRY400
            return None

    @api.model
    def _get_active(self):
        """Return the version in use, for whoever takes a case in.

        :rtype: hotel.classifier (in sudo)
        """
        return self.sudo().search([("state", "=", "active")], limit=1) if self._get_model() else self.sudo().browse()

    @api.model
    def _get_sure(self):
        """Return the confidence below which a person is asked.

        :rtype: float, 0 to 1
        """
        # a setting, whoever takes the case in
        value = self.env["ir.config_parameter"].sudo().get_param(SURE_PARAMETER)
        try:
            return min(max(float(value), 0.0), 1.0)
        except (TypeError, ValueError):
            return SURE
