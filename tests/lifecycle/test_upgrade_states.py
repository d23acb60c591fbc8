"""Each landed state of this repository, with the data of its demo, becomes what is installed today; nothing is lost.

UPGRADE=all (or the names of commits) asks for it: four minutes a state. Compared are, with a database that was made by
the addons of today: tables, columns, indexes, constraints, functions, triggers; every record that an addon declares,
in both languages; with the database of before: every value of every table of ours and of Odoo's business.
"""
import json
import os

import pytest
from database import Database, differences
from old_states import (
    drop_all,
    find_source,
    install,
    list_modules,
    make_below,
    named,
    run_command,
    run_shell,
)
from repository import ROOT
from sameness import find_changed_values, find_other_records
from small_hotel import make_openpgp_keys

#: what was on main before: hotels may run it
LANDED = ("aa29293", "c3f48ec", "b6e81c4", "9da5464", "3319240", "dbb92e4")
ASKED = os.environ.get("UPGRADE", "")
#: keep the databases for a look, and the new hotel for the next run
KEEP = os.environ.get("UPGRADE_KEEP", "")
TOLD = (ROOT / "tests/lifecycle/told_records.py").read_text()

pytestmark = pytest.mark.skipif(not ASKED, reason="outside: four minutes a state, asked for by UPGRADE=all")


def fill(database, source):
    """Let a state fill in its demo; its chain brings the charts of accounts of two countries."""
    run_shell(database, (source / "setup/demo.py").read_text(), source, PYTHONPATH=str(source / "setup"))


def seal_backups(folder):
    """Return the secret key that opens backups, and the file that says where they go."""
    (folder / "keys").mkdir()
    keys, conf = make_openpgp_keys(folder / "keys"), folder / "backup.conf"
    conf.write_text(f"[backup]\nfolder = {folder / 'store'}\nrecipients = {keys / 'public.asc'}\n")
    return keys / "secret.asc", conf


def tell(database, folder):
    """Return what a database's declared records hold."""
    path = folder / f"{database.name}.json"
    run_shell(database, TOLD, TOLD=str(path))
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", name="fresh")
def fixture_fresh(tmp_path_factory):
    """What the addons of today and their demo make of nothing."""
    database = Database(f"{os.environ.get('TEST_DB', 'test')}_fresh")
    if not (KEEP and named(database, "")):
        database.create(make_below(list_modules(ROOT, "needed")).name)
        install(database, ROOT, list_modules(ROOT, "order"))
        fill(database, ROOT)
    yield {"schema": database.schema(), **tell(database, tmp_path_factory.mktemp("fresh"))}
    if not KEEP:
        database.drop()


@pytest.fixture(scope="module", name="old", params=LANDED if ASKED == "all" else ASKED.split() or LANDED[:1])
def fixture_old(request, tmp_path_factory):
    """A hotel of an earlier state, upgraded by the command, with what is new installed after it as setup/run does."""
    folder = tmp_path_factory.mktemp("old")
    source = find_source(request.param, folder)
    database = Database(f"{os.environ.get('TEST_DB', 'test')}_state")
    drop_all(database)
    database.create(make_below(list_modules(source, "needed")).name)
    install(database, source, list_modules(source, "order"))
    fill(database, source)
    secret, conf = seal_backups(folder)
    done = run_command(database, "upgrade", NO_BACKUP="", BACKUP_CONF=str(conf))
    new = set(list_modules(ROOT, "order").split(",")) - set(list_modules(source, "order").split(","))
    kept = named(database, "\\_before")
    yield {"database": database, "done": done, "new": ",".join(sorted(new)), "folder": folder, "kept": kept,
           "secret": secret}
    if not KEEP:
        drop_all(database)


def test_1_it_is_upgraded(old):
    done = old["done"]
    assert done.returncode == 0, f"{done.stderr[-3000:]}\n{done.stdout[-3000:]}"


def test_2_no_value_was_lost(old, complaints):
    (before,) = old["kept"]
    complaints += find_changed_values(Database(before), old["database"])


def test_3_it_is_what_a_new_hotel_would_be(old, fresh, complaints):
    database = old["database"]
    if old["new"]:
        complaints += database.serve_once("-i", old["new"])
    complaints += differences(fresh["schema"], database.schema())
    complaints += find_other_records(fresh, tell(database, old["folder"]))


#: what a mute copy has none of, and in which table
LOUD = {
    "ir_cron": "active AND cron_name NOT ILIKE '%vacuum%'",
    "ir_mail_server": "active AND smtp_host <> 'invalid'",
    "payment_provider": "state = 'enabled'",
    "res_users_apikeys": "TRUE",
    "hotel_api_client": "active",
    "hotel_event_subscription": "active",
    "hotel_call_exchange": "active",
}


def test_4_the_backup_of_before_comes_back_mute(old, complaints):
    """By the program of today, which knows tables that the backup does not have."""
    database = old["database"]
    (backup,) = (path for path in (old["folder"] / "store").glob(f"{database.name}-*") if path.is_dir())
    copy = Database(f"{database.name}_mute")
    done = run_command(database, "restore", backup, "--secret", old["secret"], "--as", copy.name, "--yes", copy.name)
    try:
        assert done.returncode == 0, done.stderr
        for table, loud in LOUD.items():
            if copy.column(f"SELECT to_regclass('{table}') IS NOT NULL")[0]:
                complaints += copy.column(f"SELECT '{table} ' || id FROM {table} WHERE {loud}")
        assert copy.column("SELECT active FROM ir_ui_view WHERE key = 'web.neutralize_banner'") == [True]
    finally:
        copy.drop()
