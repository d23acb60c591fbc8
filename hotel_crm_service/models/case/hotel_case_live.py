"""Boards are told when something changes: ids go over the bus, nothing else."""

import functools
import time

from odoo import api, models

from odoo.addons.hotel_crm_base.models.guest.hotel_guest_trace_mixin import leaves_entry

SUBCHANNEL = "hotel_cases"
NOTICE = "hotel_crm_service.cases_changed"
#: key of what a transaction has collected: id of a property to ids of cases
CHANGED = "hotel_crm_service.cases"
SHOWN = {"state", "user_id", "department_id", "severity", "kind", "subject", "category_id", "due_at", "room_id"}
MOST_TOLD = 200
#: seconds within which one process tells a hotel's boards twice at most: each time costs a connection
PAUSE = 2
#: seconds after which a board that was told a second time loads once more: it sees what came in the pause
AGAIN = 3
#: name of the database and id of the hotel -> when its boards were told last, and whether they load once more
_told = {}


class HotelCase(models.Model):
    _inherit = "hotel.case"

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases._tell_boards()
        return cases

    def write(self, vals):
        result = super().write(vals)
        if SHOWN & set(vals):
            self._tell_boards()
        return result

    @api.model
    @leaves_entry
    def web_read_group(self, *args, **kwargs):
        """The board loads again by itself: each guest on it is noted once a day for each user and place."""
        with self._trace("list", ["board"]) as frame:
            result = super().web_read_group(*args, **kwargs)
            shown, frame.guest_ids, frame.contact_ids = frame.guest_ids, set(), set()
            self.env["hotel.access.log"]._log_screen("board", shown, self._name)
        return result

    def _tell_boards(self):
        """Tell who looks at a board of these hotels, once this transaction is committed."""
        precommit = self.env.cr.precommit
        if CHANGED not in precommit.data:
            precommit.data[CHANGED] = {}
            precommit.add(self.env["hotel.case"]._send_changed)
        # whoever changes a case need not see its hotel
        for case in self.sudo():
            precommit.data[CHANGED].setdefault(case.property_id.id, set()).add(case.id)

    @api.model
    def _send_changed(self):
        """Put what this transaction has changed on the bus."""
        for hotel_id, case_ids in self.env.cr.precommit.data.pop(CHANGED, {}).items():
            key, now = (self.env.cr.dbname, hotel_id), time.monotonic()
            told_at, is_again = _told.get(key, (-PAUSE, False))
            is_pause = now - told_at < PAUSE
            if is_pause and is_again:
                continue
            # what is undone was not told
            self.env.cr.postcommit.add(functools.partial(_told.__setitem__, key, (now, is_pause)))
            notice = {"case_ids": sorted(case_ids)[:MOST_TOLD]} | ({"again": AGAIN} if is_pause else {})
            channel = (self.env["hotel.property"].browse(hotel_id), SUBCHANNEL)
            self.env["bus.bus"]._sendone(channel, NOTICE, notice)
