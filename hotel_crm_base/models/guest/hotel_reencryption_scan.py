import logging

from odoo import api, models

_logger = logging.getLogger(__name__)


class HotelReencryption(models.AbstractModel):
    _inherit = "hotel.reencryption"

    @api.model
    def _run_files(self):
        """Move scans to the key in use, one by one, since each has megabytes."""
        cron, keys = self.env["ir.cron"], self.env["hotel.data.key"]
        # the column is closed to users
        scans = self.env["hotel.guest.document.scan"].sudo()
        last_id = 0
        while True:
            ring = keys._get_keyring()
            stale = [("id", ">", last_id), ("key_version", "!=", ring.active.get("data", 0))]
            scan = scans.search(stale, order="id", limit=1)
            if not scan:
                return super()._run_files()
            last_id = scan.id
            if not scan.try_lock_for_update()._reseal(ring):
                _logger.error("%s is damaged", scan)
            if not cron._commit_progress(1):
                return False

    @api.model
    def _query_count(self, purpose, version):
        count = super()._query_count(purpose, version)
        if purpose == "data":
            scans = self.env["hotel.guest.document.scan"].sudo()
            count += scans.search_count([("key_version", "=", version)])
        return count
