"""Shared by the tests that lie outside the addons."""
import os
import sys

import pytest
from repository import ADDONS


def pytest_configure(config):
    """Odoo tags only the test classes of addons; those here are post_install."""
    common = sys.modules.get("odoo.tests.common")
    if common:
        common.BaseCase.test_tags = {"standard", "post_install"}
        common.BaseCase.test_module = "tests"


def pytest_collection_modifyitems(config, items):
    """Leave out stories told again in another language or width, unless JOURNEYS=all or one is asked for by name."""
    named = config.option.keyword or any("::" in argument for argument in config.args)
    if named or os.environ.get("JOURNEYS") == "all":
        return
    left_out = [item for item in items if getattr(getattr(item, "obj", None), "again", False)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


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
