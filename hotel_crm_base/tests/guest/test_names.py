import doctest
import re
import time
import unicodedata

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ... import hanzi, names, query

LATIN = st.text("abcdefghijklmnopqrstuvwxyzÀÉÑÖÜàéñöüßłøđşņ", min_size=1, max_size=9)
HAN = st.text("王李张刘陈欧阳司马伟芳桂兰国强明丽曾单仇吕乐", min_size=1, max_size=4)
TEXT = st.text(max_size=60)
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=300)


@tagged("post_install", "-at_install")
class TestNames(BaseCase):
    """Look-up keys, and what a typed text asks for."""

    def _tokens(self, name, *kinds):
        return [token for kind, token in names.name_tokens(name) if not kinds or kind in kinds]

    def _line(self, name):
        return "".join(self._tokens(name, names.TEXT))

    def test_doctests(self):
        for module in (names, hanzi, query):
            failed, tried = doctest.testmod(module)
            self.assertTrue(tried)
            self.assertFalse(failed, module)

    def test_family_names_that_are_read_differently(self):
        for name, reading in (
            *(("曾伟", "zeng"), ("单伟", "shan"), ("仇伟", "qiu"), ("区伟", "ou"), ("解伟", "xie"), ("任伟", "ren")),
            *(("华伟", "hua"), ("查伟", "zha"), ("朴伟", "piao"), ("翟伟", "zhai"), ("尉迟伟", "yuchi")),
            *(("欧阳修", "ouyang"), ("司马光", "sima"), ("诸葛亮", "zhuge"), ("上官婉", "shangguan"), ("司马", "si")),
        ):
            self.assertIn(reading, self._tokens(name, names.WORD), name)

    def test_names_with_a_space_or_dot_inside(self):
        self.assertEqual(self._tokens("王 桂兰", names.WHOLE), self._tokens("王桂兰", names.WHOLE))
        self.assertLess({"玛丽", "居里", "玛丽居里"}, set(self._tokens("玛丽·居里")))

    def test_full_width_and_accented_letters_are_the_plain_ones(self):
        for one, other in (("Ｗａｎｇ　Ｗｅｉ", "wang wei"), ("ŁÓDŹ", "lodz"), ("Đặng", "dang"), ("STRAẞE", "strasse")):
            self.assertEqual(names.fold(one), other)
            self.assertEqual(names.fold(unicodedata.normalize("NFD", one)), other)

    @settings(deadline=None)
    @given(ANY_TEXT)
    def test_folding_twice_changes_nothing(self, text):
        folded = names.fold(text)
        self.assertEqual(names.fold(folded), folded)
        self.assertNotRegex(folded, r"[\x00%_\\'\"]|^ | $|  ")

    @settings(deadline=None)
    @given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT)
    def test_tokens_fit_the_table_whatever_is_given(self, name, phone, email, code):
        found = names.tokens(name, phone, email, code)
        self.assertEqual(len(found), len(set(found)))
        for kind, token in found:
            self.assertTrue(token.strip())
            self.assertLessEqual(len(token), names.MAX_TEXT if kind == names.TEXT else names.MAX_TOKEN)
            self.assertNotRegex(token, r"[\t\n\r]")
        self.assertLessEqual(sum(kind == names.TEXT for kind, _token in found), 1)

    @settings(deadline=None)
    @given(st.lists(LATIN, min_size=1, max_size=5))
    def test_any_rotation_of_the_words_is_the_whole_name(self, words):
        words = [names.fold(word) for word in words]
        assume(all(words))
        # pylint: disable-next=unreachable
        found = self._tokens(" ".join(words), names.WHOLE)
        for turn in range(len(words)):
            rotated = " ".join(words[turn:] + words[:turn])[: names.MAX_TOKEN]
            self.assertIn(rotated, found)
            self.assertEqual(query.parse_query(rotated).name, rotated.strip())

    @settings(deadline=None)
    @given(HAN, st.data())
    def test_any_part_of_a_chinese_name_begins_a_token(self, name, data):
        start = data.draw(st.integers(0, len(name) - 1))
        end = data.draw(st.integers(start + 1, len(name)))
        self.assertTrue(any(token.startswith(name[start:end]) for token in self._tokens(name)), name)

    @settings(deadline=None)
    @given(st.one_of(HAN, st.lists(LATIN, min_size=1, max_size=5).map(" ".join), st.tuples(HAN, LATIN).map(" ".join)))
    def test_whatever_a_token_begins_with_stands_in_the_line_after_a_space(self, name):
        """The plans for common and for rare beginnings must find the same guests."""
        line = self._line(name)
        assume(len(line) < names.MAX_TEXT)
        # pylint: disable-next=unreachable
        tokens = self._tokens(name, names.WHOLE, names.WORD, names.INNER)
        for token in tokens:
            if len(token) < names.MAX_TOKEN and not (" " in token and hanzi.has_cjk(token)):
                self.assertIn(f" {token}", line)
        for piece in re.split("  ", line.strip()):
            self.assertTrue(any(piece in f"{token} {token}" for token in tokens) or " " in piece, (piece, tokens))

    @settings(deadline=None)
    @given(st.text("0123456789", min_size=7, max_size=15), st.integers(3, 7))
    def test_any_tail_of_a_number_begins_the_reversed_one(self, digits, length):
        tails = [token for kind, token in names.phone_tokens(f"+{digits}") if kind == names.TAIL]
        asked = query.parse_query(digits[-length:]).digits
        self.assertTrue(tails[0].startswith(asked[::-1]))

    @settings(deadline=None)
    @given(ANY_TEXT)
    def test_any_text_is_a_query(self, text):
        parsed = query.parse_query(text)
        self.assertLessEqual(len(parsed.name), names.MAX_TOKEN)
        self.assertNotRegex(parsed.name + parsed.digits + parsed.code + parsed.document, r"[\x00%_\\'\"]")
        self.assertNotIn("\0", parsed.email)
        self.assertTrue(not parsed.digits or not parsed.name)

    def test_what_a_text_can_be(self):
        parsed = query.parse_query
        self.assertEqual(parsed("+86 (139) 1234-5678").digits, "8613912345678")
        self.assertEqual(parsed("00351 912").digits, "351912")
        self.assertEqual(parsed("0123").digits, "0123")
        self.assertEqual(parsed("１２３４").digits, "1234")
        self.assertEqual(parsed(" Ana@X.pt ").email, "ana@x.pt")
        self.assertEqual(parsed("p12345678").document, "P12345678")
        self.assertEqual(parsed("wang12345").document, "")
        self.assertEqual(parsed("1234").document, "")
        self.assertEqual(parsed("王 wei").words, ["王", "wei"])

    def test_a_million_names_take_minutes_at_most(self):
        """A name costs some dozens of microseconds: as much as so many plain foldings of it on the same machine."""
        sample = ["王桂兰", "Nguyễn Văn Minh", "Anna Berger", "欧阳修文", "María José García López"] * 80

        def fold(name):
            for _time in range(100):
                unicodedata.normalize("NFKD", name + "+8613912345678 someone@example.com").casefold().split()

        def tokens(name):
            names.tokens(name, "+8613912345678", "someone@example.com", "100000018")

        def measure(work):
            started = time.process_time()
            for name in sample:
                work(name)
            return time.process_time() - started

        ours, plain = (min(measure(work) for _try in range(3)) for work in (tokens, fold))
        self.assertLess(ours, 3 * plain)
