"""Ways round the sign-in that an attacker would try: who has an account, whose session goes on, who gets a new key."""

import re
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from lxml import html
from passlib.handlers import pbkdf2

from odoo import fields
from odoo.exceptions import AccessError
from odoo.http import root
from odoo.tests import tagged
from odoo.tests.common import HOST

from .test_sign_in import PASSWORD, SignInCase


@tagged("post_install", "-at_install")
class TestWhoHasAnAccount(SignInCase):
    def _count_rounds(self, login):
        """Sign in with a wrong password; return the rounds of each hash that was made: nearly all of the time."""
        with patch.object(pbkdf2, "pbkdf2_hmac", wraps=pbkdf2.pbkdf2_hmac) as made:
            self.assertIn("Wrong login/password", self._sign_in(login, "wrong").text)
        return [call.args[3] for call in made.call_args_list]

    def test_time_does_not_tell(self):
        self.env["res.users"].create({"name": "Invited", "login": "invited", "email": "invited@jadelake.example"})
        known = self._count_rounds("clerk")
        self.assertEqual(len(known), 1)
        for login in ("nobody-at-all", "invited"):
            self.assertEqual(self._count_rounds(login), known, login)

    def test_a_lock_does_not_tell(self):
        answers = []
        for login in ("clerk", "nobody-at-all"):
            for _time in range(5):
                self._sign_in(login, "wrong")
            page = html.fromstring(self._sign_in(login, "wrong").text)
            answers.append(page.xpath("//p[@role='alert']")[0].text_content())
        self.assertEqual(*answers)

    def _ask(self, login):
        """Ask for a new password; return what the page says, and who will be sent a link."""
        self.authenticate(None, None)
        page = html.fromstring(self.url_open("/web/reset_password").text)
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        answer = self.url_open("/web/reset_password", data={"login": login, "csrf_token": token})
        said = html.fromstring(answer.text).xpath("//p[contains(@class, 'alert')]")
        self.env.invalidate_all()
        asked = self.env["res.users"].with_context(active_test=False).search([("hotel_reset_asked_at", "!=", False)])
        asked.hotel_reset_asked_at = False
        return " ".join(said[0].text_content().split()), asked

    def test_a_forgotten_password_does_not_tell(self):
        said, asked = self._ask("clerk")
        self.assertEqual((said[:24], asked), ("If this address has an a", self.clerk))
        nobody = self.env["res.users"]
        for login in ("nobody-at-all", "nobody@example.com"):
            self.assertEqual(self._ask(login), (said, nobody))
        self.assertEqual(self._ask("other@jadelake.example"), (said, self.other))
        # an account that cannot be written to, two of one address, one that is archived
        self.other.partner_id.email = False
        self.assertEqual(self._ask("other"), (said, nobody))
        self.other.partner_id.email = "chief@jadelake.example"
        self.assertEqual(self._ask("chief@jadelake.example"), (said, nobody))
        self.clerk.active = False
        self.assertEqual(self._ask("clerk"), (said, nobody))

    def test_a_forgotten_password_fills_no_mailbox(self):
        answers = [self._ask("clerk") for _time in range(5)]
        self.assertEqual([len(asked) for _said, asked in answers], [1, 1, 1, 0, 0])
        self.assertIn("Too many", answers[-1][0])

    def test_the_link_is_sent_once(self):
        self.env["res.users"].reset_password("clerk")
        self.env.flush_all()
        with self.enter_registry_test_mode(), self._catch_mail() as sent:
            for _again in range(2):
                self.env.ref("hotel_crm_base.ir_cron_reset_password").method_direct_trigger()
        self.assertEqual(sent, ["clerk@jadelake.example"])

    @contextmanager
    def _catch_mail(self):
        """Give the list of whom e-mails are sent to: tests have no mail server, and Odoo undoes what was sent."""
        sent = []
        with patch.object(self.env.registry["mail.mail"], "send", lambda mails: sent.extend(mails.mapped("email_to"))):
            yield sent

    def test_forms_that_no_page_sends_are_refused(self):
        self.authenticate(None, None)
        page = html.fromstring(self.url_open("/web/login").text)
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        for form in ({}, {"type": "webauthn"}, {"type": "webauthn", "webauthn_response": "[1]"},
                     {"type": "webauthn", "webauthn_response": '{"id": 7}'}, {"type": "odd", "login": "clerk"},
                     {"login": "clerk", "type": "totp", "token": "1"}):  # fmt: skip
            answer = self.url_open("/web/login", data={**form, "csrf_token": token})
            self.assertEqual(answer.status_code, 200, form)
            self.assertIn("alert-danger", answer.text, form)

    def test_an_address_in_a_link_leads_to_no_login(self):
        self.authenticate(None, None)
        for page in ("/web/reset_password", "/web/signup"):
            for token in ("", "&token=x"):
                answer = self.url_open(f"{page}?signup_email=clerk@jadelake.example{token}", allow_redirects=False)
                self.assertNotIn("clerk", answer.headers.get("Location", ""))
                self.assertNotEqual(answer.status_code, 303)

    def test_nobody_makes_accounts_without_end(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        self.env["ir.config_parameter"].set_param("hotel_crm_base.rate_limit_sign_up_address", "4")
        self.authenticate(None, None)
        said = []
        for number in range(6):
            page = html.fromstring(self.url_open("/web/signup").text)
            token = page.xpath("//input[@name='csrf_token']/@value")[0]
            # another browser each time, and in turn an address that has an account
            login = "clerk" if number % 2 else f"new{number}@example.com"
            form = {"login": login, "name": "New", "password": PASSWORD, "confirm_password": PASSWORD}
            self.url_open("/web/signup", data={**form, "csrf_token": token})
            said.append("Too many requests" in self.url_open("/web/signup", data={**form, "csrf_token": token}).text)
            self.authenticate(None, None)
        made = self.env["res.users"].search_count([("login", "=like", "new%@example.com")])
        self.assertEqual((said[-1], made), (True, 2))


@tagged("post_install", "-at_install")
class TestNobodyIsLockedOut(SignInCase):
    """Guests and staff share the Wi-Fi of a hotel, and so an address."""

    def _sign_in_with(self, cookie, login="clerk", password=PASSWORD):
        """Sign in with the browser that has this cookie; return the page that comes then."""
        self.authenticate(None, None)
        if cookie:
            self.opener.cookies.set("hotel_device", cookie, domain=HOST)
        page = html.fromstring(self.url_open("/web/login").text)
        form = {"login": login, "password": password, "csrf_token": page.xpath("//input[@name='csrf_token']/@value")[0]}
        return self.url_open("/web/login", data=form)

    def _get_cookie(self, login="clerk"):
        self._sign_in_with("", login)
        return self.opener.cookies["hotel_device"]

    def _fail(self, login, times):
        for _time in range(times):
            self.env["hotel.rate.limit"]._spend("sign_in", f"{login}|127.0.0.1", "127.0.0.1")

    def test_a_neighbour_who_fails_on_purpose_locks_no_browser_that_is_known(self):
        mine, others = self._get_cookie(), self._get_cookie("other")
        self._fail("clerk", 6)
        self.assertIn("Too many failed", self._sign_in_with("").text)
        number = mine.split(".")
        for forged in (others, others.replace(f"{self.other.id}.", f"{self.clerk.id}.", 1), "x", "1.2.3~" * 50,
                       f"{number[0]}.other.{number[2]}", f"{number[0]}.{number[1]}."):  # fmt: skip
            self.assertIn("Too many failed", self._sign_in_with(forged).text, forged)
        self.assertIn("/odoo", self._sign_in_with(mine).url)

    def test_nor_one_who_tries_many_logins(self):
        mine = self._get_cookie()
        self.env["ir.config_parameter"].set_param("hotel_crm_base.rate_limit_sign_in_address", "10")
        for number in range(11):
            self._fail(f"nobody{number}", 1)
        self.assertIn("Too many failed", self._sign_in_with("").text)
        self.assertIn("/odoo", self._sign_in_with(mine).url)

    def test_a_known_browser_has_five_tries_too(self):
        mine = self._get_cookie()
        for _time in range(5):
            self._sign_in_with(mine, password="wrong")
        self.assertIn("Too many failed", self._sign_in_with(mine).text)

    def test_a_browser_is_forgotten_where_the_user_is_signed_out_everywhere(self):
        mine = self._get_cookie()
        self.clerk.with_user(self.chief).action_hotel_sign_out()
        self._fail("clerk", 6)
        self.assertIn("Too many failed", self._sign_in_with(mine).text)


@tagged("post_install", "-at_install")
class TestSignedOutMeansOut(SignInCase):
    def _is_in(self):
        return "/odoo" in self.url_open("/odoo").url

    def _bring_back(self):
        """Put the file of the session back, as it lies at another server that has folders of its own."""
        root.session_store.save(self.session)

    def _enter(self):
        self._sign_in()
        self.assertTrue(self._is_in())
        sid = self.opener.cookies["session_id"]
        self.session = root.session_store.get(sid)

    def test_at_every_server(self):
        self._enter()
        self.clerk.with_user(self.chief).action_hotel_sign_out()
        self._bring_back()
        self.assertFalse(self._is_in())
        self.assertIn("/odoo", self._sign_in().url)

    def test_one_session_at_every_server(self):
        self._enter()
        self.env["hotel.session"].with_user(self.chief).search([("user_id", "=", self.clerk.id)]).action_end()
        self._bring_back()
        self.assertFalse(self._is_in())

    def test_trusted_browsers_and_keys_end(self):
        until = fields.Datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(self.clerk).sudo()
        key = keys._generate("rpc", "Script", until)
        self.env["auth_totp.device"].with_user(self.clerk).sudo()._generate("browser", "Browser", until)
        theirs = self.env["res.users.apikeys"].with_user(self.other).sudo()._generate("rpc", "Script", until)
        self.clerk.with_user(self.chief).action_hotel_sign_out()
        self.assertFalse(keys._check_credentials(scope="rpc", key=key))
        self.assertEqual(keys._check_credentials(scope="rpc", key=theirs), self.other.id)
        self.assertFalse(self.clerk.sudo().totp_trusted_device_ids)

    def test_who_has_lost_the_second_factor_gets_in_by_mail_and_is_told(self):
        self.clerk.sudo().totp_secret = "A" * 32
        passkey = {"name": "Stick", "credential_identifier": "abc", "public_key": "abc"}
        self.env["auth.passkey.key"].with_user(self.clerk).sudo().create(passkey)
        self.rule.write({"factor": "strong", "grace_days": 0})
        mails = self.env["mail.mail"].search([])
        self._enter_half()
        self.clerk.with_user(self.chief).action_hotel_reset_factors()
        self.assertFalse(self.clerk._has_hotel_strong_factor())
        told = (self.env["mail.mail"].search([]) - mails).mapped("subject")
        self.assertTrue(any("removed" in subject for subject in told), told)
        self._sign_in()
        token, code = self._send_code()
        self.assertIn("/odoo", self.url_open("/web/login/totp", data={"totp_token": code[1], "csrf_token": token}).url)

    def _enter_half(self):
        """With app and passkey the password alone opens nothing."""
        self.assertIn("/web/login/totp", self._sign_in().url)
        self.assertFalse(self._is_in())

    def test_nobody_takes_factors_of_others_or_of_odoos_own_administrators(self):
        with self.assertRaises(AccessError):
            self.other.with_user(self.clerk).action_hotel_reset_factors()
        with self.assertRaises(AccessError):
            self.env.ref("base.user_admin").with_user(self.chief).action_hotel_reset_factors()
        for name in ("hotel_signed_out_at", "hotel_enrol_until", "totp_secret"):
            with self.assertRaises(AccessError):
                self.clerk.with_user(self.clerk).write({name: False})

    def test_a_password_alone_opens_no_programs_door_of_a_role_that_needs_more(self):
        self.rule.factor = "mail"
        params = {"service": "common", "method": "login", "args": [self.env.cr.dbname, "clerk", PASSWORD]}
        answer = self.url_open("/jsonrpc", json={"jsonrpc": "2.0", "params": params}).json()
        uid = answer.get("result") or self.clerk.id
        args = [self.env.cr.dbname, uid, PASSWORD, "res.users", "read", [[uid], ["login"]]]
        params = {"service": "object", "method": "execute", "args": args}
        answer = self.url_open("/jsonrpc", json={"jsonrpc": "2.0", "params": params}).json()
        self.assertNotIn("result", answer)
        self.assertFalse(re.search(r'"login": "clerk"', str(answer)))
