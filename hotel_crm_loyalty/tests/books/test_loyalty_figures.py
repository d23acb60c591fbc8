from datetime import date
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from .books_common import BooksCase

DAY = date(2026, 5, 4)


@tagged("post_install", "-at_install")
class TestLoyaltyFigures(BooksCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_value(0.01)
        cls.card = cls._make_card()
        cls.figures = cls.env["hotel.loyalty.figure.day"]
        cls.members = cls.env["hotel.loyalty.figure.member"]

    def setUp(self):
        super().setUp()
        self._patch(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60.0)

    def _drain(self):
        self.env.flush_all()
        self.figures._refresh_changed()
        self.members._refresh_changed()

    def test_a_stay_is_in_the_figures_after_the_evaluation(self):
        """The whole way: check-out, evaluation, queues, figures."""
        self.program._get_hotel_today()
        guest = self._make_guest("Rui Pinto")
        card = self.program._hotel_join(guest, on=date(2026, 5, 1))
        self._drain()
        self._make_stay(guest, arrival=date(2026, 5, 2), nights=2, state="departed")
        self._make_consumption(guest, amount=100.0, kind="room", business_date=DAY, stay_id=guest.hotel_stay_ids.id)
        self.env["hotel.loyalty.evaluation"]._evaluate(card)
        moves = card.hotel_move_ids.filtered(lambda move: move.kind == "earn")
        self.assertTrue(moves, "the programme gives points for a stay")
        self._drain()
        rows = self.figures.search([("program_id", "=", self.program.id), ("kind", "=", "earn")])
        self.assertEqual(sum(rows.mapped("points")), sum(moves.mapped("points")))
        self.assertEqual((rows.origin, rows.property_id, rows.date), ("stay", self.hotel, moves.date))
        row = self.members.search([("card_id", "=", card.id)])
        self.assertEqual((row.balance, row.activity_date), (card.points + card.hotel_pending, moves.date))
        self.assertIn(
            "member_points", self.env["hotel.guest.metric"]._query_column_names(
                {"member": self.env["hotel.guest.metric"]._get_metric_queries()["member"]}
            )
        )
        self.assertTrue(self.env["hotel.guest.metric.queue"].search([("partner_id", "=", guest.id)]))

    def test_figures_equal_the_moves_and_are_replaced_not_added_to(self):
        lot = self._make_lot(self.card, 1000, DAY, self.hotel)
        self._make_move(lot, "redeem", -300, DAY, self.other_hotel)
        self.figures._refresh_days([DAY])
        self.figures._refresh_days([DAY])
        rows = self.figures.sudo().search([("date", "=", DAY)])
        found = {(row.kind, row.property_id): (row.points, row.value, row.company_id) for row in rows}
        self.assertEqual(
            found,
            {
                ("earn", self.hotel): (1000, 10.0, self.company),
                ("redeem", self.other_hotel): (-300, -3.0, self.other_company),
            },
        )
        self._make_move(lot, "expire", -700, DAY)
        self.figures._refresh_days([DAY])
        self.assertEqual(sum(self.figures.search([("date", "=", DAY)]).mapped("points")), 0)

    def test_debts_are_counted_apart(self):
        lot = self._make_lot(self.card, 100, DAY, self.hotel)
        self.env["hotel.loyalty.move"].with_env(lot.env).create(
            {"card_id": self.card.id, "key": "debt", "kind": "reverse", "date": DAY, "points": -40,
             "reason_code": "refunded", "property_id": self.hotel.id, "origin": "refund:1"}
        )  # fmt: skip
        self.figures._refresh_days([DAY])
        row = self.figures.search([("kind", "=", "reverse"), ("date", "=", DAY)])
        self.assertEqual((row.points, row.debt, row.origin, row.value), (0, 40, "refund", 0))

    def test_the_tier_is_the_one_of_that_day(self):
        silver = self.tiers[1]
        lot = self._make_lot(self.card, 10, DAY, self.hotel)
        self.env["hotel.loyalty.decision"].with_env(lot.env).create(
            {
                "card_id": self.card.id,
                "key": "gain/1",
                "kind": "gain",
                "date": date(2026, 6, 1),
                "effective_date": date(2026, 6, 1),
                "tier_id": silver.id,
                "reason_code": "tier_gained",
            }
        )
        later = date(2026, 6, 2)
        self._make_lot(self.card, 20, later, self.hotel)
        self.figures._refresh_days([DAY, later])
        rows = self.figures.search([("date", "in", (DAY, later))], order="date")
        self.assertEqual(rows.tier_id.mapped("rank"), [0, 1])
        self.assertEqual(rows[1].tier_id, silver)

    def test_origins_name_what_is_behind(self):
        cases = {
            ("post", "posted_gift", "post:1"): "gift",
            ("post", "posted_transfer", "post:2"): "transfer",
            ("bonus", "tier_bonus", "stay:1"): "stay",
            ("earn", "spend", "bill:7"): "bill",
            ("reverse", "refunded", "reverse/refund:3/earn/stay:1/spent"): "refund",
            ("bonus", "rule_bonus", "join"): "rule",
        }
        lot = self._make_lot(self.card, 1000, date(2020, 1, 1), self.hotel)
        for number, (kind, reason, origin) in enumerate(cases):
            self.env["hotel.loyalty.move"].with_env(lot.env).create(
                {"card_id": self.card.id, "lot_id": lot.id, "key": f"case/{number}", "kind": kind, "points": 1,
                 "date": date(2026, 7, 1 + number), "reason_code": reason, "origin": origin}
            )  # fmt: skip
        self.figures._refresh_days([date(2026, 7, 1 + number) for number in range(len(cases))])
        rows = self.figures.search([("date", ">=", "2026-07-01"), ("date", "<=", "2026-07-06")], order="date")
        self.assertEqual(rows.mapped("origin"), list(cases.values()))

    def test_members_are_counted_with_their_last_activity(self):
        lot = self._make_lot(self.card, 1000, date(2025, 2, 3), self.hotel)
        self._make_move(lot, "redeem", -200, date(2025, 4, 1))
        self._make_move(lot, "return", 50, date(2025, 4, 9))
        self._make_move(lot, "expire", -100, date(2026, 2, 3))
        self._make_lot(self.card, 70, date(2025, 9, 1), kind="post")
        self.members._refresh_cards(self.card.ids)
        row = self.members.search([("card_id", "=", self.card.id)])
        self.assertEqual(
            (row.balance, row.earned, row.redeemed, row.expired, row.activity_date),
            (820, 1000, 150, 100, date(2025, 4, 1)),
        )

    def test_all_figures_can_be_counted_anew(self):
        self._make_lot(self.card, 1000, DAY, self.hotel)
        self.env.flush_all()
        self.figures._query_queue_all()
        self.members._query_queue_all()
        self._drain()
        self.assertTrue(self.figures.search_count([("date", "=", DAY)]))
        self.assertTrue(self.members.search_count([("card_id", "=", self.card.id)]))
        self.assertFalse(self.env["hotel.loyalty.figure.queue"].search_count([]))

    def test_another_value_has_the_amounts_counted_again(self):
        self._make_lot(self.card, 1000, DAY, self.hotel)
        self.figures._refresh_days([DAY])
        self._make_value(0.05, date(2026, 1, 1))
        self._drain()
        self.assertEqual(self.figures.search([("date", "=", DAY)]).value, 50.0)

    def test_a_day_costs_the_same_statements_whatever_happened_on_it(self):
        self._make_lot(self.card, 1, DAY, self.hotel)
        self.env.flush_all()
        with self.assertQueryCount(3):
            self.figures._refresh_days([DAY])
        for _number in range(30):
            self._make_lot(self.card, 1, DAY, self.hotel)
        self.env.flush_all()
        with self.assertQueryCount(3):
            self.figures._refresh_days([DAY])

    def test_one_job_at_a_time(self):
        with patch.object(type(self.figures), "_query_try_lock", lambda model: False):
            self.env["hotel.loyalty.figure.queue"]._query_add(SQL("SELECT %s::date", DAY))
            self.assertEqual(self.figures._refresh_changed(), 0)
        self.assertEqual(self.figures._refresh_changed(), 1)
