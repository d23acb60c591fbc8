"""What is done about merges without anybody looking: certain pairs, where that is switched on, and late rows."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import str2bool

from ...matching import duplicates

#: how long after a merge rows for the guest who went are looked for
LATE = timedelta(days=3)
MERGE_PARAMETER = "hotel_crm_base.merge_certain"


class HotelMerge(models.Model):
    _inherit = "hotel.merge"

    @api.model
    def _cron_merge_certain(self):
        """Merge the open pairs above the upper threshold, each in a transaction of its own; off by default."""
        # whether it is switched on is the system's business
        if not str2bool(self.env["ir.config_parameter"].sudo().get_param(MERGE_PARAMETER) or "false"):
            return
        cron = self.env["ir.cron"]
        pairs = self.env["hotel.duplicate.pair"].search(
            [("state", "=", "open"), ("probability", ">=", duplicates.MERGE)], order="probability DESC, id"
        )
        cron._commit_progress(remaining=len(pairs))
        for pair in pairs:
            if pair.state == "open":  # it may have been decided by the merge of another one
                self._merge_certain(pair)
            if not cron._commit_progress(1):
                break

    @api.model
    def _cron_move_late(self):
        """Move what others wrote for a merged guest at the moment of the merge, or from a page opened before it."""
        cron = self.env["ir.cron"]
        merges = self.search([("state", "=", "done"), ("merged_at", ">=", fields.Datetime.now() - LATE)], order="id")
        cron._commit_progress(remaining=len(merges))
        for merge in merges:
            merge._move_late()
            if not cron._commit_progress(1):
                break

    def _move_late(self):
        """Move rows that name the merged guest all the same; they are journaled as if they had been there."""
        self.ensure_one()
        self.env.flush_all()
        self._query_lock_guests(self.kept_id | self.gone_id)
        if self.state == "done" and not self.kept_id.hotel_merged_into_id and self._move_rows():
            self.env.invalidate_all()
            self._after_move()
            self._refresh_guests()

    @api.model
    def _merge_certain(self, pair):
        """Merge a pair unless something asks for a person: then it stays in the list.

        :returns: what was done, or nothing
        :rtype: hotel.merge
        """
        guests = (pair.partner_a_id | pair.partner_b_id).sorted(lambda guest: guest._get_hotel_merge_rank())
        if len(guests) < 2 or guests._needs_hotel_merge_decision():
            return self.browse()
        gone, kept = guests
        try:
            with self.env.cr.savepoint():
                return self._merge_guests(kept, gone, is_automatic=True)
        except UserError:
            return self.browse()
