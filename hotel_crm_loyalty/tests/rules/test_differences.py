"""What a manager is told about two states of a programme."""

import copy

from ...rules.differences import find_differences
from ...rules.loader import load_fixture, to_plain


def test_a_programme_does_not_differ_from_itself():
    plain = to_plain(load_fixture("hilton"))
    assert find_differences(plain, copy.deepcopy(plain)) == []


def test_a_threshold_a_new_tier_and_one_that_is_gone():
    before = to_plain(load_fixture("hotel_club"))
    after = copy.deepcopy(before)
    tiers = after["versions"][0]["tiers"]
    tiers[1]["gain"]["nodes"][0]["value"] = "12"
    del tiers[2]
    tiers.insert(1, {"code": "bronze", "price": "5"})
    found = {change.path: change for change in find_differences(before, after)}
    assert set(found) == {
        ("versions", "1", "tiers", "silver", "gain", "nodes", 0, "value"),
        ("versions", "1", "tiers", "gold"),
        ("versions", "1", "tiers", "bronze"),
    }
    threshold = found["versions", "1", "tiers", "silver", "gain", "nodes", 0, "value"]
    assert (threshold.before, threshold.after) == ("10", "12")
    assert threshold.place == ("versions", 0, "tiers", 2, "gain", "nodes", 0, "value")
    gone = found["versions", "1", "tiers", "gold"]
    assert gone.is_gone and gone.after is None and gone.place == ("versions", 0, "tiers", 2)
    assert found["versions", "1", "tiers", "bronze"].before is None


def test_each_difference_taken_back_makes_the_programmes_equal():
    before, after = (to_plain(load_fixture(code)) for code in ("btg", "ihg"))
    for change in find_differences(before, after):
        assert change.before != change.after
    assert {change.path[0] for change in find_differences(before, after)} <= {*before, *after}
