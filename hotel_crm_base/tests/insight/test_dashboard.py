import doctest
import json
import re

from odoo.tests import HttpCase, tagged
from odoo.tools import file_open

from odoo.addons.hotel_crm_base.report import (
    bands,
    dashboard_bookings,
    dashboard_builder,
    dashboard_general,
    spreadsheet_figures,
)
from odoo.addons.hotel_crm_base.tests.common import HotelMakers

FILES = "hotel_crm_base/data/files"
#: dashboard -> number of its tables
DASHBOARDS = {"hotel_dashboard": 3, "hotel_bookings_dashboard": 2, "hotel_general_dashboard": 5}


@tagged("post_install", "-at_install")
class TestDashboard(HotelMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.dashboard = cls.env.ref("hotel_crm_base.hotel_dashboard")

    def _read(self, name):
        with file_open(f"{FILES}/{name}.json") as file:
            return json.load(file)

    def test_the_engines_say_what_their_examples_say(self):
        modules = (bands, dashboard_bookings, dashboard_builder, dashboard_general, spreadsheet_figures)
        for module in modules:
            self.assertEqual(doctest.testmod(module).failed, 0, module.__name__)

    def test_the_files_are_those_of_the_builder(self):
        self.assertEqual(self._read("hotel_dashboard"), dashboard_builder.build())
        self.assertEqual(self._read("hotel_sample_dashboard"), dashboard_builder.build_sample())
        self.assertEqual(self._read("hotel_bookings_dashboard"), dashboard_bookings.build())
        self.assertEqual(self._read("hotel_general_dashboard"), dashboard_general.build())

    def test_every_field_and_measure_exists(self):
        for name in DASHBOARDS:
            content = self._read(name)
            charts = [figure["data"] for figure in content["sheets"][0]["figures"] if "metaData" in figure["data"]]
            for chart in charts:
                model, meta = self.env[chart["metaData"]["resModel"]], chart["metaData"]
                measure = f"{meta['measure']}:{model._fields[meta['measure']].aggregator}"
                model.formatted_read_group(chart["searchParams"]["domain"], meta["groupBy"], [measure])
            for pivot in content["pivots"].values():
                model = self.env[pivot["model"]]
                rows = [row["fieldName"] for row in pivot["rows"]]
                model.formatted_read_group(pivot["domain"], rows, [measure["id"] for measure in pivot["measures"]])
            for definition in [*charts, *content["pivots"].values()]:
                model = self.env[definition.get("model") or definition["metaData"]["resModel"]]
                for field in definition["fieldMatching"].values():
                    self.assertEqual(model._fields[field["chain"]].type, field["type"])
            for menu in content["chartOdooMenusReferences"].values():
                self.assertTrue(self.env.ref(menu))

    def test_formulas_name_pivots_and_measures_that_there_are(self):
        for name, tables in DASHBOARDS.items():
            content = self._read(name)
            cells = [text for sheet in content["sheets"] for text in sheet["cells"].values()]
            values = [re.search(r'PIVOT\.VALUE\((\d+),"(.+?)"\)', text) for text in cells]
            for number, measure in (match.groups() for match in values if match):
                self.assertIn(measure, [known["id"] for known in content["pivots"][number]["measures"]])
            self.assertEqual(len([text for text in cells if text.startswith("=PIVOT(")]), tables)

    def test_managers_finance_and_marketing_open_it_and_nobody_else(self):
        for role in ("manager", "finance", "marketing", "front_office", "food_beverage", "housekeeping", "service"):
            user = self._make_user(role)
            both = self.dashboard | self.env.ref("hotel_crm_base.hotel_bookings_dashboard")
            found = self.env["spreadsheet.dashboard"].with_user(user).search([("id", "in", both.ids)])
            self.assertEqual(found, both if role in ("manager", "finance", "marketing") else both.browse(), role)

    def test_the_general_managers_is_for_managers(self):
        general = self.env.ref("hotel_crm_base.hotel_general_dashboard")
        for role in ("manager", "admin", "finance", "marketing", "front_office"):
            found = self.env["spreadsheet.dashboard"].with_user(self._make_user(role)).search([("id", "=", general.id)])
            self.assertEqual(bool(found), role in ("manager", "admin"), role)

    def test_invented_numbers_are_shown_until_there_are_real_ones(self):
        self._make_user("marketing", login="dash", password="dash-password")
        self.authenticate("dash", "dash-password")
        url = f"/spreadsheet/dashboard/data/{self.dashboard.id}"
        self.env["hotel.figure.day"].search([]).unlink()
        self.assertTrue(self.url_open(url).json().get("is_sample"))
        stay = self._make_stay(self._make_guest(), state="departed")
        self.env["hotel.figure.day"]._refresh_days([(self.hotel.id, stay.arrival_date)])
        answer = self.url_open(url).json()
        self.assertFalse(answer.get("is_sample"))
        self.assertEqual(answer["translation_namespace"], "hotel_crm_base")
