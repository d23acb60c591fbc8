import os
import shutil
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, config
from odoo.tools.translate import LazyTranslate

from ... import vault
from ...backup import room
from ...backup.problems import BackupError
from ..guest.hotel_data_key import _get_key_file_path
from .health_parts import Check, Finding

_lt = LazyTranslate(__name__)

GB = 1e9
#: free GB and share of a disk below which one has to look, and cannot wait
LOW, FULL = (5, 0.10), (1, 0.02)
LATE_HOURS = 30
#: files that are looked for on the disk, the newest ones
SAMPLE = 2000


class HotelHealth(models.AbstractModel):
    _inherit = "hotel.health"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "disk": Check("machine", _lt("Room on the disks"), "_find_full_disks"),
            "key": Check("machine", _lt("Key file for identity numbers"), "_find_key_problem"),
            "files": Check("machine", _lt("Files are on the disk"), "_find_missing_files", is_costly=True),
            "backup": Check("backup", _lt("Last good backup"), "_find_backup_problem"),
        }

    @api.model
    def _find_full_disks(self):
        found, seen = [], {}
        for name, path in self._get_places().items():
            if os.path.isdir(path):
                seen.setdefault(os.stat(path).st_dev, ([], path))[0].append(name)
        for names, path in seen.values():
            usage = shutil.disk_usage(path)
            free, share = usage.free / GB, usage.free / usage.total
            code = next((code for code, (least, part) in (("disk_full", FULL), ("disk_low", LOW))
                         if free < least or (share < part and free < 20 * least)), None)
            if code:
                found.append(Finding(code, {"names": names, "free": round(free, 1), "percent": round(100 * share, 1)}))
        return found

    @api.model
    def _get_places(self):
        """Return the folders whose disks matter, by what lies there.

        :rtype: dict[str, str]
        """
        places = {"data_dir": config["data_dir"]}
        if data := room.find_data(lambda query: self.env.execute_query(SQL(query))[0]):  # pylint: disable=sql-injection
            places["PostgreSQL"] = str(data)
        try:
            options = self.env["hotel.backup"]._get_options()
        except BackupError:
            options = None
        if options:
            places["backups"] = str(options.folder)
        return places

    @api.model
    def _find_key_problem(self):
        keys = self.env["hotel.data.key"].search([("state", "!=", "retired")])
        if not keys:
            try:
                vault.KeyFile.load(_get_key_file_path() or "")
            except vault.KeyMissing:
                return [Finding("key_absent")]
            except vault.VaultError as error:
                return [Finding("key_problem", {"reason": str(error)})]
        reason = next((key.problem for key in keys if key.problem), None)
        return [Finding("key_problem", {"reason": reason})] if reason else []

    @api.model
    def _find_missing_files(self):
        """Look for the newest files on the disk, and for some of the older ones."""
        attachments = self.env["ir.attachment"].sudo()
        domain = [("store_fname", "!=", False), ("res_field", "in", [False, *self._get_stored_fields()])]
        names = set(attachments.search(domain, order="id desc", limit=SAMPLE).mapped("store_fname"))
        missing = sum(not os.path.isfile(attachments._full_path(name)) for name in names)
        return [Finding("files_missing", {"count": missing, "total": len(names)})] if missing else []

    @api.model
    def _get_stored_fields(self):
        """Return the names of fields whose values are files: searching hides them unless they are named."""
        return sorted({
            field.name for model in self.env.registry.values() for field in model._fields.values()
            if field.type in ("binary", "image") and field.store and field.attachment
        })

    @api.model
    def _find_backup_problem(self):
        if self._is_neutralized():
            return []
        backups = self.env["hotel.backup"]
        try:
            options = backups._get_options()
        except BackupError as error:
            return [Finding("backup_conf", {"reason": str(error)})]
        if options is None:
            return [Finding("backup_unset")]
        good = backups.search([("state", "=", "good")], limit=2)
        last = backups.search([("state", "!=", "running")], limit=1)
        return [*self._find_late_backup(good), *self._find_bad_attempt(last, options),
                *self._find_smaller_backup(good)]

    @api.model
    def _find_late_backup(self, good):
        if not good:
            return [Finding("backup_none")]
        age = fields.Datetime.now() - good[0].made_at
        late = age > timedelta(hours=LATE_HOURS)
        return [Finding("backup_late", {"hours": int(age.total_seconds() // 3600)})] if late else []

    @api.model
    def _find_bad_attempt(self, last, options):
        if last.state == "failed":
            return [Finding("backup_failed", {"reason": last.problem or ""})]
        if last and "failed" in (last.copy_state, last.key_state):
            return [Finding("copy_failed", {"reason": last.problem or ""})]
        return [] if options.remote else [Finding("copy_unset")]

    @api.model
    def _find_smaller_backup(self, good):
        if len(good) == 2 and good[0].megabytes < good[1].megabytes / 2:
            return [Finding("backup_shrunk", {"now": good[0].megabytes, "before": good[1].megabytes})]
        return []
