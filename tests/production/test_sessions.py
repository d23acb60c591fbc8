"""Two hosts that share a folder are one hotel: who is signed in, who no longer is, files, what is told at once."""

import contextlib
import json

import pytest
import requests
import websocket
from servers import wait_for
from test_site import ask, fixture_asked, sign_in  # noqa: F401  the same condition


def get_urls(site):
    """Return the addresses of both hosts, past nginx."""
    return [f"http://{host.interface}:{site.port}" for host in site.hosts]


def who(url, cookie):
    """Return who a host takes the bearer of a cookie for; None for nobody."""
    answer = requests.post(
        f"{url}/web/session/get_session_info", json={"params": {}}, timeout=60,
        headers={"Cookie": f"session_id={cookie}"},
    ).json()  # fmt: skip
    return answer.get("result", {}).get("username")


def sign_out_everywhere(site, url, login):
    """Let the administrator end all sessions of somebody."""
    admin = sign_in(url, "admin_site")
    [user] = ask(admin, url, "res.users", "search", [["login", "=", login]])
    ask(admin, url, "res.users", "action_hotel_sign_out", [user])


def test_who_is_signed_out_everywhere_is_so_at_both_hosts(site):
    first, second = get_urls(site)
    cookies = [sign_in(url, "leaver_site").cookies["session_id"] for url in (first, second)]
    for cookie in cookies:
        # the list of sessions is written by the first request after signing in
        assert [who(url, cookie) for url in (first, second)] == ["leaver_site"] * 2
    sign_out_everywhere(site, second, "leaver_site")
    for cookie in cookies:
        assert [who(url, cookie) for url in (first, second)] == [None] * 2


def test_who_signs_out_at_one_is_out_at_the_other(site):
    first, second = get_urls(site)
    session = sign_in(first, "leaver_site")
    cookie = session.cookies["session_id"]
    assert who(second, cookie) == "leaver_site"
    session.get(f"{first}/web/session/logout", timeout=60)
    assert who(second, cookie) is None


def test_a_new_password_at_one_ends_sessions_at_the_other(site):
    first, second = get_urls(site)
    session = sign_in(first, "changer_site")
    cookie = sign_in(second, "changer_site").cookies["session_id"]
    assert who(second, cookie) == "changer_site"
    ask(session, first, "res.users", "change_password", "changer_site", "Vx9-quiet-orchid-lamp-77")
    wait_for(lambda: who(second, cookie) is None, "the end of the other session", 10)


def test_a_file_given_to_one_is_had_from_the_other(site):
    first, second = get_urls(site)
    session = sign_in(first, "boss_site")
    vals = {"name": "a.txt", "raw": "QmVhdHJpeg==", "mimetype": "text/plain"}
    [made] = ask(session, first, "ir.attachment", "create", [vals])
    cookie = {"Cookie": f"session_id={session.cookies['session_id']}"}
    here, there = (requests.get(f"{url}/web/content/{made}", timeout=60, headers=cookie) for url in (first, second))
    assert (there.status_code, there.content) == (200, here.content)
    assert there.content


@contextlib.contextmanager
def listen(site, host, session):
    """Listen to what is told at once, at one host, as the web client does."""
    place = f"{host.interface}:{site.port + 2}"
    line = websocket.create_connection(
        f"ws://{place}/websocket?version=19.0-2", origin=f"http://{place}", timeout=20,
        cookie=f"session_id={session.cookies['session_id']}",
    )  # fmt: skip
    try:
        line.send(json.dumps({"event_name": "subscribe", "data": {"channels": [], "last": 0}}))
        yield line
    finally:
        line.close()


def hear(line, kind):
    """Return the payload of the next notification of a kind."""
    while True:
        for told in json.loads(line.recv()):
            if told["message"]["type"] == kind:
                return told["message"]["payload"]


@pytest.mark.parametrize("speaker", [0, 1])
def test_what_is_told_at_one_is_heard_at_the_other(site, speaker):
    url, host = get_urls(site)[speaker], site.hosts[1 - speaker]
    session = sign_in(url, "clerk_site")
    uid = ask(session, url, "res.users", "search", [["login", "=", "clerk_site"]])
    [settings] = ask(session, url, "res.users.settings", "search", [["user_id", "in", uid]]) or [
        ask(session, url, "res.users.settings", "create", [{"user_id": uid[0]}])[0]
    ]
    with listen(site, host, session) as line:
        for value in (bool(speaker), not speaker):
            new = {"is_discuss_sidebar_category_chat_open": value}
            ask(session, url, "res.users.settings", "set_res_users_settings", [settings], new_settings=new)
        assert "is_discuss_sidebar_category_chat_open" in json.dumps(hear(line, "res.users.settings"))
