"""Figures and evaluation of an activity from facts, compared with counting by hand."""

import base64
import io
from datetime import date, timedelta

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.hotel_crm_loyalty.tests.coupon.coupon_common import CouponCase

from ...uplift import Group, compare_shares
from ..campaign.campaign_common import CampaignMakers


@tagged("post_install", "-at_install")
class TestEvaluation(CampaignMakers, CouponCase):
    def _make_over(self, guests=60, holdout=40, **values):
        """Return an activity that is over, with guests of both sides: every third told, every tenth other booked."""
        campaign = self._make_campaign(hotel_mail_subject="x", hotel_cost=100.0, **values)
        campaign.hotel_told_at = "2026-05-10 08:00:00"
        members = self.env["hotel.campaign.member"]
        for number in range(guests + holdout):
            is_holdout = number >= guests
            guest = self._make_guest(f"Guest {number}")
            members |= members.create(
                {
                    "campaign_id": campaign.id,
                    "company_id": campaign.hotel_company_id.id,
                    "partner_id": guest.id,
                    "is_holdout": is_holdout,
                }
            )
            if number % (10 if is_holdout else 3) == 0:
                stay = {"booked_at": "2026-05-12 10:00:00", "room_type_id": self.room_type.id}
                self._make_stay(guest, arrival=date(2026, 6, 1) + timedelta(days=number), nights=2, **stay)
        campaign.hotel_state = "ended"
        return campaign

    @freeze_time("2026-05-20 12:00:00")
    def test_the_evaluation_is_what_counting_by_hand_gives(self):
        campaign = self._make_over()
        early = campaign.hotel_member_ids.filtered(lambda member: not member.is_holdout)[1].partner_id
        self._make_stay(early, arrival=date(2026, 7, 1), booked_at="2026-05-01 10:00:00")  # before it was told
        action = campaign.with_user(self._make_user("marketing")).action_hotel_evaluate()
        found = self.env["hotel.campaign.evaluation"].browse(action["res_id"])
        self.assertEqual(campaign.hotel_state, "evaluated")
        self.assertEqual((found.told_count, found.told_booked), (60, 20))
        self.assertEqual((found.control_count, found.control_booked), (40, 4))
        interval = compare_shares(Group(20, 60), Group(4, 40))
        self.assertAlmostEqual(found.uplift, 100 * interval.difference, 1)
        self.assertAlmostEqual(found.uplift_low, 100 * interval.low, 1)
        self.assertTrue(found.is_clear)
        # 20 of 60 booked for 200, 4 of 40 for 200: 46.67 a guest more
        self.assertAlmostEqual(found.spend_uplift, 20 * 200 / 60 - 4 * 200 / 40, 1)
        self.assertAlmostEqual(found.extra_revenue, 60 * found.spend_uplift, 0)
        self.assertAlmostEqual(found.return_on_cost, found.extra_revenue - 100, 0)

    @freeze_time("2026-05-20 12:00:00")
    def test_the_report_is_a_spreadsheet_and_a_page(self):
        found = self.env["hotel.campaign.evaluation"]._evaluate(self._make_over(10, 5))
        marketer = self._make_user("marketing")
        action = found.with_user(marketer).action_download()
        file = self.env["ir.attachment"].browse(int(action["url"].split("/")[-1].split("?")[0]))
        sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(file.datas))).active
        self.assertIn("Control Group", [row[0] for row in sheet.iter_rows(values_only=True)])
        page, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "hotel_crm_marketing.campaign_evaluation", found.ids
        )
        self.assertIn("Control Group", page.decode())
        with self.assertRaises(AccessError):
            found.with_user(self._make_user("front_office")).action_download()

    def test_an_activity_that_is_not_over_is_not_evaluated(self):
        with self.assertRaises(UserError):
            self._make_campaign().action_hotel_evaluate()

    def test_bookings_with_a_coupon_or_by_a_link_are_counted(self):
        campaign = self._make_campaign(hotel_program_id=self.coupons.id)
        signup = campaign._sign_up(self.guest)
        booking = self._make_held()
        self.assertEqual(booking._apply_code(signup.card_id.code), "")
        linked = self._make_held(guest=self.other_guest)
        linked.folio_ids.campaign_id = campaign
        campaign.invalidate_recordset()
        self.assertEqual((campaign.hotel_given_count, campaign.hotel_used_count), (1, 1))
        self.assertEqual(campaign.hotel_booking_count, 2)
        self.assertEqual(campaign.hotel_night_count, sum((booking | linked).stay_ids.mapped("nights")))
        self.assertGreater(campaign.hotel_revenue, 0)
        self.assertGreater(campaign.hotel_discount, 0)
        self.assertEqual(campaign.hotel_signup_count, 1)
