"""Shared by the tests that lie outside the addons."""
import sys

import pytest
from repository import ADDONS


def pytest_configure(config):
    """Odoo tags only the test classes of addons; those here are post_install."""
    common = sys.modules.get("odoo.tests.common")
    if common:
        common.BaseCase.test_tags = {"standard", "post_install"}
        common.BaseCase.test_module = "tests"


def pytest_generate_tests(metafunc):
    """A test that takes an ``addon`` runs once for each of ours."""
    if "addon" in metafunc.fixturenames:
        metafunc.parametrize("addon", ADDONS, scope="module")


@pytest.fixture
def complaints():
    """A list to fill: the test fails with all of it, not only with the first."""
    return []


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    result = yield
    found = pyfuncitem.funcargs.get("complaints")
    if found:
        pytest.fail("\n".join(found), pytrace=False)
    return result
