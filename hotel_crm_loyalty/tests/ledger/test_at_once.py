"""Two real connections at the same instant: one wins, and nothing is booked twice."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase

from .loyalty_common import LoyaltyMakers


@tagged("post_install", "-at_install")
class TestAtOnce(LoyaltyMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls._make_program()

    def setUp(self):
        super().setUp()
        self.guest = self._make_guest()

    def _make_rich(self, points=500):
        """Return a member with points that can be spent."""
        card = self._make_member(self.guest)
        self.env["hotel.loyalty.posting"].create({"card_id": card.id, "points": points, "date": date(2026, 1, 2)})
        card._hotel_evaluate()
        self.env.flush_all()
        self.cr.commit()
        return card

    def _see(self, card):
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(card.points, sum(card.hotel_lot_ids.filtered("is_available").mapped("remaining")))
        return card.points

    def test_points_are_redeemed_once(self):
        card = self._make_rich()
        points = int(self._see(card))

        def redeem(env):
            return env["loyalty.card"].browse(card.id)._hotel_redeem(points).id

        for way in (self._at_once, self._overlap):
            results = way(redeem, redeem)
            won = [result for result in results if isinstance(result, int)]
            lost = [result for result in results if not isinstance(result, int)]
            self.assertEqual([type(error) for error in lost], [UserError], results)
            self.assertEqual(self._see(card), 0)
            self.env["hotel.loyalty.redemption"].browse(won)._cancel()
            self.env.flush_all()
            self.cr.commit()
            self.assertEqual(self._see(card), points)

    def test_two_who_join_at_once_get_one_card(self):
        self.env.flush_all()
        self.cr.commit()

        def join(env):
            program = env["loyalty.program"].browse(self.program.id)
            return program._hotel_join(env["res.partner"].browse(self.guest.id)).id

        results = self._overlap(join, join)
        self.assertEqual(len(set(results)), 1, results)
        self.assertIsInstance(results[0], int)
        self.cr.rollback()
        self.assertEqual(self.env["loyalty.card"].search([("partner_id", "=", self.guest.id)]).ids, results[:1])

    def test_two_evaluations_at_once_book_once(self):
        card = self._make_rich()
        self._make_departed(self.guest, date(2026, 5, 10), spend=300)
        self.env.flush_all()
        self.cr.commit()

        def evaluate(env):
            return len(env["loyalty.card"].browse(card.id)._hotel_evaluate())

        self.assertEqual(self._overlap(evaluate, evaluate), [1, 1])
        self.cr.rollback()
        self.env.invalidate_all()
        earned = card.hotel_move_ids.filtered(lambda move: move.kind == "earn")
        self.assertEqual(earned.mapped("points"), [300])

    def test_what_is_posted_during_an_evaluation_is_counted_by_the_next(self):
        card = self._make_rich()
        self.env["hotel.loyalty.queue"].sudo()._query_take(1000)
        self.cr.commit()

        def evaluate(env):
            return len(env["loyalty.card"].browse(card.id)._hotel_evaluate())

        def post(env):
            fact = env["hotel.loyalty.posting"].create({"card_id": card.id, "points": 70, "date": date(2026, 1, 3)})
            env.cr.commit()
            return fact.points

        before = self._see(card)
        self.assertEqual(self._overlap(evaluate, post), [1, 70])
        self.assertEqual(self._see(card), before)
        self.assertEqual(self.env["hotel.loyalty.queue"].search([]).mapped("card_id"), [card.id])
        card._hotel_evaluate()
        self.env.flush_all()
        self.cr.commit()
        self.assertEqual(self._see(card), before + 70)

    def test_two_jobs_share_the_queue_and_book_once(self):
        cards = [self._make_member(self._make_guest(f"Guest {number}")) for number in range(6)]
        for card in cards:
            self._make_departed(card.partner_id, date(2026, 5, 10), spend=300)
        self.env.flush_all()
        self.cr.commit()
        waiting = self.env["hotel.loyalty.queue"].search([]).mapped("card_id")
        self.assertEqual({card_id % 2 for card_id in waiting}, {0, 1})

        def work(part):
            return lambda env: env["hotel.loyalty.evaluation"]._cron_evaluate(part)

        self.assertEqual(self._at_once(work(0), work(1)), [None, None])
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertFalse(self.env["hotel.loyalty.queue"].search([]))
        for card in cards:
            earned = card.hotel_move_ids.filtered(lambda move: move.kind == "earn")
            self.assertEqual(earned.mapped("points"), [300])

    def test_where_the_second_job_is_off_the_first_takes_all(self):
        queue = self.env["hotel.loyalty.queue"]
        self.env.ref("hotel_crm_loyalty.hotel_loyalty_cron_evaluate_other").active = False
        self.assertEqual(queue._get_share(0), queue._get_share(None))
        self.env.ref("hotel_crm_loyalty.hotel_loyalty_cron_evaluate_other").active = True
        self.assertNotEqual(queue._get_share(0), queue._get_share(1))
