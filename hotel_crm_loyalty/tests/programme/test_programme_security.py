"""Who may do what with programmes, their rules and what was found out by trying them."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.hotel_crm_base.tests.roles import COLUMNS, find_rights

from .programme_case import ProgrammeCase

#: r read, w write, c create, d delete, - nothing; columns and letters as in hotel_crm_base/tests/roles.py
TABLE = """
model                         hk   fb   fo   cs   ca   cc   mk   fi   mg   ad   id   ap
hotel.loyalty.revision        -    r    r    r    r    r    r    r    rwc  rwcd -    r
hotel.loyalty.tier            -    r    r    r    r    r    r    r    rw   rw   -    r
hotel.loyalty.rerun           -    -    -    -    -    -    -    -    r    r    -    r
hotel.loyalty.rerun.line      -    -    -    -    -    -    -    -    r    r    -    r
hotel.loyalty.rerun.tier      -    -    -    -    -    -    -    -    r    r    -    r
hotel.loyalty.load            -    -    -    -    -    -    -    -    rwcd rwcd -    -
hotel.loyalty.compare         -    -    -    -    -    -    rwcd -    rwcd rwcd -    rwcd
hotel.loyalty.what.if         -    -    rwcd rwcd rwcd rwcd rwcd rwcd rwcd rwcd -    -
hotel.loyalty.what.if.line    -    -    rwcd rwcd rwcd rwcd rwcd rwcd rwcd rwcd -    -
loyalty.program               -    r    r    r    r    r    r    r    rw   rw   -    r
"""


def read_cells():
    """Return model -> {role: letters}."""
    header, *lines = [line.split() for line in TABLE.splitlines() if line.strip()]
    roles = [COLUMNS[column] for column in header[1:]]
    return {name: dict(zip(roles, cells, strict=True)) for name, *cells in lines}


EXPECTED = read_cells()


@tagged("post_install", "-at_install")
class TestProgrammeSecurity(ProgrammeCase):
    def test_every_role_may_do_what_the_table_says_and_no_more(self):
        users = {role: self._make_user(role) for role in COLUMNS.values()}
        found = find_rights(self.env, EXPECTED, users)
        self.maxDiff = None
        self.assertEqual(found, EXPECTED)

    def test_guests_get_nothing_out_of_any_of_them(self):
        draft = self._draft()
        rerun = self._try(draft)
        portal = new_test_user(self.env, login="a_member", groups="base.group_portal")
        for record in (draft, rerun, self.program.hotel_tier_ids[0]):
            for user in (portal, self.env.ref("base.public_user")):
                mine = record.with_user(user)
                for call in (
                    lambda mine: mine.read(["display_name"]),
                    lambda mine: mine.search([]),
                    lambda mine: mine.web_search_read([], {"display_name": {}}),
                    lambda mine: mine.formatted_read_group([], [], ["__count"]),
                ):
                    with self.assertRaises(AccessError):
                        call(mine)
        for name in ("get_editor_schema", "check_content"):
            with self.assertRaises(AccessError):
                getattr(draft.with_user(portal), name)(*([{}] if name == "check_content" else []))

    def test_a_wizard_is_ones_own(self):
        wizard = self.env["hotel.loyalty.what.if"].with_user(self.clerk).create({"program_id": self.program.id})
        other = self._make_user("front_office")
        with self.assertRaises(AccessError):
            wizard.with_user(other).read(["points"])

    def test_a_manager_of_sales_keeps_other_programs_and_a_hotel_manager_has_none_of_them(self):
        coupons = self.env["loyalty.program"].create({"name": "Coupons", "program_type": "coupons"})
        seller = new_test_user(self.env, login="seller", groups="sales_team.group_sale_manager")
        coupons.with_user(seller).name = "Spring coupons"
        both = self._make_user("manager")
        both.group_ids += self.env.ref("sales_team.group_sale_manager")
        coupons.with_user(both).name = "Summer coupons"
        with self.assertRaises(AccessError):
            coupons.with_user(self.manager).name = "Mine"
        with self.assertRaises(AccessError):
            self.program.with_user(both).hotel_managed = False
