"""The units of systemd start what they say, with no more rights than they say, and it works under them."""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import threading
import time

import pytest
import requests
from servers import ROOT, wait_for
from test_site import ask, fixture_asked, sign_in  # noqa: F401  the same condition

ROOTS = pytest.mark.skipif(bool(os.geteuid()), reason="outside: only root makes a private view of the file system")


def read_status(pid):
    """Return what the kernel says about a process: name -> value."""
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _colon, value in (line.partition(":") for line in lines)}


def get_processes(site):
    """Return the pids of all processes of a host and of the jobs."""
    parts = (site.hosts[0], site.jobs)
    return [pid for part in parts for pid in (part.process.pid, *part.get_workers())]


def test_odoo_is_nobody_with_no_rights(site):
    pids = get_processes(site)
    assert len(pids) > 5
    for pid in pids:
        status = read_status(pid)
        assert set(status["Uid"].split()) == {str(site.user.pw_uid)}
        assert (status["NoNewPrivs"], status["Umask"]) == ("1", "0027")
        if not os.geteuid():
            assert {int(status[name], 16) for name in ("CapEff", "CapPrm", "CapBnd")} == {0}
        limits = pathlib.Path(f"/proc/{pid}/limits").read_text()
        most = site.hosts[0].unit.most_files
        assert re.search(rf"Max open files\s+{most}\s+{most}", limits)


def test_jobs_step_back_behind_people(site):
    fields = pathlib.Path(f"/proc/{site.jobs.process.pid}/stat").read_text().rpartition(")")[2].split()
    assert fields[16] == "5"


def test_the_environment_is_the_units_own(site):
    """What the tests have in theirs is not what makes it work."""
    pairs = pathlib.Path(f"/proc/{site.hosts[0].process.pid}/environ").read_text().split("\0")
    names = {pair.partition("=")[0] for pair in pairs if pair}
    shells, sockets = {"PWD", "SHLVL", "_", "OLDPWD"}, {"LISTEN_FDS", "LISTEN_PID"}
    assert names <= {*site.hosts[0].unit.environment, *shells, *sockets}
    assert "PGCONNECT_TIMEOUT" in names


def run_inside(site, script):
    """Run a shell script as the web server would run it; return whether it ended well."""
    unit = site.hosts[0].unit
    command = unit.wrap(["sh", "-c", script])
    return not subprocess.run(command, env=unit.environment, cwd="/", capture_output=True, check=False).returncode


@ROOTS
def test_it_writes_nowhere_but_into_its_folder(site):
    data = site.place / "data"
    assert run_inside(site, f"touch {data}/mark && rm {data}/mark")
    assert run_inside(site, "touch /tmp/hotel-mark")
    assert not pathlib.Path("/tmp/hotel-mark").exists(), "its /tmp is its own"
    # by right of the unit, not of the owner: the folder of the configuration is anybody's here
    open_folder = site.place / "anybodys"
    open_folder.mkdir()
    open_folder.chmod(0o777)
    assert not run_inside(site, f"touch {open_folder}/mark")
    assert not run_inside(site, f"touch {ROOT}/mark")
    assert not run_inside(site, "ls /root/.bashrc /root/.profile /root/.ssh")


def test_what_it_has_written_is_nobody_elses(site):
    sign_in(f"http://{site.hosts[0].interface}:{site.port}", "boss_site")
    mine = [path for path in (site.place / "data").iterdir() if path.stat().st_uid == site.user.pw_uid]
    assert "sessions" in {path.name for path in mine}
    made = [path for path in mine if path.is_dir() and path.name != "filestore"]
    assert not [path for path in made if path.stat().st_mode & 0o007]
    written = [path for path in (site.place / "data/filestore").rglob("*") if path.stat().st_ctime > site.filled_at]
    assert not [path for path in written if path.is_file() and path.stat().st_mode & 0o007]


def test_a_pdf_is_printed_under_these_rights(site):
    if not shutil.which("chromium"):
        pytest.skip("outside: Chromium")
    url = f"http://{site.hosts[0].interface}:{site.port}"
    session = sign_in(url, "clerk_site")
    paper = f"/report/pdf/hotel_crm_base.hotel_registration_card/{site.scene['stays'][0]}"
    answer = session.get(url + paper, timeout=120)
    assert answer.content[:5] == b"%PDF-", answer.text[-800:]


def test_what_is_under_way_is_answered_before_it_ends(site):
    """SIGTERM to the first process, as systemd sends it: a request that is being worked on is not cut off."""
    host = site.hosts[1]
    url = f"http://{host.interface}:{site.port}"
    session = sign_in(url, "boss_site")
    guest = site.scene["guest"]
    # who writes waits behind a lock for as long as we like
    lock = subprocess.Popen(
        [*site.primary.user, str(site.primary.bin / "psql"), "-h", str(site.primary.place), "-p",
         str(site.primary.port), "-U", "postgres", "-d", "hotel", "-XAtqc",
         f"BEGIN; SELECT 1 FROM res_partner WHERE id = {guest} FOR UPDATE; SELECT pg_sleep(4); COMMIT"],
        cwd="/", stdout=subprocess.DEVNULL,
    )  # fmt: skip
    answers = []

    def write():
        with contextlib.suppress(requests.RequestException):
            answers.append(ask(session, url, "res.partner", "write", [guest], {"comment": "Late"}))

    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = 'hotel'"
    time.sleep(0.5)
    thread = threading.Thread(target=write)
    thread.start()
    try:
        wait_for(lambda: site.primary.sql(waiting) != "0", "a request that waits", 10)
        host.stop()
        thread.join(20)
        assert answers, "the request was cut off"
        assert answers[0] is True
    finally:
        lock.wait(30)
        host.start().wait()
