"""Engines load without Odoo and their examples hold."""
import doctest
import importlib
import sys
import types

import pytest
from repository import ADDONS, ROOT, engine_files, relative

ENGINES = [(addon, path) for addon in ADDONS for path in engine_files(addon)]


def load_alone(addon, path):
    """Import an engine without its addon's __init__, which would load the models."""
    package = f"engines_of_{addon}"
    if package not in sys.modules:
        sys.modules[package] = types.ModuleType(package)
        sys.modules[package].__path__ = [str(ROOT / addon)]
    return importlib.import_module(".".join([package, *path.relative_to(ROOT / addon).with_suffix("").parts]))


@pytest.mark.parametrize(("addon_name", "path"), ENGINES, ids=[relative(path) for _addon, path in ENGINES])
def test_engine(addon_name, path):
    module = load_alone(addon_name, path)
    result = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert not result.failed, f"{result.failed} of {result.attempted} examples fail: see the output"
