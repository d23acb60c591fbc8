"""The story of a night: an administrator lets a PMS in, mends what waits, and sees how the feeds stand."""

import json

from journey_browser import JourneyCase

from odoo.tests import tagged

PLACE = "/odoo/action-hotel_crm_base"


@tagged("post_install", "-at_install")
class TestFeedJourney(JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.chief = cls._make_user("admin", login="chief")
        cls.client = cls.env["hotel.api.client"].create(
            {
                "name": "Opera PMS",
                "source_system": "opera",
                "company_id": cls.hotel.company_id.id,
                "property_ids": [(6, 0, cls.hotel.ids)],
                "scope_ids": [(6, 0, cls.env["hotel.api.scope"].search([("code", "ilike", ".write")]).ids)],
            }
        )
        cls.client._make_key()
        cls._send_night()

    @classmethod
    def _send_night(cls):
        stay = {"arrival_date": "2026-05-01", "departure_date": "2026-05-03", "state": "departed", "rate": 120}
        rows = [{**stay, "source_ref": f"S{n}", "guest_ref": f"G{n}", "guest_name": f"Guest {n}"} for n in range(8)]
        rows[2]["channel"] = rows[5]["channel"] = "pigeon"
        rows[3]["arrival_date"] = "yesterday"
        rows[6]["guest_email"] = "nobody@"
        cls.env["hotel.feed"]._take(cls.client, "stays", rows)
        charge = {"source_ref": "C1", "guest_ref": "G99", "kind": "food", "business_date": "2026-05-02"}
        cls.env["hotel.feed"]._take(cls.client, "consumption", [{**charge, "amount_gross": 49}])

    def test_an_administrator_mends_what_waits(self):
        with self._browse("chief", f"{PLACE}.hotel_api_client_action/{self.client.id}") as page:
            page.wait("div[name=scope_ids] input[type=checkbox]")
            page.shoot("client")
            page.click("button[name=action_make_key]")
            page.wait(".modal .btn-primary")
            page.click(".modal-footer .btn-primary")
            page.wait(".modal", "API")
            page.shoot("key")
        with self._browse("chief", f"{PLACE}.hotel_feed_report_action") as page:
            page.wait(".o_data_row", count=2)
            page.shoot("feeds")
            page.click(".o_data_row td[name=client_id]")
            page.wait(".o_data_row td[name=reasons]")
            page.shoot("waiting")
        row = self.env["hotel.feed.row"].search([("source_ref", "=", "S3")])
        with self._browse("chief", f"{PLACE}.hotel_feed_row_action/{row.id}") as page:
            page.wait("div[name=error_ids] .o_data_row", count=1)
            page.click("div[name=error_ids] .o_data_row td[name=new_value]")
            page.wait("div[name=error_ids] td[name=new_value] input")
            page.type("2026-05-01")
            page.press("Tab")
            page.shoot("mending")
            page.click("button[name=action_process]")
            page.wait(".o_arrow_button_current", "Taken")
            page.shoot("taken")
        stay = self.env["hotel.stay"].search([("source_system", "=", "opera"), ("source_ref", "=", "S3")])
        self.assertEqual((stay.partner_id.name, row.state), ("Guest 3", "taken"))

    def test_a_mapping_is_tried_out_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.chief.lang = "zh_CN"
        mapping = self.env.ref("hotel_crm_base.hotel_feed_mapping_pms")
        self.assertIn("reservations", json.loads(mapping.sample))
        with self._browse("chief", f"{PLACE}.hotel_feed_mapping_action/{mapping.id}") as page:
            page.wait("div[name=part_ids] .o_data_row", count=3)
            page.shoot("mapping")
            page.click(".nav-link[name=try]")
            page.wait("div[name=result]", "P-551")
            page.shoot("try")
