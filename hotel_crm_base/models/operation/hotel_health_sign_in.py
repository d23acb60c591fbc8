"""How people sign in: what is weak."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from .health_parts import Check, Finding, Words

_lt = LazyTranslate(__name__)

#: groups whose members see or change what others must not
POWERFUL = ("group_admin", "group_manager", "group_identity", "group_finance")
LEAST_LENGTH = 8
#: days without a sign-in after which an account of staff is asked about
IDLE_DAYS = 90


class HotelHealth(models.AbstractModel):
    _inherit = "hotel.health"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "sign_in": Check("settings", _lt("How staff sign in"), "_find_weak_sign_in", is_costly=True),
        }

    @api.model
    def _get_words(self):
        return {
            **super()._get_words(),
            "no_second_factor": Words(
                "warning",
                _lt("%(count)s users with far-reaching roles sign in with a password alone."),
                _lt("Ask for a code, an app or a passkey: Configuration, Security, Sign-in Rules."),
            ),
            "short_passwords": Words(
                "warning",
                _lt("Passwords of %(count)s characters are allowed."),
                _lt("Ask for 8 characters at least in the general settings, under Permissions."),
            ),
            "idle_accounts": Words(
                "warning",
                _lt("%(count)s accounts of staff have not signed in for 90 days."),
                _lt("Archive the accounts of who has left: Configuration, Security, Accounts of Staff."),
            ),
        }

    @api.model
    def _find_weak_sign_in(self):
        found, users = [], self.env["res.users"].sudo()
        groups = self.env["res.groups"].browse(self.env.ref(f"hotel_crm_base.{name}").id for name in POWERFUL)
        powerful = users.search([("all_group_ids", "in", groups.ids), ("share", "=", False)])
        alone = [user for user in powerful if not user._mfa_type() and not user._has_hotel_strong_factor()]
        if alone:
            found.append(Finding("no_second_factor", {"count": len(alone)}))
        least = self.env["ir.config_parameter"].sudo().get_param("auth_password_policy.minlength") or "0"
        if not least.isdecimal() or int(least) < LEAST_LENGTH:
            found.append(Finding("short_passwords", {"count": least}))
        since = fields.Datetime.now() - timedelta(days=IDLE_DAYS)
        staff = users.search(
            [("all_group_ids", "in", self.env.ref("hotel_crm_base.group_staff").ids), ("create_date", "<", since)]
        )
        idle = staff.filtered(lambda user: not user.login_date or user.login_date < since)
        if idle:
            found.append(Finding("idle_accounts", {"count": len(idle)}))
        return found
