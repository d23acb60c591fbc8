"""The story of an identity number: typed in at the desk, verified, and read for a reason."""

from journey_browser import JourneyCase

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.guest.identity_numbers import WANG

ACTION = "/odoo/action-hotel_crm_base.hotel_guest_document_action"


@tagged("post_install", "-at_install")
class TestIdentityJourney(JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls._make_user("front_office", login="clerk")
        cls._make_user("front_office+identity", login="reader")
        cls._make_user("admin", login="chief")
        # keys are made in a transaction of their own
        cls.env["hotel.data.key"]._get_keyring()
        cls.env.cr.flush()

    def test_a_number_is_typed_verified_and_read(self):
        guest = self._make_guest("Wang Wei", hotel_gender="female")
        document = self._make_document(guest, False)
        with self._browse("clerk", f"{ACTION}/{document.id}") as page:
            page.click("div[name=number_input] input")
            page.type(WANG)
            page.press("Tab")
            page.wait(".modal", "gender")
            page.shoot("warned")
            page.click(".modal .btn-primary")
            page.wait_gone(".modal")
            page.click(".o_form_button_save")
            page.wait("div[name=number_hint]", "*" * 16 + WANG[-2:])
            self.assertEqual(page.value("div[name=number_input] input"), "")
            page.click("button[name=action_verify]")
            page.wait(".o_notification", "gender")
            page.wait("div[name=verified_by_id]")
            page.shoot("verified")
            self.assertNotIn(WANG, page.evaluate("document.documentElement.outerHTML"))
        with self._browse("reader", f"{ACTION}/{document.id}") as page:
            page.wait(".o_form_view")
            page.click(".o_statusbar_buttons button:not([name^=action_])")
            page.click(".modal div[name=reason] input")
            page.type("Police registration")
            page.shoot("asked")
            page.click(".modal button[name=action_reveal]")
            # the browser may have been left open
            page.click(".modal div[name=password] input")
            page.type("readerxx")
            page.shoot("who_are_you")
            page.click(".modal button[name=run_check]")
            page.wait(".o_notification", WANG)
            page.shoot("shown")
        entry = self.env["hotel.access.log"].search([("action", "=", "identity")], limit=1)
        self.assertEqual((entry.partner_id, entry.reason), (guest, "Police registration"))

    def test_an_administrator_replaces_a_key(self):
        self._make_document(self._make_guest(), WANG)
        with self._browse("chief", "/odoo/action-hotel_crm_base.hotel_data_key_action") as page:
            page.wait(".o_data_row", count=2)
            page.shoot("keys")
            page.click("button[name=action_replace_data_key]")
            page.click(".modal .btn-primary")
            page.wait(".o_notification", "in use")
            page.wait(".o_data_row", count=3)
            page.shoot("replaced")
