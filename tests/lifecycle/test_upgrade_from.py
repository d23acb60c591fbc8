"""What an earlier state of this repository wrote, setup/upgrade brings to the present; if it fails, all is as before.

One state with two addons; test_upgrade_states.py does it with all of them, when asked.
"""
import os
import pathlib
import signal
import subprocess
import time

import pytest
from database import Database
from old_states import (
    create_old,
    drop_all,
    find_begun,
    find_source,
    named,
    prepare_command,
    run_command,
    run_shell,
    run_sql,
)

COMMIT, ADDONS = "3319240", "hotel_crm_base,hotel_crm_loyalty"
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
hints = env["hotel.guest.duplicate.hint"]
first, *others = env["res.partner"].search([("is_hotel_guest", "=", True)], order="id", limit=4)
for other in others:
    hints._note_pair(first, other, "document")
hints.search([], order="id", limit=1).state = "dismissed"
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
#: a migration that goes wrong, and one that does harm, as the database sees them
BREAK = """
    CREATE FUNCTION broken_migration() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {what}; RETURN NEW; END $$;
    CREATE TRIGGER broken_migration BEFORE UPDATE ON ir_module_module FOR EACH ROW
      WHEN (NEW.name = 'hotel_crm_base' AND NEW.state = 'installed' AND OLD.state = 'to upgrade')
      EXECUTE FUNCTION broken_migration()"""
FAIL = BREAK.format(what="RAISE EXCEPTION 'this migration goes wrong'")
HARM = BREAK.format(what="UPDATE hotel_guest_metric SET stay_count = stay_count + 1")


def figures(database):
    return {name: database.column(query) for name, query in FIGURES.items()}


def hooks(folder):
    """Return commands that note when the hotel is stopped and started, and when the addons of before come back."""
    log = folder / "hooks.log"
    log.write_text("")
    return {name: f"echo {name} >> {log}" for name in ("STOP", "BACK", "START")}, log


def wait_for_copy(database, process):
    """Wait until an upgrade has kept its copy and begun; return the file that says so."""
    begun = find_begun(database)
    until = time.monotonic() + 300
    while not (begun.is_file() and begun.read_text().strip()) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    return begun


def start(database, **variables):
    words, environment = prepare_command(database, "upgrade", **variables)
    return subprocess.Popen(words, env=environment, start_new_session=True, text=True, stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE)


@pytest.fixture(scope="module", name="old")
def fixture_old(tmp_path_factory):
    source = find_source(COMMIT, tmp_path_factory.mktemp("source"))
    database = Database(f"{os.environ.get('TEST_DB', 'test')}_old")
    create_old(database, source, COMMIT, ADDONS)
    assert "MEMBERS 4" in run_shell(database, FILL, source)
    yield database
    drop_all(database)


@pytest.fixture(name="broken")
def fixture_broken(request, old):
    run_sql(old, request.param)
    yield old
    run_sql(old, "DROP FUNCTION broken_migration CASCADE")


@pytest.mark.parametrize(("variables", "sentence"), [
    ({"RESERVE": "1000000"}, "are free: make room first. Nothing was changed."),
    ({"NO_BACKUP": "", "BACKUP_CONF": "/nowhere"}, "no backup can be made"),
    ({"NO_BACKUP": "", "BACKUP_CONF": "{conf}"}, "no backup, no upgrade"),
    ({"STOP": "false"}, "the hotel could not be stopped"),
])
def test_1_what_cannot_be_done_touches_nothing(old, tmp_path, variables, sentence):
    commands, log = hooks(tmp_path)
    (tmp_path / "backup.conf").write_text(f"[backup]\nfolder = {tmp_path}\nrecipients = /nowhere.asc\n")
    told = {name: value.format(conf=tmp_path / "backup.conf") for name, value in variables.items()}
    done = run_command(old, "upgrade", **{**commands, **told})
    assert done.returncode == 1 and sentence in done.stderr, done.stderr
    assert log.read_text() == "" and not named(old, "\\_before")


