"""Administrators see the health of the hotel and are told; monitors ask with a token; nobody else learns anything."""

import json
import re

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ...models.operation.health_parts import AREAS
from ..common import HotelMakers


@tagged("post_install", "-at_install")
class TestHealthPage(HotelMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls._make_hotels()
        cls.checks = cls.env["hotel.health.check"]
        cls.administrator = cls._make_user("admin")

    def _ask(self, token=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.url_open("/hotel/health", headers=headers)

    def _make_token(self):
        notice = self.checks.with_user(self.administrator).action_make_token()["params"]["message"]
        return notice.split()[0]

    def test_the_page_shows_each_check_with_what_to_do(self):
        self.env.cr.execute("DROP INDEX hotel_consumption_source_unique")
        page = self.checks.with_user(self.administrator)
        page.action_open()
        fast = page.search([])
        self.assertIn("disk", fast.mapped("name"))
        self.assertNotIn("indexes", fast.mapped("name"), "what takes long is for the job")
        self.checks._look(is_costly=True)
        row = page.search([("name", "=", "indexes")])
        self.assertEqual(row.level, "critical")
        self.assertIn("hotel_consumption_source_unique", row.summary)
        self.assertIn("setup/upgrade", row.advice)
        self.assertEqual(page.search([], limit=1).level, "critical", "the worst comes first")

    def test_administrators_have_one_activity_until_it_is_over(self):
        self.env.cr.execute("ALTER TABLE hotel_access_log DISABLE TRIGGER hotel_access_log_guard")
        for _twice in range(2):
            self.checks._look(areas=["structure"])._tell()
        row = self.checks.search([("name", "=", "guards")])
        self.assertEqual(row.activity_ids.user_id & self.administrator, self.administrator)
        self.assertEqual(len(row.activity_ids), len(row.activity_ids.user_id))
        self.env.cr.execute("ALTER TABLE hotel_access_log ENABLE TRIGGER hotel_access_log_guard")
        self.checks._look(areas=["structure"])._tell()
        self.assertFalse(row.activity_ids)

    def test_others_do_not_see_it(self):
        manager = self._make_user("manager")
        for action in ("action_open", "action_look_at_all", "action_make_token"):
            with self.assertRaises(AccessError):
                getattr(self.checks.with_user(manager), action)()
        with self.assertRaises(AccessError):
            self.checks.with_user(manager).search([])

    def test_a_monitor_without_the_token_learns_nothing(self):
        for token in (None, "False", "None", "guess"):
            answer = self._ask(token)
            self.assertEqual((answer.status_code, answer.json()), (401, {"status": "unauthorized"}))
        old = self._make_token()
        self.assertNotEqual(self._ask(old).status_code, 401)
        self._make_token()
        self.assertEqual(self._ask(old).status_code, 401, "a new token ends the one of before")

    def test_a_monitor_is_told_by_the_status(self):
        token = self._make_token()
        self._make_guest("Aurelia Monitorowa")
        self.checks._look()
        self.checks.search([("level", "=", "critical")]).write({"findings": [], "level": "ok", "rank": 0})
        answer = self._ask(token)
        self.assertIn(answer.status_code, (200, 503), answer.text)
        known = {check["check"]: check for check in answer.json()["checks"]}
        self.assertEqual(set(known), set(self.env["hotel.health"]._get_checks()))
        self.env.cr.execute("ALTER TABLE hotel_access_log DISABLE TRIGGER hotel_access_log_guard")
        answer = self._ask(token)
        self.assertEqual((answer.status_code, answer.json()["status"]), (503, "critical"))
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertFalse(re.search("Monitorowa|@|admin", json.dumps(answer.json())))
        self.assertIn({"code": "trigger_missing", "count": 1}, [
            finding for check in answer.json()["checks"] for finding in check["findings"]])

    def test_a_job_that_no_longer_looks_is_told(self):
        self.checks.search([]).unlink()
        report = self.checks._report()
        stale = {check["check"] for check in report["checks"] if check["findings"] == [{"code": "stale", "count": 1}]}
        self.assertEqual(stale, {
            name for name, check in self.env["hotel.health"]._get_checks().items() if check.is_costly})

    def test_every_check_and_finding_has_words(self):
        health = self.env["hotel.health"]
        for code, words in health._get_words().items():
            values = dict.fromkeys(re.findall(r"%\((\w+)\)s", f"{words.says._source} {words.todo._source}"), "x")
            says, todo = health._explain(code, values)
            self.assertTrue(says and todo and "%(" not in says + todo, code)

    def test_every_finding_is_told_in_chinese(self):
        health = self.env["hotel.health"].with_context(lang="zh_CN")
        texts = [AREAS[area] for area in AREAS] + [check.title for check in health._get_checks().values()]
        for words in health._get_words().values():
            texts += [words.says, words.todo]
        english = [text._source for text in texts if not re.search("[\u4e00-\u9fff]", health.env._(text))]
        self.assertEqual(english, [])
