"""Backups as the administrator sees them; a program beside the server makes them."""

import logging
import os
import pathlib
import shutil
import subprocess
import sys
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import config
from odoo.tools.misc import exec_pg_environ

from ... import backup
from ...backup import make as engine
from ...backup import rotation
from ...backup.options import read_options
from ...backup.problems import BackupError
from ..guest.hotel_data_key import _get_key_file_path

_logger = logging.getLogger(__name__)

CONF_OPTION, CONF_VARIABLE = "hotel_crm_backup_conf", "HOTEL_CRM_BACKUP_CONF"
POLL = timedelta(minutes=2)
#: attempts that are shown; the files keep more
SHOWN = 400


class HotelBackup(models.Model):
    """One attempt at a backup of this database, as the log beside the backups tells it."""

    _name = "hotel.backup"
    _description = "Backup"
    _order = "made_at desc, id desc"

    name = fields.Char(required=True, readonly=True)
    made_at = fields.Datetime(string="Begun", required=True, readonly=True)
    state = fields.Selection(
        [("running", "Being Made"), ("good", "Proven"), ("failed", "Failed")],
        required=True,
        readonly=True,
        help="Proven: it was restored once into a database of its own and compared.",
    )
    seconds = fields.Float(string="Took (Seconds)", readonly=True, aggregator=None)
    megabytes = fields.Float(string="Size (MB)", readonly=True, aggregator=None)
    row_count = fields.Float(string="Rows", digits=(16, 0), readonly=True, aggregator=None)
    table_count = fields.Integer(string="Tables", readonly=True, aggregator=None)
    missing_count = fields.Integer(
        string="Missing Files", readonly=True, aggregator=None, help="Named by the database, but not on the disk."
    )
    copy_state = fields.Selection(
        [("none", "None"), ("copied", "Copied"), ("failed", "Failed")], string="Copy Elsewhere", readonly=True
    )
    key_state = fields.Selection(
        [("none", "No Key File"), ("apart", "Kept by Hand"), ("copied", "Copied"), ("failed", "Failed")],
        string="Key File",
        readonly=True,
    )
    problem = fields.Text(readonly=True)

    _name_unique = models.UniqueIndex("(name)", "This backup is listed already.")

    # ---- actions ----------------------------------------------------------------------------

    @api.model
    def action_start(self):
        """Make a backup now. Callable by administrators.

        :returns: the action that shows the list
        :rtype: dict
        :raises AccessError: for everybody else
        :raises UserError: nothing says where backups go, or one is being made
        """
        self._check_administrator()
        try:
            options = self._get_options()
            if options is None:
                raise UserError(
                    self.env._(
                        "Nothing says where backups go and who may open them. The administrator of the machine "
                        "names a file in odoo.conf by %(option)s; setup/OPERATIONS.md says what it holds.",
                        option=CONF_OPTION,
                    )
                )
            if engine.is_at_work(options):
                raise UserError(self.env._("A backup is being made."))
        except BackupError as error:
            raise UserError(str(error)) from error
        self._start()
        return self.action_open()

    @api.model
    def action_open(self):
        """Show the backups as they are now. Callable by administrators.

        :returns: the action that shows the list
        :rtype: dict
        :raises AccessError: for everybody else
        """
        self._check_administrator()
        self.sudo()._sync()  # the list is written by nobody but this
        return self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_backup_action")

    def _check_administrator(self):
        if not self.env.user.has_group("hotel_crm_base.group_admin"):
            raise AccessError(self.env._("Backups are for administrators."))

    # ---- job --------------------------------------------------------------------------------

    @api.model
    def _cron_backup(self):
        """Read how the last backup went; start the next one when it is due. Nothing waits for it here."""
        try:
            options = self._get_options()
            if options is None:
                return
            self._sync()
            at_work = engine.is_at_work(options)
            if not at_work and self._is_due(options):
                self._start()
                at_work = True
        except (BackupError, OSError) as error:
            _logger.error("No backup: %s", error)
            return
        if at_work:
            job = self.env.ref("hotel_crm_base.ir_cron_backup").sudo()
            job._trigger(at=fields.Datetime.now() + POLL)

    @api.model
    def _is_due(self, options):
        """Return whether a backup is due: none was tried since the hour of today (UTC) that the options say."""
        now = fields.Datetime.now()
        hour = now.replace(hour=options.hour, minute=0, second=0, microsecond=0)
        if hour > now:
            hour -= timedelta(days=1)
        return not self.search_count([("made_at", ">=", hour)], limit=1)

    @api.model
    def _start(self):
        """Start the program once this transaction is through; it is no child that a worker waits for."""
        self.env.cr.postcommit.add(self._launch)

    @api.model
    def _launch(self):
        words = [sys.executable, os.path.dirname(backup.__file__), *self._prepare_arguments()]
        nice = shutil.which("nice")
        subprocess.Popen(
            [nice, "-n", "10", *words] if nice else words,
            env=exec_pg_environ(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @api.model
    def _prepare_arguments(self):
        """Return the words of the command line after the program."""
        words = {
            "database": self._get_database(),
            "data-dir": config["data_dir"],
            "conf": self._get_conf_path(),
            "key-file": _get_key_file_path(),
            "pg-path": config["pg_path"],
        }
        options = [word for name, value in words.items() if value for word in (f"--{name}", str(value))]
        return ["make", *options]

    @api.model
    def _get_database(self):
        return self.env.cr.dbname

    @api.model
    def _get_conf_path(self):
        return os.environ.get(CONF_VARIABLE) or config.get(CONF_OPTION) or None

    @api.model
    def _get_options(self):
        """Return where backups go, None where nothing says so.

        :rtype: Options
        :raises BackupError: the file that says so cannot be used
        """
        path = self._get_conf_path()
        return read_options(pathlib.Path(path)) if path else None

    # ---- list -------------------------------------------------------------------------------

    @api.model
    def _sync(self):
        """Bring the list in line with the logs beside the backups."""
        try:
            options = self._get_options()
        except BackupError:
            return
        if options is None:
            return
        at_work = engine.is_at_work(options)
        logs = engine.read_logs(options, self._get_database())[-SHOWN:]
        wanted = {log["name"]: self._prepare_vals(log, at_work) for log in logs}
        known = {record.name: record for record in self.search([])}
        self.browse().union(*(record for name, record in known.items() if name not in wanted)).unlink()
        self.create([values for name, values in wanted.items() if name not in known])
        for name, record in known.items():
            values = wanted.get(name)
            if values and (record.state == "running" or values["state"] != record.state):
                record.write(values)

    @api.model
    def _prepare_vals(self, log, at_work):
        """Return the values of what a log says.

        :param dict log: as `make` writes it
        :param bool at_work: whether a backup is being made
        :rtype: dict
        """
        broken_off = log["state"] == "running" and not at_work
        problems = [log.get(key) for key in ("error", "remote_error", "key_error")]
        return {
            "name": log["name"],
            "made_at": rotation.made_at(log["name"]),
            "state": "failed" if broken_off else log["state"],
            "seconds": log.get("seconds", 0.0),
            "megabytes": round(log.get("size", 0) / 1e6, 1),
            "row_count": log.get("rows", 0),
            "table_count": log.get("tables", 0),
            "missing_count": log.get("missing_files", 0),
            "copy_state": log.get("remote", False),
            "key_state": log.get("key", False),
            "problem": self.env._("It was broken off.") if broken_off else "\n".join(filter(None, problems)) or False,
        }
