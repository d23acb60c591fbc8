"""Why a guest got nothing of an activity: each reason is said."""

from odoo.tests import tagged

from ..care.care_common import CareCase
from .sending_common import SendingMakers


@tagged("post_install", "-at_install")
class TestWhyNothing(SendingMakers, CareCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_readers(2)
        cls.clerk = cls._make_user("front_office")

    def _ask_why(self, guest, user=None, **values):
        wizard = self.env["hotel.care.why"].with_user(user or self.clerk).create({"partner_id": guest.id, **values})
        return str(wizard.answer)

    def test_each_reason_of_an_activity_is_said(self):
        campaign = self._make_campaign(hotel_mail_subject="x", hotel_segment_ids=[(6, 0, self.segment.ids)])
        reader, other = self.readers
        self.assertIn("not told yet", self._ask_why(reader))
        other.hotel_record_consent("offer", "any", "withdrawn")
        campaign.action_hotel_tell()
        self.assertIn("being drawn", self._ask_why(reader))
        self._tell()
        self.assertIn("waits until", self._ask_why(reader, campaign_id=campaign.id))
        self.assertIn("has not agreed", self._ask_why(other, campaign_id=campaign.id))
        self._deliver()
        self.assertIn("The message left on", self._ask_why(reader))
        stranger = self._make_friend("Somebody")
        self.assertIn("in no segment", self._ask_why(stranger))
        late = self._make_friend("Reader late")
        self.assertIn("after it was drawn", self._ask_why(late))
        campaign.hotel_member_ids[:1].write({"is_holdout": True})
        self.assertIn("control group", self._ask_why(campaign.hotel_member_ids[:1].partner_id))
        campaign.action_hotel_stop()
        self.assertIn("Telling was stopped", self._ask_why(reader))

    def test_other_messages_that_did_not_leave_are_listed(self):
        self._ask(self.readers[0], purpose="survey", key="pulse", channel="sms")
        self.readers[0].hotel_record_consent("offer", "any", "withdrawn")
        self._ask(self.readers[0], key="by hand")
        self.assertIn("Messages That Did Not Leave", self._ask_why(self.readers[0]))
        self.assertNotIn("Messages That Did Not Leave", self._ask_why(self.readers[1]))

    def test_a_stranger_of_another_company_learns_nothing(self):
        campaign = self._make_told()
        self._tell()
        stranger = self._make_user("front_office", self.other_hotel)
        self.assertNotIn(campaign.title, self._ask_why(self.readers[0], stranger))
