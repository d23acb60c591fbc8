"""A replica that lags, hangs or is gone: what people see. After the other tests: Odoo leaves it alone for minutes."""

import contextlib
import os
import signal
import subprocess
import time

import pytest
from servers import wait_for
from test_sessions import get_urls, sign_out_everywhere, who
from test_site import ask, fixture_asked, sign_in  # noqa: F401  the same condition


@pytest.fixture(name="host")
def fixture_host(site):
    """A host that has just been started: it asks the replica again."""
    host = site.hosts[0]
    host.stop()
    host.start().wait()
    return host


@contextlib.contextmanager
def lagging(site):
    """Let the replica stand still."""
    site.replica.sql("SELECT pg_wal_replay_pause()")
    wait_for(lambda: site.replica.sql("SELECT pg_get_wal_replay_pause_state()") == "paused", "the pause", 20)
    try:
        yield
    finally:
        site.replica.sql("SELECT pg_wal_replay_resume()")


def read_name(session, url, hotel):
    """Return a hotel's name as lists have it, from the replica."""
    found = ask(session, url, "hotel.property", "web_search_read", [["id", "=", hotel]], {"name": {}})
    return found["records"][0]["name"]


def test_a_replica_that_lags_shows_lists_of_before(site, host):
    url, guest, hotel = get_urls(site)[0], site.scene["guest"], site.scene["hotel"]
    session = sign_in(url, "boss_site")
    before = read_name(session, url, hotel)
    with lagging(site):
        rename = "UPDATE hotel_property SET name = jsonb_build_object('en_US', 'Nova') WHERE id = "
        site.primary.sql(f"{rename}{hotel}", "hotel")
        assert read_name(session, url, hotel) == before
        ask(session, url, "res.partner", "write", [guest], {"name": "Nova"})
        opened = ask(session, url, "res.partner", "web_read", [guest], specification={"name": {}})
        assert opened[0]["name"] == "Nova", "who opens a guest sees what was saved"
    wait_for(lambda: read_name(session, url, hotel) == "Nova", "the replica", 20)


def test_a_file_that_was_just_given_is_had_while_the_replica_lags(site, host):
    url = get_urls(site)[0]
    session = sign_in(url, "boss_site")
    with lagging(site):
        vals = {"name": "b.txt", "raw": "QmVhdHJpeg==", "mimetype": "text/plain"}
        [made] = ask(session, url, "ir.attachment", "create", [vals])
        files = [session.get(f"{url}/web/content/{number}", timeout=60) for number in (made, made + 1000)]
        assert [file.status_code for file in files] == [200, 404]
        assert files[0].content == vals["raw"].encode()


def test_who_is_signed_out_is_so_while_the_replica_lags(site, host):
    first, second = get_urls(site)
    cookie = sign_in(first, "leaver_site").cookies["session_id"]
    assert who(first, cookie) == "leaver_site"
    with lagging(site):
        sign_out_everywhere(site, second, "leaver_site")
        assert [who(url, cookie) for url in (first, second)] == [None] * 2


@contextlib.contextmanager
def hanging(site):
    """Let all processes of the replica stand still: connections are accepted and nothing is ever answered."""
    first = int((site.replica.data / "postmaster.pid").read_text().split()[0])
    found = subprocess.run(["pgrep", "-P", str(first)], capture_output=True, text=True, check=False).stdout
    pids = [first, *map(int, found.split())]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def test_a_replica_that_hangs_is_given_up(site, host, record_property):
    """Each process asks it once more, for five seconds, and then leaves it alone."""
    url = get_urls(site)[0]
    host.stop()
    with hanging(site):
        host.start()
        started = time.monotonic()
        session = wait_for(lambda: try_to_sign_in(url), "Odoo", 90)
        record_property("first_answer_s", round(time.monotonic() - started, 1))
        until = time.monotonic() + 60
        while time.monotonic() < until:
            began = time.monotonic()
            assert ask(session, url, "hotel.property", "web_search_read", [], {"name": {}})["length"]
            if time.monotonic() - began < 1:
                break
        assert time.monotonic() - began < 1, "every request waits"


def try_to_sign_in(url):
    with contextlib.suppress(Exception):
        return sign_in(url, "boss_site")
    return None
