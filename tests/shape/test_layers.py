"""Who may know whom: addons, and the plain-Python engines inside them."""
import ast

import pytest
from repository import ADDONS, MANIFESTS, ODOO_FOLDERS, ROOT, addon_files, engine_files, imported_names, parse, relative

#: an addon and those of ours that it may depend on
ALLOWED = {
    "hotel_crm_base": set(),
    "hotel_crm_loyalty": {"hotel_crm_base"},
    "hotel_crm_marketing": {"hotel_crm_base", "hotel_crm_loyalty"},
    "hotel_crm_service": {"hotel_crm_base", "hotel_crm_loyalty"},
    "hotel_crm_callcenter": {"hotel_crm_base", "hotel_crm_service"},
}


def test_there_are_addons():
    assert "hotel_crm_base" in ADDONS


def test_an_addon_depends_on_those_below_it(addon):
    ours = set(MANIFESTS[addon]["depends"]) & set(MANIFESTS)
    assert ours <= ALLOWED[addon]


def test_no_manifest_asks_for_a_demo_provider(addon):
    assert "payment_demo" not in MANIFESTS[addon]["depends"]


def test_an_addon_imports_only_what_it_depends_on(addon, complaints):
    reachable, todo = {addon}, [addon]
    while todo:
        for name in set(MANIFESTS.get(todo.pop(), {}).get("depends", [])) - reachable:
            reachable.add(name)
            todo.append(name)
    ours = {name for name in ADDONS if name not in reachable}
    for path in addon_files(addon, "*.py"):
        for name in imported_names(parse(path)):
            if name.startswith("odoo.addons.") and name.split(".")[2] in ours:
                complaints.append(f"{relative(path)} imports {name}, which its manifest does not reach")


def test_engines_know_nothing_of_odoo(addon, complaints):
    for path in engine_files(addon):
        for name in imported_names(parse(path)):
            steps = name.lstrip(".").split(".")
            if steps[0] == "odoo" or (name.startswith(".") and steps[0] in ODOO_FOLDERS):
                complaints.append(f"{relative(path)} imports {name}: an engine is plain Python")


def test_engines_do_not_ask_the_clock(addon, complaints):
    """A rule that reads the time by itself cannot be tested on the last day of February."""
    for path in engine_files(addon):
        for node in ast.walk(parse(path)):
            called = isinstance(node, ast.Call) and ast.unparse(node.func)
            if called and called.split(".")[-1] in {"now", "utcnow", "today"}:
                complaints.append(f"{relative(path)}:{node.lineno} {called}(): let the caller say what time it is")


def test_nothing_commits_by_itself(addon, complaints):
    for path in addon_files(addon, "*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(parse(path)):
            called = isinstance(node, ast.Call) and ast.unparse(node.func)
            if called and called.endswith("cr.commit"):
                complaints.append(f"{relative(path)}:{node.lineno} {called}(): only _commit_progress commits")


@pytest.mark.parametrize("name", ["README.md", "LICENSE", "pyproject.toml", ".ci/run", "setup/run", "setup/test"])
def test_the_root_is_complete(name):
    assert (ROOT / name).is_file()
