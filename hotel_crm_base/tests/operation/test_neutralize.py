"""A copy that was made mute lets nothing out and nobody in by a key; its pages say what it is."""

from urllib.parse import urlsplit

from odoo.modules.neutralize import neutralize_database
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import HotelMakers


@tagged("post_install", "-at_install")
class TestNeutralize(HotelMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.env["ir.mail_server"].create({"name": "The hotel's", "smtp_host": "mail.example.com"})
        cls.env.cr.execute("UPDATE payment_provider SET state = 'enabled', is_published = TRUE")
        cls.client = cls.env["hotel.api.client"].create(
            {"name": "PMS", "source_system": "pms", "property_ids": cls.hotel.ids})
        cls.key = cls.client._make_key()
        cls.receiver = cls.env["hotel.event.subscription"].create({"name": "CRM", "url": "https://example.com/events"})
        cls.env["hotel.health.check"].with_user(cls._make_user("admin")).action_make_token()

    def _neutralize(self):
        self.env.flush_all()
        with mute_logger("odoo.modules.neutralize"):
            neutralize_database(self.env.cr)
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def _call(self):
        return self.url_open("/hotel/api/v1/client", headers={"Authorization": f"Bearer {self.key}"}).status_code

    def test_nothing_leaves_it_and_no_key_opens_it(self):
        self.assertEqual(self._call(), 200)
        self.assertNotIn("oe_neutralize_banner", self.url_open("/web/login").text)
        self._neutralize()
        self.assertEqual(self._call(), 401)
        self.assertFalse(self.env["res.users.apikeys"].search([]))
        self.assertFalse(self.client.active or self.receiver.active)
        self.assertNotIn("example.com", self.receiver.url)
        self.assertFalse(self.env["hotel.health.check"]._is_token("anything"))
        self.assertEqual(self.env["ir.cron"].search([]), self.env.ref("base.autovacuum_job"))
        self.assertEqual(self.env["ir.mail_server"].search([]).smtp_host, "invalid")
        self.assertLessEqual(set(self.env["payment.provider"].search([]).mapped("state")), {"test", "disabled"})
        self.assertIn("oe_neutralize_banner", self.url_open("/web/login").text)
        self.assertEqual(self.env["hotel.health"]._find("jobs")[0][0].code, "neutralized")

    def test_odoos_own_sms_service_is_no_host(self):
        self._neutralize()
        endpoint = self.env["ir.config_parameter"].get_param("sms.endpoint")
        self.assertTrue(urlsplit(endpoint).hostname.endswith(".invalid"), "RFC 6761: it is found nowhere")

    def test_a_backup_of_before_api_and_events_becomes_mute_too(self):
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE hotel_api_client RENAME TO hotel_api_client_of_later")
        self.env.cr.execute("ALTER TABLE hotel_event_subscription RENAME TO hotel_event_subscription_of_later")
        self._neutralize()
        self.env.cr.execute("SELECT count(*) FROM res_users_apikeys")
        self.assertEqual(self.env.cr.fetchone(), (0,))
