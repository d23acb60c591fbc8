"""Members are greeted when their tier changes and before points expire, each once."""

from datetime import timedelta

from odoo.tests import freeze_time, tagged

from odoo.addons.hotel_crm_loyalty.tests.desk.desk_common import TODAY, DeskCase

from .care_common import CareMakers


@tagged("post_install", "-at_install")
class TestCareMembers(CareMakers, DeskCase):
    def test_a_new_tier_is_an_occasion(self):
        rule = self._make_rule("tier_change", late_days=2)
        self.assertEqual(rule._query_select(), 0)
        self._give_tier(self.card, "silver")
        self.assertEqual(rule._query_select(), 1)
        self.assertEqual(rule._query_select(), 0)
        self.assertEqual((rule.greeting_ids.partner_id, rule.purpose), (self.guest, "loyalty"))

    def test_points_that_expire_are_an_occasion_before_it(self):
        self._give_points(self.card, 500)
        days = [day for day in self.card.hotel_lot_ids.mapped("expiry_date") if day]
        self.assertTrue(days, "the points of the example programme expire")
        rule = self._make_rule("points_expiring", offset_days=-30)
        with freeze_time(min(days) - timedelta(days=31)):
            self.assertEqual(rule._query_select(), 0)
        with freeze_time(min(days) - timedelta(days=30)):
            self.assertEqual(rule._query_select(), 1)
        self.assertEqual(rule.greeting_ids.event_date, min(days))
        self.assertGreater(min(days), TODAY)
