from odoo import api, models
from odoo.tools import SQL

#: Where the refresh of all guests goes on: id of a contact; empty when there is none to do.
CURSOR = "hotel_crm_base.token_refresh_from_id"
#: Contacts that one step of it looks at.
STEP = 5000
LAST_ID = 2**31 - 1


class HotelGuestToken(models.Model):
    _inherit = "hotel.guest.token"

    @api.model
    def _refresh_all(self):
        """Have all tokens made anew in the background, such as after their rules have changed.

        Only what differs is written; look-up works meanwhile. What is broken off goes on later.
        """
        # the place where it goes on is the system's business
        self.env["ir.config_parameter"].sudo().set_param(CURSOR, "1")
        self.env.ref("hotel_crm_base.ir_cron_refresh_tokens").sudo()._trigger()

    @api.model
    def _cron_refresh_tokens(self):
        """Go on with the refresh of all guests, if there is one to do, step by step in the order of ids."""
        parameters = self.env["ir.config_parameter"].sudo()
        text = parameters.get_param(CURSOR) or ""
        first_id = int(text) if text.isdecimal() else 0
        while first_id:
            last_id, count, left = self._query_step(first_id)
            self._refresh_range(first_id, last_id)
            first_id = last_id + 1 if left else 0
            parameters.set_param(CURSOR, str(first_id or ""))
            if not self.env["ir.cron"]._commit_progress(count, remaining=left):
                return

    @api.model
    def _query_step(self, first_id):
        """Return the last id of the next step, its contacts, and about how many are left after it.

        SQL, because the order of ids is all that is asked for.
        """
        [(last_id, count, highest)] = self.env.execute_query(
            SQL(
                """SELECT MAX(id), COUNT(*), (SELECT MAX(id) FROM res_partner)
                   FROM (SELECT id FROM res_partner WHERE id >= %s ORDER BY id LIMIT %s) step""",
                first_id,
                STEP,
            )
        )
        left = (highest or 0) - (last_id or LAST_ID)
        # the last step also drops what is left of contacts that are gone
        return (last_id, count, left) if left > 0 else (LAST_ID, count, 0)
