from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .desk_common import TODAY, DeskCase


@tagged("post_install", "-at_install")
class TestIdleAccounts(DeskCase):
    def _close_idle(self, day):
        with freeze_time(f"{day} 12:00:00"), self.enter_registry_test_mode():
            self.env.ref("hotel_crm_loyalty.ir_cron_loyalty_close_idle").method_direct_trigger()

    def test_an_account_without_activity_is_closed_after_the_years_of_the_rules(self):
        busy = self._make_member(self._make_guest("Busy"))
        self._give_points(busy, 10)
        coming = self._make_member(self._make_guest("Coming"))
        self._make_stay(coming.partner_id, arrival=date(2031, 1, 5))
        cards = self.card | busy | coming
        self._close_idle("2030-12-31")
        self.assertEqual(set(cards.mapped("hotel_state")), {"active"})
        self._close_idle("2031-01-01")
        self.assertEqual(cards.mapped("hotel_state"), ["closed", "active", "active"])
        self.assertEqual((self.card.points, self.card.hotel_closed_date), (0, date(2031, 1, 1)))
        self.assertIn("5", self.card.hotel_closed_reason)
        self._close_idle("2031-01-02")
        self.assertEqual(cards.mapped("hotel_state"), ["closed", "active", "active"])

    def test_a_programme_without_such_a_rule_closes_nothing(self):
        other = self._make_member(self._make_guest("Other"), self._make_program("btg"), date(2020, 1, 1))
        self.assertFalse(other.program_id._get_hotel_plan().at(TODAY).version.accounts.idle_years)
        self._close_idle(TODAY + timedelta(days=9000))
        self.assertEqual(other.hotel_state, "active")
