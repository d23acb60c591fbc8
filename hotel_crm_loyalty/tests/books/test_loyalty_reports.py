from collections import Counter
from datetime import date
from random import Random
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .books_common import BooksCase

REPORTS = ("hotel.loyalty.move.report", "hotel.loyalty.member.report", "hotel.loyalty.liability.report",
           "hotel.loyalty.vintage", "hotel.loyalty.vintage.age")  # fmt: skip
TODAY = date(2026, 7, 1)


@tagged("post_install", "-at_install")
class TestLoyaltyReports(BooksCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_value(0.01)
        cls._make_value(0.02, date(2026, 4, 1))
        cls.sister = cls._make_property(name="Harbour Annex", code="ANNE")
        dice = Random(7)
        cls.cards = cls.env["loyalty.card"].union(
            *(cls._make_card(cls._make_guest(f"Guest {number}")) for number in range(4))
        )
        for number in range(40):
            day = date(2026, 1 + number % 6, 1 + dice.randrange(28))
            hotel = dice.choice([cls.hotel, cls.sister, None])
            card = cls.cards[number % 4]
            lot = cls._make_lot(card, dice.randrange(100, 900), day, hotel, expiry=date(2028, 1 + number % 12, 1))
            if number % 3 == 0:
                cls._make_move(lot, "redeem", -dice.randrange(10, 100), date(2026, 6, 30))
            if number % 5 == 0:
                cls._make_move(lot, "expire", -lot.remaining // 2, date(2026, 6, 29))
        cls._refresh(cls)
        cls.moves = cls.env["hotel.loyalty.move"].search([("card_id", "in", cls.cards.ids)])
        cls.domain = [("program_id", "=", cls.program.id)]

    def _worth(self, lot):
        return 0.02 if lot.earned_date >= date(2026, 4, 1) else 0.01

    def _assert_equal_sums(self, model, groupby, measure, sums):
        rows = dict(self.env[model]._read_group(self.domain, [groupby], [measure]))
        for key in set(rows) | set(sums):
            self.assertAlmostEqual(rows.get(key) or 0, sums.get(key, 0), places=2, msg=f"{model} {measure} {key}")

    def test_points_and_money_by_month_and_hotel_equal_the_moves(self):
        months, hotels, values = Counter(), Counter(), Counter()
        for move in self.moves.filtered(lambda move: move.kind == "earn"):
            months[move.date.replace(day=1)] += move.points
            hotels[move.lot_id.property_id] += move.points
            values[move.lot_id.property_id] += move.points * self._worth(move.lot_id)
        model = "hotel.loyalty.move.report"
        self._assert_equal_sums(model, "date:month", "earned:sum", months)
        self._assert_equal_sums(model, "property_id", "earned:sum", hotels)
        self._assert_equal_sums(model, "property_id", "earned_value:sum", values)
        burnt = -sum(self.moves.filtered(lambda move: move.kind == "redeem").mapped("points"))
        expired = -sum(self.moves.filtered(lambda move: move.kind == "expire").mapped("points"))
        measures = ["burnt:sum", "expired:sum", "points:sum", "redemption_rate:avg", "earn_average:avg"]
        found = self.env[model]._read_group(self.domain, [], measures)[0]
        earned = sum(months.values())
        self.assertEqual(found[:3], (burnt, expired, earned - burnt - expired))
        self.assertAlmostEqual(found[3], 100 * burnt / earned, places=6)
        self.assertAlmostEqual(found[4], earned / 40, places=6)

    def test_liability_equals_the_lots(self):
        points, values = Counter(), Counter()
        for lot in self.cards.hotel_lot_ids:
            points[lot.property_id] += lot.remaining
            values[lot.property_id] += lot.remaining * self._worth(lot)
        model = "hotel.loyalty.liability.report"
        self._assert_equal_sums(model, "property_id", "points:sum", points)
        self._assert_equal_sums(model, "property_id", "value:sum", values)
        self._assert_equal_sums(model, "tier_id", "points:sum", {self.tiers[0]: sum(points.values())})
        self.assertEqual(sum(points.values()), sum(self.cards.mapped("points")))
        found = self.env[model]._read_group(self.domain, [], ["point_value:avg"])[0][0]
        self.assertAlmostEqual(found, sum(values.values()) / sum(points.values()), places=6)

    @freeze_time("2026-07-01 12:00:00")
    def test_members_are_sorted_by_activity(self):
        cases = (
            (date(2025, 7, 2), "active", date(2026, 7, 2)),
            (date(2025, 7, 1), "dormant", date(2026, 7, 1)),
            (date(2024, 7, 2), "dormant", date(2025, 7, 2)),
            (date(2024, 7, 1), "churned", date(2025, 7, 1)),
        )
        report = self.env["hotel.loyalty.member.report"]
        for day, activity, lapsed in cases:
            card = self._make_card(self._make_guest(f"Guest of {day}"), joined=date(2024, 1, 1))
            self._make_lot(card, 10, day)
            self.env["hotel.loyalty.figure.member"]._refresh_cards(card.ids)
            row = report.search([("card_id", "=", card.id)])
            self.assertEqual((row.activity, row.lapsed_date), (activity, lapsed), day)
        fresh = self._make_card(self._make_guest("New"), joined=date(2026, 6, 1))
        sleeper = self._make_card(self._make_guest("Sleeper"), joined=date(2023, 6, 1))
        gone = self._make_card(self._make_guest("Gone"), hotel_state="closed")
        self.env["hotel.loyalty.figure.member"]._refresh_cards((fresh | sleeper | gone).ids)
        rows = report.search([("card_id", "in", (fresh | sleeper | gone).ids)], order="card_id")
        self.assertEqual(rows.mapped("activity"), ["new", "churned", "closed"])
        members, active, churn = report._read_group(
            self.domain, [], ["members:sum", "active_members:sum", "churn_rate:avg"]
        )[0]
        self.assertEqual((members, active), (11, 5))
        self.assertAlmostEqual(churn, 100 * 3 / 11, places=6)

    def test_staff_see_their_hotels_and_points_of_none(self):
        user = self._make_user("marketing", self.sister)
        for model in ("hotel.loyalty.move.report", "hotel.loyalty.liability.report"):
            hotels = self.env[model].with_user(user).search(self.domain).property_id
            self.assertEqual(hotels, self.sister, model)
            self.assertTrue(self.env[model].with_user(user).search_count([*self.domain, ("property_id", "=", False)]))
        stranger = self._make_user("finance", self.other_hotel)
        theirs = self.env(user=stranger, context={"allowed_company_ids": self.other_company.ids})
        for model in ("hotel.loyalty.move.report", "hotel.loyalty.liability.report", "hotel.loyalty.vintage"):
            self.assertFalse(theirs[model].search(self.domain), model)
        # members of a programme of the chain are everybody's
        self.assertTrue(theirs["hotel.loyalty.member.report"].search(self.domain))
        self.program.company_id = self.company
        self.env.flush_all()
        self.assertFalse(theirs["hotel.loyalty.member.report"].search(self.domain))

    def test_the_movements_behind_a_row(self):
        row = self.env["hotel.loyalty.move.report"].search([*self.domain, ("kind", "=", "redeem")], limit=1)
        action = row.action_view_moves()
        self.assertTrue(self.env[action["res_model"]].search(action["domain"]))

    def test_the_lots_behind_a_row_of_liability(self):
        for row in self.env["hotel.loyalty.liability.report"].search(self.domain):
            lots = self.env["hotel.loyalty.lot"].search(row.action_view_lots()["domain"])
            self.assertEqual((sum(lots.mapped("remaining")), len(lots)), (row.points, row.lots))

    def test_liability_is_counted_again_by_finance(self):
        report = self.env["hotel.loyalty.liability.report"]
        before = sum(report.search(self.domain).mapped("points"))
        self._make_lot(self.cards[0], 77, date(2026, 6, 30), self.hotel)
        with self.assertRaises(AccessError):
            report.with_user(self._make_user("marketing")).action_refresh()
        report.with_user(self._make_user("finance")).action_refresh()
        self.assertEqual(sum(report.search(self.domain).mapped("points")), before + 77)
        with patch.object(type(report), "_refresh", lambda model: False), self.assertRaises(UserError):
            report.with_user(self._make_user("finance")).action_refresh()
        report._cron_refresh()
        self.assertEqual(sum(report.search(self.domain).mapped("points")), before + 77)

    def test_reports_cost_the_same_at_two_sizes(self):
        for _size in range(2):
            for model in REPORTS:
                self.env.invalidate_all()
                self.env[model]._read_group(self.domain, ["program_id"], ["__count"])  # what is cached once
                with self.assertQueryCount(2):
                    self.env[model]._read_group(self.domain, ["program_id"], ["__count"])
            for _number in range(20):
                self._make_lot(self.cards[0], 5, date(2026, 6, 30), self.hotel)
            self._refresh()

    @freeze_time("2026-07-01 12:00:00")
    def test_money_of_two_companies_is_added_up_in_one_currency(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        self.other_company.currency_id = yen
        self.env["res.currency.rate"].create({"currency_id": yen.id, "rate": 100, "name": "2020-01-01"})
        self._make_value(2, company=self.other_company)
        self._make_lot(self._make_card(self._make_guest("Yen")), 1000, date(2026, 6, 30), self.other_hotel)
        self._refresh()
        both = self.env["hotel.loyalty.liability.report"].with_context(
            allowed_company_ids=[self.company.id, self.other_company.id]
        )
        rate = yen._get_conversion_rate(yen, self.company.currency_id, self.company, TODAY)
        value = both._read_group([("property_id", "=", self.other_hotel.id)], [], ["value:sum"])[0][0]
        self.assertAlmostEqual(value, 2000 * rate, places=2)

    def test_a_filter_on_days_reaches_the_index(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = self.env["hotel.loyalty.move.report"]._search(
            [("property_id", "=", self.hotel.id), ("date", ">=", "2026-01-01"), ("date", "<", "2026-02-01")]
        )
        plan = "\n".join(line for (line,) in self.env.execute_query(SQL("EXPLAIN %s", query.select())))
        self.assertIn("Index Cond", plan)

    def test_guests_can_be_found_by_tier_and_points(self):
        metrics = self.env["hotel.guest.metric"]
        metrics._refresh_partners(self.cards.partner_id.ids)
        rows = metrics.search([("partner_id", "in", self.cards.partner_id.ids)])
        self.assertEqual(rows.member_tier_id, self.tiers[0])
        self.assertEqual(
            {row.partner_id: row.member_points for row in rows}, {card.partner_id: card.points for card in self.cards}
        )
        self.assertEqual(rows.company_id, self.program.hotel_liability_company_id)
