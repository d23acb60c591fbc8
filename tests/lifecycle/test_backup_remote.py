"""Backups are copied to another machine: a real OpenSSH server, as an ordinary user; and sealed by age, too."""
import json
import os
import shutil
import subprocess

import pytest
from repository import ROOT
from small_hotel import SmallHotel, make_openpgp_keys
from ssh_server import serve_ssh


@pytest.fixture(scope="module", name="hotel")
def fixture_hotel(tmp_path_factory):
    if not shutil.which("gpg"):
        pytest.skip("outside: gpg (apt-get install gnupg)")
    keys = make_openpgp_keys(tmp_path_factory.mktemp("keys"))
    hotel = SmallHotel(f"{os.environ.get('TEST_DB', 'test')}_remote", tmp_path_factory.mktemp("remote"), keys)
    hotel.create()
    yield hotel
    hotel.drop()


def last_log(hotel):
    return json.loads(max((hotel.store / "log").iterdir()).read_text())


@pytest.mark.parametrize("scheme", ["sftp", "rsync"])
def test_copies_by_ssh_are_whole_and_rotated(hotel, scheme, monkeypatch):
    with serve_ssh(rsync=scheme == "rsync") as server:
        if scheme == "rsync" and server["user"] == "daemon":
            pytest.skip("outside: a user with a shell, whom rsync's other end can be (not as root: it is you)")
        for name in ("PATH", "LD_LIBRARY_PATH"):
            monkeypatch.setenv(name, server["environment"][name])
        vault = server["vault"]
        old = vault / f"{hotel.name}-20200101T020000Z"
        for stale in (old, vault / f"{hotel.name}-20200102T020000Z"):
            stale.mkdir()
            (stale / "manifest.json").write_text("{}")
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", server["user"], vault], check=True)
        hotel.configure(remote=f"{scheme}://{server['user']}@{server['remote']}/{vault}", ssh_key=server["ssh_key"],
                        known_hosts=server["known_hosts"], daily=1, weekly=1, monthly=2)
        backup = hotel.make()
        log = last_log(hotel)
        assert log["remote"] == "copied", (log, server["log"].read_text())
        assert sorted(path.name for path in vault.iterdir()) == [f"{hotel.name}-20200102T020000Z", backup.name]
        for path in backup.iterdir():
            assert (vault / backup.name / path.name).read_bytes() == path.read_bytes()


def test_an_unknown_host_gets_nothing_and_the_backup_is_good(hotel, monkeypatch, tmp_path):
    with serve_ssh() as server:
        (tmp_path / "known_hosts").write_text("")
        hotel.configure(remote=f"sftp://{server['user']}@{server['remote']}/{server['vault']}",
                        ssh_key=server["ssh_key"], known_hosts=tmp_path / "known_hosts")
        hotel.make()
        assert not list(server["vault"].iterdir())
    log = last_log(hotel)
    assert log["state"] == "good" and log["remote"] == "failed" and "failed" in log["remote_error"]


def test_age_seals_as_well(hotel, monkeypatch, tmp_path):
    done = subprocess.run(
        ["bash", "-c", f". {ROOT}/setup/lib.sh; command -v age || bring_age"], capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        pytest.skip("outside: age (apt-get install age)")
    brought = os.path.join(os.environ.get("PROJECT_VAR", ROOT / "var"), "boot/usr/bin")
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}:{brought}")
    secret, public = tmp_path / "secret.txt", tmp_path / "public.txt"
    subprocess.run(["age-keygen", "-o", secret], check=True, capture_output=True)
    public.write_text(subprocess.run(["age-keygen", "-y", secret], check=True, capture_output=True, text=True).stdout)
    hotel.configure(recipients=public)
    backup = hotel.make()
    assert sorted(path.suffix for path in backup.iterdir()) == [".age", ".age", ".json", ".mac"]
    into = f"{hotel.name}_back"
    assert json.loads(hotel.must("load", backup=backup, into=into, secret=secret))["rows"] > 1000
