"""Signing out everywhere: at every browser and every server, whatever lets in without signing in again."""

from odoo import fields, models
from odoo.http import STORED_SESSION_BYTES


class ResUsers(models.Model):
    _inherit = "res.users"

    hotel_signed_out_at = fields.Datetime(
        string="Signed Out Everywhere at", copy=False, readonly=True, groups="hotel_crm_base.group_admin"
    )

    def _get_session_token_fields(self):
        """Sessions from before the user was signed out everywhere have another token, at whichever server they lie."""
        return super()._get_session_token_fields() | {"hotel_signed_out_at"}

    def _session_token_hash_compute(self, sid, field_values):
        """A session that was ended is over, also where its file lies at another server."""
        ended = [("session_identifier", "=", sid[:STORED_SESSION_BYTES]), ("revoked", "=", True)]
        # users read no devices of others; whether this very session was ended is no secret
        if self.env["res.device.log"].sudo().search_count(ended, limit=1):
            return False
        return super()._session_token_hash_compute(sid, field_values)

    def action_hotel_sign_out(self):
        """End all that lets these users in without signing in again. Callable by administrators of the hotel.

        Sessions, browsers that are trusted without a second factor, and their own API keys; with their password,
        app and passkeys they sign in again.

        :raises AccessError: another role, or an account of Odoo's own administrators
        """
        self._check_hotel_admin()
        # sessions and keys of others
        users, env = self.sudo(), self.sudo().env
        users.hotel_signed_out_at = fields.Datetime.now()
        env["auth_totp.device"].search([("user_id", "in", users.ids)]).unlink()
        env["res.users.apikeys"].search([("user_id", "in", users.ids)]).unlink()
        env["res.device"].search([("user_id", "in", users.ids)])._revoke()
        return True

    def action_hotel_reset_factors(self):
        """Take app and passkeys away, of somebody who has lost them. Callable by administrators of the hotel.

        The user is signed out everywhere and told; the password stays, and a mailed code is taken for some days.

        :raises AccessError: another role, or an account of Odoo's own administrators
        """
        self.action_hotel_sign_out()
        # as above
        users = self.sudo()
        users.totp_secret = False
        users.env["auth.passkey.key"].search([("create_uid", "in", users.ids)]).unlink()
        users.env.registry.clear_cache()
        self.action_hotel_more_days()
        for user in users.filtered("email"):
            user._notify_security_setting_update(
                self.env._("Authenticator app and passkeys removed"),
                self.env._("An administrator has removed them. If you did not ask for that, tell the hotel at once."),
            )
        return True
