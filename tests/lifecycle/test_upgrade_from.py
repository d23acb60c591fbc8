"""What an earlier state of this repository wrote, setup/upgrade brings to the present; if it fails, all is as before.

UPGRADE_FROM names commits (default: one, the others by name, each takes minutes), UPGRADE_ADDONS the addons.
"""
import os
import pathlib
import subprocess
import tarfile

import pytest
from database import Database, differences
from repository import ROOT

#: states that hotels may run; the first one is what every run of the tests upgrades from
COMMITS = os.environ.get("UPGRADE_FROM", "3319240").split()
ADDONS = os.environ.get("UPGRADE_ADDONS", "hotel_crm_base,hotel_crm_loyalty")
FILL = """
from datetime import date, timedelta
from odoo.addons.hotel_crm_loyalty.tests.ledger.loyalty_common import LoyaltyMakers

class Makers(LoyaltyMakers):
    pass

Makers.env = env(context=dict(env.context, tracking_disable=True))
Makers._make_hotels()
Makers.program = Makers._make_program()
for number in range(12):
    guest = Makers._make_guest(f"Guest {number}", email=f"g{number}@example.com")
    Makers._make_departed(guest, date(2026, 3, 1) + timedelta(days=number), spend=100 + number)
    if number < 4:
        Makers._make_member(guest, joined=date(2026, 1, 1))
Makers._make_stay(guest, arrival=Makers.hotel.business_date + timedelta(days=3))
cards = env["loyalty.card"].search([("hotel_managed", "=", True)])
env["hotel.guest.metric"]._refresh_partners(env["res.partner"].search([("is_hotel_guest", "=", True)]).ids)
env["hotel.guest.metric.queue"].search([]).unlink()
env.cr.commit()
print("MEMBERS", len(cards))
"""
FIGURES = {
    "consumption": "SELECT sum(amount_gross)::text FROM hotel_consumption",
    "stays": "SELECT concat_ws(' ', state, arrival_date, departure_date) FROM hotel_stay ORDER BY id",
    "guests": "SELECT concat_ws(' ', hotel_guest_code, name, email) FROM res_partner WHERE is_hotel_guest ORDER BY id",
    "metrics": "SELECT concat_ws(' ', partner_id, stay_count, spend_gross) FROM hotel_guest_metric ORDER BY id",
    "cards": "SELECT concat_ws(' ', code, points, hotel_debt) FROM loyalty_card WHERE hotel_managed ORDER BY id",
    "moves": "SELECT concat_ws(' ', card_id, key, points) FROM hotel_loyalty_move ORDER BY id",
    "nights": "SELECT count(*)::text FROM hotel_stay_night",
}
#: a migration that goes wrong, as the database sees it
BREAK = """
    CREATE FUNCTION broken_migration() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'this migration goes wrong'; END $$;
    CREATE TRIGGER broken_migration BEFORE UPDATE ON ir_module_module FOR EACH ROW
      WHEN (NEW.name = 'hotel_crm_base' AND NEW.state = 'installed' AND OLD.state = 'to upgrade')
      EXECUTE FUNCTION broken_migration()"""


def find_source(commit, folder):
    """Unpack an earlier state of the repository."""
    archive = folder / "old.tar"
    done = subprocess.run(["git", "archive", "-o", archive, commit], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"outside: commit {commit} (a shallow clone, or no git: git fetch --unshallow)")
    with tarfile.open(archive) as tar:
        tar.extractall(folder / "old", filter="data")
    return folder / "old"


def run_sql(database, query):
    subprocess.run(["psql", "-qd", database.name, "-v", "ON_ERROR_STOP=1", "-c", query], check=True)


def upgrade(database):
    """Run the command that an administrator runs."""
    environment = {**os.environ, "PROJECT_DB": database.name, "NO_BACKUP": "1", "PORT": "0", "PYTHONPATH": "",
                   "HOTEL_CLUSTER": "pg-test", "HOTEL_CLUSTER_OPTIONS": "-c fsync=off"}
    return subprocess.run([ROOT / "setup/upgrade"], capture_output=True, text=True, env=environment)


def figures(database):
    return {name: database.column(query) for name, query in FIGURES.items()}


def named(database, part):
    return database.column(f"SELECT datname FROM pg_database WHERE datname LIKE '{database.name}{part}%'")


@pytest.fixture(scope="module", name="old", params=COMMITS)
def fixture_old(request, tmp_path_factory):
    source = find_source(request.param, tmp_path_factory.mktemp("source"))
    database = Database(f"{os.environ.get('TEST_DB', 'test')}_old")
    database.create()
    paths = f"--addons-path={source}"
    database.odoo("-d", database.name, paths, "-i", ADDONS, "--stop-after-init", "--no-http", "--log-level=error")
    done = subprocess.run(
        ["odoo", "shell", "-d", database.name, paths, "--no-http", "--log-level=error"],
        input=FILL, text=True, capture_output=True, env={**os.environ, "PYTHONPATH": ""})
    assert "MEMBERS 4" in done.stdout, done.stdout + done.stderr
    yield database
    for name in [*named(database, "\\_before"), *named(database, "\\_failed")]:
        Database(name).drop()
    database.drop()


def test_1_an_upgrade_that_fails_leaves_all_as_it_was(old):
    before = figures(old)
    assert len(before["guests"]) == 12 and len(before["cards"]) == 4
    run_sql(old, BREAK)
    done = upgrade(old)
    assert done.returncode == 1 and "putting" in done.stderr, done.stderr[-3000:]
    assert figures(old) == before
    assert old.column("SELECT DISTINCT state FROM ir_module_module WHERE name LIKE 'hotel%'") != ["to upgrade"]
    assert len(named(old, "\\_failed")) == 1 and not named(old, "\\_before")
    assert pathlib.Path(old.files, old.name).is_dir()
    run_sql(old, "DROP FUNCTION broken_migration CASCADE")


def test_2_an_upgrade_brings_the_data_to_the_present(old, complaints):
    before = figures(old)
    done = upgrade(old)
    assert done.returncode == 0, done.stderr[-3000:]
    assert figures(old) == before
    assert len(named(old, "\\_before")) == 1
    fresh = Database(os.environ.get("TEST_DB", "test"))
    if ADDONS.count(",") == 4:
        complaints += differences(fresh.schema(), old.schema())
