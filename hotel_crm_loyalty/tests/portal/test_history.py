from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..ledger.loyalty_common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestHistory(LoyaltyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_guest(is_hotel_guest=True)
        cls.card = cls._make_member(cls.guest)
        cls.history = cls.env["hotel.member.history"]
        cls.pages = cls.env["hotel.member.page"]

    def _earn(self, count, first=date(2026, 2, 1)):
        for number in range(count):
            self._make_departed(self.guest, first + timedelta(days=number), nights=1, spend=40)
        self.card._hotel_evaluate()

    def _get_sums(self, lines):
        return sum(line["points"] for line in lines if line["points"] is not None)

    def test_lines_add_up_to_what_there_is(self):
        self._earn(5)
        redemption = self.card._hotel_redeem(60)
        self.assertEqual(self._get_sums(self.history._get_lines(self.card)), self.card.points + self.card.hotel_pending)
        redemption._cancel("wrong")
        lines = self.history._get_lines(self.card)
        self.assertEqual(self._get_sums(lines), self.card.points + self.card.hotel_pending)
        used = self.history._get_lines(self.card, "used")
        self.assertEqual(sorted(line["points"] for line in used), [-60, 60], "one line, from however many lots")

    def test_a_debt_that_is_paid_is_one_line(self):
        self._earn(1)
        self.card._hotel_redeem(int(self.card.points))
        stay = self.env["hotel.stay"].search([("partner_id", "=", self.guest.id)])
        self.env["hotel.consumption"].search([("stay_id", "=", stay.id)]).action_reverse("wrong bill")
        self.card._hotel_evaluate()
        debt = self.card.hotel_debt
        self.assertTrue(debt)
        with freeze_time("2100-03-10"):
            self._earn(5, date(2100, 3, 1))
        paid = [line for line in self.history._get_lines(self.card) if line["kind"] == "settle"]
        self.assertEqual(-sum(line["points"] for line in paid), debt)

    def test_filters_share_the_lines_among_them(self):
        self._earn(12)
        self.card._hotel_redeem(60)
        counts = {name: self.history._count(self.card, name) for name in self.history._get_filters()}
        self.assertEqual(counts.pop("all"), sum(counts.values()))
        self.assertTrue(counts["earned"] and counts["used"] and counts["tier"] and counts["other"])

    def test_a_note_is_no_formula_in_a_sheet(self):
        self.assertEqual(self.history._spare_formula("=HYPERLINK(1)"), "'=HYPERLINK(1)")
        self.assertEqual(self.history._spare_formula("Dinner"), "Dinner")

    def test_lots_are_shown_by_the_day_on_which_they_expire(self):
        self._earn(3)
        lots = self.pages._get_lots(self.card)
        self.assertEqual(sum(lot["points"] for lot in lots), self.card.points)
        self.assertEqual(len({lot["date"] for lot in lots}), len(lots))

    def test_queries_do_not_depend_on_how_much_there_is(self):
        self._earn(1)
        self._look()
        counts = []
        for count, first in ((9, date(2026, 2, 2)), (190, date(2026, 3, 1))):
            self._earn(count, first)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._look()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertGreater(self.history._count(self.card), 200)
        self.assertLessEqual(counts[1], counts[0] + 1)
        self.assertLess(counts[1], 45)

    def _look(self):
        self.pages._get_standing(self.card)
        self.history._get_lines(self.card)
        self.env["hotel.member.milestone"]._get_milestones(self.card)
