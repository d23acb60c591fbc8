"""The intervals hold what they promise: over a thousand campaigns whose effect is known."""

import random

from odoo.tests import BaseCase, tagged

from ...uplift import Group, Sums, compare_means, compare_shares


@tagged("post_install", "-at_install")
class TestUplift(BaseCase):
    def _draw(self, chance, share, size):
        """Return how many of a group book."""
        return sum(chance.random() < share for _guest in range(size))

    def test_95_of_100_intervals_hold_the_true_uplift(self):
        chance, held, campaigns = random.Random(19), 0, 1000
        for _campaign in range(campaigns):
            sizes = chance.randint(500, 2000), chance.randint(150, 600)
            share, effect = chance.uniform(0.03, 0.3), chance.uniform(0.0, 0.1)
            told = Group(self._draw(chance, share + effect, sizes[0]), sizes[0])
            control = Group(self._draw(chance, share, sizes[1]), sizes[1])
            interval = compare_shares(told, control)
            held += interval.low <= effect <= interval.high
        self.assertTrue(935 <= held <= 965, held)

    def _spend(self, chance, share, mean, size):
        amounts = [chance.gammavariate(2, mean / 2) if chance.random() < share else 0.0 for _guest in range(size)]
        return Sums(size, sum(amounts), sum(amount * amount for amount in amounts))

    def test_95_of_100_intervals_hold_the_true_difference_of_spend(self):
        chance, held, campaigns = random.Random(7), 0, 1000
        for _campaign in range(campaigns):
            share, other = chance.uniform(0.1, 0.4), chance.uniform(0.1, 0.4)
            told = self._spend(chance, share, 300.0, 900)
            control = self._spend(chance, other, 300.0, 300)
            interval = compare_means(told, control)
            held += interval.low <= 300.0 * (share - other) <= interval.high
        self.assertTrue(935 <= held <= 965, held)

    def test_newcombe_s_own_examples(self):
        # Statistics in Medicine 17 (1998), table II, method 10
        for told, control, low, high in (
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((10, 10), (0, 10), 0.6075, 1.0),
        ):
            with self.subTest(told=told, control=control):
                interval = compare_shares(Group(*told), Group(*control))
                self.assertAlmostEqual(interval.low, low, 4)
                self.assertAlmostEqual(interval.high, high, 4)

    def test_a_side_without_guests_is_not_compared(self):
        self.assertIsNone(compare_shares(Group(1, 3), Group(0, 0)))
        self.assertIsNone(compare_means(Sums(3, 1.0, 1.0), Sums(1, 1.0, 1.0)))
