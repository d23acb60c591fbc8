"""Whom the job asks, when, and how often."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .survey_common import SurveyCase


@tagged("post_install", "-at_install")
class TestSending(SurveyCase):
    def test_a_guest_is_asked_once_after_the_stay(self):
        guest = self._make_surveyed()
        stay = self._make_departed(guest)
        self._run_job()
        link = self._get_links()
        self.assertEqual((link.partner_id, link.hotel_stay_id), (guest, stay))
        message = self._get_messages(guest)
        self.assertEqual((message.state, message.channel), ("queued", "email"))
        self._run_job()
        self.assertEqual(len(self._get_links()), 1)
        self.assertEqual(len(self._get_messages(guest)), 1)

    def test_the_message_carries_the_guests_own_link(self):
        guest = self._make_surveyed()
        self._make_departed(guest)
        self._run_job()
        message = self._get_messages(guest)
        subject, body = message._render()[message]
        self.assertIn(self.hotel.name, subject)
        self.assertIn(self._get_links().access_token, body)

    def test_it_is_not_too_early_and_not_too_late(self):
        for hours in (1, 24 * 30):
            self._make_departed(self._make_surveyed(), hours=hours)
        self._run_job()
        self.assertFalse(self._get_links())

    def test_other_hotels_short_stays_and_excluded_segments_are_left_out(self):
        segment = self.env["hotel.market.segment"].create({"name": "Crew", "code": "CREW"})
        self.rule.write({"min_nights": 2, "market_segment_ids": segment.ids})
        self._make_departed(self._make_surveyed(), nights=1)
        self._make_departed(self._make_surveyed(), market_segment_id=segment.id)
        self._make_departed(self._make_surveyed(), hotel=self._make_property())
        self._run_job()
        self.assertFalse(self._get_links())

    def test_nobody_is_asked_twice_within_the_throttle(self):
        guest = self._make_surveyed()
        self._make_departed(guest)
        self._make_departed(guest, hours=20)
        self._run_job()
        self._run_job()
        self.assertEqual(len(self._get_links()), 1)
        self._get_links().hotel_invited_at = fields.Datetime.now() - timedelta(days=91)
        self._run_job()
        self.assertEqual(len(self._get_links()), 2, "by then they may be asked again")

    def test_guests_with_an_open_case_are_left_alone(self):
        guest, other = self._make_surveyed(), self._make_surveyed()
        case = self._make_case(partner_id=guest.id)
        for one in (guest, other):
            self._make_departed(one)
        self._run_job(batch=1)
        self.assertEqual(self._get_links().partner_id, other)
        case.sudo().state = "closed"
        self._run_job(batch=1)
        self.assertEqual(self._get_links().partner_id, guest | other)

    def test_the_gate_refuses_whom_it_must(self):
        guest = self._make_surveyed()
        guest.hotel_record_consent("survey", "any", "withdrawn")
        self._make_departed(guest)
        self._run_job()
        self.assertEqual(self._get_messages(guest).state, "refused")

    def test_the_pulse_is_taken_on_the_second_day_of_three_nights(self):
        self.rule.write({"occasion": "in_stay", "min_nights": 3, "within_days": 1, "stay_day": 2})
        today = self.hotel.business_date
        room_type = {"room_type_id": self.room_type.id, "source_system": "test", "state": "in_house"}
        due = self._make_stay(self._make_surveyed(), arrival=today - timedelta(days=1), nights=3, **room_type)
        for days, nights in ((0, 3), (1, 2), (2, 3), (3, 3)):
            self._make_stay(self._make_surveyed(), arrival=today - timedelta(days=days), nights=nights, **room_type)
        self._run_job()
        self.assertEqual(self._get_links().hotel_stay_id, due)

    def test_a_guest_is_reminded_once(self):
        guest = self._make_surveyed()
        self._make_departed(guest)
        self._run_job()
        self._get_links().hotel_invited_at = fields.Datetime.now() - timedelta(days=4)
        self._run_job()
        self._run_job()
        keys = " ".join(self._get_messages(guest).mapped("dedupe_key"))
        self.assertEqual((keys.count("/invite"), keys.count("/remind")), (1, 1))

    def test_who_has_answered_is_not_reminded(self):
        guest = self._make_surveyed()
        self._make_departed(guest)
        self._run_job()
        link = self._get_links()
        self._answer(link, nps=9, overall=5)
        link.hotel_invited_at = fields.Datetime.now() - timedelta(days=4)
        self._run_job()
        self.assertEqual(len(self._get_messages(guest)), 1)
        self.assertTrue(link._is_hotel_message_outdated(self._get_messages(guest)))

    def test_check_out_wakes_the_job(self):
        cron = self.env.ref("hotel_crm_service.hotel_survey_cron_send")
        self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
        stay = self._make_stay(self._make_surveyed(), source_system="test", state="in_house")
        self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
        stay.state = "departed"
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]))

    def test_the_text_is_in_the_guests_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        guest = self._make_surveyed("王伟", lang="zh_CN")
        self._make_departed(guest)
        self._run_job()
        self.assertEqual(self._get_links().lang_id.code, "zh_CN")
