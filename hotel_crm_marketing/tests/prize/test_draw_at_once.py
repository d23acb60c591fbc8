"""Two who press the button at once make one draw."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase

from ..campaign.campaign_common import CampaignMakers


@tagged("post_install", "-at_install")
class TestDrawAtOnce(CampaignMakers, ConcurrencyCase):
    def test_two_draws_at_once_are_one(self):
        campaign = self._make_campaign("planned", hotel_kind="draw")
        campaign.hotel_prize_ids = [(0, 0, {"name": "Weekend", "stock": 1})]
        campaign.hotel_approved_by_id = self.env.user
        campaign.action_hotel_publish()
        for number in range(3):
            campaign._sign_up(self._make_guest(f"Guest {number}"))
        campaign.hotel_state = "ended"
        campaign_id = campaign.id
        self.cr.commit()  # pylint: disable=invalid-commit

        def draw(env):
            env["utm.campaign"].browse(campaign_id).action_hotel_draw()
            return True

        first, second = self._overlap(draw, draw)
        self.assertIs(first, True)
        self.assertIsInstance(second, UserError)
        campaign.invalidate_recordset()
        self.assertEqual(len(campaign.hotel_win_ids), 1)