@pytest.mark.parametrize("broken", [FAIL], indirect=True)
def test_2_an_upgrade_that_fails_leaves_all_as_it_was(broken, tmp_path):
    before, (commands, log) = figures(broken), hooks(tmp_path)
    assert len(before["guests"]) == 12 and len(before["cards"]) == 4
    running = start(broken, **commands)
    wait_for_copy(broken, running)
    second = run_command(broken, "upgrade", **commands)
    assert second.returncode == 1 and "another upgrade" in second.stderr and "nothing was done" in second.stderr
    _nothing, said = running.communicate()
    assert running.returncode == 1 and "the upgrade failed" in said and "putting" in said, said[-3000:]
    assert log.read_text().split() == ["STOP", "BACK", "START"]
    assert figures(broken) == before
    states = broken.column("SELECT DISTINCT state FROM ir_module_module WHERE name IN ('hotel_crm_base', 'base')")
    assert states == ["installed"]
    assert len(named(broken, "\\_failed")) == 1 and not named(broken, "\\_before")
    assert pathlib.Path(broken.files, broken.name).is_dir()


@pytest.mark.skipif(not os.environ.get("UPGRADE"), reason="outside: half a minute, asked for by UPGRADE=all")
@pytest.mark.parametrize("broken", [HARM], indirect=True)
def test_3_an_upgrade_that_does_harm_is_taken_back_and_old_data_meets_no_new_addons(broken, tmp_path):
    before, (commands, log) = figures(broken), hooks(tmp_path)
    done = run_command(broken, "upgrade", **{**commands, "BACK": ""})
    assert done.returncode == 1, done.stderr[-3000:]
    assert "integrity is worse after the upgrade (metrics: " in done.stderr
    assert "the hotel was not started: bring back the addons of before" in done.stderr
    assert log.read_text().split() == ["STOP"]
    assert figures(broken) == before


def test_4_one_that_was_killed_is_told_and_put_back(old):
    before = figures(old)
    running = start(old)
    begun = wait_for_copy(old, running)
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    assert begun.is_file(), "it ended before it was killed"
    done = run_command(old, "upgrade")
    assert done.returncode == 1 and "was broken off" in done.stderr and "--back" in done.stderr, done.stderr
    done = run_command(old, "upgrade", "--back")
    assert done.returncode == 0, done.stderr
    assert figures(old) == before and not named(old, "\\_before") and not begun.exists()
    done = run_command(old, "upgrade", "--back")
    assert done.returncode == 1 and "nothing to put back" in done.stderr


def test_5_an_upgrade_brings_the_data_to_the_present(old, tmp_path):
    before, (commands, log) = figures(old), hooks(tmp_path)
    pairs = "SELECT concat_ws(' ', partner_a_id, partner_b_id, state) FROM {} ORDER BY 1"
    hints = old.column(pairs.format("hotel_guest_duplicate_hint"))
    assert len(hints) == 3 and sum("dismissed" in hint for hint in hints) == 1
    done = run_command(old, "upgrade", **commands)
    assert done.returncode == 0, done.stderr[-3000:]
    assert log.read_text().split() == ["STOP", "START"]
    assert figures(old) == before
    assert old.column(pairs.format("hotel_duplicate_pair")) == hints, "the list of before is gone, its pairs are not"
    assert not old.column("SELECT 1 FROM pg_class WHERE relname = 'hotel_guest_duplicate_hint'")
    assert len(named(old, "\\_before")) == 1


def test_6_check_says_what_the_page_says(old):
    run_sql(old, "ALTER TABLE hotel_access_log DISABLE TRIGGER hotel_access_log_guard")
    done = run_command(old, "check")
    assert done.returncode == 2, done.stdout + done.stderr
    assert "!! Structure of the Database: Append-only tables are guarded" in done.stdout
    assert "> Upgrade the addons (setup/upgrade), and find out who removed them." in done.stdout
    rows = old.column("SELECT concat_ws(' ', level, COALESCE(jsonb_array_length(findings), 0)) FROM hotel_health_check")
    lines = done.stdout.splitlines()
    for mark, level in (("  ", "ok"), ("- ", "note"), ("! ", "warning"), ("!!", "critical")):
        told = sum(line.startswith(f"{mark} ") and not line.startswith("     ") for line in lines)
        assert told == sum(row.split()[0] == level for row in rows), (level, done.stdout)
    assert sum(line.startswith("     > ") for line in lines) == sum(int(row.split()[1]) for row in rows)


@pytest.mark.parametrize(("area", "status"), [("software", 0), ("backup", 1)])
def test_7_check_tells_by_its_exit_code(old, area, status):
    done = run_command(old, "check", area)
    assert done.returncode == status, done.stdout + done.stderr


def test_8_check_tells_that_it_could_not_look(old):
    done = run_command(Database(f"{old.name}_nowhere"), "check")
    assert done.returncode == 3 and "there is no database" in done.stderr
