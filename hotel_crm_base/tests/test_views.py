from datetime import date

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.hotel_crm_base.tests.common import ROLES, HotelCase
from odoo.addons.hotel_crm_base.tests.specification import open_view

SIDE_ROLES = ("front_office+identity", "finance+approver")


@tagged("post_install", "-at_install")
class TestViews(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        guest = cls._make_guest(phone="+351912345678")
        stay = cls._make_stay(guest, room_type_id=cls.room_type.id, source_system="test")
        cls._make_consumption(guest, stay_id=stay.id, outlet_id=cls._make_outlet(cls.hotel).id)
        cls._make_room(cls.room_type)
        cls.actions = cls.env["ir.actions.act_window"].browse(
            cls.env["ir.model.data"]
            .search([("module", "=", "hotel_crm_base"), ("model", "=", "ir.actions.act_window")])
            .mapped("res_id")
        )

    def test_every_view_loads_for_every_role_and_reads_what_it_shows(self):
        for role in ROLES + SIDE_ROLES:
            user = self._make_user(role)
            for action in self.actions:
                model = self.env[action.res_model].with_user(user)
                if not model.has_access("read"):
                    continue
                with self.subTest(role=role, action=action.name):
                    self._open(action, model)

    def _open(self, action, model):
        for view_id, view_type in action.views:
            if view_type not in ("list", "form", "kanban"):
                model.get_views([(view_id, view_type)])
                continue
            specification = open_view(model, view_id, view_type)
            if model._transient:
                model.onchange({}, [], specification)
            else:
                found = model.web_search_read([], specification, limit=5)
                self.assertLessEqual(len(found["records"]), 5)
        model.get_views([(action.search_view_id.id, "search")])

    def test_every_filter_of_a_search_view_can_be_used(self):
        manager = self._make_user("manager")
        for action in self.actions:
            model = self.env[action.res_model].with_user(manager)
            if model._transient or not model.has_access("read"):
                continue
            for name, domain in self._get_filters(model, action):
                with self.subTest(action=action.name, filter=name):
                    model.search(domain, limit=1)

    def _get_filters(self, model, action):
        """Yield the filters of a search view, with their domains as the client evaluates them."""
        view = model.get_views([(action.search_view_id.id, "search")])["views"]["search"]
        for node in etree.fromstring(view["arch"]).iter("filter", "field"):
            expression = node.get("domain") or node.get("filter_domain")
            if not expression:
                continue
            field = model._fields.get(node.get("name"))
            typed = 5 if field and field.type in ("integer", "float", "monetary") else "text"
            context = {"uid": model.env.uid, "context_today": date(2026, 11, 21).replace}
            yield node.get("name"), safe_eval(expression, {**context, "self": typed})

    def test_a_role_without_rights_does_not_read_what_its_page_leaves_out(self):
        keeper = self._make_user("housekeeping")
        guest = self.env["res.partner"].search([("is_hotel_guest", "=", True)], limit=1)
        form = self.env.ref("hotel_crm_base.res_partner_view_form_hotel_guest")
        specification = open_view(guest.with_user(keeper).browse(), form.id, "form")
        for name in ("hotel_consumption_ids", "hotel_spend", "hotel_document_ids"):
            self.assertNotIn(name, specification)
        with self.assertRaises(AccessError):
            guest.with_user(keeper).read(["hotel_consumption_ids"])
