from odoo import fields
from odoo.tests import tagged
from odoo.tools.safe_eval import datetime, safe_eval, time

from odoo.addons.hotel_crm_base.tests.common import ROLES, HotelCase

GUEST, STAY, CONSUMPTION = "hotel_crm_menu_guest", "hotel_crm_menu_stay", "hotel_crm_menu_consumption"
SERVICE, REPORT = "hotel_service_record_menu", "hotel_crm_menu_report"
CONFIG = "hotel_crm_menu_config"
RESERVATION = "hotel_crm_menu_reservation"
DESK = {GUEST, STAY, SERVICE}
# the entries below the application's root, those that no role may miss or see too much of
TOP = {
    "front_office": DESK | {CONSUMPTION, RESERVATION},
    "food_beverage": DESK | {CONSUMPTION},
    "housekeeping": {STAY, SERVICE},
    "finance": {GUEST, STAY, CONSUMPTION, REPORT},
    "marketing": {GUEST, REPORT},
    "service": DESK,
    "call_agent": DESK | {RESERVATION},
    "call_supervisor": DESK | {RESERVATION},
    "manager": DESK | {RESERVATION, CONSUMPTION, REPORT, CONFIG},
    "admin": DESK | {RESERVATION, CONSUMPTION, REPORT, CONFIG},
}
KNOWN = set.union(*TOP.values())
#: entries of Odoo's own that come with other rights than those of a hotel's role
FOREIGN_ROOTS = ("sale.sale_menu_root", "account.menu_finance", "base.menu_administration")


@tagged("post_install", "-at_install")
class TestMenus(HotelCase):
    def _get_visible(self, user):
        """Menus that the user can reach: an entry below a hidden one is out of reach."""
        menus = self.env["ir.ui.menu"]
        seen = menus.browse(menus.with_user(user)._visible_menu_ids())
        above = {menu: menus.browse(map(int, menu.parent_path.split("/")[:-1])) for menu in seen}
        return seen.filtered(lambda menu: above[menu] <= seen)

    def _get_names(self, menus):
        """Names of our menus without the module."""
        xmlids = menus.get_external_id().values()
        return {xmlid.split(".")[1] for xmlid in xmlids if xmlid.startswith("hotel_crm_base.")}

    def test_each_role_sees_its_menus_only(self):
        root = self.env.ref("hotel_crm_base.hotel_crm_menu_root")
        for role in ROLES:
            visible = self._get_visible(self._make_user(role))
            names = self._get_names(visible.filtered(lambda menu: menu.parent_id == root))
            empty = {
                name
                for name in TOP[role] - names
                if not self.env.ref(f"hotel_crm_base.{name}").child_id
                and not self.env.ref(f"hotel_crm_base.{name}").action
            }
            with self.subTest(role=role):
                self.assertIn(root, visible)
                self.assertEqual(names & KNOWN, TOP[role] - empty)

    def test_only_managers_configure_and_only_administrators_see_security(self):
        config = self.env.ref("hotel_crm_base.hotel_crm_menu_config")
        security = self.env.ref("hotel_crm_base.hotel_crm_menu_config_security")
        for role in ROLES:
            visible = self._get_visible(self._make_user(role))
            below = visible.filtered(lambda menu: (menu.parent_path or "").startswith(config.parent_path))
            with self.subTest(role=role):
                self.assertEqual(bool(below), role in ("manager", "admin"))
                if role != "admin":
                    self.assertNotIn(security, visible)

    def test_every_visible_menu_leads_to_something_that_the_role_may_read(self):
        root = self.env.ref("hotel_crm_base.hotel_crm_menu_root")
        for role in ROLES:
            user = self._make_user(role)
            for menu in self._get_visible(user):
                ours = (menu.parent_path or "").startswith(root.parent_path)
                if ours and menu.action and menu.action._name == "ir.actions.act_window":
                    with self.subTest(role=role, menu=menu.complete_name):
                        model = self.env[menu.action.res_model].with_user(user)
                        self.assertTrue(model.has_access("read"))
                        model.search(self._evaluate(menu.action.domain or "[]", user), limit=1)
                        self.assertIsInstance(self._evaluate(menu.action.context or "{}", user), dict)

    def _evaluate(self, text, user):
        """Return what the web client makes of a domain or a context."""
        known = {
            "uid": user.id,
            "allowed_company_ids": user.company_ids.ids,
            "context_today": lambda: fields.Date.context_today(user),
            "datetime": datetime,
            "time": time,
        }
        return safe_eval(text, known)

    def test_no_role_sees_the_applications_of_others(self):
        for role in ROLES:
            visible = self._get_visible(self._make_user(role))
            for xmlid in FOREIGN_ROOTS:
                with self.subTest(role=role, menu=xmlid):
                    self.assertNotIn(self.env.ref(xmlid), visible)
