"""The integrity queries of installed addons: each tells them in its `integrity.py`, plain Python.

``QUERIES`` there maps a name to the tables that it needs and a SELECT of one number: of what is wrong.
"""
import importlib.util
import pathlib

HERE = pathlib.Path(__file__).resolve().parent.parent


def read_queries(modules, addons_path=HERE.parent) -> dict:
    """Return the queries of some addons beside this one.

    :param modules: names of installed addons
    """
    queries = {}
    for name in sorted(modules):
        path = pathlib.Path(addons_path, name, "integrity.py")
        if path.is_file() and path.parent.name.startswith("hotel_crm"):
            spec = importlib.util.spec_from_file_location(f"hotel_integrity_{name}", path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            queries.update(module.QUERIES)
    return queries
