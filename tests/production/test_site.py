"""The configuration that setup/configure makes serves a hotel: TLS, two hosts, jobs apart, a replica."""

import os
import re
import socket
import ssl
import time
from urllib.parse import urlparse

import pytest
import requests
from servers import wait_for

pytestmark = pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "Content-Security-Policy": "object-src 'none'",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(self)",
}


@pytest.fixture(autouse=True)
def fixture_asked():
    """Some minutes of a machine: only where it is asked for."""
    if not os.environ.get("HOTEL_CRM_SITE"):
        pytest.skip("outside: HOTEL_CRM_SITE=1 runs the whole production set-up")


def sign_in(url, login):
    """Return a session of a user whose password is the login."""
    session = requests.Session()
    session.verify, session.trust_env = False, False  # the environment's own authorities would win
    params = {"db": "hotel", "login": login, "password": login}
    answer = session.post(f"{url}/web/session/authenticate", json={"params": params}, timeout=60).json()
    assert answer["result"]["uid"], answer
    return session


def ask(session, url, model, method, *args, **kwargs):
    """Return the answer of a call as the web client makes it."""
    params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
    answer = session.post(f"{url}/web/dataset/call_kw/{model}/{method}", json={"params": params}, timeout=60).json()
    assert "error" not in answer, answer["error"]["data"]["message"]
    return answer["result"]


def get_log(site, marks=None):
    """Return what the hosts have logged, since the marks where there are any."""
    texts = [host.log.read_text() for host in site.hosts]
    return "".join(text[mark:] for text, mark in zip(texts, marks or [0] * len(texts), strict=True))


def get_marks(site):
    """Return where the logs of the hosts end now."""
    return [len(host.log.read_text()) for host in site.hosts]


def test_postgresql_takes_its_settings(site):
    assert site.primary.sql("SELECT count(*) FROM pg_file_settings WHERE error IS NOT NULL") == "0"
    assert site.primary.sql("SHOW fsync") == site.primary.sql("SHOW synchronous_commit") == "on"
    assert site.primary.sql("SHOW max_connections") == "96"
    assert site.primary.sql("SELECT rolsuper FROM pg_roles WHERE rolname = 'odoo'") == "f"


def test_big_tables_are_cleaned_in_time(site):
    site.primary.sql((site.conf / "big-tables.sql").read_text(), "hotel")
    options = site.primary.sql("SELECT reloptions FROM pg_class WHERE relname = 'hotel_consumption'", "hotel")
    assert "autovacuum_vacuum_threshold=50000" in options


def test_pages_come_over_tls_with_the_headers(site):
    answer = requests.get(f"{site.url}/web/login", verify=False, timeout=60)
    assert answer.status_code == 200
    for name, part in HEADERS.items():
        assert part in answer.headers[name], name
        # browsers obey both policies, Odoo's own and ours
        many = name == "Content-Security-Policy"
        assert many or answer.raw.headers.getlist(name) == [answer.headers[name]], f"{name} is there twice"
    assert "nginx/" not in answer.headers["Server"]
    plain = requests.get(f"http://127.0.0.1:{site.https + 1}/hotel?a=1", allow_redirects=False, timeout=60)
    assert (plain.status_code, plain.headers["Location"]) == (301, f"{site.url}/hotel?a=1")


def test_old_tls_is_refused(site):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", site.https)) as plain, context.wrap_socket(plain) as made:
        assert made.version() == "TLSv1.3"
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", site.https)) as plain:
        try:
            context.wrap_socket(plain)
        except ssl.SSLError:
            return
    raise AssertionError("TLS 1.1 was accepted")


def test_what_is_nobodys_business_is_not_there(site):
    for path in ("/web/database/manager", "/web/database/selector", "/xmlrpc/2/common", "/jsonrpc"):
        assert requests.get(site.url + path, verify=False, timeout=60).status_code == 404, path


def test_bundles_are_packed_and_kept(site):
    page = requests.get(f"{site.url}/web/login", verify=False, timeout=60).text
    bundle = re.search(r'href="(/web/assets/[^"]+\.css)"', page)[1]
    for _time in range(2):
        answer = requests.get(site.url + bundle, verify=False, timeout=120)
        assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Set-Cookie" not in answer.headers
    line = wait_for(lambda: [row for row in read_log(site) if bundle in row][1:], "the log of nginx")[0]
    assert line.rstrip().endswith(" -"), "the second one came out of nginx's own store"


def read_log(site):
    return (site.nginx.place / "access.log").read_text().splitlines()


