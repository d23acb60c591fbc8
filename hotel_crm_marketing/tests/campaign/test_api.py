"""Other systems read the offers that are open to a guest."""

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.border.api_common import ApiCase
from odoo.addons.hotel_crm_loyalty.tests.ledger.loyalty_common import LoyaltyMakers

from .campaign_common import CampaignMakers


@tagged("post_install", "-at_install")
class TestApi(CampaignMakers, LoyaltyMakers, ApiCase):
    scopes = ("offers.read",)

    def test_members_offers_are_for_members(self):
        program = self._make_program()
        open_to_all, members = self._make_campaign(), self._make_campaign(hotel_is_members_only=True)
        elsewhere = self._make_campaign(
            hotel_company_id=self.other_company.id, hotel_property_ids=[(6, 0, self.other_hotel.ids)]
        )
        planned = self._make_campaign("planned")
        stranger, member = self._make_guest("Rui Pinto"), self._make_guest("Ana Costa")
        program._hotel_join(member)
        for guest, expected in ((stranger, open_to_all), (member, open_to_all | members)):
            status, answer = self._call("GET", f"guests/{guest.id}/offers")
            found = {offer["id"] for offer in answer["offers"]}
            self.assertEqual(status, 200)
            self.assertEqual(found & {*open_to_all.ids, *members.ids, *elsewhere.ids, *planned.ids}, set(expected.ids))
