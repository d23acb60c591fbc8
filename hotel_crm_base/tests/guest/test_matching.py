import doctest
import random
from itertools import combinations
from unittest import skipUnless

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...matching import blocks, compare, duplicates, fellegi
from . import febrl

NAME = st.text("abcdeghilmnoruwxyzéł '-", max_size=20) | st.text("王李张伟芳小晓明欧阳", max_size=4)
ROW = st.fixed_dictionaries(
    {
        "name": NAME,
        "birth_date": st.sampled_from(["", "1990-03-12", "1990-12-03", "1991-03-12", "1990-03-13", "1988-01-01"]),
        "phone": st.sampled_from(["", "+8613912345678", "+8613912345687", "+351912345678"]),
        "email": st.sampled_from(["", "ana@x.pt", "ana@y.pt", "bo@x.pt"]),
        "street": st.sampled_from(["", "Rua Nova 5", "Rua Nova 6", "Nanjing Road"]),
        "city": st.sampled_from(["", "Porto", "Lisboa"]),
        "zip": st.sampled_from(["", "4000", "4001", "9999"]),
        "gender": st.sampled_from(["", "male", "female"]),
        "document": st.sampled_from(["", "ab12", "cd34"]),
    }
)
FAMILY = "王 李 张 刘 陈 杨 赵 黄 周 吴 欧阳 司马".split()
GIVEN = (
    "伟 芳 秀英 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英"
    " 小明 志强 建国 海燕 雪梅 文博 子涵 雨桐"
).split()
LATIN = "Ana Rui Maria João Inês Pedro Sofia Miguel Carla Bruno Teresa Paulo Luisa Jorge Marta".split()
LAST = "Silva Costa Pinto Almeida Carvalho Ferreira Gomes Lopes Marques Nunes Oliveira Rocha".split()


def make_guests(count, dice):
    """Return made-up guests of a hotel: half of them Chinese, some of one household, all different people."""
    rows = []
    for number in range(count):
        chinese = number % 2
        family, first = map(dice.choice, (FAMILY, GIVEN) if chinese else (LAST, LATIN))
        rows.append(
            {
                "name": family + first if chinese else f"{first} {family}",
                "birth_date": f"{dice.randrange(1940, 2005)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
                "phone": f"+86139{dice.randrange(10**8):08}" if dice.random() < 0.8 else "",
                "email": f"u{dice.randrange(10**7)}@mail{dice.randrange(5)}.com" if dice.random() < 0.6 else "",
                "gender": dice.choice(["male", "female", ""]),
                "document": f"{dice.randrange(10**12):x}" if dice.random() < 0.5 else "",
            }
        )
        if number and dice.random() < 0.1:  # one telephone in the family
            rows[-1]["phone"] = rows[-2]["phone"]
    return rows


def spoil(row, dice):
    """Return the same guest as another desk would have written him or her down."""
    fresh = dict(row)
    words, letters = row["name"].split(), compare.read_name(row["name"])
    if letters[4]:
        fresh["name"] = dice.choice([row["name"], f"{letters[2]} {letters[3]}", f"{letters[3]} {letters[2]}".upper()])
    else:
        turned, short = " ".join(reversed(words)), words[0][:-1] + " " + words[1]
        fresh["name"] = dice.choice([row["name"], turned, row["name"].upper(), short])
    for name in ("phone", "email", "document", "birth_date"):
        if dice.random() < 0.25:
            fresh[name] = ""
    if fresh["birth_date"] and dice.random() < 0.1:
        fresh["birth_date"] = row["birth_date"][:-1] + str((int(row["birth_date"][-1]) + 1) % 10)
    if fresh["phone"] and dice.random() < 0.1:
        fresh["phone"] = row["phone"][:-2] + row["phone"][-1] + row["phone"][-2]
    return fresh


