import doctest
import logging
import re
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.http import root
from odoo.tests import HttpCase, tagged

from odoo.addons.hotel_crm_base import log_names, password_rules
from odoo.addons.hotel_crm_base.tests.common import HotelMakers

PASSWORD = "lantern-rice-42"


class SignInCase(HotelMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.clerk = cls._make_user("front_office", login="clerk", email="clerk@jadelake.example", password=PASSWORD)
        cls.other = cls._make_user("front_office", login="other", email="other@jadelake.example", password=PASSWORD)
        cls.chief = cls._make_user("admin", login="chief", email="chief@jadelake.example", password=PASSWORD)
        cls.env.ref("base.user_admin").partner_id.email = "admin@jadelake.example"
        cls.rule = cls.env.ref("hotel_crm_base.hotel_sign_in_rule_front_office")

    def _sign_in(self, login="clerk", password=PASSWORD):
        """Sign in as a browser does; return the page that comes then."""
        self.authenticate(None, None)
        # sessions of tests leave no device otherwise
        self.session["_trace_disable"] = False
        root.session_store.save(self.session)
        page = html.fromstring(self.url_open("/web/login").text)
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        return self.url_open("/web/login", data={"login": login, "password": password, "csrf_token": token})

    def _get_results(self, user=None):
        domain = [("user_id", "=", user.id if user else False)]
        return self.env["hotel.sign.in"].search(domain, order="id").mapped("result")

    def _send_code(self):
        """Have the code mailed and return it."""
        old = self.env["mail.mail"].search([])
        page = html.fromstring(self.url_open("/web/login/totp").text)
        mail = (self.env["mail.mail"].search([]) - old)[:1]
        code = re.search(r"\b(\d{6})\b", html.fromstring(mail.body_html).text_content())
        return page.xpath("//input[@name='csrf_token']/@value")[0], code


@tagged("post_install", "-at_install")
class TestSignIn(SignInCase):
    def test_who_signed_in_and_who_tried_is_written_down(self):
        with self.assertLogs("odoo.addons.base.models.res_users", logging.INFO) as log:
            self.assertIn("/odoo", self._sign_in().url)
            self.assertIn("Wrong login/password", self._sign_in(password="my-secret-typo").text)
            self._sign_in(login="secret-typed-as-login")
        self.assertEqual(len([line for line in log.output if "for login:*** from 127.0.0.1" in line]), 3)
        self.assertNotIn("secret", str(log.output))
        self.assertEqual(self._get_results(self.clerk), ["done", "refused"])
        self.assertEqual(self._get_results(), ["refused"])
        entry = self.env["hotel.sign.in"].search([("user_id", "=", self.clerk.id)], limit=1)
        self.assertEqual((entry.address, entry.method), ("127.0.0.1", "other"))
        self.env.cr.execute("SELECT string_agg(row_to_json(s)::text, '') FROM hotel_sign_in s")
        self.assertNotIn("secret", self.env.cr.fetchone()[0])

    def test_five_failures_lock_this_login_from_here_and_nobody_else(self):
        for _time in range(5):
            self._sign_in(password="wrong")
        answer = self._sign_in()
        self.assertIn("Too many failed sign-ins", answer.text)
        self.assertEqual(self._get_results(self.clerk), ["refused"] * 4 + ["locked"])
        self.assertIn("/odoo", self._sign_in("other").url)
        # the same count for all processes: it lies in the database
        self.env.cr.execute("UPDATE hotel_rate_limit SET started_at = started_at - interval '1 hour'")
        self.assertIn("/odoo", self._sign_in().url)

    def test_a_login_that_is_tried_from_everywhere_is_open_to_places_it_knows(self):
        limits = self.env["hotel.rate.limit"]
        for _time in range(31):
            limits._spend("sign_in_login", "clerk")
        self.assertIn("Too many failed sign-ins", self._sign_in().text)
        entry = {"user_id": self.clerk.id, "address": "127.0.0.1", "method": "password", "result": "done"}
        self.env["hotel.sign.in"].create({**entry, "tried_at": fields.Datetime.now()})
        self.assertIn("/odoo", self._sign_in().url)

    def test_somebody_whose_login_is_tried_from_everywhere_gets_a_mail(self):
        limits = self.env["hotel.rate.limit"]
        for _time in range(29):
            limits._spend("sign_in_login", "clerk")
        self._sign_in(password="wrong")
        mail = self.env["mail.mail"].search([("subject", "ilike", "failed sign-ins")])
        self.assertIn("clerk@jadelake.example", f"{mail.email_to} {mail.recipient_ids.mapped('email')}")

    def test_counting_changes_nothing_where_only_the_wait_is_asked(self):
        limits = self.env["hotel.rate.limit"]
        for _time in range(5):
            self.assertEqual(limits._get_wait("sign_in", "a", "b"), 0)
            limits._spend("sign_in", "a", "b")
        self.assertTrue(0 < limits._get_wait("sign_in", "a", "b") <= 900)
        self.assertEqual(limits._get_wait("sign_in", "c", "b"), 0)

    def test_old_entries_go(self):
        entry = {"user_id": self.clerk.id, "method": "password", "result": "done"}
        old, new = self.env["hotel.sign.in"].create(
            [{**entry, "tried_at": fields.Datetime.now() - timedelta(days=days)} for days in (181, 179)]
        )
        self.env["hotel.sign.in"]._gc_old()
        self.assertEqual((old | new).exists(), new)


@tagged("post_install", "-at_install")
class TestSecondFactor(SignInCase):
    def test_a_role_that_needs_a_code_gets_it_by_mail(self):
        self.rule.factor = "mail"
        self.assertIn("/web/login/totp", self._sign_in().url)
        self.assertEqual(self._get_results(self.clerk), ["half"])
        token, code = self._send_code()
        answer = self.url_open("/web/login/totp", data={"totp_token": code[1], "csrf_token": token})
        self.assertIn("/odoo", answer.url)
        self.assertEqual(self._get_results(self.clerk), ["half", "done"])
        self.assertEqual(self.env["hotel.sign.in"].search([], limit=1).method, "totp_mail")
        # who has the role by a higher one, too
        self.assertIn("/web/login/totp", self._sign_in("chief").url)

    def test_a_wrong_code_is_refused_and_counted(self):
        self.rule.factor = "mail"
        self._sign_in()
        token, code = self._send_code()
        wrong = f"{(int(code[1]) + 1) % 1000000:06}"
        answer = self.url_open("/web/login/totp", data={"totp_token": wrong, "csrf_token": token})
        self.assertIn("/web/login/totp", answer.url)
        self.assertEqual(self._get_results(self.clerk), ["half", "refused"])

    def test_an_app_or_a_passkey_is_asked_for_when_the_days_to_set_it_up_are_over(self):
        self.rule.write({"factor": "strong", "grace_days": 0})
        self.rule.strong_since = fields.Date.today() - timedelta(days=30)
        # the field tells when the account was made
        long_ago = "UPDATE res_users SET create_date = now() - interval '60 days' WHERE id = %s"
        self.env.cr.execute(long_ago, [self.clerk.id])
        self.env.invalidate_all()
        self._sign_in()
        token, code = self._send_code()
        answer = self.url_open("/web/login/totp", data={"totp_token": code[1], "csrf_token": token})
        self.assertIn("authenticator app or a passkey", answer.text)
        self.assertIn("/web/login/totp", answer.url)
        self.clerk.with_user(self.chief).action_hotel_more_days()
        answer = self.url_open("/web/login/totp", data={"totp_token": code[1], "csrf_token": token})
        self.assertIn("/odoo", answer.url)

    def test_the_strictest_rule_of_several_roles_counts(self):
        rules = self.env["hotel.sign.in.rule"]
        both = self._make_user("front_office+identity", email="both@jadelake.example")
        self.assertFalse(rules._get_strictest(both))
        self.rule.factor = "mail"
        self.env.ref("hotel_crm_base.hotel_sign_in_rule_identity").write({"factor": "strong"})
        self.assertEqual(rules._get_strictest(both).factor, "strong")
        self.assertEqual(rules._get_strictest(self.clerk).factor, "mail")
        self.assertEqual(self.clerk.with_user(self.clerk)._mfa_type(), "totp_mail")
        self.assertTrue(self.clerk._rpc_api_keys_only())

    def test_a_rule_does_not_lock_out_who_has_no_address(self):
        self.other.partner_id.email = False
        with self.assertRaisesRegex(ValidationError, "1 users of Front Office"):
            self.rule.factor = "mail"

    def test_an_administrator_sees_who_has_no_strong_factor(self):
        rule = self.rule.with_user(self.chief)
        self.assertEqual(rule.user_count, rule.weak_count)
        self.assertIn(self.clerk, self.env["res.users"].search(rule.action_show_weak()["domain"]))

    def test_how_staff_sign_in(self):
        boss = self._make_user("manager", email="boss@example.com")
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("auth_password_policy.minlength", "6")
        self.env.cr.execute("UPDATE res_users SET create_date = now() - interval '100 days' WHERE id = %s", [boss.id])
        self.env.invalidate_all()
        health = self.env["hotel.health"]
        before = {finding.code: finding.values for finding in health._find_weak_sign_in()}
        self.assertEqual(before["short_passwords"], {"count": "6"})
        self.assertGreaterEqual(before["idle_accounts"]["count"], 1)
        self.env.ref("hotel_crm_base.hotel_sign_in_rule_manager").factor = "mail"
        parameters.set_param("auth_password_policy.minlength", "12")
        boss.with_user(boss)._update_last_login()
        self.env.flush_all()
        after = {finding.code: finding.values for finding in health._find_weak_sign_in()}
        self.assertNotIn("short_passwords", after)
        one_less = before["idle_accounts"]["count"] - 1
        self.assertEqual(after.get("idle_accounts", {"count": 0})["count"], one_less)
        fewer = after.get("no_second_factor", {"count": 0})["count"]
        self.assertLess(fewer, before["no_second_factor"]["count"])


@tagged("post_install", "-at_install")
class TestSessions(SignInCase):
    def test_an_administrator_ends_the_sessions_of_a_user(self):
        self._sign_in()
        self.assertIn("/odoo", self.url_open("/odoo").url)
        session = self.env["hotel.session"].with_user(self.chief).search([("user_id", "=", self.clerk.id)])
        self.assertEqual((len(session), session.address), (1, "127.0.0.1"))
        self.clerk.with_user(self.chief).action_hotel_sign_out()
        self.assertFalse(self.env["hotel.session"].search([("user_id", "=", self.clerk.id)]))
        self.assertIn("/web/login", self.url_open("/odoo").url)

    def test_one_session_is_ended(self):
        self._sign_in()
        self.url_open("/odoo")
        self.env["hotel.session"].with_user(self.chief).search([("user_id", "=", self.clerk.id)]).action_end()
        self.assertIn("/web/login", self.url_open("/odoo").url)

    def test_nobody_else_ends_a_session_or_gives_days(self):
        other = self.other.with_user(self.clerk)
        for call in (other.action_hotel_sign_out, other.action_hotel_more_days):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            self.env["hotel.session"].with_user(self.clerk).search([])
        # an administrator of the hotel is not one of Odoo
        with self.assertRaises(AccessError):
            self.env.ref("base.user_admin").with_user(self.chief).action_hotel_sign_out()


@tagged("post_install", "-at_install")
class TestPasswords(SignInCase):
    def _change(self, password):
        """Change one's own password as the web client does; return the answer."""
        self.authenticate("clerk", PASSWORD)
        params = {"model": "res.users", "method": "change_password", "args": [PASSWORD, password], "kwargs": {}}
        return self.url_open("/web/dataset/call_kw/res.users/change_password", json={"params": params}).text

    def test_easy_passwords_are_refused_in_words(self):
        self.env["ir.config_parameter"].set_param("auth_password_policy.minlength", "10")
        for password, words in (
            ("clerk-of-hotel-1", "your name"),
            ("aaaabbbbaaaa", "different characters"),
            ("1234567890ab", "in a row"),
            ("passw0rd-2026", "everybody tries first"),
            ("short-7", "at least 10"),
        ):
            with self.subTest(password=password):
                answer = self._change(password)
                self.assertIn(words, answer)
                self.assertNotIn(password, answer)
        self.assertNotIn("error", self._change("tea house by the lake"))

    def test_without_a_least_length_odoos_own_rules_hold(self):
        self.env["ir.config_parameter"].set_param("auth_password_policy.minlength", "0")
        self.assertNotIn("error", self._change("clerk"))

    def test_the_examples_of_the_rules_hold(self):
        for module in (log_names, password_rules):
            self.assertFalse(doctest.testmod(module).failed)
