from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
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


@freeze_time(f"{TODAY} 12:00:00")
@tagged("post_install", "-at_install")
class TestOpenedAgain(DeskCase):
    def _get_lots(self):
        self.card.invalidate_recordset()
        return {lot.key: (lot.remaining, lot.expiry_date) for lot in self.card.hotel_lot_ids if lot.remaining}

    def test_a_manager_opens_a_closed_account_again_with_its_lots(self):
        self._give_points(self.card, 750)
        lots, points = self._get_lots(), self.card.points
        self.card._hotel_close("by mistake")
        self.assertEqual((self.card.points, self.card.active, self._get_lots()), (0, False, {}))
        self.card.with_user(self._make_user("manager")).action_hotel_reopen()
        self.assertEqual((self.card.points, self.card.active, self.card.hotel_state), (points, True, "active"))
        self.assertEqual(self._get_lots(), lots)
        self.assertFalse(self.card.hotel_closed_date)
        history = self.card.history_ids
        self.assertEqual(sum(history.mapped("issued")) - sum(history.mapped("used")), points)

    def test_a_click_in_the_list_opens_the_guest(self):
        clerk = self._make_user("front_office")
        action = self.card.with_user(clerk).action_hotel_open_guest()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.card.partner_id.id))
        with self.assertRaises(AccessError):
            self.card.with_user(self.env.ref("base.public_user")).action_hotel_open_guest()

    def test_nobody_else_and_not_what_is_open_or_has_a_new_card(self):
        with self.assertRaises(UserError):
            self.card._hotel_reopen()
        self.card._hotel_close("asked for it")
        with self.assertRaises(AccessError):
            self.card.with_user(self._make_user("front_office")).action_hotel_reopen()
        self._make_member(self.card.partner_id)
        with self.assertRaises(UserError):
            self.card._hotel_reopen()