@tagged("post_install", "-at_install")
class TestMatching(BaseCase):
    """Likely duplicates, found without a labelled pair."""

    def test_doctests(self):
        for module in (fellegi, compare, blocks, duplicates):
            failed, tried = doctest.testmod(module)
            self.assertTrue(tried)
            self.assertFalse(failed, module)

    @skipUnless(febrl.is_here(), febrl.MISSING)
    def test_two_files_of_five_thousand_are_linked(self):
        self.assertGreaterEqual(febrl.judge(["4a", "4b"], with_document=False)[2], 0.981)
        self.assertGreaterEqual(febrl.judge(["4a", "4b"], with_document=True)[2], 0.995)

    @skipUnless(febrl.is_here(), febrl.MISSING)
    def test_duplicates_in_one_small_file_are_found_with_the_same_settings(self):
        self.assertGreaterEqual(febrl.judge(["1"], with_document=False)[2], 0.985)
        self.assertGreaterEqual(febrl.judge(["1"], with_document=True)[2], 0.995)

    def test_guests_of_a_hotel_are_found_in_any_script(self):
        dice = random.Random(20261129)
        rows = make_guests(4000, dice)
        again = dice.sample(range(4000), 400)
        found = duplicates.find(compare.Records.build(rows + [spoil(rows[row], dice) for row in again]))
        true = {(row, 4000 + number) for number, row in enumerate(again)}
        shown = found.probability >= duplicates.REVIEW
        pairs = set(zip(found.left[shown].tolist(), found.right[shown].tolist(), strict=True))
        self.assertGreater(len(pairs & true) / len(pairs), 0.97)
        self.assertGreater(len(pairs & true) / len(true), 0.9)
        sure = found.probability >= duplicates.MERGE
        merged = set(zip(found.left[sure].tolist(), found.right[sure].tolist(), strict=True))
        self.assertGreater(len(merged & true) / len(merged), 0.995)

    def test_few_guests_or_none_are_no_trouble(self):
        for count in range(4):
            rows = [{"name": "Ana Costa", "birth_date": "1990-03-12"} for _number in range(count)]
            found = duplicates.find(compare.Records.build(rows))
            self.assertEqual(len(found.probability), count * (count - 1) / 2)
            self.assertTrue(np.isfinite(found.probability).all())

    def test_names_are_one_in_characters_and_letters_and_in_any_order(self):
        def level(one, other):
            return compare.compare(compare.Records.build([{"name": one}, {"name": other}]), [0], [1])[0, 0]

        for one, other, expected in (
            ("王小明", "Wang Xiaoming", 4), ("王小明", "XIAO MING, WANG", 4), ("欧阳修", "Xiu Ouyang", 4),
            ("曾伟", "Zeng Wei", 4), ("王小明", "王晓明", 3), ("Ana Maria Silva", "Silva Ana Maria", 4),
            ("José Gil", "GIL, Jose", 4), ("Jon Smith", "Smith, John", 3), ("Catherine Brown", "Katherine Brown", 3),
            ("Smith", "John Smith", 2), ("Ana Silva", "Ana Costa", 1), ("王伟", "李芳", 0), ("", "Ana", -1),
        ):  # fmt: skip
            with self.subTest(one=one, other=other):
                self.assertEqual(level(one, other), expected)
                self.assertEqual(level(other, one), expected)

    @settings(deadline=None, max_examples=200)
    @given(ROW, ROW)
    def test_it_does_not_matter_which_side_a_guest_is_on(self, one, other):
        records = compare.Records.build([one, other])
        there, back, itself = compare.compare(records, [0, 1, 0], [1, 0, 0])
        self.assertEqual(there.tolist(), back.tolist())
        for level, size in zip(itself, compare.SIZES, strict=True):
            self.assertIn(level, (-1, size - 1) if size != 4 else (-1, 1, 2, 3))  # an address may be known in part
        for level, size in zip(there, compare.SIZES, strict=True):
            self.assertTrue(-1 <= level < size)

    @settings(deadline=None, max_examples=100)
    @given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from("abcdef")), max_size=40), st.integers(2, 6))
    def test_pairs_are_those_that_share_a_key_which_few_share(self, keyed, most):
        groups = {}
        for row, key in keyed:
            groups.setdefault(key, []).append(row)
        expected = {
            pair for rows in groups.values() if len(rows) <= most
            for pair in combinations(sorted(rows), 2) if pair[0] != pair[1]
        }  # fmt: skip
        left, right = blocks.find_pairs(keyed, most)
        self.assertEqual(list(zip(left.tolist(), right.tolist(), strict=True)), sorted(expected))

    def test_weights_of_made_up_pairs_are_found_though_much_is_missing(self):
        dice = np.random.default_rng(3)
        true_m, true_u = np.array([0.95, 0.85, 0.7, 0.9]), np.array([0.01, 0.1, 0.3, 0.02])
        same = (dice.random((3000, 4)) < true_m).astype(np.int8)
        other = (dice.random((30000, 4)) < true_u).astype(np.int8)
        anyhow = (dice.random((100000, 4)) < true_u).astype(np.int8)
        pairs = np.vstack([same, other])
        pairs[dice.random(pairs.shape) < 0.2] = -1
        weights = fellegi.learn([2] * 4, anyhow, [(pairs, ())])
        np.testing.assert_allclose([row[1] for row in weights.m], true_m, atol=0.04)
        np.testing.assert_allclose([row[1] for row in weights.u], true_u, atol=0.01)
        found, share = fellegi.probabilities(weights.evidence(pairs), len(pairs))
        self.assertAlmostEqual(share, 3000 / 33000, delta=0.01)
        self.assertGreater(found[:3000].mean(), 0.9)
        self.assertLess(found[3000:].mean(), 0.02)

    def test_a_block_of_namesakes_teaches_no_nonsense(self):
        """Guests of one name have one gender and often one town, and hardly one of them is another one."""
        dice = np.random.default_rng(4)

        def draw(count, shares):
            return (dice.random((count, 4)) < shares).astype(np.int8)

        anyhow = draw(100000, [0.001, 0.5, 0.1, 0.001])  # birth date, gender, town, phone
        namesakes = draw(40000, [0.001, 0.98, 0.5, 0.001])
        same = draw(40, [0.95, 0.99, 0.8, 0.9])
        weights = fellegi.learn([2] * 4, anyhow, [(np.vstack([same, namesakes]), ())])
        for field, least in enumerate([0.7, 0.9, 0.6, 0.6]):
            self.assertGreater(weights.m[field][1], least, field)
        nobody = fellegi.learn([2] * 4, anyhow, [(namesakes, ())])
        for field in range(4):
            self.assertLessEqual(nobody.m[field][0], fellegi.DIFFERING + 0.01, field)
