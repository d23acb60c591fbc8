"""The models of our addons as their source declares them; no Odoo is loaded."""
import ast
import dataclasses
import pathlib

from repository import addon_files, parse

MODEL_BASES = {"Model", "TransientModel", "AbstractModel"}


@dataclasses.dataclass
class Field:
    name: str
    kind: str
    options: dict
    line: int


@dataclasses.dataclass
class ModelClass:
    """One class that derives from models.*: its name or what it extends, its fields and methods."""

    path: pathlib.Path
    node: ast.ClassDef
    base: str
    attributes: dict
    fields: list
    methods: list

    @property
    def new_name(self):
        return self.attributes.get("_name")

    @property
    def inherited(self):
        value = self.attributes.get("_inherit") or []
        return [value] if isinstance(value, str) else list(value)

    @property
    def name(self):
        return self.new_name or (self.inherited or [None])[0]

    @property
    def is_new(self):
        return bool(self.new_name) and self.new_name not in self.inherited

    @property
    def has_table(self):
        return self.base != "AbstractModel"


def literal(node):
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _as_field(statement):
    call = statement.value
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
        return None
    if not (isinstance(call.func.value, ast.Name) and call.func.value.id == "fields"):
        return None
    options = {keyword.arg: literal(keyword.value) for keyword in call.keywords}
    return Field(statement.targets[0].id, call.func.attr, options, statement.lineno)


def _read_class(path, node):
    bases = [base.attr for base in node.bases if isinstance(base, ast.Attribute) and base.attr in MODEL_BASES]
    if not bases:
        return None
    attributes, fields = {}, []
    for statement in node.body:
        if not (isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)):
            continue
        field = _as_field(statement)
        if field:
            fields.append(field)
        else:
            attributes[statement.targets[0].id] = literal(statement.value)
    methods = [s for s in node.body if isinstance(s, ast.FunctionDef)]
    return ModelClass(path, node, bases[0], attributes, fields, methods)


def model_classes(addon):
    for path in addon_files(addon, "*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(parse(path)):
            found = isinstance(node, ast.ClassDef) and _read_class(path, node)
            if found:
                yield found
