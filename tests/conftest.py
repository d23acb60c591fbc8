"""Shared by the tests that lie outside the addons."""
import pytest
from repository import ADDONS


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
