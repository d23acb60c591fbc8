"""Databases as earlier states of this repository made them, and what setup/upgrade makes of them."""
import hashlib
import os
import pathlib
import subprocess
import sys

import pytest
from database import Database
from repository import ROOT

ENVIRONMENT = {**os.environ, "PYTHONPATH": ""}


def find_source(commit, folder):
    """Unpack an earlier state of the repository; return its folder."""
    archive = folder / "old.tar"
    done = subprocess.run(["git", "archive", "-o", archive, commit], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"outside: commit {commit} (a shallow clone, or no git: git fetch --unshallow)")
    (folder / "old").mkdir()
    subprocess.run(["tar", "-xf", archive, "-C", folder / "old"], check=True)
    return folder / "old"


def install(database, source, addons):
    """Install addons of an earlier state."""
    database.odoo("-d", database.name, f"--addons-path={source}", "-i", addons, "--stop-after-init", "--no-http",
                  "--log-level=error")


def create_old(database, source, commit, addons):
    """Make a database with the addons of an earlier state, which stay what they are: kept for later runs.

    Its name begins as those of setup/lib/database.sh, which drops the oldest of them.
    """
    template = os.environ["HOTEL_CRM_TEMPLATE"]
    key = hashlib.sha256(f"{template} {commit} {addons}".encode()).hexdigest()[:12]
    kept = Database(f"stage_{key}")
    if kept.name not in Database("postgres").column("SELECT datname FROM pg_database"):
        building = Database(f"{database.name}_build")
        building.create()
        install(building, source, addons)
        building.rename(kept.name)
    database.create(kept.name)


def run_shell(database, script, source=ROOT, **environment):
    """Run a script in odoo shell by the program of some state; return what it printed."""
    done = subprocess.run(
        ["odoo", "shell", "-d", database.name, f"--addons-path={source}", "--no-http", "--log-level=error"],
        input=script, text=True, capture_output=True, env={**ENVIRONMENT, **environment})
    assert done.returncode == 0 and "Traceback" not in done.stderr, (done.stdout + done.stderr)[-4000:]
    return done.stdout


def list_modules(source, which):
    """Return what `setup/modules.py` of a state says: its addons (``order``), what they depend on (``needed``)."""
    done = subprocess.run(
        [sys.executable, source / "setup/modules.py", which], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def make_below(needed):
    """Return a database with what a state's addons depend on, and nothing else; made once for each such list."""
    key = hashlib.sha256(needed.encode()).hexdigest()[:8]
    database = Database(f"{os.environ.get('TEST_DB', 'test')}_below_{key}")
    listed = Database("postgres").column("SELECT datname FROM pg_database")
    if database.name not in listed:
        database.drop()
        database.odoo("-d", database.name, "-i", f"{needed},payment_demo", "--load-language=en_US,zh_CN",
                      "--stop-after-init", "--no-http", "--log-level=error")
    return database


def prepare_command(database, name, **variables):
    """Return the words of a command of setup/ and what it is told about a hotel among the databases of tests."""
    environment = {**ENVIRONMENT, "PROJECT_DB": database.name, "NO_BACKUP": "1", "PORT": "0",
                   "HOTEL_CLUSTER": "pg-test", "HOTEL_CLUSTER_OPTIONS": "-c fsync=off", **variables}
    return [ROOT / "setup" / name], environment


def run_command(database, name, *arguments, **variables):
    """Run a command that an administrator runs."""
    words, environment = prepare_command(database, name, **variables)
    return subprocess.run([*words, *arguments], capture_output=True, text=True, env=environment)


def run_sql(database, query):
    subprocess.run(["psql", "-qd", database.name, "-v", "ON_ERROR_STOP=1", "-c", query], check=True)


def named(database, part):
    """Return the databases whose names begin with this one's and go on so."""
    return Database("postgres").column(f"SELECT datname FROM pg_database WHERE datname LIKE '{database.name}{part}%'")


def find_begun(database):
    """Return the file that says that an upgrade has begun."""
    return pathlib.Path(os.environ["ODOO_RC"]).parent / f"{database.name}.upgrading"


def drop_all(database):
    """Remove a database and what upgrades left beside it."""
    for name in [*named(database, "\\_before"), *named(database, "\\_failed")]:
        Database(name).drop()
    database.drop()
    find_begun(database).unlink(missing_ok=True)
