"""Backups are whole, sealed, proven, and come back; what is damaged or not theirs is refused in a sentence."""
import json
import os
import re
import shutil
import signal
import subprocess
import time

import psycopg2
import pytest
from small_hotel import FILES, SECRETS, SmallHotel, make_openpgp_keys


@pytest.fixture(scope="module", name="keys")
def fixture_keys(tmp_path_factory):
    if not shutil.which("gpg"):
        pytest.skip("outside: gpg (apt-get install gnupg)")
    return make_openpgp_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module", name="small")
def fixture_small(tmp_path_factory, keys):
    hotel = SmallHotel(f"{os.environ.get('TEST_DB', 'test')}_small", tmp_path_factory.mktemp("small"), keys)
    yield hotel
    hotel.drop()


@pytest.fixture(name="hotel")
def fixture_hotel(small):
    small.create()
    small.configure()
    return small


@pytest.fixture(scope="module", name="made")
def fixture_made(small, tmp_path_factory):
    """All that one backup has written, for the tests that only read it."""
    small.create()
    small.configure()
    small.make()
    kept = tmp_path_factory.mktemp("made") / "store"
    shutil.copytree(small.store, kept)
    return kept


@pytest.fixture(name="backup")
def fixture_backup(made, hotel):
    shutil.copytree(made, hotel.store)
    return hotel.backups()[-1]


