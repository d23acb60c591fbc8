"""Telling an audience: through the gate, by Odoo's mailings, stopped by a button, each guest once."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.hotel_crm_loyalty.tests.coupon.coupon_common import CouponMakers

from ..care.care_common import CareCase
from .sending_common import SendingMakers


@tagged("post_install", "-at_install")
class TestSending(CouponMakers, SendingMakers, CareCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_readers()

    def test_an_audience_is_told_with_a_coupon_and_the_traces_say_who_read_it(self):
        campaign = self._make_told(hotel_kind="coupon", hotel_program_id=self._make_coupons().id)
        self._tell()
        mails = self._deliver()
        self.assertEqual(len(mails), 6)
        self.assertEqual({mail["Subject"] for mail in mails}, {"Spring in the garden"})
        codes = campaign.hotel_member_ids.card_id.mapped("code")
        self.assertEqual(len(codes), 6)
        texts = [self._get_text(mail) for mail in mails]
        self.assertTrue(all(any(code in text for code in codes) for text in texts))
        self.assertIn("/r/", texts[0])
        self.assertIn("unsubscribe", texts[0])
        self.assertNotIn("t-out", texts[0])
        messages = campaign.hotel_member_ids.message_id
        self.assertEqual(set(messages.mapped("state")), {"sent"})
        trace = self.env["mailing.trace"].search([("campaign_id", "=", campaign.id)], limit=1)
        trace.set_opened()
        trace.set_clicked()
        campaign.invalidate_recordset()
        figures = ("reached", "delivered", "opened", "clicked", "given", "used")
        self.assertEqual([campaign[f"hotel_{name}_count"] for name in figures], [6, 6, 1, 1, 6, 0])

    def test_coupons_are_told_by_sms(self):
        coupons = self._make_coupons()
        campaign = self._make_told(
            hotel_kind="coupon",
            hotel_program_id=coupons.id,
            hotel_channel_order="sms",
            hotel_sms_text="Ten off in spring",
        )
        self._tell()
        self._run_job()
        texts = self.env["sms.sms"].search([("mailing_id.campaign_id", "=", campaign.id)]).mapped("body")
        self.assertEqual(len(texts), 6)
        for card in campaign.hotel_member_ids.card_id:
            self.assertEqual(len([text for text in texts if card.code in text and "Ten off" in text]), 1)

    def test_who_has_not_agreed_is_refused_and_why_is_kept(self):
        for guest, state in zip(self.readers[:2], ("offer", "greeting"), strict=True):
            guest.hotel_record_consent(state, "any", "withdrawn")
        campaign = self._make_told()
        self._tell()
        refused = campaign.hotel_member_ids.filtered(lambda member: member.state == "refused")
        self.assertEqual(refused.partner_id, self.readers[0])
        self.assertIn("agreed", refused.reason)
        self.assertEqual(len(self._deliver()), 5)

    def test_the_control_group_is_drawn_by_lot_and_hears_nothing(self):
        guests = self.env["res.partner"].create(
            [{"name": f"Reader more {number}", "is_hotel_guest": True} for number in range(400)]
        )
        campaign = self._make_told(hotel_holdout_percent=25)
        held = campaign.hotel_member_ids.filtered("is_holdout")
        self.assertEqual(len(campaign.hotel_member_ids), 406)
        self.assertTrue(60 <= len(held) <= 145, len(held))
        self._tell()
        self.assertFalse(held.message_id)
        self.assertFalse(self.env["hotel.message"].search([("partner_id", "in", (held.partner_id & guests).ids)]))

    def test_of_two_subjects_the_better_one_goes_to_the_rest(self):
        for number in range(30):
            self._make_friend(f"Reader b {number}")
        campaign = self._make_told(hotel_mail_subject_b="Garden, free of charge", hotel_ab_percent=50)
        self._tell()
        self.assertEqual(campaign.hotel_send_state, "testing")
        tried = campaign.hotel_member_ids.filtered("variant")
        self.assertTrue(0 < len(tried) < 36)
        self.assertEqual(
            {mail["Subject"] for mail in self._deliver()} - {"Spring in the garden"}, {"Garden, free of charge"}
        )
        for member in tried.filtered(lambda member: member.variant == "b"):
            self.env["mailing.trace"].search([("model", "=", member._name), ("res_id", "=", member.id)]).set_opened()
        campaign.action_hotel_pick()
        self.assertEqual(campaign.hotel_winner, "b")
        self._tell()
        mails = self._deliver()
        self.assertEqual((len(tried) + len(mails), campaign.hotel_send_state), (36, "done"))
        self.assertEqual({mail["Subject"] for mail in mails}, {"Garden, free of charge"})

    def test_the_number_of_queries_does_not_grow_with_the_audience(self):
        counts = []
        for number in (5, 40):
            for each in range(number):
                self._make_friend(f"Reader {number} {each}")
            campaign = self._make_told()
            members = campaign._take_hotel_members(500)
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            campaign._tell_hotel_members(members)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 2, counts)

    def test_only_marketing_tells_and_only_what_is_published(self):
        with self.assertRaises(UserError):
            self._make_campaign("planned", hotel_mail_subject="x").action_hotel_tell()
        campaign = self._make_campaign(hotel_mail_subject="x")
        for role in ("front_office", "finance+approver"):
            with self.subTest(role), self.assertRaises(AccessError):
                campaign.with_user(self._make_user(role)).action_hotel_tell()
        campaign.with_user(self._make_user("marketing")).action_hotel_tell()
        self.assertEqual(campaign.hotel_send_state, "drawing")

    def test_offers_for_members_go_to_members(self):
        program = self.env["loyalty.program"].search([("hotel_managed", "=", True)], limit=1)
        card = program._hotel_join(self.readers[0])
        campaign = self._make_told(hotel_is_members_only=True)
        self.assertEqual(campaign.hotel_member_ids.partner_id, self.readers[0])
        other = program.hotel_tier_ids - card.hotel_tier_id
        tiers = self._make_told(hotel_tier_ids=[(6, 0, other.ids)])
        self.assertFalse(tiers.hotel_member_ids)
