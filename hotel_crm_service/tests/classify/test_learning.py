"""What is learned, how it is kept, and that nothing else is opened."""

import gzip
import json
import math
import pickle

from odoo.tests import BaseCase, tagged

from ...classify import rules
from ...classify.linear import BrokenModel, Model, fingerprint, ngrams
from ...classify.training import TooFewTexts, learn, train

#: a hotel's own words, that no lexicon knows
OWN = {
    "food": "The {n} Kumquat corner ran out of zwieback again",
    "noise": "Bongo evening number {n} at the Gazebo went on",
}


def make_texts(count=40):
    texts = [text.format(n=number) for number in range(count) for text in OWN.values()]
    return texts, list(OWN) * count


@tagged("post_install", "-at_install")
class TestLearning(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.texts, cls.categories = make_texts()
        cls.outcome = train(cls.texts, cls.categories)

    def test_it_learns_what_the_rules_do_not_know(self):
        self.assertLess(self.outcome.rules_right, 0.9)
        self.assertGreater(self.outcome.right, 0.95)
        self.assertGreater(self.outcome.model.share, 0)
        judgement = rules.judge("Once more no zwieback at the Kumquat corner", self.outcome.model)
        self.assertEqual(judgement.primary, "food")

    def test_what_it_has_not_seen_is_left_to_the_rules(self):
        judgement = rules.judge("My laptop was stolen, somebody broke into our room", self.outcome.model)
        self.assertEqual(rules.judge("My laptop was stolen, somebody broke into our room").primary, "safety")
        self.assertIn("safety", [one.category for one in judgement.found])

    def test_our_predictor_says_what_the_learner_says(self):
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        texts = [*self.texts, *(f"Lukewarm shower, tap {n} drips, cold radiator" for n in range(30))]
        categories = [*self.categories, *["facilities"] * 30]
        vectorizer = TfidfVectorizer(analyzer=ngrams, sublinear_tf=True, min_df=2, max_features=8000)
        learner = LogisticRegression(C=4.0, max_iter=400).fit(vectorizer.fit_transform(texts), categories)
        model = learn(texts, categories)
        for text in ("Bongo at the shower", "热水 Kumquat", "tap drips", ""):
            theirs = dict(zip(learner.classes_, learner.predict_proba(vectorizer.transform([text]))[0], strict=True))
            ours = model.probabilities(text)
            for name, chance in theirs.items():
                self.assertAlmostEqual(ours[name], chance, places=4)

    def test_two_kinds_are_a_softmax_too(self):
        ours = learn(self.texts, self.categories).probabilities("Bongo evening at the Gazebo")
        self.assertAlmostEqual(sum(ours.values()), 1)
        self.assertGreater(ours["noise"], 0.8)

    def test_a_model_comes_back_as_it_was_kept(self):
        content = self.outcome.model.dump()
        again = Model.load(content, fingerprint(content))
        self.assertEqual(again.dump(), content)
        for name, chance in self.outcome.model.probabilities("Kumquat corner").items():
            self.assertTrue(math.isclose(again.probabilities("Kumquat corner")[name], chance, abs_tol=1e-3))

    def test_weights_stay_with_their_categories_in_whatever_order_they_come(self):
        model = Model({"a": 1.0}, {"a": [3.0, 1.0, 2.0]}, {"staff": 0.0, "food": 0.0, "noise": 0.0}, 1.0)
        content = model.dump()
        again = Model.load(content, fingerprint(content))
        self.assertEqual(again.scores(["a"]), {"staff": 3.0, "food": 1.0, "noise": 2.0})

    def test_a_file_that_was_changed_is_not_opened(self):
        content = self.outcome.model.dump()
        with self.assertRaises(BrokenModel):
            Model.load(content + b"x", fingerprint(content))
        with self.assertRaises(BrokenModel):
            Model.load(content, "")

    def test_a_pickle_is_never_run(self):
        class Trap:
            def __reduce__(self):
                raise AssertionError("it was run")

        for content in (b"", b"\x80\x04N.", pickle.dumps({"a": 1}), gzip.compress(pickle.dumps([1]))):
            with self.assertRaises(BrokenModel):
                Model.load(content, fingerprint(content))
        self.assertTrue(Trap)

    def test_files_of_another_shape_are_refused(self):
        good = json.loads(gzip.decompress(self.outcome.model.dump()))
        for change in (
            {"format": 99},
            {"constants": {"gossip": 1.0}},
            {"terms": {"ab": [1.0]}},
            {"terms": ["ab"]},
            {"share": "much"},
        ):
            content = gzip.compress(json.dumps({**good, **change}).encode())
            with self.assertRaises(BrokenModel):
                Model.load(content, fingerprint(content))

    def test_few_texts_teach_nothing(self):
        with self.assertRaises(TooFewTexts):
            train(["cold"] * 10, ["food"] * 10)
        with self.assertRaises(TooFewTexts):
            train(["cold"] * 100, ["food"] * 100)