def test_the_log_has_no_secrets(site):
    token = "ZmFrZS10b2tlbi1vZi1zb21lYm9keQ"
    for path in (f"/hotel/room/{token}", f"/my/reservations/1?access_token={token}", f"/hotel/messages/1/{token}"):
        requests.get(site.url + path, verify=False, timeout=60)
    wait_for(lambda: any("/hotel/messages/1/..." in row for row in read_log(site)), "the log of nginx")
    assert not [row for row in read_log(site) if token in row]


def test_websockets_get_through(site):
    key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2l4dGVlbiBieXRlcyBhdA=="
    session = sign_in(site.url, "clerk_site")
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    host = urlparse(site.url).netloc
    with socket.create_connection(("127.0.0.1", site.https)) as plain, context.wrap_socket(plain) as made:
        made.sendall(
            f"GET /websocket?version=19.0-2 HTTP/1.1\r\nHost: {host}\r\nOrigin: {site.url}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\n{key}\r\nCookie: session_id={session.cookies['session_id']}\r\n\r\n".encode()
        )
        assert made.recv(200).startswith(b"HTTP/1.1 101")


def test_two_hosts_know_the_same_sessions_and_files(site):
    session = sign_in(f"http://{site.hosts[0].interface}:{site.port}", "boss_site")
    cookie, other = session.cookies["session_id"], f"http://{site.hosts[1].interface}:{site.port}"
    for url in (site.url, other):
        answer = requests.post(
            f"{url}/web/session/get_session_info", json={"params": {}}, verify=False, timeout=60,
            headers={"Cookie": f"session_id={cookie}"},
        ).json()
        assert answer["result"]["username"] == "boss_site", url
    vals = {"name": "a.txt", "raw": "QmVhdHJpeg==", "mimetype": "text/plain"}
    made = ask(session, f"http://{site.hosts[0].interface}:{site.port}", "ir.attachment", "create", [vals])
    content = requests.get(
        f"{other}/web/content/{made[0]}", timeout=60, headers={"Cookie": f"session_id={cookie}"}
    )
    assert content.status_code == 200
    assert content.content


def test_a_host_that_is_down_is_passed_over(site):
    down = site.hosts[1]
    down.stop()
    try:
        for _time in range(12):
            assert requests.get(f"{site.url}/hotel", verify=False, timeout=60).status_code == 200
    finally:
        down.start().wait()


def test_reports_and_lists_are_read_from_the_replica(site):
    session = sign_in(site.url, "boss_site")
    marks = get_marks(site)
    ask(session, site.url, "hotel.property", "web_search_read", [], {"name": {}})
    ask(session, site.url, "hotel.stay", "formatted_read_group", [], ["state"], ["__count"])
    lines = wait_for(lambda: re.findall(r"web_search_read HTTP.*", get_log(site, marks)), "the log")
    assert lines[0].split()[-1] == "ro", lines
    assert "retrying with a read/write cursor" not in get_log(site)


def test_the_replica_follows_and_is_not_missed(site, record_property):
    started = time.monotonic()
    site.primary.sql("CREATE TABLE mark (id int)", "hotel")
    wait_for(lambda: site.replica.sql("SELECT to_regclass('mark')", "hotel") == "mark", "the replica")
    record_property("replica_lag_ms", round((time.monotonic() - started) * 1000))
    site.replica.stop()
    try:
        session = sign_in(site.url, "boss_site")
        assert ask(session, site.url, "hotel.property", "web_search_read", [], {"name": {}})["length"]
    finally:
        site.replica.start()


def test_jobs_run_apart(site):
    """The web servers start none, the service of the jobs does."""
    query = "SELECT count(*) FROM ir_cron WHERE lastcall > now() AT TIME ZONE 'UTC' - interval '10 minutes'"
    site.primary.sql("UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' - interval '1 minute'", "hotel")
    site.primary.sql("NOTIFY cron_trigger, 'hotel'", "postgres")
    wait_for(lambda: int(site.primary.sql(query, "hotel")) > 0, "a job", 90)
    assert "ir_cron" not in get_log(site)


def test_guessing_passwords_is_slowed_down(site):
    """Last: this address has to wait afterwards."""
    form = {"login": "boss_site", "password": "wrong"}
    codes = [requests.post(f"{site.url}/web/login", form, verify=False, timeout=60).status_code for _ in range(45)]
    assert 429 in codes
    assert requests.get(f"{site.url}/web/login", verify=False, timeout=60).status_code == 200
