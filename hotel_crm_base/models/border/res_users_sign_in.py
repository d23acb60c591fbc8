"""Signing in: the second factor by role, locks after failures, a log of it, better passwords."""

import json
from contextlib import contextmanager

from odoo import fields, models
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.http import request
from odoo.tools import SQL

from odoo.addons.hotel_crm_base import password_rules

#: days that an administrator gives for setting up an app or a passkey
MORE_DAYS = 7


class ResUsers(models.Model):
    _inherit = "res.users"

    hotel_enrol_until = fields.Date(
        string="May Set Up Until",
        copy=False,
        readonly=True,
        groups="hotel_crm_base.group_admin",
        help="Until this day an e-mailed code is taken in place of an app or a passkey.",
    )

    def _has_hotel_strong_factor(self):
        """Whether the user signs in with an authenticator app or a passkey."""
        self.ensure_one()
        # who signs in is nobody yet; only whether there is one is told
        user = self.sudo()
        return bool(user.totp_enabled or user.auth_passkey_key_ids)

    def _mfa_type(self):
        """A code by e-mail is asked for where a rule of the role wants more than a password."""
        kind = super()._mfa_type()
        if kind is None and self.env["hotel.sign.in.rule"]._get_strictest(self):
            return "totp_mail"
        return kind

    def _check_credentials(self, credential, env):
        kind = credential["type"]
        if kind == "totp_mail":
            self._check_hotel_enrolment()
        answer = super()._check_credentials(credential, env)
        if kind in ("totp", "totp_mail"):
            self.env["hotel.sign.in"]._note(self, kind, "done")
            self._remember_hotel_device()
        return answer

    def _check_hotel_enrolment(self):
        """Refuse an e-mailed code where an app or a passkey had to be set up by now.

        :raises AccessDenied: the days for it are over
        """
        rule = self.env["hotel.sign.in.rule"]._get_strictest(self)
        if rule.factor == "strong" and fields.Date.context_today(self) > rule._get_last_day(self.sudo()):
            raise AccessDenied(
                self.env._(
                    "Your role signs in with an authenticator app or a passkey. "
                    "Please ask the administrator for days to set it up."
                )
            )

    # who tries, and how often

    def _login(self, credential, user_agent_env):
        self._check_hotel_form(credential)
        answer = super()._login(credential, user_agent_env)
        user = self.env["res.users"].browse(answer["uid"])
        asked = answer.get("mfa") != "skip" and user.with_user(user)._mfa_type()
        self.env["hotel.sign.in"]._note(user, answer.get("auth_method") or "other", "half" if asked else "done")
        if not asked:
            user._remember_hotel_device()
        return answer

    def _check_hotel_form(self, credential):
        """Refuse what no page of ours sends.

        :raises AccessDenied: login or passkey are not there, or a code comes in place of a password
        """
        if credential.get("type") in ("totp", "totp_mail"):
            raise AccessDenied()
        if credential.get("type") != "webauthn":
            if not isinstance(credential.get("login"), str):
                raise AccessDenied()
            return
        try:
            answer = json.loads(credential.get("webauthn_response") or "")
        except (ValueError, TypeError, RecursionError):
            raise AccessDenied() from None
        if not isinstance(answer, dict) or not isinstance(answer.get("id"), str):
            raise AccessDenied()

    def _on_login_cooldown(self, failures, previous):
        """Never by the memory of one process: ``_assert_can_auth`` counts for all."""
        return False

    @contextmanager
    def _assert_can_auth(self, user=None):
        """Refuse who failed too often: at one login from one address, at one login from all, from one address.

        A browser that the user has signed in with before is counted by itself.
        """
        if not request:
            yield
            return
        account = self._find_hotel_account(user)
        login, address = str(account.login or user).casefold(), request.httprequest.remote_addr
        limits, device = self.env["hotel.rate.limit"], account._get_hotel_device()
        known = device or self.env["hotel.sign.in"]._is_known_address(account)
        here = ("sign_in", f"{login}|browser {device}", "") if device else ("sign_in", f"{login}|{address}", address)
        asked = [here] + ([] if known else [("sign_in_login", login, "")])
        wait = max(limits._get_wait(*limit) for limit in asked)
        if wait:
            raise AccessDenied(self.env._("Too many failed sign-ins. Please try again in %s minutes.", -(-wait // 60)))
        try:
            with super()._assert_can_auth(user=user):
                yield
        except AccessDenied:
            if isinstance(user, str):
                account._spend_hotel_time(user)
            for limit in asked:
                limits._spend(*limit)
            waits = [limits._get_wait(*limit) for limit in asked]
            self.env["hotel.sign.in"]._note(account, "other", "locked" if any(waits) else "refused")
            if waits[-1] and not known:
                self._tell_hotel_locked(account)
            raise

    def _find_hotel_account(self, user):
        """Return the user of a login or an id; empty where there is none."""
        users = self.env["res.users"].sudo()
        if isinstance(user, int):
            return users.browse(user).exists()
        return users.search(self._get_login_domain(user), order=self._get_login_order(), limit=1) if user else users

    def _spend_hotel_time(self, text):
        """Take as long as a wrong password does, where there was none to compare with: it tells who has an account."""
        password = self.env.execute_query(SQL("SELECT password FROM res_users WHERE id = %s", self.id or 0))
        if not password or not password[0][0]:
            self._crypt_context().hash(text)

    def _tell_hotel_locked(self, account):
        """Write to somebody whose account others try to get into."""
        if account.email:
            with self.env.registry.cursor() as cr:
                account.with_env(self.env(cr=cr, su=True))._notify_security_setting_update(
                    self.env._("Many failed sign-ins"),
                    self.env._("Somebody tried many passwords for your account. New places wait for an hour."),
                )

    # passwords

    def _set_password(self):
        for user in self:
            user._check_hotel_password(user.password)
        return super()._set_password()

    def _check_hotel_password(self, password):
        """Refuse a password that is easy to guess, where it comes over the web and a least length is asked for.

        Scripts of who runs the machine choose what they like.

        :raises UserError: says why
        """
        least = self.env["ir.config_parameter"].sudo().get_param("auth_password_policy.minlength") or "0"
        if not password or not request or not least.isdecimal() or not int(least):
            return
        own = [self.name, self.login, self.email, *self.company_ids.mapped("name")]
        weakness = password_rules.find_weakness(password, own)
        if weakness:
            raise UserError(self._get_hotel_weakness_text(weakness))

    def _get_hotel_weakness_text(self, weakness):
        return {
            "own": self.env._("A password does not contain your name, your login or the name of the hotel."),
            "common": self.env._("This password begins with what everybody tries first."),
            "repeated": self.env._("Too few different characters: this password is easy to guess."),
            "row": self.env._("Letters or digits in a row make a password easy to guess."),
        }[weakness]

    # an administrator's tools

    def _check_hotel_admin(self):
        if not self.env.user.has_group("hotel_crm_base.group_admin"):
            raise AccessError(self.env._("This is done by administrators of the hotel."))
        if any(user._is_system() for user in self.sudo()) and not self.env.user._is_system():
            raise AccessError(self.env._("Accounts of Odoo's own administrators are their own business."))

    def action_hotel_more_days(self):
        """Give these users days to set up an app or a passkey. Callable by administrators of the hotel.

        :raises AccessError: another role, or an account of Odoo's own administrators
        """
        self._check_hotel_admin()
        today = fields.Date.context_today(self)
        # accounts are written by Odoo's own administrators else
        self.sudo().hotel_enrol_until = fields.Date.add(today, days=MORE_DAYS)
        return True
