"""Programmes as data: what comes with the addon, what is refused and where it is wrong."""

import copy
import json

import pytest

from ...rules import schema
from ...rules.loader import FIXTURES, from_plain, list_fixtures, load, load_fixture, to_plain
from ...rules.problems import ProgrammeError

GOOD = json.loads((FIXTURES / "btg.json").read_text(encoding="utf-8"))


def get_problems(plain):
    with pytest.raises(ProgrammeError) as caught:
        from_plain(plain)
    return [str(problem) for problem in caught.value.problems]


def change(path, value):
    """A copy of a good programme with one place changed."""
    plain = copy.deepcopy(GOOD)
    owner = plain
    *steps, last = path
    for step in steps:
        owner = owner[step]
    owner[last] = value
    return plain


def test_the_programmes_that_come_with_the_addon():
    assert list_fixtures() == ["btg", "hilton", "hotel_club", "ihg", "ln_club", "marriott"]


@pytest.mark.parametrize("code", list_fixtures())
def test_a_programme_survives_being_written(code):
    programme = load_fixture(code)
    assert programme.code == code
    assert from_plain(to_plain(programme)) == programme
    assert load(json.dumps(to_plain(programme))) == programme


@pytest.mark.parametrize("code", sorted(set(list_fixtures()) - {"hotel_club"}))
def test_what_the_source_does_not_say_is_left_out_and_said(code):
    programme = load_fixture(code)
    assert programme.left_out
    places = {"versions"}
    for left_out in programme.left_out:
        assert left_out.path.split("[")[0] in places
    if code in ("btg", "ihg"):
        assert not programme.versions[0].earning.rates


VERSION = "versions", 0
TIER = *VERSION, "tiers", 1


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("name",), None, "name: is missing"),
        (("nmae",), "x", "nmae: there is no such field; known: code, name, currency, source, left_out, versions"),
        ((*VERSION, "from_date"), "2026-02-30", "versions[0].from_date: '2026-02-30' is not a date as 2026-01-31"),
        ((*TIER, "gain"), {"op": "xor"}, "versions[0].tiers[1].gain.op: 'xor' is none of "),
        ((*TIER, "gain"), "nights > 3", "versions[0].tiers[1].gain: 'nights > 3' is not a record"),
        ((*TIER, "gain", "nodes", 0, "metric"), "nigths", "versions[0].tiers[1].gain.nodes[0].metric: there is no met"),
        ((*TIER, "gain", "nodes", 0, "value"), -3, "versions[0].tiers[1].gain.nodes[0].value: -3 is not 0 or more"),
        ((*TIER, "gain", "nodes", 0, "value"), "NaN", "versions[0].tiers[1].gain.nodes[0].value: NaN is not 0 or more"),
        ((*TIER, "gain", "nodes", 0, "value"), 3.5, "versions[0].tiers[1].gain.nodes[0].value: 3.5 is not a decimal"),
        ((*TIER, "gain"), {"op": "all"}, "versions[0].tiers[1].gain: all needs nodes"),
        ((*TIER, "gain"), {"op": "in", "metric": "nights", "values": ["1"]}, "versions[0].tiers[1].gain: a metric is"),
        ((*TIER, "code"), "a/b", "versions[0].tiers[1].code: 'a/b' is not a code"),
        ((*TIER, "code"), "e", "versions[0].tiers[1].code: 'e' is there twice"),
        ((*VERSION, "tiers"), [], "versions[0].tiers: there is none; the first one is everybody's"),
        ((*VERSION, "expiry", 0, "months"), None, "versions[0].expiry[0].months: is missing"),
        ((*VERSION, "expiry", 0, "months"), True, "versions[0].expiry[0].months: True is not a whole number"),
        ((*VERSION, "expiry", 0, "exempt_tiers"), ["x"], "versions[0].expiry[0].exempt_tiers[0]: there is no tier 'x'"),
        ((*VERSION, "metrics", 1, "per"), "0", "versions[0].metrics[1].per: 0 cannot divide"),
        ((*VERSION, "metrics", 1, "where"), {"op": "at_least", "field": "rate", "value": 1}, "versions[0].metrics[1]"),
        ((*VERSION, "metrics", 1, "where"), {"op": "is", "metric": "x"}, "versions[0].metrics[1].where: a leaf about"),
        ((*VERSION, "metrics", 1, "where"), {"op": "not", "nodes": []}, "versions[0].metrics[1].where: not needs one"),
        ((*VERSION, "milestones"), [{"code": "m", "metric": "n", "every": 1}], "versions[0].milestones[0].metric: th"),
        ((*VERSION, "cycle", "months"), 0, "versions[0].cycle.months: 0 is less than 1"),
        ((*VERSION, "cycle", "kind"), "calendar", None),
        ((*VERSION, "changes", "renewal"), "at_once", "versions[0].changes.renewal: counts that begin at 0"),
        ((*VERSION, "cycle"), {"kind": "rolling", "best_of_previous": True}, "versions[0].cycle: a rolling window has"),
        (("versions",), [GOOD["versions"][0]] * 2, "versions[1].code: '2026' is there twice"),
        (("versions",), [], "versions: there is none"),
        (("versions",), {}, "versions: {} is not a list"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(path, value, problem):
    plain = change(path, value)
    if problem is None:
        assert from_plain(plain)
        return
    assert any(found.startswith(problem) for found in get_problems(plain)), get_problems(plain)


def test_all_problems_are_told_at_once():
    plain = change((*VERSION, "cycle"), {"kind": "lunar", "months": "12"})
    plain["versions"][0]["tiers"][1]["price"] = "cheap"
    assert len(get_problems(plain)) == 3


@pytest.mark.parametrize("text", ["", "[]", "{", '{"code": "a", "code": "b"}', "1.5", "[" * 100000, "null"])
def test_texts_that_are_no_programme(text):
    with pytest.raises(ProgrammeError):
        load(text)


def test_a_tree_that_is_too_deep_is_refused():
    node = {"op": "at_least", "metric": "nights", "value": 1}
    for _level in range(3000):
        node = {"op": "all", "nodes": [node]}
    assert get_problems(change((*TIER, "gain"), node)) == ["(top): nested too deeply"]


def test_numbers_are_decimals():
    version = json.dumps({"code": "v", "tiers": [{"code": "t", "bonus_percent": 0}]}).replace("0", "12.1")
    text = '{"code": "p", "name": {"en": "P"}, "currency": "EUR", "versions": [' + version + "]}"
    assert str(load(text).versions[0].tiers[0].bonus_percent) == "12.1"


def test_an_editor_can_mirror_the_records():
    described = schema.describe()
    assert {"Programme", "Version", "Tier", "Node", "Metric", "Rate", "Bonus", "Expiry", "Cycle"} <= set(described)
    columns = {found["name"]: found for found in described["Node"]}
    assert columns["nodes"] == {
        "name": "nodes", "type": "many", "of": "Node", "required": False, "choices": [], "default": [],
        "least": None, "most": None,
    }  # fmt: skip
    assert (columns["days"]["least"], columns["scope"]["default"]) == (1, "cycle")
    assert "all" in columns["op"]["choices"] and columns["op"]["required"]
    for found in described.values():
        for one in found:
            assert one["type"] in ("text", "code", "whole", "number", "date", "flag", "names", "many", "record")
