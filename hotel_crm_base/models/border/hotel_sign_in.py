"""Who signed in, and who tried to."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.http import request

METHODS = [
    ("password", "Password"),
    ("totp", "Authenticator App"),
    ("totp_mail", "Code by E-mail"),
    ("passkey", "Passkey"),
    ("other", "Other"),
]
RESULTS = [
    ("done", "Signed In"),
    ("half", "Second Factor Asked For"),
    ("refused", "Refused"),
    ("locked", "Locked for a While"),
]
DAYS_PARAMETER = "hotel_crm_base.sign_in_days"
DAYS_DEFAULT = 180
#: an address from which a user signed in within so many days is not locked out by what others try elsewhere
KNOWN_DAYS = 60


class HotelSignIn(models.Model):
    """One sign-in, or one try. What was typed is not kept: some type their password as the login."""

    _name = "hotel.sign.in"
    _description = "Sign-in"
    _order = "id desc"
    _log_access = False
    _rec_name = "user_id"

    tried_at = fields.Datetime(string="Time", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="Empty where no user has this login.",
    )
    address = fields.Char(readonly=True, help="Where the request came from, as the proxy says.")
    device = fields.Char(readonly=True)
    method = fields.Selection(METHODS, required=True, readonly=True)
    result = fields.Selection(RESULTS, required=True, readonly=True)

    @api.model
    def _note(self, user, method, result):
        """Write down one sign-in or try over the web: what fails is undone, this is not.

        :param res.users user: may be empty
        :param str method: one of METHODS
        :param str result: one of RESULTS
        """
        known = dict(METHODS)
        values = {
            "tried_at": fields.Datetime.now(),
            "user_id": user.id or None,
            "address": self._get_address(),
            "device": self._get_device(),
            "method": method if method in known else "other",
            "result": result,
        }
        if not request:
            return
        if result in ("done", "half") and not self.env.cr.readonly:
            # who signs in has no rights on the log; an account that was made just now is seen by this transaction alone
            self.sudo().create(values)
            return
        # the transaction of a refused sign-in is rolled back
        with self.env.registry.cursor() as cr:
            self.with_env(self.env(cr=cr, su=True)).create(values)

    @api.model
    def _get_address(self):
        return request.httprequest.remote_addr if request else False

    @api.model
    def _get_device(self):
        if not request:
            return False
        agent = request.httprequest.user_agent
        return " ".join(part.capitalize() for part in (agent.browser, agent.platform) if part)[:60]

    @api.model
    def _is_known_address(self, user):
        """Whether the user has signed in from here within the last weeks.

        :rtype: bool
        """
        since = fields.Datetime.now() - timedelta(days=KNOWN_DAYS)
        domain = [
            ("user_id", "=", user.id),
            ("address", "=", self._get_address()),
            ("result", "=", "done"),
            ("tried_at", ">=", since),
        ]
        # who signs in is nobody yet
        return bool(user) and bool(self.sudo().search_count(domain, limit=1))

    @api.autovacuum
    def _gc_old(self):
        """Delete entries older than an administrator wants, ten thousand at a time."""
        text = self.env["ir.config_parameter"].sudo().get_param(DAYS_PARAMETER) or ""
        days = int(text) if text.isdecimal() else DAYS_DEFAULT
        old = self.sudo().search([("tried_at", "<", fields.Datetime.now() - timedelta(days=days))], limit=10000)
        old.unlink()
        return len(old), len(old) == 10000
