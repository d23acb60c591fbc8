"""Each addon: installed on an Odoo that has what it depends on, upgraded, uninstalled."""
import os

import pytest
from database import Database, differences
from modules import read_manifests

#: rows that Odoo itself adds or keeps while it runs: caches, logs, sequences of its own making
VOLATILE = {
    "bus_bus", "bus_presence", "ir_attachment", "ir_cron_progress", "ir_cron_trigger", "ir_logging", "ir_profile",
    "mail_message", "mail_tracking_value", "orm_signaling_assets", "orm_signaling_default",
    "orm_signaling_groups", "orm_signaling_registry", "orm_signaling_routing", "orm_signaling_stable",
    "orm_signaling_templates",
    "ir_model_constraint",  # core forgets those of foreign keys in tables that stay; the keys themselves go
}


@pytest.fixture(scope="session", name="installed")
def fixture_installed():
    """Return a database in which an addon was just installed, and what was there before; made once, then copied.

    An addon is installed on a copy of what the one below it has become, so that each is installed once.
    """
    made = {}

    def install(addon):
        if addon not in made:
            below = below_it(addon)
            under = max(below, key=lambda name: len(below_it(name)), default=None)
            template = install(under)[0].name if under else None
            database = Database(f"{os.environ.get('TEST_DB', 'test')}_with_{addon.removeprefix('hotel_crm_')}")
            database.create(template)
            if not under:
                database.list_modules()
            bare = {"schema": database.schema(), "rows": database.row_counts(), "names": names(database)}
            bare["log"] = database.serve_once("-i", addon)
            made[addon] = database, bare
        return made[addon]

    yield install
    for database, _bare in made.values():
        database.drop()


@pytest.fixture(scope="module", name="life")
def fixture_life(addon, installed):
    """The states that one addon's database goes through; later tests need the earlier ones' work."""
    made, bare = installed(addon)
    database = Database(f"{os.environ.get('TEST_DB', 'test')}_life")
    database.create(made.name)
    yield database, bare
    database.drop()


def names(database):
    """Return what the database says about its names, apart from ids."""
    return {"names": set(database.column("SELECT concat_ws(' ', module, name, model) FROM ir_model_data"))}


def below_it(addon):
    """Return those of our addons that this one depends on, those below them too."""
    manifests = read_manifests()
    below, todo = set(), [addon]
    while todo:
        for name in set(manifests.get(todo.pop(), {}).get("depends", [])) & set(manifests) - below:
            below.add(name)
            todo.append(name)
    return below


def test_1_installs_without_a_warning(addon, life):
    _database, bare = life
    assert not bare["log"], "\n".join(bare["log"])


def test_2_only_what_it_needs_is_installed(addon, life):
    database, _bare = life
    installed = set(database.column("SELECT name FROM ir_module_module WHERE state = 'installed'"))
    assert installed & set(read_manifests()) == {addon} | below_it(addon)


ONCE_MORE = pytest.mark.skipif(
    not os.environ.get("UPGRADE"),
    reason="outside: what the first one left is as before; a minute, asked for by UPGRADE=all",
)


@pytest.mark.parametrize("turn", [1, pytest.param(2, marks=ONCE_MORE)])
def test_3_an_upgrade_changes_nothing(addon, life, turn, complaints):
    database, _bare = life
    schema, declared = database.schema(), database.declared()
    complaints += database.serve_once("-u", addon)
    complaints += differences(schema, database.schema())
    complaints += differences(declared, database.declared())


def test_4_uninstalled_it_leaves_nothing(addon, life, complaints):
    database, bare = life
    database.uninstall(addon)
    complaints += differences(bare["schema"], database.schema())
    complaints += differences(bare["names"], names(database))
    rows = database.row_counts()
    complaints += [
        f"{table}: {count} rows, now {rows[table]}"
        for table, count in bare["rows"].items()
        if rows.get(table, count) != count and table not in VOLATILE
    ]
