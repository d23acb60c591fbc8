"""The last place goes to one, each guest has one's own only, nobody approves what changes: real connections."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase

from ...models.campaign.hotel_campaign_signup import SignupRefused
from .campaign_common import CampaignMakers


@tagged("post_install", "-at_install")
class TestCampaignPlaces(CampaignMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guests = [cls._make_guest(f"Guest {number}") for number in range(4)]
        cls.cr.commit()  # pylint: disable=invalid-commit

    def _make_open(self, **values):
        campaign = self._make_campaign(**values)
        self.cr.commit()  # pylint: disable=invalid-commit
        return campaign

    def _sign(self, campaign, guest):
        campaign_id, guest_id = campaign.id, guest.id

        def action(env):
            return env["utm.campaign"].browse(campaign_id)._sign_up(env["res.partner"].browse(guest_id)).id

        return action

    def test_the_last_place_is_won_once(self):
        campaign = self._make_open(hotel_capacity=1)
        won, lost = self._overlap(self._sign(campaign, self.guests[0]), self._sign(campaign, self.guests[1]))
        self.assertIsInstance(won, int)
        self.assertIsInstance(lost, SignupRefused)
        campaign.invalidate_recordset()
        self.assertEqual(campaign.hotel_taken, 1)

    def test_four_at_once_for_two_places(self):
        campaign = self._make_open(hotel_capacity=2)
        results = self._at_once(*(self._sign(campaign, guest) for guest in self.guests))
        self.assertEqual(len([result for result in results if isinstance(result, int)]), 2, results)
        self.assertEqual(len([result for result in results if isinstance(result, SignupRefused)]), 2, results)

    def test_one_guest_twice_at_once_has_one_place(self):
        campaign = self._make_open(hotel_capacity=5)
        results = self._overlap(self._sign(campaign, self.guests[0]), self._sign(campaign, self.guests[0]))
        self.cr.rollback()
        campaign.invalidate_recordset()
        self.assertEqual(campaign.hotel_taken, 1, results)
        self.assertEqual(len(campaign.hotel_signup_ids), 1)

    def test_what_changes_while_it_is_approved_is_not_approved(self):
        planner, approver = self._make_user("marketing"), self._make_user("finance+approver")
        campaign = self._make_campaign("planned", hotel_budget=100.0)
        campaign.with_user(planner).action_hotel_request()
        self.cr.commit()  # pylint: disable=invalid-commit
        campaign_id, planner_id, approver_id = campaign.id, planner.id, approver.id

        def change(env):
            return env["utm.campaign"].with_user(planner_id).browse(campaign_id).write({"hotel_budget": 9000.0})

        def approve(env):
            return env["utm.campaign"].with_user(approver_id).browse(campaign_id).action_hotel_approve()

        _done, refused = self._overlap(change, approve)
        self.assertIsInstance(refused, UserError)
        campaign.with_user(planner).action_hotel_request()
        self.cr.commit()  # pylint: disable=invalid-commit
        self._overlap(approve, change)
        self.cr.rollback()
        campaign.invalidate_recordset()
        self.assertFalse(campaign.hotel_approved_by_id)
