from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import mute_logger

KEPT = timedelta(days=1)


class HotelGuestRegistration(models.Model):
    """One call that registered a guest, so that a second click, or a call sent again, makes no second one."""

    _name = "hotel.guest.registration"
    _description = "Call That Registered a Guest"
    _log_access = False
    _rec_name = "key"

    key = fields.Char(required=True, help="Chosen by the caller.")
    partner_id = fields.Many2one("res.partner", string="Guest", required=True, index=True, ondelete="cascade")
    registered_at = fields.Datetime(required=True, default=fields.Datetime.now)

    _key_unique = models.UniqueIndex("(key)", "This guest is registered already.")

    @api.model
    def _get_partner_id(self, key):
        """Return the id of the guest whom an earlier call with this key registered, or False."""
        return bool(key) and self.search([("key", "=", key)], limit=1).partner_id.id

    @api.model
    def _keep(self, key, guest):
        """Keep the key of the call that has just registered a guest.

        :raises ConcurrencyError: another call with this key overtook us: the whole of ours is undone and
            tried again, and finds the guest of the other one
        """
        if not key:
            return
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                self.create({"key": key, "partner_id": guest.id})
        except UniqueViolation as error:
            raise ConcurrencyError("this guest is being registered by another call") from error

    @api.autovacuum
    def _gc_calls(self):
        """Forget calls that nobody sends again."""
        self.search([("registered_at", "<", fields.Datetime.now() - KEPT)]).unlink()
