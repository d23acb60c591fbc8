from datetime import date

from odoo.tests import tagged

from .member_common import MemberCase


@tagged("post_install", "-at_install")
class TestMilestones(MemberCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stay = cls._earn(cls.card, 100, date(2026, 10, 10), nights=12)
        cls._earn(cls.other_card, 100, date(2026, 10, 10), nights=12)

    def setUp(self):
        super().setUp()
        self._log_in("ana")

    def _choose(self, **values):
        fields = self._get_fields(self._get("/my/club/milestones"), "/milestones")
        return self._send("/my/club/milestones", fields, **{"option": "points_500", **values})

    def test_a_member_takes_one_option_and_its_points_come(self):
        before = self.card.points + self.card.hotel_pending
        self.assertIn("500 points", self._text(self._get("/my/club/milestones")))
        answer = self._choose()
        self.assertIn("You have: 500 points", self._text(answer))
        self.card.invalidate_recordset()
        self.assertEqual(self.card.points + self.card.hotel_pending, before + 500)
        decision = self.env["hotel.loyalty.choice"].search([("card_id", "=", self.card.id)]).decision_id
        fields = {"csrf_token": self._csrf(), "milestone": decision.id, "option": "spa_voucher"}
        self.assertEqual(self._send("/my/club/milestones", fields).status_code, 409)

    def test_only_what_is_offered_to_oneself_can_be_taken(self):
        others = self.env["hotel.loyalty.decision"].search(
            [("card_id", "=", self.other_card.id), ("kind", "=", "milestone")]
        )
        for values in ({"option": "car"}, {"option": ""}, {"milestone": others.id}, {"milestone": "x"}):
            self.assertEqual(self._choose(**values).status_code, 409, values)
        cards = self.card | self.other_card
        self.assertFalse(self.env["hotel.loyalty.choice"].search([("card_id", "in", cards.ids)]))
