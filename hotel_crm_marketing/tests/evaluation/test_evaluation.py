"""Figures and evaluation of an activity from facts, compared with counting by hand."""

import base64
import io
from datetime import date, timedelta

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from odoo.addons.hotel_crm_loyalty.tests.coupon.coupon_common import CouponCase

from ...uplift import Group, Sums, compare_means, compare_shares
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
        rows = {row[1]: row[2:] for row in sheet.iter_rows(values_only=True)}
        self.assertEqual(rows["Told"], (10, "10"))
        self.assertEqual(rows["Cost"], (100, found.currency_id.format(100)))
        self.assertEqual(rows["Share Told"], (40, "40.0 %"))
        self.assertEqual(rows[found._get_verdict()], (None, None))
        page, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "hotel_crm_marketing.campaign_evaluation", found.ids
        )
        self.assertIn("Control Group", page.decode())
        with self.assertRaises(AccessError):
            found.with_user(self._make_user("front_office")).action_download()

    def _let_answer(self, answers):
        """Let guests have answered (guest, hotel, day, satisfaction), as whoever asks them gives it to the hook."""
        rows = [(guest.id, hotel.id, f"{day} 12:00:00", score) for guest, hotel, day, score in answers]
        values = SQL(", ").join(SQL("(%s::int, %s::int, %s::timestamp, %s::float)", *row) for row in rows)
        query = SQL("SELECT * FROM (VALUES %s) AS found (partner_id, property_id, answered_at, satisfaction)", values)
        self._patch(self.env.registry["res.partner"], "_get_hotel_satisfaction_query", lambda guests: query)

    @freeze_time("2026-05-20 12:00:00")
    def test_satisfaction_of_those_who_took_part_is_compared_with_that_of_others(self):
        campaign = self._make_over(4, 2)
        campaign.hotel_state = "running"
        guests = campaign.hotel_member_ids.partner_id
        for guest in guests[:3]:
            campaign._sign_up(guest)
        campaign.hotel_signup_ids.filtered(lambda signup: signup.partner_id == guests[2]).action_cancel()
        booking = self._make_held(guest=guests[3])
        booking.folio_ids.campaign_id = campaign
        campaign.hotel_state = "ended"
        self._let_answer(
            [
                (guests[0], self.hotel, "2026-05-12", 90.0),
                (guests[1], self.hotel, "2026-05-12", 60.0),
                (guests[1], self.hotel, "2026-05-13", 80.0),  # a guest who answers twice counts once
                (guests[3], self.hotel, "2026-05-14", 95.0),
                (guests[2], self.hotel, "2026-05-14", 50.0),  # has cancelled
                (guests[4], self.hotel, "2026-05-20", 70.0),
                (guests[5], self.hotel, "2026-05-09", 1.0),  # before
                (guests[0], self.other_hotel, "2026-05-12", 1.0),  # elsewhere
            ]
        )
        found = self.env["hotel.campaign.evaluation"]._evaluate(campaign)
        self.assertEqual((found.participant_count, found.satisfaction_count, found.others_count), (3, 3, 2))
        self.assertAlmostEqual(found.satisfaction, (90 + 70 + 95) / 3, 1)
        self.assertAlmostEqual(found.others_satisfaction, 60.0, 1)
        difference = compare_means(Sums(3, 255.0, 90.0**2 + 70.0**2 + 95.0**2), Sums(2, 120.0, 50.0**2 + 70.0**2))
        self.assertAlmostEqual(found.satisfaction_low, difference.low, 1)
        self.assertAlmostEqual(found.satisfaction_high, difference.high, 1)
        self.assertIn("satisfaction_low", found._get_satisfaction_names())

    @freeze_time("2026-05-20 12:00:00")
    def test_where_nobody_is_asked_the_report_says_nothing_of_satisfaction(self):
        self._patch(self.env.registry["res.partner"], "_get_hotel_satisfaction_query", lambda guests: None)
        found = self.env["hotel.campaign.evaluation"]._evaluate(self._make_over(2, 2))
        self.assertFalse(found.is_asked)
        self.assertEqual(found._get_satisfaction_names(), ["participant_count"])

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
