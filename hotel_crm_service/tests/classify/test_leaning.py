"""The tables of what a text's words lean to: whole, ours, and of the right mind."""

from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ...classify import leaning
from ...classify.categories import CATEGORIES
from ...classify.lexicon import FOLDER
from ...classify.linear import BrokenModel
from ...classify.rules import judge


@tagged("post_install", "-at_install")
class TestLeaning(BaseCase):
    def test_words_lean_to_what_they_speak_of(self):
        for language, texts in {
            "en": {"noise": "loud music and traffic", "staff": "rude manager", "internet": "wifi password login"},
            "zh": {"noise": "隔壁吵闹的声音", "staff": "服务员态度恶劣", "internet": "网线宽带上网"},
        }.items():
            for category, text in texts.items():
                with self.subTest(text):
                    found = leaning.lean(text, language)
                    self.assertEqual(set(found), set(CATEGORIES))
                    self.assertEqual(max(found, key=found.get), category)

    def test_a_text_of_unknown_words_leans_as_texts_do(self):
        self.assertEqual(leaning.lean("", "en"), leaning.lean("zzqx qqzzx", "en"))
        self.assertEqual(max(leaning.lean("", "zh").items(), key=lambda item: item[1])[0], "facilities")

    def test_a_table_with_another_hash_is_not_opened(self):
        with patch.dict(leaning.WORDS, en=leaning.WORDS["zh"]), self.assertRaises(BrokenModel):
            leaning.load.__wrapped__("en")

    def test_the_tables_hold_single_words_and_know_those_of_the_lexicon(self):
        for language, longest in (("zh", 2), ("en", 20)):
            words = leaning.load(language).terms
            self.assertLessEqual(max(map(len, words)), longest)
            self.assertFalse([word for word in words if " " in word])
            lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
            terms = [line for line in lines if not line.startswith(("#", "["))]
            known = {word for line in terms for word in leaning.words_of(line, language) if len(word) > 1}
            self.assertGreater(len(known), 1000)
            self.assertLessEqual(known, set(words))

    def test_what_the_clauses_say_stands(self):
        self.assertEqual(judge("The pool, the lift, the view: all fine. But my laptop was stolen!").primary, "safety")
        self.assertEqual(judge("房间很好，床也舒服，就是太吵").primary, "noise")
