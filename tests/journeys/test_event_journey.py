"""The story of a receiver: an administrator names it, sees what was given up and why, and sends it again."""

from journey_browser import JourneyCase

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.border.event_common import EventMakers

ACTION = "/odoo/action-hotel_crm_base."


@tagged("post_install", "-at_install")
class TestEventJourney(EventMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls._make_user("admin", login="chief")
        cls.receiver = cls._subscribe("https://pms.example.com/events", "guest.created", "stay.checked_out")
        for number in range(4):
            cls._make_guest(f"Guest {number}")
        dead, taken, tried, _waiting = cls.env["hotel.event.delivery"].search([])
        failed = {"answer_status": 404, "answer_code": "refused", "answer_text": "no such hook"}
        dead.write({"state": "dead", "attempts": 14, "next_try_at": False, **failed})
        taken.write({"state": "sent", "answer_status": 200, "sent_at": taken.create_date, "next_try_at": False})
        tried.write({"attempts": 2, **failed, "answer_code": "timeout", "answer_status": 0})
        cls.dead = dead

    def test_an_administrator_sends_again_what_was_given_up(self):
        with self._browse("chief", f"{ACTION}hotel_event_subscription_action/{self.receiver.id}") as page:
            page.wait("div[name=secret]", "whsec_")
            page.shoot("receiver")
            page.browser.navigate_to(f"{self.base_url()}{ACTION}hotel_event_delivery_action")
            page.wait(".o_data_row", count=4)
            page.shoot("told")
            page.browser.navigate_to(f"{self.base_url()}{ACTION}hotel_event_delivery_action_dead/{self.dead.id}")
            page.wait(".alert-warning", "The receiver did not take it.")
            page.shoot("dead")
            page.click("button[name=action_resend]")
            page.wait(".o_arrow_button_current", "Waiting")
            page.browser.navigate_to(f"{self.base_url()}/hotel/api")
            page.wait("h1", "API")
            page.click("details:nth-of-type(3) summary")
            page.shoot("description", whole=True)
        self.assertEqual((self.dead.state, self.dead.attempts), ("queued", 0))
