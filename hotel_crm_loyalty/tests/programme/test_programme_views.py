"""Screens of programmes open for whoever may, and lists cost the same queries at any length."""

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.common import ROLES
from odoo.addons.hotel_crm_base.tests.specification import open_view

from .programme_case import ProgrammeCase

ACTIONS = (
    "loyalty_program_hotel_action",
    "hotel_loyalty_revision_action",
    "hotel_loyalty_rerun_action",
    "hotel_loyalty_rerun_line_action",
    "hotel_loyalty_load_action",
    "hotel_loyalty_what_if_action",
)


@tagged("post_install", "-at_install")
class TestProgrammeViews(ProgrammeCase):
    def test_every_screen_loads_for_every_role_and_reads_what_it_shows(self):
        self._try(self._draft())
        for role in (*ROLES, "front_office+approver"):
            user = self._make_user(role)
            for name in ACTIONS:
                action = self.env.ref(f"hotel_crm_loyalty.{name}")
                model = self.env[action.res_model].with_user(user)
                if model.has_access("read"):
                    with self.subTest(role=role, action=name):
                        self._open(action, model)

    def _open(self, action, model):
        for view_id, view_type in action.views:
            if view_type not in ("list", "form"):
                model.get_views([(view_id, view_type)])
                continue
            specification = open_view(model, view_id, view_type)
            if model._transient:
                model.onchange({}, [], specification)
            else:
                model.web_search_read([], specification, limit=5)
        model.get_views([(action.search_view_id.id, "search")])

    def test_the_list_of_programmes_costs_the_same_queries_at_any_length(self):
        action = self.env.ref("hotel_crm_loyalty.loyalty_program_hotel_action")
        programs = self.env["loyalty.program"].with_user(self.admin)
        specification = open_view(programs, action.views[0][0], "list")
        self.assertEqual(self._count(programs, specification, 1), self._count(programs, specification, 4))

    def _count(self, programs, specification, length):
        for code in ("btg", "ihg", "marriott")[: length - 1]:
            self.env["loyalty.program"]._hotel_load(code)
        domain = [("hotel_managed", "=", True)]
        programs.web_search_read(domain, specification)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        found = programs.web_search_read(domain, specification)
        self.assertEqual(found["length"], length)
        return self.cr.sql_log_count - before
