"""The job on two connections at the same instant: nobody is asked twice, and nothing breaks."""

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase

from .survey_common import SurveyMakers


@tagged("post_install", "-at_install")
class TestSendingAtOnce(SurveyMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._make_rule()
        for number in range(3):
            cls._make_departed(cls._make_surveyed(f"Guest {number}"))
        cls.cr.commit()

    def _send(self, env):
        return env["hotel.survey.rule"].browse(self.rule.id)._send_invitations(10)

    def test_two_jobs_at_once_ask_each_guest_once(self):
        first, second = self._overlap(self._send, self._send)
        self.assertEqual((first, second), (3, 0))
        self._check_asked()
        # a third one began to read before the first committed, and went on after
        self._make_departed(self._make_surveyed("Guest 3"))
        self.cr.commit()

        def read_then_send(env):
            env.cr.execute("SELECT 1 FROM hotel_stay LIMIT 1")
            with self._connect() as other:
                self.assertEqual(self._send(other), 1)
                other.cr.commit()
            return self._send(env)

        with self._connect() as env:
            self.assertEqual(read_then_send(env), 0)
            env.cr.commit()
        self._check_asked(4)

    def _check_asked(self, guests=3):
        self.cr.rollback()
        self.env.invalidate_all()
        links = self.env["survey.user_input"].search([("hotel_rule_id", "=", self.rule.id)])
        asked = [("purpose", "=", "survey"), ("partner_id", "in", links.partner_id.ids)]
        messages = self.env["hotel.message"].search(asked)
        self.assertEqual((len(links), len(links.partner_id), len(messages)), (guests, guests, guests))
