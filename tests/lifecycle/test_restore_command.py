"""What setup/backup made comes back by setup/restore, and only when the administrator means it."""
import os
import shutil
import subprocess

import psycopg2
import pytest
from repository import ROOT
from small_hotel import SmallHotel, make_openpgp_keys


@pytest.fixture(scope="module", name="hotel")
def fixture_hotel(tmp_path_factory):
    if not shutil.which("gpg"):
        pytest.skip("outside: gpg (apt-get install gnupg)")
    keys = make_openpgp_keys(tmp_path_factory.mktemp("keys"))
    hotel = SmallHotel(f"{os.environ.get('TEST_DB', 'test')}_drill", tmp_path_factory.mktemp("drill"), keys)
    hotel.create()
    hotel.configure()
    conf = {"db_host": os.environ["PGHOST"], "db_port": os.environ["PGPORT"], "db_user": os.environ["PGUSER"],
            "db_password": "False", "addons_path": ROOT, "data_dir": hotel.data, "hotel_crm_key_file": hotel.key_file,
            "hotel_crm_backup_conf": hotel.folder / "backup.conf"}
    lines = [f"{name} = {value}" for name, value in conf.items()]
    (hotel.folder / "odoo.conf").write_text("\n".join(["[options]", *lines, ""]))
    yield hotel
    hotel.drop()


@pytest.fixture(scope="module", name="backup")
def fixture_backup(hotel):
    done = command(hotel, "backup")
    assert done.returncode == 0, done.stderr
    return hotel.backups()[-1]


def command(hotel, name, *arguments, **variables):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment |= {"HOTEL_CONF": str(hotel.folder / "odoo.conf"), "PROJECT_DB": hotel.name,
                    "PATH": os.environ["PATH"], "HOTEL_CRM_KEY_FILE": "", **variables}
    return subprocess.run(
        [ROOT / "setup" / name, *arguments], capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL)


def test_1_it_is_asked_for_and_overwrites_nothing(hotel, backup):
    secret = ("--secret", hotel.keys / "secret.asc")
    for arguments, sentence in (
        ((), "restore it under another name (--as), or say --replace"),
        (("--replace",), "nobody is here to be asked"),
        (("--replace", "--yes", "another"), "nothing was done"),
        (("--as", "Bad Name"), "a database is called by small letters"),
    ):
        done = command(hotel, "restore", backup, *secret, *arguments)
        assert done.returncode == 1 and sentence in done.stderr, done.stderr
    served = psycopg2.connect(dbname=hotel.name)
    done = command(hotel, "restore", backup, *secret, "--replace", "--yes", hotel.name)
    served.close()
    assert done.returncode == 1 and "stop the hotel" in done.stderr, done.stderr
    assert command(hotel, "restore", backup, "--check").returncode == 0
    assert hotel.sql("SELECT count(*) FROM guest") == [(1000,)]


def test_2_it_comes_back_and_what_was_there_is_kept(hotel, backup):
    hotel.sql("DELETE FROM guest WHERE id > 10")
    done = command(hotel, "restore", backup, "--secret", hotel.keys / "secret.asc", "--replace", "--live", "--yes",
                   hotel.name)
    assert done.returncode == 0, done.stderr
    assert hotel.sql("SELECT count(*) FROM guest") == [(1000,)]
    ((aside,),) = hotel.sql(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", f"{hotel.name}_before_", db="postgres")
    assert hotel.sql("SELECT count(*) FROM guest", db=aside) == [(10,)]


def test_3_without_live_the_copy_is_mute(hotel, backup):
    copy = f"{hotel.name}_copy"
    done = command(hotel, "restore", backup, "--secret", hotel.keys / "secret.asc", "--as", copy, "--yes", copy)
    assert done.returncode == 0 and "making it mute" in done.stderr, done.stderr
    assert hotel.sql("SELECT count(*) FROM res_users_apikeys", db=copy) == [(0,)]
    assert hotel.sql("SELECT value FROM ir_config_parameter", db=copy) == [("https://neutralized.invalid",)]
    assert hotel.sql("SELECT count(*) FROM res_users_apikeys") == [(1,)], "the hotel itself has its keys"


def test_4_one_that_cannot_be_made_mute_is_not_kept(hotel, backup):
    """What is called mute and is not would write to guests."""
    conf, copy = hotel.folder / "odoo.conf", f"{hotel.name}_other"
    lame = hotel.folder / "lame.conf"
    lame.write_text("\n".join(line for line in conf.read_text().splitlines() if "addons_path" not in line))
    done = command(hotel, "restore", backup, "--secret", hotel.keys / "secret.asc", "--as", copy, "--yes", copy,
                   HOTEL_CONF=str(lame))
    assert done.returncode == 1 and "the copy could not be made mute: addons_path" in done.stderr, done.stderr
    assert not hotel.sql("SELECT FROM pg_database WHERE starts_with(datname, %s)", copy, db="postgres")


def test_5_where_there_is_no_room_or_no_key_nothing_is_restored(hotel, backup, tmp_path):
    copy = f"{hotel.name}_third"
    (tmp_path / "stranger").mkdir()
    stranger = make_openpgp_keys(tmp_path / "stranger") / "secret.asc"
    for secret, reserve, sentence in (
        (hotel.keys / "secret.asc", "9000000", "are free: make room first"),
        (stranger, "1", "was not opened by this secret key"),
        (tmp_path / "none.asc", "1", "none.asc"),
    ):
        done = command(hotel, "restore", backup, "--secret", secret, "--as", copy, "--yes", copy, RESERVE=reserve)
        assert done.returncode == 1 and sentence in done.stderr and "Traceback" not in done.stderr, done.stderr
        assert "nothing was restored" in done.stderr
        assert not hotel.sql("SELECT FROM pg_database WHERE starts_with(datname, %s)", copy, db="postgres")


def test_6_a_damaged_one_changes_nothing(hotel, backup, tmp_path):
    copy = tmp_path / backup.name
    shutil.copytree(backup, copy)
    dump = copy / "database.dump.gpg"
    dump.write_bytes(dump.read_bytes()[:-1])
    done = command(hotel, "restore", copy, "--replace", "--live", "--yes", hotel.name)
    assert done.returncode == 1 and "was cut off or altered" in done.stderr and "Traceback" not in done.stderr
    assert hotel.sql("SELECT count(*) FROM guest") == [(1000,)]
