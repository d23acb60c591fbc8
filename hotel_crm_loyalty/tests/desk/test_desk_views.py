from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.common import ROLES
from odoo.addons.hotel_crm_base.tests.specification import open_view

from .desk_common import DeskCase

ACTIONS = ("item", "redemption", "claim", "posting", "grant", "limit", "reason")


@tagged("post_install", "-at_install")
class TestDeskViews(DeskCase):
    def test_every_list_and_form_opens_for_every_role_that_may_read_it(self):
        self._give_points(self.card, 1000)
        self._make_item()._redeem(self.card, self.hotel)
        self._give_tier(self.card, "silver")
        self.card._hotel_claim(self.hotel, self.hotel.business_date, self.hotel.business_date)
        opened = set()
        for role in (*ROLES, "front_office+approver", "approver"):
            user = self._make_user(role)
            for name in ACTIONS:
                action = self.env.ref(f"hotel_crm_loyalty.hotel_loyalty_{name}_action")
                model = self.env[action.res_model].with_user(user)
                if not model.has_access("read"):
                    continue
                opened.add((role, name))
                with self.subTest(role=role, action=name):
                    for view_id, view_type in action.views:
                        if view_type in ("list", "form", "kanban"):
                            model.web_search_read([], open_view(model, view_id, view_type), limit=5)
        self.assertIn(("approver", "posting"), opened)
        self.assertIn(("food_beverage", "redemption"), opened)
        self.assertNotIn(("housekeeping", "posting"), opened)
