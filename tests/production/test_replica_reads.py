"""What is marked as only reading does only read, and is asked of the replica."""

import re
import subprocess

import pytest
from servers import ROOT, wait_for
from test_site import ask, fixture_asked, get_log, get_marks, sign_in  # noqa: F401  the same condition

pytestmark = pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
SEARCH = "?arrival={arrival}&departure={departure}&adults=2&children=0&rooms=1"
#: endpoint -> login and an address of it; the answer may be 404 where nothing is there, it is asked all the same
ROUTES = {
    "chain": ("", "/hotel"),
    "hotel": ("", "/hotel/{slug}" + SEARCH),
    "form": ("", "/hotel/{slug}/book" + SEARCH + "&type={room_type}&plan={plan}"),
    "image": ("", "/hotel/image/property/{hotel}/512"),
    "clubs": ("", "/hotel/club"),
    "activities": ("", "/activities"),
    "picture": ("", "/activities/1/picture"),
    "draw": ("", "/activities/1/draw"),
    "improvements": ("", "/hotel/{slug}/improvements"),
    "list": ("guest_site", "/my/reservations"),
    "calendar": ("guest_site", "/my/reservations/calendar"),
    "ics": ("guest_site", "/my/reservations/{reservation}/stay.ics"),
    "spending": ("guest_site", "/my/spending"),
    "history_file": ("guest_site", "/my/club/history.csv"),
    "health": ("", "/hotel/health"),
    "refused_rows": ("boss_site", "/hotel/import/{job}/refused.csv"),
}
#: model and method -> arguments
CALLS = {
    ("hotel.front.desk", "get_setup"): (),
    ("hotel.front.desk", "get_registration_setup"): (),
    ("hotel.room.rack", "get_setup"): (),
    ("hotel.housekeeping", "get_setup"): (),
    ("hotel.outlet.desk", "get_setup"): (),
    ("hotel.desk.booking", "search_offers"): ("{hotel}", "{wish}"),
    ("hotel.call.board", "get_board"): (),
    ("hotel.loyalty.revision", "get_editor_schema"): (),
    ("hotel.loyalty.revision", "check_content"): ({},),
}


def find_marked(folder, pattern):
    """Return what a pattern finds in the addons' Python of a folder."""
    files = subprocess.run(
        ["git", "ls-files", f"hotel_crm_*/{folder}/**.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    texts = ((ROOT / name).read_text() for name in files)
    return [name for text in texts for name in re.findall(pattern, text, re.DOTALL)]


def test_each_marked_one_is_asked_here():
    found = find_marked("controllers", r"@route\(((?:(?!\n    def ).)*)\n    def (\w+)")
    routes = [name for options, name in found if "readonly=True" in options]
    assert sorted(routes) == sorted(ROUTES)
    calls = find_marked("models", r"@api\.readonly\n    def (\w+)")
    assert sorted(calls) == sorted(name for _model, name in CALLS)


@pytest.fixture(name="facts")
def fixture_facts(site):
    return {**site.scene, "wish": ""}


def get_session(site, login):
    """Return the session of a user, signed in once: who signs in too often has to wait."""
    sessions = site.__dict__.setdefault("sessions", {})
    if login not in sessions:
        sessions[login] = sign_in(site.url, login)
    return sessions[login]


def read_line(site, marks, part):
    """Return the line that the log has for a request."""

    def find():
        return [row for row in get_log(site, marks).splitlines() if part in row]

    lines = wait_for(find, f"{part} in the log", 10)
    assert "retrying" not in get_log(site, marks), f"{part} writes"
    return lines[0]


@pytest.mark.parametrize("name", ROUTES)
def test_a_page_comes_from_the_replica(site, facts, name):
    login, path = ROUTES[name]
    session = get_session(site, login or "guest_site")
    marks = get_marks(site)
    path = path.format(**facts)
    answer = session.get(site.url + path, timeout=60, allow_redirects=False)
    assert answer.status_code < 500
    if name not in ("picture", "draw", "refused_rows", "history_file", "image", "improvements", "health"):
        assert answer.status_code == 200, answer.text[-500:]
    assert read_line(site, marks, f"GET {path.partition('?')[0]}").split()[-1] == "ro"


@pytest.mark.parametrize(("model", "method"), CALLS)
def test_a_call_comes_from_the_replica(site, facts, model, method):
    wish = {"arrival_date": facts["arrival"], "departure_date": facts["departure"], "adults": 2, "children": 0}
    values = {"{hotel}": facts["hotel"], "{wish}": wish}
    arguments = [values.get(value, value) if isinstance(value, str) else value for value in CALLS[model, method]]
    session = get_session(site, "boss_site")
    marks = get_marks(site)
    ask(session, site.url, model, method, *arguments)
    assert read_line(site, marks, f"{model}/{method}").split()[-1] == "ro"


def test_a_read_that_leaves_an_entry_goes_to_the_primary_at_once(site, facts):
    """Opening a guest is noted in the access log: it is not tried on the replica first."""
    marks = get_marks(site)
    session = get_session(site, "boss_site")
    ask(session, site.url, "res.partner", "web_read", [facts["guest"]], specification={"name": {}})
    assert read_line(site, marks, "res.partner/web_read").split()[-1] == "rw"
