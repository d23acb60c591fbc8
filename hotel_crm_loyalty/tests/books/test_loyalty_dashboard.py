import doctest
import json
import re

from odoo.tests import HttpCase, tagged
from odoo.tools import file_open

from odoo.addons.hotel_crm_base.tests.common import HotelMakers

from ...report import dashboard_loyalty


@tagged("post_install", "-at_install")
class TestLoyaltyDashboard(HotelMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.dashboard = cls.env.ref("hotel_crm_loyalty.hotel_loyalty_dashboard")
        with file_open("hotel_crm_loyalty/data/files/hotel_loyalty_dashboard.json") as file:
            cls.content = json.load(file)

    def test_the_file_is_that_of_the_builder(self):
        self.assertEqual(doctest.testmod(dashboard_loyalty).failed, 0)
        self.assertEqual(self.content, dashboard_loyalty.build())

    def test_every_field_and_measure_exists(self):
        charts = [sheet["data"] for sheet in self.content["sheets"][0]["figures"] if "metaData" in sheet["data"]]
        self.assertEqual(len(charts), 6)
        for chart in charts:
            model, meta = self.env[chart["metaData"]["resModel"]], chart["metaData"]
            measure = f"{meta['measure']}:{model._fields[meta['measure']].aggregator}"
            model.formatted_read_group(chart["searchParams"]["domain"], meta["groupBy"], [measure])
        for pivot in self.content["pivots"].values():
            rows = [row["fieldName"] for row in pivot["rows"]]
            measures = [measure["id"] for measure in pivot["measures"]]
            self.env[pivot["model"]].formatted_read_group(pivot["domain"], rows, measures)
        for definition in [*charts, *self.content["pivots"].values()]:
            model = self.env[definition.get("model") or definition["metaData"]["resModel"]]
            for field in definition["fieldMatching"].values():
                self.assertEqual(model._fields[field["chain"]].type, field["type"])
        for menu in self.content["chartOdooMenusReferences"].values():
            self.assertTrue(self.env.ref(menu))

    def test_formulas_name_pivots_and_measures_that_there_are(self):
        cells = [text for sheet in self.content["sheets"] for text in sheet["cells"].values()]
        values = [re.search(r'PIVOT\.VALUE\((\d+),"(.+?)"\)', text) for text in cells]
        found = [match.groups() for match in values if match]
        self.assertEqual(len(found), 11)
        for number, measure in found:
            self.assertIn(measure, [known["id"] for known in self.content["pivots"][number]["measures"]])

    def test_kinds_are_said_in_the_language_of_who_looks(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        kinds = self.env["hotel.loyalty.move"]._fields["kind"].selection
        values = self.env["ir.model.fields.selection"].search(
            [("field_id.model", "=", "hotel.loyalty.move"), ("field_id.name", "=", "kind")]
        )
        for value in values:
            value.with_context(lang="zh_CN").name = f"中{value.value}"
        for model in ("hotel.loyalty.move", "hotel.loyalty.move.report", "hotel.loyalty.figure.day"):
            found = self.env[model].with_context(lang="zh_CN").fields_get(["kind"], ["selection"])["kind"]["selection"]
            self.assertEqual(found, [(code, f"中{code}") for code, _name in kinds], model)

    def test_managers_finance_and_marketing_open_it_and_nobody_else(self):
        for role in ("manager", "finance", "marketing", "front_office", "housekeeping", "service", "call_agent"):
            found = self.env["spreadsheet.dashboard"].with_user(self._make_user(role)).search(
                [("id", "=", self.dashboard.id)]
            )
            self.assertEqual(bool(found), role in ("manager", "finance", "marketing"), role)

    def test_it_is_served(self):
        self._make_user("marketing", login="dash", password="dash-password")
        self.authenticate("dash", "dash-password")
        answer = self.url_open(f"/spreadsheet/dashboard/data/{self.dashboard.id}").json()
        self.assertEqual(answer["translation_namespace"], "hotel_crm_loyalty")
