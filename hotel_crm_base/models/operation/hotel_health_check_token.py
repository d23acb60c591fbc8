"""Who may ask the health of the hotel without an account: a monitor that has the token."""

import hashlib
import hmac
import secrets

from odoo import api, models

PARAMETER = "hotel_crm_base.health_token_digest"


class HotelHealthCheck(models.Model):
    _inherit = "hotel.health.check"

    @api.model
    def action_make_token(self):
        """Make a new token for monitors; the one of before ends. It is shown once. Callable by administrators.

        :returns: a notice with the token
        :rtype: dict
        :raises AccessError: for everybody else
        """
        self._check_administrator()
        token = secrets.token_urlsafe(32)
        # parameters are written by administrators of Odoo only
        self.env["ir.config_parameter"].sudo().set_param(PARAMETER, _digest(token))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Token for monitors, shown this once"),
                "message": self.env._(
                    "%(token)s is what a monitor sends to %(address)s/hotel/health as Authorization: Bearer.",
                    token=token,
                    address=self.get_base_url(),
                ),
                "sticky": True,
                "type": "success",
            },
        }

    @api.model
    def _is_token(self, token):
        """Return whether this is the token; where none was made, nothing is.

        :param str token: as it came
        :rtype: bool
        """
        kept = self.env["ir.config_parameter"].sudo().get_param(PARAMETER)
        return bool(kept and token) and hmac.compare_digest(kept, _digest(token))


def _digest(token):
    """A token has 256 random bits: a plain digest keeps it."""
    return hashlib.sha256(token.encode()).hexdigest()