def databases(hotel):
    return {name for (name,) in hotel.sql(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", hotel.name, db="postgres")}


def test_a_backup_is_sealed_proven_and_leaves_nothing_open(hotel):
    backup = hotel.make()
    stated = json.loads((backup / "manifest.json").read_text())
    assert stated["tables"]["guest"] == 1000 and stated["files"] == len(FILES)
    assert stated["verified"]["rows"] == sum(stated["tables"].values())
    assert stated["modules"] == {"hotel_crm_base": "19.0.1.0.0"}
    for path in hotel.store.rglob("*"):
        assert path.is_dir() or not any(secret in path.read_bytes() for secret in SECRETS)
        assert not path.name.endswith((".part", ".dump", ".gz"))
    assert not list((hotel.data / "backup-work").iterdir())
    assert databases(hotel) == {hotel.name}, "the database of the proof stays"
    assert (backup / "database.dump.gpg").stat().st_mode & 0o077 == 0
    log = json.loads((hotel.store / "log" / f"{backup.name}.json").read_text())
    assert (log["state"], log["remote"], log["key"]) == ("good", "none", "apart")


def test_what_comes_back_is_what_was(hotel, backup):
    hotel.sql("DELETE FROM guest")
    status, said, complaint = hotel.load(backup, f"{hotel.name}_back")
    assert status == 0, complaint
    assert json.loads(said)["rows"] == 1000 + len(FILES) + 5
    assert hotel.sql("SELECT count(*) FROM guest WHERE unaccent(name) LIKE 'Zoe %%'", db=f"{hotel.name}_back") == [
        (1000,)]
    restored = sorted(path.read_bytes() for path in (hotel.data / "filestore" / f"{hotel.name}_back").rglob("*")
                      if path.is_file())
    assert restored == sorted(FILES)
    found = "SELECT datname FROM pg_database WHERE NOT datistemplate AND starts_with(datname, %s)"
    assert hotel.sql(found, hotel.name, db="postgres") == [(hotel.name,)], "Odoo would run the jobs of a copy"


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


def edit_manifest(path):
    path.write_text(path.read_text().replace('"guest": 1000', '"guest": 1001'))


@pytest.mark.parametrize(("name", "harm", "sentence"), [
    ("database.dump.gpg", flip, "is not what was written: its SHA-256 differs"),
    ("files.tar.gz.gpg", cut, "was cut off or altered"),
    ("database.dump.gpg", os.unlink, "is missing: the backup is incomplete"),
    ("manifest.json", edit_manifest, "was not written by this hotel, or was altered"),
    ("manifest.json", cut, "cannot be read: it was damaged"),
    ("manifest.json", os.unlink, "is no backup"),
])
def test_a_damaged_backup_is_refused_in_a_sentence(hotel, backup, name, harm, sentence):
    harm(backup / name)
    status, _said, complaint = hotel.load(backup, f"{hotel.name}_back")
    assert status == 1 and sentence in complaint and "Traceback" not in complaint
    assert databases(hotel) == {hotel.name}


def test_another_key_opens_nothing(hotel, backup, tmp_path):
    stranger = make_openpgp_keys(tmp_path)
    status, _said, complaint = hotel.run(
        "load", backup=backup, into=f"{hotel.name}_back", secret=stranger / "secret.asc")
    assert status == 1 and "was not opened by this secret key" in complaint
    assert databases(hotel) == {hotel.name}


def test_without_the_key_file_it_says_what_is_lost(hotel, backup):
    assert json.loads(hotel.must("inspect", backup=backup))["lost"] == ""
    lost = json.loads(hotel.must("inspect", backup=backup, key_file=None))["lost"]
    assert hotel.fingerprint in lost and "2 identity documents" in lost and "All else is restored" in lost


def test_the_key_file_goes_to_another_keeper(hotel, tmp_path):
    hotel.configure(key_recipients=hotel.keys / "public.asc", key_folder=hotel.folder / "keys-apart")
    backup = hotel.make()
    (copy,) = (hotel.folder / "keys-apart").iterdir()
    assert b"PRIVATE KEY" not in copy.read_bytes()
    assert not any("pem" in path.name for path in backup.iterdir())
    hotel.make()
    assert len(list((hotel.folder / "keys-apart").iterdir())) == 1


def test_nothing_is_written_for_a_secret_key_or_no_key(hotel):
    for recipients, sentence in ((hotel.keys / "secret.asc", "is a secret key"), (hotel.key_file, "no public key")):
        hotel.configure(recipients=recipients)
        status, _said, complaint = hotel.run("make")
        assert status == 1 and sentence in complaint
    assert not hotel.backups()


def test_a_file_damaged_on_the_disk_is_no_good_backup(hotel):
    path = hotel.add_file(b"a contract")
    path.write_bytes(b"a contrast")
    status, _said, complaint = hotel.run("make")
    assert status == 1 and "it was damaged on the disk" in complaint
    (log,) = (hotel.store / "log").iterdir()
    assert json.loads(log.read_text())["state"] == "failed" and not hotel.backups()


def test_what_is_written_meanwhile_is_not_half_in_it(hotel):
    """Guests come in while it is made; counts and dump are of one moment, or the proof fails."""
    hotel.sql("INSERT INTO guest (name) SELECT 'Bulk ' || n FROM generate_series(1, 100000) n")
    process = subprocess.Popen(hotel.command("make"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    written = 0
    while process.poll() is None:
        hotel.sql("INSERT INTO guest (name) VALUES ('Meanwhile')")
        written += 1
    assert process.returncode == 0, process.stderr.read()
    stated = json.loads((hotel.backups()[-1] / "manifest.json").read_text())
    assert 101000 <= stated["tables"]["guest"] < 101000 + written


def test_a_killed_backup_is_cleared_up_by_the_next_one(hotel):
    process = subprocess.Popen(hotel.command("make"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 300
    while not any("_verify_" in name for name in databases(hotel)) and time.monotonic() < end:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not hotel.backups()
    time.sleep(1)  # a name says the second
    hotel.make()
    states = [json.loads(path.read_text())["state"] for path in sorted((hotel.store / "log").iterdir())]
    assert states == ["failed", "good"] and databases(hotel) == {hotel.name}
    assert not list(hotel.store.glob("*.part")) and not list((hotel.data / "backup-work").iterdir())


def test_old_ones_go(hotel, backup):
    for day in (1, 2, 3, 4):
        shutil.copytree(backup, hotel.store / f"{hotel.name}-2020010{day}T020000Z")
    hotel.configure(daily=2, weekly=1, monthly=1)
    time.sleep(1)
    newest = hotel.make()
    assert [path.name for path in hotel.backups()] == [f"{hotel.name}-20200104T020000Z", newest.name]


def test_a_restored_database_takes_the_hotels_place_which_keeps_its_data(hotel, backup):
    hotel.sql("DELETE FROM guest WHERE id > 10")
    hotel.load(backup, f"{hotel.name}_back")
    place = {"into": f"{hotel.name}_back", "aside": f"{hotel.name}_aside"}
    served = psycopg2.connect(dbname=hotel.name)
    status, _said, complaint = hotel.run("place", **place)
    served.close()
    assert status == 1 and "is in use: stop the hotel" in complaint
    hotel.must("place", **place)
    assert hotel.sql("SELECT count(*) FROM guest") == [(1000,)]
    assert hotel.sql("SELECT count(*) FROM guest", db=f"{hotel.name}_aside") == [(10,)]
    assert len([path for path in hotel.filestore.rglob("*") if path.is_file()]) == len(FILES)
    assert hotel.sql("SELECT datistemplate FROM pg_database WHERE datname = %s", hotel.name, db="postgres") == [
        (False,)]


def test_a_restore_overwrites_nothing(hotel, backup):
    status, _said, complaint = hotel.load(backup, hotel.name)
    assert status == 1 and "a restore overwrites nothing" in complaint
    assert hotel.sql("SELECT count(*) FROM guest") == [(1000,)] and hotel.filestore.is_dir()


def test_where_a_disk_has_no_room_it_says_so_and_writes_nothing(hotel, backup):
    before = databases(hotel)
    hotel.configure(reserve=9_000_000)
    status, _said, complaint = hotel.run("make")
    assert status == 1 and re.fullmatch(
        r"A backup needs \d+ MB and 9,000,000\.0 GB to spare on the disk of .*, where [\d.,]+ GB are free: make room "
        r"first\. Nothing was changed\.\n", complaint), complaint
    log = json.loads(max((hotel.store / "log").iterdir()).read_text())
    assert log["state"] == "failed" and log["error"] + "\n" == complaint, "the page Backups says it"
    assert hotel.backups() == [backup] and not list((hotel.data / "backup-work").glob("*"))
    for name, task in (("load", "The restore needs"), ("room", "The upgrade needs")):
        status, _said, complaint = hotel.run(name, backup=backup, into=f"{hotel.name}_back", reserve=9e6)
        assert status == 1 and task in complaint and "Nothing was changed" in complaint, complaint
    assert databases(hotel) == before


def test_a_small_disk_is_not_filled(hotel):
    hotel.store.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", hotel.store], capture_output=True).returncode:
        pytest.skip("outside: the right to mount a small disk")
    try:
        hotel.configure(reserve=0)
        status, _said, complaint = hotel.run("make")
        assert status == 1 and f"on the disk of {hotel.store}, where 1 MB are free" in complaint, complaint
        assert not hotel.backups()
    finally:
        subprocess.run(["umount", hotel.store], check=True)


def test_the_room_that_is_needed_grows_with_the_data(hotel):
    def need():
        return json.loads(hotel.must("room"))["needed"]

    before = need()
    hotel.sql("INSERT INTO guest (name) SELECT repeat('x', 1000) || n FROM generate_series(1, 20000) n")
    assert need() - before > 2 * 20_000_000


def test_a_hotel_of_an_earlier_version_is_saved_too(hotel):
    """It lacks what the integrity checks of today ask for."""
    hotel.sql("CREATE TABLE hotel_stay (id int); CREATE TABLE hotel_stay_night (stay_id int)")
    hotel.sql("CREATE TABLE sale_order_line (id int); CREATE TABLE hotel_consumption (id int)")
    backup = hotel.make()
    assert json.loads((backup / "manifest.json").read_text())["problems"] == {}
