"""Rewards of milestones: a member chooses once."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .programme_case import ProgrammeCase


@freeze_time("2026-07-01 12:00:00")
@tagged("post_install", "-at_install")
class TestMilestones(ProgrammeCase):
    def _make_traveller(self, nights=12):
        card = self._make_member(self._make_guest(f"Guest of {nights}"))
        stay = self._make_departed(card.partner_id, date(2026, 5, 30), nights=nights, spend=100)
        card._hotel_evaluate()
        return card, stay

    def test_an_offer_is_open_until_something_is_chosen(self):
        card, _stay = self._make_traveller()
        [offer] = card._get_hotel_offers()[card.id]
        self.assertEqual(offer["options"], [("points_500", "500 points", 500), ("spa_voucher", "Spa voucher", 0)])
        chinese = card.with_context(lang="zh_CN")._get_hotel_offers()[card.id][0]
        self.assertEqual(chinese["options"][1][1], "水疗券")
        points = card.points + card.hotel_pending
        choice = card._hotel_choose(offer["decision"], "points_500")
        self.assertEqual((choice.option, choice.decision_id), ("points_500", offer["decision"]))
        self.assertEqual(card.points + card.hotel_pending, points + 500)
        self.assertEqual(card._get_hotel_offers()[card.id], [])

    def test_nothing_is_chosen_twice_or_off_the_list(self):
        card, _stay = self._make_traveller()
        other, _stay = self._make_traveller(11)
        [offer] = card._get_hotel_offers()[card.id]
        for member, option in ((card, "yacht"), (other, "spa_voucher")):
            with self.assertRaises(UserError):
                member._hotel_choose(offer["decision"], option)
        card._hotel_choose(offer["decision"], "spa_voucher")
        with self.assertRaisesRegex(UserError, "not on offer"):
            card._hotel_choose(offer["decision"], "points_500")

    def test_each_milestone_has_an_offer_of_its_own(self):
        card, _stay = self._make_traveller(21)
        self.assertEqual(len(card._get_hotel_offers()[card.id]), 2)

    def test_offers_of_many_members_cost_the_same_queries(self):
        cards = self.env["loyalty.card"].union(*(self._make_traveller(nights)[0] for nights in (10, 11, 12, 13)))
        counts = []
        for some in (cards[:1], cards):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some._get_hotel_offers()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
