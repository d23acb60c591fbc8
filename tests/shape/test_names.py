"""Names follow the conventions, so that a reader can guess them."""
import ast
import re

import pytest
from lxml import etree
from models import model_classes
from repository import ADDONS, ROOT, addon_files, parse, relative

FIELD_ENDINGS = {
    "Many2one": ("_id",),
    "One2many": ("_ids",),
    "Many2many": ("_ids",),
    "Date": ("date", "_from", "_until", "_since", "_start", "_end"),
    "Datetime": ("_at", "_from", "_until"),
}
#: decorators of odoo.api, and how a method that has one begins
METHOD_BEGINNINGS = {
    "constrains": ("_check_",),
    "onchange": ("_onchange_",),
    "ondelete": ("_unlink_except_",),
    "depends": ("_compute_",),
}
#: methods of the ORM, described there
ORM = {"copy", "create", "name_create", "name_search", "read", "search", "search_fetch", "unlink", "write", "init"}
OPTION_BEGINNINGS = {"compute": "_compute_", "inverse": "_inverse_", "search": "_search_"}


def where(model, line):
    return f"{relative(model.path)}:{line} {model.name}"


def test_a_file_is_named_as_its_model(addon, complaints):
    for model in model_classes(addon):
        stem = (model.name or "").replace(".", "_")
        if not (model.path.stem == stem or model.path.stem.startswith(stem + "_")):
            complaints.append(f"{where(model, model.node.lineno)}: expected in {stem}.py")


def test_one_model_per_file(addon, complaints):
    seen = {}
    for model in model_classes(addon):
        seen.setdefault(model.path, []).append(model.name)
    complaints += [
        f"{relative(path)} has {', '.join(map(str, names))}" for path, names in seen.items() if len(names) > 1
    ]


def test_a_model_is_dotted_and_says_what_a_record_is(addon, complaints):
    for model in model_classes(addon):
        if not model.is_new:
            continue
        if not re.fullmatch(r"[a-z0-9]+(\.[a-z0-9]+)+", model.new_name):
            complaints.append(f"{where(model, model.node.lineno)}: a name is lower case and dotted")
        if not model.attributes.get("_description") or not ast.get_docstring(model.node):
            complaints.append(f"{where(model, model.node.lineno)}: has no _description or no docstring")


def test_fields_tell_their_kind(addon, complaints):
    for model in model_classes(addon):
        for field in model.fields:
            endings = FIELD_ENDINGS.get(field.kind, ("",))
            inherited = not model.is_new and not field.name.startswith("hotel_")
            if not field.name.endswith(endings) and not inherited:
                complaints.append(f"{where(model, field.line)}.{field.name}: a {field.kind} ends in {endings[0]}")


def test_methods_behind_fields_tell_their_task(addon, complaints):
    for model in model_classes(addon):
        for field in model.fields:
            for option, beginning in OPTION_BEGINNINGS.items():
                method = field.options.get(option)
                if isinstance(method, str) and not method.startswith(beginning):
                    complaints.append(f"{where(model, field.line)}.{field.name}: {option}={method!r}")


def test_decorated_methods_tell_their_task(addon, complaints):
    for model in model_classes(addon):
        for method in model.methods:
            for decorator in method.decorator_list:
                name = ast.unparse(decorator).split("(")[0].removeprefix("api.")
                beginnings = METHOD_BEGINNINGS.get(name)
                if beginnings and not method.name.startswith(beginnings):
                    complaints.append(f"{where(model, method.lineno)}.{method.name}: @api.{name}")


def is_override(method):
    """It calls super() under its own name: what it is for is said where it was introduced."""
    return any(
        isinstance(node, ast.Attribute) and node.attr == method.name and ast.unparse(node.value) == "super()"
        for node in ast.walk(method)
    )


def test_public_methods_have_a_docstring(addon, complaints):
    for model in model_classes(addon):
        for method in model.methods:
            private = any("private" in ast.unparse(decorator) for decorator in method.decorator_list)
            public = not method.name.startswith("_") and not private and method.name not in ORM
            if public and not ast.get_docstring(method) and not is_override(method):
                complaints.append(f"{where(model, method.lineno)}.{method.name}: is callable over RPC: say by whom")


XML_IDS = {
    "ir.ui.view": re.compile(r"_view_|_template"),
    "ir.actions.act_window": re.compile(r"_action"),
    "ir.actions.server": re.compile(r"_action"),
    "ir.actions.client": re.compile(r"_action"),
    "ir.rule": re.compile(r"_rule"),
    "ir.cron": re.compile(r"cron"),
}


@pytest.mark.parametrize("kind", XML_IDS)
def test_xml_ids_tell_their_kind(kind, addon, complaints):
    for path in addon_files(addon, "*.xml"):
        if "static" in path.parts:
            continue
        for record in etree.parse(str(path)).iterfind(f".//record[@model='{kind}']"):
            if "." not in record.get("id") and not XML_IDS[kind].search(record.get("id")):
                complaints.append(f"{relative(path)}:{record.sourceline} {record.get('id')}: a {kind}")


def test_menus_are_called_menus(addon, complaints):
    for path in addon_files(addon, "*.xml"):
        if "static" in path.parts:
            continue
        for item in etree.parse(str(path)).iterfind(".//menuitem"):
            if "_menu" not in item.get("id"):
                complaints.append(f"{relative(path)}:{item.sourceline} {item.get('id')}")


def test_no_second_part(complaints):
    complaints += [relative(path) for path in ROOT.glob("hotel_crm_*/**/*_part[0-9]*.*")]


def test_pages_of_the_account_have_names_of_their_own(complaints):
    """Odoo makes one class of all that extend its portal: a method of the same name would replace another's page."""
    seen = {}
    for addon in ADDONS:
        for path in addon_files(addon, "controllers/**/*.py"):
            for node in parse(path).body:
                if not isinstance(node, ast.ClassDef) or "CustomerPortal" not in "".join(map(ast.unparse, node.bases)):
                    continue
                for method in node.body:
                    if isinstance(method, ast.FunctionDef) and any(
                        "route" in ast.unparse(decorator) for decorator in method.decorator_list
                    ):
                        if method.name in seen:
                            complaints.append(f"{relative(path)}: {method.name} is a page of {seen[method.name]}, too")
                        seen[method.name] = relative(path)
