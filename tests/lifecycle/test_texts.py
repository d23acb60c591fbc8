"""The .pot files say what the installed addons say."""
import os

import polib
from database import Database
from repository import ROOT


def test_template_is_up_to_date(addon, tmp_path, complaints):
    exported = tmp_path / f"{addon}.pot"
    Database(os.environ.get("TEST_DB", "test")).odoo(
        "i18n", "export", "-d", os.environ.get("TEST_DB", "test"), "-l", "pot", "-o", str(exported), addon)
    said = {entry.msgid for entry in polib.pofile(str(exported))}
    written = {entry.msgid for entry in polib.pofile(str(ROOT / addon / "i18n" / f"{addon}.pot"))}
    complaints += [f"missing (./setup/i18n brings it): {text}" for text in sorted(said - written)]
    complaints += [f"stale: {text}" for text in sorted(written - said)]
