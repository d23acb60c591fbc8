"""setup/configure makes files that the programs they are for accept, and refuses what makes no sense."""

import configparser
import doctest
import importlib.util
import shutil
import subprocess
import sys

import pytest
from servers import ROOT, find_nginx

FOLDER = ROOT / "setup/production"
UNITS = ("hotel-crm", "hotel-crm-cron", "hotel-telephony-bridge")


def configure(out, *arguments):
    command = [sys.executable, str(FOLDER / "configure.py"), "--out", str(out), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module", name="made")
def fixture_made(tmp_path_factory):
    out = tmp_path_factory.mktemp("made")
    done = configure(
        out, "--self-signed", "--place", str(out / "nginx"), "--listen-http", "127.0.0.1:23080",
        "--listen-https", "127.0.0.1:23443", "--hosts", "10.0.0.2,10.0.0.3", "--cores", "8", "--memory", "32768",
        "--replica-host", "10.0.0.4", "--replica-waits",
    )
    assert not done.returncode, done.stderr
    (out / "nginx").mkdir()
    return out


def test_no_place_is_left_empty(made):
    assert len(list(made.iterdir())) > 8
    for path in made.iterdir():
        assert path.is_dir() or "@{" not in path.read_text(), path.name


def test_odoo_serves_one_database_and_manages_none(made):
    conf = configparser.RawConfigParser()
    conf.read(made / "odoo.conf")
    options = conf["options"]
    assert (options["db_name"], options["list_db"], options["admin_passwd"]) == ("hotel", "False", "")
    assert "dbfilter" not in options
    assert (options["workers"], options["max_cron_threads"], options["proxy_mode"]) == ("17", "0", "True")
    assert options["db_replica_host"] == "10.0.0.4"
    assert not (made / "odoo.conf").stat().st_mode & 0o007


def test_nginx_accepts_its_file(made):
    nginx = find_nginx()
    if not nginx:
        pytest.skip("outside: nginx (as root: apt-get install nginx)")
    command = [nginx, "-t", "-c", str(made / "nginx-alone.conf"), "-p", str(made / "nginx"), "-e", str(made / "error")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    assert "[warn]" not in done.stderr


def test_units_are_complete(made):
    for name in UNITS:
        unit = configparser.RawConfigParser(strict=False)
        unit.optionxform = str
        unit.read(made / f"{name}.service")
        assert {"ExecStart", "User", "Restart", "ProtectSystem"} <= set(unit["Service"])
        assert unit["Unit"]["StartLimitIntervalSec"] == "0", "systemd gives up after five starts in ten seconds else"
    door = (made / "hotel-crm.socket").read_text()
    assert "ListenStream=127.0.0.1:8069\n" in door
    assert "NonBlocking=yes" in (made / "hotel-crm.service").read_text(), "workers that do not get a visitor go on"
    program = shutil.which("systemd-analyze")
    if program:
        units = [str(made / f"{name}.service") for name in UNITS]
        text = subprocess.run([program, "verify", *units], capture_output=True, text=True, check=False).stderr
        assert "Unknown" not in text
        assert "Failed to parse" not in text


def test_what_the_services_would_not_see_is_told(tmp_path):
    places = ("--self-signed", "--root", "/opt/hotel-crm", "--venv", "/run/user/1000/venv")
    told = configure(tmp_path, *places).stdout
    assert "/run/user/1000/venv lies in a home" in told
    assert "/opt/hotel-crm lies" not in told
    assert "lies in a home" not in configure(tmp_path, *places[:3], "--venv", "/opt/hotel-crm/var/venv").stdout


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ((), "--self-signed"),
        (("--self-signed", "--database", "a b"), "--database"),
        (("--self-signed", "--domain", "a;b"), "--domain"),
        (("--self-signed", "--replica-waits"), "--replica-host"),
        (("--self-signed", "--memory", "100"), "1024"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path, wrong, word):
    done = configure(tmp_path, *wrong)
    assert done.returncode
    assert word in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["sizes", "configure"])
def test_what_the_documentation_calculates_is_right(name, monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    spec = importlib.util.spec_from_file_location(f"production_{name}", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    failed, tried = doctest.testmod(module)
    assert tried
    assert not failed
