"""Plan, approval by somebody else, publication, and what follows by the calendar."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..care.care_common import CareCase
from .campaign_common import CampaignMakers


@tagged("post_install", "-at_install")
class TestCampaignPlan(CampaignMakers, CareCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = cls._make_user("marketing")
        cls.approver = cls._make_user("finance+approver")

    def _plan(self, **values):
        campaigns = self.env["utm.campaign"].with_user(self.planner)
        return campaigns.create(
            {
                "title": "Spring in the harbour",
                "hotel_kind": "offer",
                "hotel_summary": "Two nights for one",
                "hotel_start_date": date(2026, 5, 20),
                "hotel_end_date": date(2026, 5, 30),
                **values,
            }
        )

    def test_from_the_plan_to_the_end(self):
        campaign = self._plan()
        with self.assertRaises(UserError):
            campaign.action_hotel_publish()
        campaign.action_hotel_request()
        campaign.with_user(self.approver).action_hotel_approve()
        campaign.action_hotel_publish()
        self.assertEqual(campaign.hotel_state, "published")
        with freeze_time("2026-05-20 12:00:00"):
            self.env["utm.campaign"]._cron_hotel_turn()
        self.assertEqual(campaign.hotel_state, "running")
        with freeze_time("2026-05-31 12:00:00"):
            self.env["utm.campaign"]._cron_hotel_turn()
        self.assertEqual(campaign.hotel_state, "ended")

    def test_nobody_approves_the_own_plan(self):
        campaign = self._plan()
        campaign.action_hotel_request()
        both = self._make_user("marketing+approver")
        own = (
            self.env["utm.campaign"]
            .with_user(both)
            .create(
                {
                    "title": "Mine",
                    "hotel_kind": "offer",
                    "hotel_summary": "x",
                    "hotel_start_date": date(2026, 5, 20),
                    "hotel_end_date": date(2026, 5, 30),
                }
            )
        )
        own.action_hotel_request()
        for plan, user in ((campaign, self.planner), (own, both), (campaign, self._make_user("manager"))):
            with self.subTest(user.login), self.assertRaises(AccessError):
                plan.with_user(user).action_hotel_approve()
        campaign.with_user(both).action_hotel_approve()

    def test_what_was_approved_is_approved_anew_when_it_changes(self):
        campaign = self._plan()
        campaign.action_hotel_request()
        campaign.with_user(self.approver).action_hotel_approve()
        campaign.hotel_budget = 5000
        self.assertFalse(campaign.hotel_approved_by_id)
        campaign.hotel_description = "<p>Words change nothing</p>"

    def test_states_and_approvals_are_not_written_by_hand(self):
        forgeries = {"hotel_state": "running", "hotel_send_state": "done", "hotel_winner": "b", "hotel_taken": 0}
        forgeries |= {"hotel_draw_seed": "mine", "hotel_draw_commitment": "mine", "hotel_drawn_at": False}
        campaign = self._plan()
        for name, value in forgeries.items():
            with self.subTest(name), self.assertRaises(AccessError):
                campaign.write({name: value})
        forged = self._plan(hotel_state="running", hotel_approved_by_id=self.planner.id)
        self.assertEqual((forged.hotel_state, forged.hotel_approved_by_id.id), ("planned", False))

    def test_what_guests_rely_on_does_not_change_after_the_publication(self):
        campaign = self._make_campaign().with_user(self.planner)
        with self.assertRaises(UserError):
            campaign.hotel_end_date = date(2026, 5, 12)
        campaign.action_hotel_take_back()
        campaign.hotel_end_date = date(2026, 5, 12)
        self.assertEqual(campaign.hotel_state, "planned")

    def test_others_than_marketing_leave_activities_alone(self):
        campaign = self._make_campaign()
        for role in ("front_office", "finance", "housekeeping"):
            user = self._make_user(role)
            with self.subTest(role), self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                campaign.with_user(user).write({"title": "Mine"})
            with self.assertRaises(AccessError):
                campaign.with_user(user).action_hotel_end()

    def test_a_stranger_of_another_company_sees_nothing(self):
        campaign = self._make_campaign()
        stranger = self._make_user("marketing", self.other_hotel)
        self.assertFalse(self.env["utm.campaign"].with_user(stranger).search([("id", "=", campaign.id)]))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            campaign.with_user(stranger).action_hotel_end()

    def test_plans_that_make_no_sense_are_refused(self):
        for values in (
            {"hotel_start_date": date(2026, 6, 1)},
            {"hotel_guest_limit": 0},
            {"hotel_property_ids": [(6, 0, self.other_hotel.ids)]},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self._plan(**values)
