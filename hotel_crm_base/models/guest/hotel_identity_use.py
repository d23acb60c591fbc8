"""Limits the use of identity numbers: how often a user may find by them and read them."""

import time
from collections import deque
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# kind of use -> (times, in seconds); an administrator changes the times by the system
# parameter hotel_crm_base.identity_<kind>_limit
LIMITS = {"find": (60, 600), "reveal": (30, 3600)}

# Attempts that found nothing and may have been telephone numbers being typed: counted in
# this process only, so that a look-up stays a mere read. (database, user) -> instants
GUESSES = {}
GUESS_LIMIT = (600, 600)


class HotelIdentityUse(models.Model):
    """One use of an identity number by one user."""

    _name = "hotel.identity.use"
    _description = "Use of an Identity Number"
    _log_access = False
    _rec_name = "kind"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    kind = fields.Selection([("find", "Found By"), ("reveal", "Read")], required=True)
    subject = fields.Char(required=True, help="What was used: blind index or document, no number.")
    used_at = fields.Datetime(required=True)

    _user_idx = models.Index("(user_id, kind, used_at)")

    @api.model
    def _spend(self, kind, subject):
        """Count one use by the present user; the same subject counts once in the period.

        :param str kind: find or reveal
        :param str subject: what is used, in a form that tells nothing
        :return: whether this is the first use of the subject in the period
        :rtype: bool
        :raise UserError: the limit is reached
        """
        times, seconds = LIMITS[kind]
        # system parameters and this model are closed to users
        parameters = self.env["ir.config_parameter"].sudo()
        text = parameters.get_param(f"hotel_crm_base.identity_{kind}_limit") or ""
        times = int(text) if text.isdecimal() else times
        now = fields.Datetime.now()
        uses = self.sudo().search_fetch(
            [
                ("user_id", "=", self.env.uid),
                ("kind", "=", kind),
                ("used_at", ">", now - timedelta(seconds=seconds)),
            ],
            ["subject"],
        )
        if subject in uses.mapped("subject"):
            return False
        if len(uses) >= times:
            self.env["hotel.access.log"]._log_refused([], ["document.number"])
            raise UserError(
                self.env._(
                    "You have used identity numbers %(times)s times in %(minutes)s minutes."
                    " Please wait a little, or ask your manager.",
                    times=len(uses),
                    minutes=seconds // 60,
                )
            )
        self.sudo().create(
            {"user_id": self.env.uid, "kind": kind, "subject": subject, "used_at": now}
        )
        return True

    @api.model
    def _may_guess(self):
        """Count one attempt with a text that may be another number, and say whether it is allowed.

        :rtype: bool
        """
        times, seconds = GUESS_LIMIT
        instants = GUESSES.setdefault((self.env.cr.dbname, self.env.uid), deque(maxlen=times))
        now = time.monotonic()
        if len(instants) == times and instants[0] > now - seconds:
            return False
        instants.append(now)
        return True

    @api.autovacuum
    def _gc_uses(self):
        """Forget uses that no limit looks at any more."""
        longest = max(seconds for _times, seconds in LIMITS.values())
        old = self.search(
            [("used_at", "<", fields.Datetime.now() - timedelta(seconds=longest))], limit=10000
        )
        old.unlink()
        return len(old), len(old) == 10000
