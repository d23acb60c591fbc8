"""The figures against what they are defined by."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...satisfaction import drivers, net_promoter


@tagged("post_install", "-at_install")
class TestSatisfaction(BaseCase):
    @settings(max_examples=200, deadline=None)
    @given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
    def test_the_score_lies_in_its_interval_and_both_in_range(self, promoters, passives, detractors):
        score = net_promoter(promoters, passives, detractors)
        if not score.count:
            self.assertIsNone(score.value)
            return
        self.assertTrue(-100 <= score.low <= score.high <= 100)
        self.assertTrue(-100 <= score.value <= 100)
        mirrored = net_promoter(detractors, passives, promoters)
        self.assertAlmostEqual(mirrored.low, -score.high)

    def test_the_interval_holds_what_it_promises(self):
        """Of 2,000 samples of 50 guests about 95 of 100 intervals hold the true score."""
        draw, held = random.Random(5), 0
        for _sample in range(2000):
            groups = draw.choices((1, 0, -1), (0.6, 0.25, 0.15), k=50)
            score = net_promoter(groups.count(1), groups.count(0), groups.count(-1))
            held += score.low <= 45 <= score.high
        self.assertTrue(0.93 <= held / 2000 <= 0.98, held / 2000)

    def test_more_answers_narrow_it(self):
        few, many = net_promoter(6, 2, 2), net_promoter(600, 200, 200)
        self.assertLess(many.high - many.low, few.high - few.low)

    def test_parts_sum_to_what_is_explained_and_follow_the_truth(self):
        draw, answers = random.Random(8), []
        for _guest in range(400):
            ratings = {name: draw.randint(1, 5) for name in ("room", "food", "noise")}
            answers.append((1.5 * ratings["room"] + 0.5 * ratings["food"] + draw.gauss(0, 1), ratings))
        found = drivers(answers)
        self.assertAlmostEqual(sum(found.shares.values()), found.explained, places=6)
        self.assertGreater(found.shares["room"], found.shares["food"])
        self.assertGreater(found.shares["food"], found.shares["noise"])

    def test_two_aspects_that_are_one_share_its_part(self):
        answers = [(value, {"room": value, "bath": value}) for value in range(1, 6) for _guest in range(10)]
        shares = drivers(answers).shares
        self.assertAlmostEqual(shares["room"], 0.5, places=6)
        self.assertAlmostEqual(shares["bath"], 0.5, places=6)

    def test_what_cannot_be_said_is_not_said(self):
        self.assertIsNone(drivers([(5, {"room": 3})] * 50), "nothing varies")
        self.assertIsNone(drivers([(value % 5, {}) for value in range(50)]), "nothing was rated")
        rare = [(value % 5, {"room": value % 5} if value < 10 else {}) for value in range(50)]
        self.assertIsNone(drivers(rare), "too few have rated it")
