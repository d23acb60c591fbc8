"""The addon's plain Python, importable where there is no Odoo: on the workers of Spark."""

import importlib
import pathlib
import sys
import types

ADDON = pathlib.Path(__file__).parents[2] / "hotel_crm_base"


def load(name):
    """Import a module of the addon without the addon's own ``__init__``, which would load the models.

    :param str name: dotted, for example ``matching.duplicates``
    :rtype: module
    """
    if ADDON.name not in sys.modules:
        package = types.ModuleType(ADDON.name)
        package.__path__ = [str(ADDON)]
        sys.modules[ADDON.name] = package
    return importlib.import_module(f"{ADDON.name}.{name}")
