"""The worked cases of the published programmes: fixtures loaded as programmes, facts in the database."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .loyalty_common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestWorkedCases(LoyaltyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("USD", "CNY"):
            cls.env["res.currency"].with_context(active_test=False).search([("name", "=", name)]).active = True
        cls.channel = cls.env["hotel.channel"].search([("code", "=", "web")])
        cls.group = cls.env["hotel.market.segment"].search([("code", "=", "group")])

    def _join(self, code, currency, joined=date(2026, 1, 1)):
        """Make a member of a fixture, at a hotel that counts in its currency."""
        self.hotel = self._make_property(
            name=f"{code} house",
            code=code.upper(),
            currency_id=self.env["res.currency"].search([("name", "=", currency)]).id,
        )  # fmt: skip
        with freeze_time(joined):
            return self._make_member(program=self._make_program(code), joined=joined)

    def _stay(self, card, departure, nights, spend=0, **values):
        values = {"channel_id": self.channel.id, "hotel": self.hotel, **values}
        return self._make_departed(card.partner_id, date.fromisoformat(departure), nights, spend, **values)

    def _evaluate(self, card, day):
        [outcome] = card._hotel_evaluate(date.fromisoformat(day)).values()
        self.assertEqual(card.points + card.hotel_pending, sum(card.hotel_lot_ids.mapped("remaining")))
        return outcome

    def _list_decisions(self, card):
        return [
            (row.kind, row.tier_id.code, str(row.effective_date), str(row.until_date))
            for row in card.hotel_decision_ids.filtered(lambda row: not row.is_void).sorted("id")
        ]

    def test_case_1_gold_earns_base_and_a_quarter(self):
        first = self._join("marriott", "USD")
        currency_id = self.hotel.currency_id.id
        cheap = self._make_property(name="Inn", code="INN", hotel_brand="earns_5", currency_id=currency_id)
        for hotel, base, bonus in ((self.hotel, 4000, 1000), (cheap, 2000, 500)):
            with freeze_time("2026-01-01"):
                card = self._make_member(self._make_guest(), first.program_id)
            self._stay(card, "2026-02-01", 25)
            self._stay(card, "2026-03-01", 1, 400, hotel=hotel)
            self._evaluate(card, "2026-03-02")
            moves = card.hotel_move_ids.sorted("id")
            self.assertEqual(moves.mapped(lambda move: (move.kind, move.points)), [("earn", base), ("bonus", bonus)])
            self.assertEqual(card.points, base + bonus)
            self.assertEqual(moves[1].reason, f"{bonus} points: 25 % of {base} for Gold Elite.")

    def test_case_2_the_fiftieth_night_makes_platinum_at_once(self):
        card = self._join("marriott", "USD")
        self._stay(card, "2026-04-01", 49)
        self._stay(card, "2026-05-10", 1)
        self.assertEqual(self._evaluate(card, "2026-05-09").tier, "gold")
        self._evaluate(card, "2026-05-10")
        self.assertEqual((card.hotel_tier_id.code, card.hotel_tier_until), ("platinum", date(2028, 2, 29)))
        self.assertEqual(self._list_decisions(card)[-1], ("gain", "platinum", "2026-05-10", "2028-02-29"))

    def test_case_3_a_hundred_nights_and_a_dollar_too_few(self):
        card = self._join("marriott", "USD")
        stay = self._stay(card, "2026-06-01", 100, 22999)
        self._evaluate(card, "2026-06-02")
        self.assertEqual(card.hotel_tier_id.code, "titanium")
        self._make_charge(card.partner_id, 1, date(2026, 6, 1), "room", self.hotel, stay_id=stay.id)
        self._evaluate(card, "2026-06-02")
        self.assertEqual(card.hotel_tier_id.code, "ambassador")

    def test_case_4_hilton_from_2026(self):
        first = self._join("hilton", "USD")
        self._stay(first, "2026-06-01", 81, 17500)
        with freeze_time("2026-01-01"):
            second = self._make_member(self._make_guest(), first.program_id)
        for number in range(20):
            for nights, start in ((1, date(2026, 1, 5)), (2, date(2026, 4, 2))):
                departure = start + timedelta(days=number * nights)
                self._stay(second, str(departure), nights, 450)
        (first | second)._hotel_evaluate(date(2026, 12, 1))
        self.assertEqual((first | second).hotel_tier_id.mapped("code"), ["diamond", "diamond_reserve"])
        self.assertEqual(second.hotel_counts, {"nights": 60, "stays": 40, "spend": 18000})

    def test_case_5_nights_of_2025_count_in_2026_and_no_longer(self):
        card = self._join("hilton", "USD", date(2025, 1, 1))
        self._stay(card, "2025-06-01", 52)
        for day, expected in (("2026-01-15", 12), ("2027-01-15", 0)):
            self.assertEqual(self._evaluate(card, day).counts.get("nights", 0), expected)
        rolled = card.hotel_decision_ids.filtered(lambda row: row.kind == "rollover")
        self.assertEqual(rolled.mapped("reason"), ["Goes on into the next cycle: nights 12."])

    def test_case_6_ihg_gold_rolls_seven_nights_over(self):
        card = self._join("ihg", "USD")
        self._stay(card, "2026-06-01", 27)
        self._evaluate(card, "2027-01-01")
        self.assertEqual((card.hotel_tier_id.code, card.hotel_counts), ("gold", {"nights": 7}))

    def test_case_7_ihg_club_is_forfeited_after_a_year_without_activity(self):
        club = self._join("ihg", "USD")
        with freeze_time("2026-01-01"):
            silver = self._make_member(self._make_guest(), club.program_id)
        self._stay(silver, "2026-01-12", 10)
        for card in (club, silver):
            self.env["hotel.loyalty.posting"].create(
                {"card_id": card.id, "date": date(2026, 1, 15), "kind": "partner", "points": 5000}
            )
        with freeze_time("2026-05-02 12:00"):
            spent = (club | silver).mapped(lambda card: card._hotel_redeem(2000))
        with freeze_time("2026-06-20 12:00"):
            for redemption in spent:
                redemption._cancel()
        self.assertEqual(self._evaluate(club, "2027-01-14").balance, 5000)
        self.assertEqual(club.hotel_lost_date, date(2027, 1, 15))
        self.assertEqual(club.hotel_next_date, date(2027, 1, 15))
        self._evaluate(club, "2027-01-15")
        self.assertEqual(club.points, 0)
        lost = club.hotel_move_ids.filtered(lambda move: move.kind == "expire")
        self.assertEqual(lost.reason, "No activity for 12 months since 2026-01-15: the balance is lost.")
        self._evaluate(silver, "2027-12-31")
        self.assertEqual((silver.hotel_tier_id.code, silver.points, silver.hotel_lost_date), ("silver", 5000, False))

    def test_case_8_btg_third_night_makes_silver_the_next_day(self):
        card = self._join("btg", "CNY", date(2026, 3, 10))
        self._stay(card, "2026-04-10", 2, 300)
        self._stay(card, "2026-06-01", 1, 150)
        self._evaluate(card, "2026-06-01")
        self.assertEqual((card.hotel_tier_id.code, card.hotel_next_date), ("e", date(2026, 6, 2)))
        self._evaluate(card, "2026-06-02")
        self.assertEqual((card.hotel_tier_id.code, card.hotel_counts), ("silver", {}))
        self.assertEqual((card.hotel_cycle_start, card.hotel_cycle_end), (date(2026, 6, 2), date(2027, 6, 1)))

    def test_case_9_btg_group_nights_do_not_count(self):
        card = self._join("btg", "CNY", date(2026, 3, 10))
        self._stay(card, "2026-04-10", 2, 900)
        self._stay(card, "2026-05-10", 5, 2500, market_segment_id=self.group.id)
        self._evaluate(card, "2026-12-31")
        self.assertEqual((card.hotel_tier_id.code, card.hotel_counts), ("e", {"nights": 2, "growth": 900}))
        refused = card.hotel_decision_ids.filtered(lambda row: row.kind == "refuse")
        self.assertEqual(refused.mapped("reason_code"), ["not_eligible"])

    def test_case_10_ln_club_caps_an_event(self):
        card = self._join("ln_club", "CNY")
        self._make_charge(card.partner_id, 500000, date(2026, 5, 1), "event", self.hotel)
        self.assertEqual(self._evaluate(card, "2026-05-02").balance, 20000)
        with freeze_time("2026-01-01"):
            wedding = self._make_member(self._make_guest(), card.program_id)
        for _half in range(2):
            self._make_charge(wedding.partner_id, 250000, date(2026, 5, 1), "event", self.hotel, bill_ref="wedding")
        self.assertEqual(self._evaluate(wedding, "2026-05-02").balance, 20000)

    def test_case_11_a_refund_takes_points_from_their_lots_and_the_tier_is_looked_at_again(self):
        card = self._join("marriott", "USD")
        nights = self._stay(card, "2026-02-01", 25, 10)
        stay = self._stay(card, "2026-03-01", 1, 400)
        self._evaluate(card, "2026-03-10")
        self.assertEqual((card.points, card.hotel_tier_id.code), (100 + 5000, "gold"))
        self.hotel.business_date = date(2026, 3, 20)
        charges = self.env["hotel.consumption"].search([("stay_id", "=", stay.id)])
        charges.action_reverse("refunded")
        self._evaluate(card, "2026-03-20")
        taken = card.hotel_move_ids.filtered(lambda move: move.kind == "reverse")
        self.assertEqual(
            sorted(taken.mapped(lambda move: (move.lot_id.key, move.points))),
            [(f"bonus/stay:{stay.id}/tier", -1000), (f"earn/stay:{stay.id}", -4000)],
        )
        checked = card.hotel_decision_ids.sorted("id")[-1]
        self.assertEqual((checked.kind, checked.reason_code, checked.inputs["nights"]), ("keep", "tier_checked", 25))
        charges = self.env["hotel.consumption"].search([("stay_id", "=", nights.id)])
        charges.action_reverse("refunded")
        self._evaluate(card, "2026-03-20")
        self.assertEqual((card.points, card.hotel_tier_id.code), (0, "member"))
        lost = card.hotel_decision_ids.sorted("id")[-1]
        self.assertEqual(lost.reason, "After a refund the need of Gold Elite is not met any more.")
