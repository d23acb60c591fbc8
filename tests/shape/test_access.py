"""Every model of ours says who may do what with it, and whose records one sees."""
import csv

from lxml import etree
from models import model_classes
from repository import MANIFESTS, ROOT, addon_files, relative


def access_rows(addon):
    for path in addon_files(addon, "ir.model.access.csv"):
        with open(path, newline="") as file:
            yield from csv.DictReader(file)


def ruled_models(addon):
    """The models (as model_hotel_stay) that a record rule of the addon is about."""
    for path in addon_files(addon, "*.xml"):
        if "security" not in path.parts:
            continue
        for record in etree.parse(str(path)).iterfind(".//record[@model='ir.rule']"):
            yield record.find("field[@name='model_id']").get("ref", "").split(".")[-1]


def external_name(model):
    return "model_" + model.new_name.replace(".", "_")


def test_each_model_has_access_rows(addon, complaints):
    named = {row["model_id:id"].split(".")[-1] for row in access_rows(addon)}
    complaints += [
        f"{relative(model.path)}: {model.new_name} has no row in ir.model.access.csv"
        for model in model_classes(addon)
        if model.is_new and model.has_table and external_name(model) not in named
    ]


def test_each_access_row_names_a_group(addon, complaints):
    complaints += [
        f"{addon}: {row['id']} is for everybody: name a group"
        for row in access_rows(addon) if not row["group_id:id"]
    ]


def test_records_of_a_property_or_company_have_a_rule(addon, complaints):
    ruled = set(ruled_models(addon))
    for model in model_classes(addon):
        owners = {field.name for field in model.fields} & {"property_id", "company_id"}
        if model.is_new and model.base == "Model" and owners and external_name(model) not in ruled:
            complaints.append(f"{relative(model.path)}: {model.new_name} has {', '.join(owners)} but no record rule")


def test_security_files_are_loaded(addon, complaints):
    complaints += [
        f"{relative(path)} is not in the manifest"
        for pattern in ("*.xml", "*.csv") for path in addon_files(addon, pattern)
        if path.parent.name in {"security", "data", "views"}
        and str(path.relative_to(ROOT / addon)) not in MANIFESTS[addon].get("data", [])
    ]
