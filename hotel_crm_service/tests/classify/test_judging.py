"""The rules on sentences of our own, and on any text there can be."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...classify.categories import CATEGORIES
from ...classify.rules import judge
from ...classify.severity import LEVELS

ENGLISH = {
    "cleanliness": "Hair in the bathtub, stained sheets and dust everywhere.",
    "facilities": "The air conditioning was broken and the shower had no hot water.",
    "noise": "Paper thin walls, we heard our neighbors all night and could not sleep.",
    "staff": "The receptionist was rude, rolled her eyes and ignored us.",
    "front_desk": "They lost our reservation and we waited in line for an hour to check in.",
    "food": "Breakfast was terrible: cold eggs, stale bread and no fruit.",
    "price": "Overpriced! We were overcharged and they refused to refund the hidden fees.",
    "internet": "No wifi in the room, the internet kept dropping.",
    "location": "Inconvenient location, far from everything, no taxi, a bad neighborhood.",
    "safety": "Somebody broke into our room and my laptop was stolen.",
    "smell": "The room smelled of cigarette smoke and mildew.",
}
CHINESE = {
    "cleanliness": "床单上有头发和污渍，浴室很脏，还看到蟑螂。",
    "facilities": "空调坏了，热水不热，家具陈旧，电梯也经常故障。",
    "noise": "隔音太差，隔壁说话声听得一清二楚，一晚没睡。",
    "staff": "服务员态度恶劣，爱理不理，叫了几次都不耐烦。",
    "front_desk": "到前台说没有预订，办理入住排队等了一个小时。",
    "food": "早餐品种太少，菜都是凉的，很难吃。",
    "price": "价格太贵，还乱收费，完全是宰客。",
    "internet": "房间上不了网，网速慢得像拨号，wifi连不上。",
    "location": "位置偏僻，交通不便，打不到车，周围什么都没有。",
    "safety": "半夜骚扰电话不断，房间里的东西被偷，报警了。",
    "smell": "一进房间就有一股霉味和烟味，非常难闻。",
}


@tagged("post_install", "-at_install")
class TestJudging(BaseCase):
    def test_each_category_is_found_in_both_languages(self):
        for language, texts in (("en", ENGLISH), ("zh", CHINESE)):
            for category, text in texts.items():
                with self.subTest(category=category, language=language):
                    judgement = judge(text)
                    self.assertEqual(judgement.primary, category)
                    self.assertEqual(judgement.language, language)
                    self.assertTrue(judgement.found[0].words)

    def test_what_is_denied_is_not_complained_of(self):
        for text in ("没有异味，就是太吵了", "房间很干净，但是隔音太差", "No smell, not dirty, but very noisy."):
            with self.subTest(text):
                judgement = judge(text)
                self.assertEqual(judgement.primary, "noise")
                self.assertNotIn("smell", [one.category for one in judgement.found])
                self.assertNotIn("cleanliness", [one.category for one in judgement.found])

    def test_a_negation_turns_praise_over(self):
        self.assertEqual(judge("房间不干净").primary, "cleanliness")
        self.assertEqual(judge("The room was not clean.").primary, "cleanliness")

    def test_several_complaints_are_named_the_gravest_first(self):
        judgement = judge("The carpet was stained. Worst of all the night: loud music, yelling, no sleep at all!!")
        names = [one.category for one in judgement.found]
        self.assertEqual(names[0], "noise")
        self.assertIn("cleanliness", names)

    def test_of_equal_complaints_the_first_is_the_primary_one(self):
        for first, second in (("很吵。", "早餐难吃。"), ("Loud music. ", "Cold eggs, stale bread. ")):
            with self.subTest(first):
                self.assertEqual(judge(first + second).primary, "noise")
                self.assertEqual(judge(second + first).primary, "food")

    def test_a_defect_belongs_to_what_stands_beside_it(self):
        texts = {
            "The wifi was broken.": "internet",
            "The shower was broken.": "facilities",
            "Tiny breakfast.": "food",
            "网络坏了": "internet",
            "网页打不开": "internet",
            "窗户打不开": "facilities",
        }
        for text, category in texts.items():
            with self.subTest(text):
                self.assertEqual(judge(text).primary, category)

    def test_half_width_and_the_hotels_own_answer(self):
        self.assertEqual(judge("ｗｉｆｉ连不上").primary, "internet")
        answered = "早餐难吃 宾馆反馈2008年5月30日：前台服务员态度恶劣的问题已经解决，员工态度差的已经处理"
        self.assertEqual([one.category for one in judge(answered).found], ["food"])

    def test_severity(self):
        self.assertEqual(judge("孩子吃了早餐以后食物中毒，送了急诊").severity, "critical")
        self.assertEqual(judge("We found bed bugs, cockroaches and mice in the room.").severity, "high")
        self.assertEqual(judge("建议早餐品种再多一点").severity, "low")

    def test_words_of_danger_that_tell_of_none(self):
        for text in (
            "My husband had a heart attack and you kept the money for our room.",
            "The doors slam like gunshots, and then the ambulances outside.",
            "The shower was scalding hot, the carpet had burn marks.",
        ):
            with self.subTest(text):
                self.assertNotEqual(judge(text).severity, "critical")
        for text in ("A man opened our door at night.", "I burned my hand on the kettle.", "有人进过房间，现金丢了"):
            with self.subTest(text):
                self.assertEqual(judge(text).severity, "critical")

    @settings(max_examples=150, deadline=None)
    @given(st.text(max_size=600))
    def test_any_text_has_a_valid_answer(self, text):
        judgement = judge(text)
        names = [one.category for one in judgement.found]
        self.assertTrue(names)
        self.assertEqual(len(names), len(set(names)))
        self.assertLessEqual(set(names), set(CATEGORIES))
        self.assertTrue(all(0 <= one.confidence <= 1 for one in judgement.found))
        self.assertIn(judgement.severity, LEVELS)
        self.assertEqual(judgement.confidence, max(one.confidence for one in judgement.found))

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.sampled_from([*ENGLISH.values(), *CHINESE.values(), "!", "，", "a" * 50, "\x00"]), max_size=300))
    def test_texts_made_of_complaints_have_an_answer(self, parts):
        self.assertTrue(judge(" ".join(parts)).found)

    def test_eight_times_as_many_characters_take_about_eight_times_as_long(self):
        """Ten thousand take some milliseconds; what grows by the square would take 64 times as long."""
        judge("warm up 热身")
        for text in ("很吵，" * 3333, "The room was dirty! " * 500, "差" * 10000, "a " * 5000):
            short, long = (min(self._time(text[:size]) for _try in range(5)) for size in (1250, 10000))
            self.assertLess(long, 30 * short, text[:20])

    def _time(self, text):
        started = time.perf_counter()
        judge(text)
        return time.perf_counter() - started
