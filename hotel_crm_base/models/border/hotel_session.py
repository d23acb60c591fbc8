"""Where people are signed in now."""

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class HotelSession(models.Model):
    """One user at one browser, signed in: what Odoo knows as a device, for administrators of the hotel."""

    _name = "hotel.session"
    _description = "Session"
    _auto = False
    _order = "last_activity_at desc, id desc"
    _rec_name = "user_id"
    _depends = {
        "res.device.log": [
            "user_id", "session_identifier", "ip_address", "browser", "platform",
            "first_activity", "last_activity", "revoked",
        ],
    }  # fmt: skip

    user_id = fields.Many2one("res.users", readonly=True)
    address = fields.Char(readonly=True)
    browser = fields.Char(readonly=True)
    platform = fields.Char(readonly=True)
    first_activity_at = fields.Datetime(string="Since", readonly=True)
    last_activity_at = fields.Datetime(string="Last Seen", readonly=True)

    @property
    def _table_query(self):
        """The newest row of each session that is not over, with the first time it was seen."""
        return SQL(
            """SELECT DISTINCT ON (d.session_identifier)
                      d.id, d.user_id, d.ip_address AS address, d.browser, d.platform,
                      min(d.first_activity) OVER (PARTITION BY d.session_identifier) AS first_activity_at,
                      d.last_activity AS last_activity_at
                 FROM res_device_log d
                WHERE d.revoked IS NOT TRUE
                ORDER BY d.session_identifier, d.last_activity DESC, d.id DESC"""
        )

    def action_end(self):
        """End these sessions. Callable by administrators of the hotel.

        :raises AccessError: another role, or sessions of Odoo's own administrators
        """
        if not self.env.user.has_group("hotel_crm_base.group_admin"):
            raise AccessError(self.env._("This is done by administrators of the hotel."))
        self.user_id._check_hotel_admin()
        # sessions of others
        logs = self.env["res.device.log"].sudo().browse(self.ids).exists()
        sessions = logs.mapped("session_identifier")
        devices = self.env["res.device"].sudo().search([("session_identifier", "in", sessions)])
        devices._revoke()
        # tokens are kept by each process of each server
        self.env.registry.clear_cache()
        return True
