"""Who may print what: every paper of our addons, every role, guests and strangers."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base.tests.common import HotelCase
from odoo.addons.hotel_crm_base.tests.roles import COLUMNS

#: the columns are those of the tables of models; x prints, - does not
TABLE = """
paper                                   hk fb fo cs ca cc mk fi mg ad id ap
hotel_crm_base.hotel_folio              -  -  x  -  -  -  -  x  x  x  -  -
hotel_crm_base.hotel_registration_card  -  -  x  -  -  -  -  -  x  x  -  -
hotel_crm_marketing.campaign_evaluation -  -  -  -  -  -  x  x  x  x  -  -
hotel_crm_service.survey_summary        -  -  -  x  -  -  x  -  x  x  -  -
"""


def read_table():
    """Return paper -> roles that print it."""
    header, *lines = [line.split() for line in TABLE.splitlines() if line.strip()]
    return {
        name: {COLUMNS[column] for column, cell in zip(header[1:], cells, strict=True) if cell == "x"}
        for name, *cells in lines
    }


@tagged("post_install", "-at_install")
class TestReports(HotelCase):
    def setUp(self):
        super().setUp()
        self.reports = self.env["ir.actions.report"].search([("report_name", "=like", "hotel\\_crm\\_%")])

    def _make_records(self):
        """Make a record for each paper."""
        stay = self._make_stay(self._make_guest())
        reservation = self.env["hotel.reservation"].create(
            {"property_id": self.hotel.id, "partner_id": stay.partner_id.id}
        )
        stay.reservation_id = reservation
        return {"hotel.stay": stay, "hotel.reservation": reservation}

    def test_every_paper_is_in_the_table_and_has_groups(self):
        self.assertEqual(set(self.reports.mapped("report_name")), set(read_table()))
        self.assertFalse(self.reports.filtered(lambda report: not report.group_ids).mapped("report_name"))

    def test_who_has_the_groups_is_in_the_table(self):
        users = {role: self._make_user(role) for role in COLUMNS.values()}
        found = {
            report.report_name: {role for role, user in users.items() if report.group_ids & user.all_group_ids}
            for report in self.reports
        }
        self.assertEqual(found, read_table())

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_nobody_else_prints_by_the_address_of_a_paper(self):
        users = {role: self._make_user(role) for role in COLUMNS.values()}
        users["guest"] = new_test_user(self.env, login="a_guest", groups="base.group_portal")
        users["stranger"] = self.env.ref("base.public_user")
        records = self._make_records()
        for report in self.reports:
            allowed = read_table()[report.report_name]
            for role, user in users.items():
                with self.subTest(report.report_name, role=role):
                    printing = self.env["ir.actions.report"].with_user(user)
                    ids = records[report.model].ids if report.model in records else []
                    if role in allowed:
                        printing._check_hotel_groups(report.sudo())
                        if ids:
                            html = printing._render_qweb_html(report.report_name, ids)[0]
                            self.assertIn(b"</html>", html)
                    else:
                        with self.assertRaises(AccessError):
                            printing._render_qweb_html(report.report_name, ids or [1])
