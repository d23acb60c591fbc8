"""One file on its way into the database: upload, map, check, load, mend."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import groupby

from ...intake.engine import Engine
from .import_lookups import ImportLookups, today_of

STATES = [
    ("draft", "Upload"),
    ("mapping", "Map"),
    ("checking", "Checking"),
    ("checked", "Checked"),
    ("loading", "Loading"),
    ("stopped", "Stopped"),
    ("done", "Done"),
]
#: set by the program only
OWNED = {"user_id", "state", "position", "header", "row_count"}


class HotelImportJob(models.Model):
    """One file and what became of its rows."""

    _name = "hotel.import.job"
    _inherit = ["hotel.import.options"]
    _description = "Import"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True, readonly=False, precompute=True)
    user_id = fields.Many2one(
        "res.users", string="Importer", required=True, readonly=True, default=lambda self: self.env.user, index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False, index=True)
    file = fields.Binary(attachment=True, copy=False)
    file_name = fields.Char(copy=False)
    preset_id = fields.Many2one("hotel.import.preset", domain="[('kind', '=', kind)]", ondelete="set null")
    property_id = fields.Many2one(
        "hotel.property", ondelete="cascade", help="The hotel of all rows, where no column names it."
    )
    place_ids = fields.One2many("hotel.import.place", "job_id", string="Properties")
    column_ids = fields.One2many("hotel.import.column", "job_id", string="Columns")
    bad_row_ids = fields.One2many("hotel.import.row", "job_id", string="Refused Rows")
    error_ids = fields.One2many("hotel.import.error", "job_id", string="Errors")
    header = fields.Json(readonly=True, copy=False)
    file_summary = fields.Char(string="Read As", readonly=True, copy=False)
    row_count = fields.Integer(string="Rows", readonly=True, copy=False)
    position = fields.Integer(string="Rows Done", readonly=True, copy=False)
    progress = fields.Float(compute="_compute_progress", help="Per cent of the rows.")
    new_count = fields.Integer(string="New", readonly=True, copy=False)
    same_count = fields.Integer(string="Known, Unchanged", readonly=True, copy=False)
    changed_count = fields.Integer(string="Changed", readonly=True, copy=False)
    refused_count = fields.Integer(string="Refused", readonly=True, copy=False)
    notes = fields.Json(readonly=True, copy=False)
    notes_summary = fields.Text(string="Remarks", compute="_compute_notes_summary")
    max_bad_rows = fields.Integer(
        string="Stop After Refused Rows",
        default=10000,
        help="So many refused rows are kept to be mended; beyond them the import stops and waits.",
    )
    stop_reason = fields.Text(readonly=True, copy=False)
    started_at = fields.Datetime(readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False)

    @api.depends("file_name", "kind")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for job in self:
            job.name = job.file_name or job.name or kinds.get(job.kind)

    @api.depends("position", "row_count", "state")
    def _compute_progress(self):
        for job in self:
            job.progress = 100.0 * job.position / job.row_count if job.row_count else 0.0

    @api.depends("notes")
    @api.depends_context("lang")
    def _compute_notes_summary(self):
        for job in self:
            job.notes_summary = "\n".join(job._describe_notes())

    @api.constrains("property_id")
    def _check_property(self):
        for job in self:
            job._check_properties(job.property_id)

    def _check_properties(self, hotels):
        """Refuse properties that the importer does not see.

        :param hotel.property hotels: into which rows would be loaded
        """
        for job in self:
            if hotels - job.user_id.hotel_visible_property_ids:
                raise ValidationError(self.env._("You can import into your own properties only."))

    # ---- ORM --------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_owned(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_owned(vals)
        busy = self.filtered(lambda job: job.state in ("checking", "loading"))
        if busy and not self.env.su:
            raise UserError(self.env._("The import is running. Stop it before you change it."))
        if vals.get("file"):
            vals = {**self._prepare_reset_vals(), **vals}
        return super().write(vals)

    def _check_owned(self, vals):
        """Keep what the program does apart from what people enter."""
        if not self.env.su and OWNED & set(vals):
            raise AccessError(self.env._("These fields are set by the import itself."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_running(self):
        if any(job.state in ("checking", "loading") for job in self):
            raise UserError(self.env._("Stop the import before you delete it."))

    def _prepare_reset_vals(self):
        """Return values of a job of which nothing has been done yet."""
        zeros = ("position", "new_count", "same_count", "changed_count", "refused_count")
        return {**dict.fromkeys(zeros, 0), "state": "draft", "notes": {}, "stop_reason": False}

    # ---- check and load ---------------------------------------------------------------------

    def action_check(self):
        """Check all rows against the database without writing any. For managers and administrators."""
        self._start("checking")

    def action_load(self):
        """Load all rows in the background. For managers and administrators."""
        self._start("loading")

    def _start(self, state):
        """Begin a run from the first row."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("mapping", "checked", "done", "stopped"):
            raise UserError(self.env._("Read the columns of the file first."))
        self._find_places()
        self._check_plan()
        self.sudo().bad_row_ids.unlink()
        values = {**self._prepare_reset_vals(), "state": state, "started_at": fields.Datetime.now()}
        self.sudo().write({**values, "finished_at": False})
        self._trigger_cron()

    def action_continue(self):
        """Go on with a stopped import where it stopped. For managers and administrators."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "stopped":
            raise UserError(self.env._("Only a stopped import can go on."))
        self._check_plan()
        self.sudo().write({"state": "loading", "stop_reason": False})
        self._trigger_cron()

    def action_stop(self):
        """Stop a running import after the rows it is at. For managers and administrators."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "loading":
            self.sudo().write({"state": "stopped", "stop_reason": self.env._("Stopped by %s", self.env.user.name)})
        elif self.state == "checking":
            self.sudo().write({"state": "mapping"})

    def _trigger_cron(self):
        # who imports has no rights on scheduled actions
        self.env.ref("hotel_crm_base.ir_cron_import").sudo()._trigger()

    def _make_engine(self, is_dry=False, header=None):
        """Return the engine of this job and its lookups, with the importer's rights.

        :rtype: tuple[Engine, ImportLookups]
        """
        lookups = ImportLookups(self, is_dry)
        options = self._get_options(today_of(self))
        engine = Engine(self.kind, header or self.header, self._get_links(), options, lookups.as_dict())
        return engine, lookups

    def _get_problems_by_row(self, problems):
        """Return ``{number of the row: [Problem]}``."""
        return {number: list(found) for number, found in groupby(problems, lambda problem: problem.row)}
