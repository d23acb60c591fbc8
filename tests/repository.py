"""Where things lie in this repository, for the tests that look at all of it."""
import ast
import pathlib
import subprocess

from modules import ordered, read_manifests

ROOT = pathlib.Path(__file__).resolve().parent.parent
MANIFESTS = read_manifests(ROOT)
ADDONS = ordered(MANIFESTS)
#: folders that no repository holds
MADE = {".git", "__pycache__", "node_modules", "var"}
#: folders of an addon whose files belong to Odoo; what lies elsewhere is an engine, plain Python
ODOO_FOLDERS = {"controllers", "migrations", "models", "report", "static", "tests", "wizard"}
#: files at an addon's root that are Odoo's by nature
ODOO_FILES = {"__init__.py", "__manifest__.py", "fields.py", "hooks.py"}


def tracked_files():
    """All files of the repository that git knows or would add; without git, all but what setup makes."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout.split("\0")
    except (FileNotFoundError, subprocess.CalledProcessError):
        listed = (str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if not MADE & set(path.parts))
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def addon_files(addon, pattern):
    return sorted(path for path in (ROOT / addon).rglob(pattern) if "__pycache__" not in path.parts)


def engine_files(addon):
    return [
        path for path in addon_files(addon, "*.py")
        if path.relative_to(ROOT / addon).parts[0] not in ODOO_FOLDERS and path.name not in ODOO_FILES
    ]


def relative(path):
    return str(path.relative_to(ROOT))


def parse(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported_names(tree):
    """The modules that a file imports, at any depth; relative ones begin with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
