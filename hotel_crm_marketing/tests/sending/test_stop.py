"""The stop button: what has not left does not leave; later the rest is told, and nobody twice."""

from odoo.tests import freeze_time, tagged

from ..care.care_common import CareCase
from .sending_common import SendingMakers


@tagged("post_install", "-at_install")
class TestStop(SendingMakers, CareCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_readers()

    def test_stopped_before_the_job_nobody_is_told_until_it_goes_on(self):
        campaign = self._make_told()
        self._tell()
        campaign.action_hotel_stop()
        self.assertFalse(self._deliver())
        self.assertEqual(set(campaign.hotel_member_ids.message_id.mapped("reason_code")), {"outdated"})
        campaign.action_hotel_tell()
        self._tell()
        mails = self._deliver()
        self.assertEqual(len({mail["To"] for mail in mails}), 6)
        self.assertEqual(len(mails), 6)

    def test_what_lies_in_the_queue_of_e_mails_is_stopped_too(self):
        campaign = self._make_told()
        self._tell()
        self._run_job()
        messages = campaign.hotel_member_ids.message_id
        self.assertEqual(set(messages.mapped("state")), {"sending"})
        campaign.action_hotel_stop()
        self.assertEqual(set(messages.mail_id.mapped("state")), {"cancel"})
        self.assertFalse(self._deliver())
        campaign.action_hotel_tell()
        self._tell()
        mails = self._deliver()
        self.assertEqual(len({mail["To"] for mail in mails}), 6)
        self.assertEqual((len(mails), set(messages.mapped("state"))), (6, {"sent"}))
        campaign.invalidate_recordset()
        self.assertEqual(campaign.hotel_delivered_count, 6)

    def test_stopped_in_the_middle_the_rest_is_told_later_and_nobody_twice(self):
        campaign = self._make_told()
        campaign._tell_hotel_members(campaign._take_hotel_members(2))
        first = self._deliver()
        campaign.action_hotel_stop()
        self._tell(2)
        self.assertEqual(campaign.hotel_waiting_count, 4)
        campaign.action_hotel_tell()
        self._tell(2)
        mails = self._deliver()
        self.assertEqual((len(first), len(mails), campaign.hotel_send_state), (2, 4, "done"))
        self.assertEqual(len({mail["To"] for mail in [*first, *mails]}), 6)
        self.assertEqual(campaign.hotel_progress, 100.0)

    def test_stopped_while_the_audience_is_drawn(self):
        campaign = self._make_campaign(hotel_mail_subject="x", hotel_segment_ids=[(6, 0, self.segment.ids)])
        campaign.action_hotel_tell()
        campaign.action_hotel_stop()
        self._tell()
        self.assertFalse(campaign.hotel_member_ids)
        campaign.action_hotel_tell()
        self._tell()
        self.assertEqual((len(campaign.hotel_member_ids), campaign.hotel_send_state), (6, "done"))

    def test_what_goes_on_at_night_waits_for_the_morning(self):
        campaign = self._make_told()
        self._tell()
        self._run_job()
        campaign.action_hotel_stop()
        with freeze_time("2026-05-11 23:30:00"):
            campaign.action_hotel_tell()
            self._tell()
            messages = campaign.hotel_member_ids.message_id
            self.assertEqual(set(messages.mapped("state")), {"queued"})
            self.assertTrue(all(f"{message.due_at}" > "2026-05-12 05" for message in messages))
