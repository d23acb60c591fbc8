"""A pytest plugin: a test may be left out only for want of something outside.

The reason of such a skip begins with "outside:" and names the missing part; any other
skip fails. What was left out is said at the end of the run.

How long tests take is told by a clock that no test freezes.

Tests that count queries run without the collection of garbage: an environment that it takes away between two
counts would ask for its user's company and time zone anew.
"""
import functools
import gc
import inspect
import re

import freezegun
import pytest

OUTSIDE = "outside:"
# core's own words for parts that a machine may lack
CORE_REASONS = re.compile(r"Chrome executable not found|websocket-client module is not installed")


def pytest_configure(config):
    freezegun.configure(extend_ignore_list=["_pytest.timing"])


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item):
    module = getattr(item, "module", None)
    settle_memory()
    counts = module and re.search(r"sql_log_count|assertQueryCount", inspect.getsource(module))
    if counts:
        gc.collect()
        gc.disable()
    try:
        yield
    finally:
        gc.enable()


@functools.cache
def settle_memory():
    """Let the collection of garbage pass over what is there before the first test, and stays: most of a second."""
    gc.collect()
    gc.freeze()


def skip_reason(report):
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ").strip()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = skip_reason(report)
    if CORE_REASONS.search(reason):
        reason = f"{OUTSIDE} chromium ({reason})"
    if reason.startswith(OUTSIDE):
        report.longrepr = (str(item.path), item.location[1], reason)
        return
    report.outcome = "failed"
    report.longrepr = (
        f"{item.nodeid} was skipped ({reason}).\n"
        f'A skip must name a missing outside part: its reason begins with "{OUTSIDE}".'
    )


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.getreports("skipped")
    if not skipped:
        return
    terminalreporter.section("LEFT OUT for want of something outside", yellow=True, bold=True)
    for report in skipped:
        terminalreporter.line(f"{report.nodeid}: {skip_reason(report)}", yellow=True)
