"""What a manager reads: every programme in words, in both languages; problems too."""

import copy
from datetime import date

import pytest

from ...rules import schema
from ...rules.loader import from_plain, list_fixtures, load_fixture, to_plain
from ...rules.problems import TEXTS, Problem
from ...rules.programme import Programme
from ...rules.summary import summarize
from .full_programme import make_full, make_valid

#: those of a programme; the doctest of `schema` declares one of its own
RECORDS = set(schema.describe()) - {"Window"}


def read_lines(programme, language="en", **options):
    return [line for section in summarize(programme, language, **options) for line in section.lines]


@pytest.mark.parametrize("language", ["en", "zh_CN", "fr_FR"])
@pytest.mark.parametrize("code", [*list_fixtures(), "full"])
def test_every_programme_is_told_in_words(code, language):
    programme = from_plain(make_valid()) if code == "full" else load_fixture(code)
    lines = read_lines(programme, language)
    assert len(lines) >= 3
    assert all(line.strip() and "{" not in line and "None" not in line for line in lines)


def test_what_the_default_programme_says_of_silver():
    told = next(line for line in read_lines(load_fixture("hotel_club")) if line.startswith("Silver"))
    assert told.startswith("Silver: from 10 nights or EUR 1,500 in a calendar year; kept with 8 nights or EUR 1,200;")
    assert "银卡：一个自然年内满10间夜或消费满EUR 1,500" in "".join(read_lines(load_fixture("hotel_club"), "zh_CN"))


def test_what_one_programme_with_everything_says():
    lines = read_lines(from_plain(make_valid()))
    gold = next(line for line in lines if line.startswith("Gold: from"))
    for text in (
        "(10 nights or 3 nights in the first 90 days) and at most 0 no-shows in 6 months from joining",
        "kept with 500 growth", "for life with 5 years as Gold", "1.5 times the points",
        "7.5 % off the room", "to be bought for EUR 99", "may be given: gifted, by invitation, matched, brought in",
    ):  # fmt: skip
        assert text in gold
    assert "A tier is reached 3 working days later." in lines
    assert "Points are lost after the end of February, 2 years after they were earned." in lines
    assert "At 10 nights, then every 5: p or A gift" in lines


def test_only_the_version_of_a_day_is_told():
    hilton = load_fixture("hilton")
    both, old = summarize(hilton), summarize(hilton, on=date(2025, 12, 31))
    new = summarize(hilton, on=date(2026, 1, 1))
    assert len(both) == len(old) + len(new)
    assert {section.since for section in new} == {"From 2026-01-01"}
    assert any("base points" in line for section in old for line in section.lines)
    assert not any("base points" in line for section in new for line in section.lines)


def test_codes_of_facts_are_called_by_their_names():
    names = {"channel": {"direct": "Direct Booking"}}
    assert "channel Direct Booking, web" in read_lines(load_fixture("marriott"), names=names)[3]


def test_a_programme_with_every_record_and_column_survives_the_editor():
    plain = make_full()
    programme = schema.read(Programme, plain)
    assert schema.read(Programme, schema.dump(programme)) == programme
    assert from_plain(to_plain(from_plain(make_valid()))) == from_plain(make_valid())
    seen = set()
    collect(plain, "Programme", seen)
    assert seen == RECORDS
    seen = set()
    collect(make_valid(), "Programme", seen)
    assert seen == RECORDS


def collect(plain, record, seen):
    """Collect the names of the records that stand in plain data."""
    seen.add(record)
    for column in schema.describe()[record]:
        for item in plain.get(column["name"]) or [] if column["type"] == "many" else [plain.get(column["name"])]:
            if isinstance(item, dict) and column["of"] in schema.RECORDS:
                collect(item, column["of"], seen)


@pytest.mark.parametrize("language", TEXTS)
def test_every_problem_can_be_said_in_every_language(language):
    broken = copy.deepcopy(make_valid())
    version = broken["versions"][0]
    version["tiers"][1]["gain"]["nodes"][0]["nodes"][0]["metric"] = "moons"
    version["rewards"][0].pop("kind")
    version["expiry"][0]["months"] = "{x}"
    version["debt"]["policy"] = "pray"
    with pytest.raises(schema.ProgrammeError) as caught:
        from_plain(broken)
    told = {problem.path: problem.say(language) for problem in caught.value.problems}
    assert set(told) == {
        "versions[0].rewards[0].kind", "versions[0].expiry[0].months", "versions[0].debt.policy",
    }  # fmt: skip
    assert "{x}" in told["versions[0].expiry[0].months"]
    for code, text in TEXTS[language].items():
        names = {part.split("}")[0].split("!")[0] for part in text.split("{")[1:]}
        assert Problem.of("", code, **dict.fromkeys(names, "7")).say(language)
        assert names <= {part.split("}")[0].split("!")[0] for part in TEXTS["en"][code].split("{")[1:]}
