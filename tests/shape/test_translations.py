"""Each addon speaks Chinese, completely."""
import re

import polib
import pytest
from repository import ROOT

LANGUAGE = "zh_CN"
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|\{\w*\}|</?[a-z]+")


@pytest.fixture(name="template")
def fixture_template(addon):
    path = ROOT / addon / "i18n" / f"{addon}.pot"
    assert path.is_file(), "write it by ./setup/i18n"
    return polib.pofile(str(path))


@pytest.fixture(name="catalogue")
def fixture_catalogue(addon):
    path = ROOT / addon / "i18n" / f"{LANGUAGE}.po"
    assert path.is_file(), "write it by ./setup/i18n, then translate it"
    return polib.pofile(str(path))


def test_nothing_is_untranslated(catalogue, complaints):
    complaints += [f"not translated: {entry.msgid}" for entry in catalogue.untranslated_entries()]
    complaints += [f"fuzzy: {entry.msgid}" for entry in catalogue.fuzzy_entries()]


def test_nothing_is_missing_or_stale(template, catalogue, complaints):
    asked = {entry.msgid for entry in template}
    given = {entry.msgid for entry in catalogue if not entry.obsolete}
    complaints += [f"missing: {text}" for text in sorted(asked - given)]
    complaints += [f"stale: {text}" for text in sorted(given - asked)]


def test_placeholders_survive(catalogue, complaints):
    for entry in catalogue.translated_entries():
        if sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(entry.msgstr)):
            complaints.append(f"{entry.msgid!r} became {entry.msgstr!r}")
