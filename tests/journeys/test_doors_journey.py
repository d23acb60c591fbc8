"""What an administrator looks at when another system or a person wants in: each screen, in English and in Chinese."""

from journey_browser import JourneyCase, again

from odoo import fields
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.border.event_common import EventMakers

ACTION = "/odoo/action-hotel_crm_base."
#: action -> what is to be seen
LISTS = {
    "hotel_api_client_action": ".o_data_row",
    "hotel_feed_report_action": ".o_data_row",
    "hotel_feed_row_action": ".o_data_row td[name=reasons]",
    "hotel_feed_error_action": ".o_group_header",
    "hotel_feed_mapping_action": ".o_data_row",
    "hotel_event_subscription_action": ".o_data_row",
    "hotel_event_delivery_action": ".o_data_row",
    "hotel_event_delivery_action_dead": ".o_data_row",
    "hotel_sign_in_rule_action": ".o_data_row",
    "hotel_staff_account_action": ".o_data_row",
    "hotel_session_action": ".o_data_row",
    "hotel_sign_in_action": ".o_data_row",
}


@tagged("post_install", "-at_install")
class TestDoorsJourney(EventMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.chief = cls._make_user("admin", login="chief", name="Chief")
        cls.chief_zh = cls._make_user("admin", login="chief_zh", name="陈主管", lang="zh_CN")

    def _fill(self):
        client = self.env["hotel.api.client"].create(
            {
                "name": "Opera PMS",
                "source_system": "opera",
                "company_id": self.hotel.company_id.id,
                "property_ids": [(6, 0, self.hotel.ids)],
                "scope_ids": [(6, 0, self.env["hotel.api.scope"].search([("code", "ilike", ".write")]).ids)],
            }
        )
        client._make_key()
        stay = {"arrival_date": "2026-05-01", "departure_date": "2026-05-03", "state": "departed", "rate": 120}
        bad = ({"channel": "pigeon"}, {"arrival_date": "yesterday"}, {"guest_email": "nobody@"}, {"nights": 9},
               {"guest_document_type": "cn_id", "guest_document_number": "310101199001011238"})  # fmt: skip
        rows = [
            {**stay, "source_ref": f"S{n}", "guest_ref": f"G{n}", "guest_name": f"Guest {n}", **more}
            for n, more in enumerate(bad)
        ]
        self.env["hotel.feed"]._take(client, "stays", rows)
        self._subscribe("https://pms.example.com/events", "guest.created")
        for number in range(3):
            self._make_guest(f"Guest {number}")
        dead, sent, _waiting = self.env["hotel.event.delivery"].search([])
        dead.write({"state": "dead", "attempts": 14, "next_try_at": False, "answer_status": 404,
                    "answer_code": "refused", "answer_text": "no such hook"})  # fmt: skip
        sent.write({"state": "sent", "answer_status": 200, "sent_at": sent.create_date, "next_try_at": False})
        now = fields.Datetime.now()
        seen = {"session_identifier": "x" * 42, "browser": "chrome", "platform": "linux", "ip_address": "192.0.2.7"}
        self.env["res.device.log"].create(
            {**seen, "user_id": self.chief.id, "first_activity": now, "last_activity": now, "revoked": False}
        )
        entry = {"user_id": self.chief.id, "address": "192.0.2.7", "device": "Chrome Linux", "tried_at": now}
        self.env["hotel.sign.in"].create(
            [{**entry, "method": "password", "result": result} for result in ("done", "half", "refused", "locked")]
        )

    def test_an_administrator_looks_at_the_doors(self):
        self._look("chief", LISTS)

    @again
    def test_an_administrator_looks_at_the_doors_in_chinese(self):
        self._look("chief_zh", LISTS)

    def _look(self, login, lists):
        self._fill()
        lang = self.env["res.users"].search([("login", "=", login)]).lang
        row = self.env["hotel.feed.row"].search([("source_ref", "=", "S4")])
        mapping = self.env.ref("hotel_crm_base.hotel_feed_mapping_pms")
        with self._browse(login, f"{ACTION}hotel_feed_row_action/{row.id}") as page:
            page.wait("div[name=error_ids] .o_data_row", count=1)
            page.shoot(f"row_{lang}")
            page.browser.navigate_to(f"{self.base_url()}{ACTION}hotel_feed_mapping_action/{mapping.id}")
            page.wait("div[name=part_ids] .o_data_row", count=3)
            page.click(".nav-link[name=try]")
            page.wait("div[name=result]", "P-551")
            page.shoot(f"try_{lang}")
            for name, seen in lists.items():
                page.open(f"hotel_crm_base.{name}")
                page.wait(seen)
                page.shoot(f"{name}_{lang}")
