"""In a real browser, behind nginx: everything works under the policies that it sends, and nothing is refused."""

import importlib.util
import sys
import time
from types import SimpleNamespace

import pytest
from browser import Browser, find_browser
from servers import ROOT
from test_site import fixture_asked  # noqa: F401  the same condition

#: what staff open: address -> what is to be seen then
SCREENS = {
    "guests": ("hotel_crm_base.res_partner_action_hotel_guest", ".o_list_view, .o_kanban_view"),
    "front_desk": ("hotel_crm_base.hotel_front_desk_action", ".o_action_manager > *"),
    "room_rack": ("hotel_crm_base.hotel_room_rack_action", ".o_action_manager > *"),
    "dashboard": ("hotel_crm_base.hotel_general_dashboard_action", ".o-figure, .o-spreadsheet"),
    "nights": ("hotel_crm_base.hotel_occupancy_report_action", ".o_graph_renderer canvas, .o_pivot"),
}


@pytest.fixture(scope="module", name="window")
def fixture_window(site):
    program = find_browser()
    if not program:
        pytest.skip("outside: Chromium")
    browser = Browser(program)
    yield browser
    browser.end()


@pytest.fixture(name="page")
def fixture_page(window, request):
    """A page that a test drives; afterwards nothing was refused and nothing complained."""
    window.refused.clear()
    window.errors.clear()
    path = ROOT / "tests/journeys/journey_browser.py"
    spec = importlib.util.spec_from_file_location("journey_browser", path)
    module = sys.modules.get(spec.name) or importlib.util.module_from_spec(spec)
    if spec.name not in sys.modules:
        sys.modules[spec.name] = module
        sys.path.append(str(path.parent))
        spec.loader.exec_module(module)
    page = module.Page(SimpleNamespace(_testMethodName=request.node.name), window, module.DESKTOP)
    yield page
    time.sleep(0.5)
    page.evaluate("1")  # what was told meanwhile is read
    assert not window.refused
    assert not window.errors


def sign_in(site, window, page, login):
    window._websocket_request("Network.clearBrowserCookies")
    window.open(f"{site.url}/web/login")
    for field in ("login", "password"):
        page.click(f"form.oe_login_form [name={field}]")
        page.type(login)
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for("!location.pathname.includes('/login')")


def test_the_policies_are_obeyed(site, window):
    """What the test looks for is seen where there is something to see."""
    window.open(f"{site.url}/web/login")
    window._websocket_request("Runtime.evaluate", {"expression": "new Image().src = 'http://127.0.0.1:9/a.png'"})
    window._websocket_request("Runtime.evaluate", {
        "expression": "fetch('https://127.0.0.1:9/').catch(() => 0)", "awaitPromise": True,
    })  # fmt: skip
    time.sleep(0.5)
    window._websocket_request("Runtime.evaluate", {"expression": "1"})
    assert window.refused


def test_staff_sign_in_and_work(site, window, page):
    sign_in(site, window, page, "boss_site")
    page.wait(".o_main_navbar")
    for name, (action, seen) in SCREENS.items():
        window.open(f"{site.url}/odoo/action-{action}")
        page.wait(seen)
        page.wait_for("!document.querySelector('.o_loading_indicator, .o_error_dialog')")
        page.shoot(name)
        assert not window.refused, name
        assert not window.errors, name


def test_a_guest_books_and_pays(site, window, page):
    facts = site.scene
    window._websocket_request("Network.clearBrowserCookies")
    query = f"arrival={facts['arrival']}&departure={facts['departure']}&adults=2&children=0&rooms=1"
    window.open(f"{site.url}/hotel/{facts['slug']}?{query}")
    page.click(f".o_hotel_offer a[href*='type={facts['room_type']}&plan={facts['prepaid']}']")
    page.wait(".o_hotel_form")
    for name, value in {"name": "Beatriz Nova", "email": "bea@example.com", "phone": "912 345 678"}.items():
        page.click(f"[name={name}]")
        page.type(value)
    page.click("[name=agreed]")
    page.click(".o_hotel_form button[type=submit]")
    page.wait("#o_payment_form")
    page.click("[name=o_payment_radio][data-payment-method-code=demo]")
    page.click("#customer_input")
    page.type("4242")
    page.shoot("pay")
    page.click("[name=o_payment_submit_button]:not([disabled])")
    page.wait(".o_hotel_banner .text-bg-success")
    page.shoot("paid")


def test_a_guest_looks_at_his_own(site, window, page):
    sign_in(site, window, page, "guest_site")
    for name in ("/my", "/my/reservations", "/my/reservations/calendar", "/my/spending"):
        window.open(site.url + name)
        page.wait("main")
        page.shoot(name.replace("/", "_"))


def test_a_guest_answers_a_survey(site, window, page):
    window._websocket_request("Network.clearBrowserCookies")
    window.open(site.url + site.scene["survey"])
    page.wait(".o_survey_form textarea")
    page.shoot("survey")
