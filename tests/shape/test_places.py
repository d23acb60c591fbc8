"""The repository works anywhere: it names no registry, no mirror and nobody's machine."""
import re

from repository import relative, tracked_files

HOSTS = re.compile(
    r"pypi\.org|pythonhosted\.org|test\.pypi|debian\.org|ubuntu\.com/ubuntu|npmjs\.(org|com)|--(extra-)?index-url",
    re.IGNORECASE,
)
#: an absolute path into somebody's home or workplace
MACHINES = re.compile(r"(?<![\w.~/$})*-])/(home|root|work|mnt|media|Users)/\w")
TEXT = {"", ".cfg", ".conf", ".css", ".csv", ".in", ".js", ".json", ".lock", ".md", ".po", ".pot", ".py", ".scss",
        ".sh", ".sql", ".toml", ".txt", ".xml", ".yaml", ".yml"}


def lines():
    for path in tracked_files():
        if path.suffix in TEXT and path.name != "test_places.py":
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield f"{relative(path)}:{number}", line


def test_no_registry_or_mirror_is_named(complaints):
    complaints += [f"{place}: {line.strip()}" for place, line in lines() if HOSTS.search(line)]


def test_no_place_of_a_machine_is_named(complaints):
    complaints += [f"{place}: {line.strip()}" for place, line in lines() if MACHINES.search(line)]


def test_no_merge_was_left_half_done(complaints):
    marks = ("<" * 7 + " ", ">" * 7 + " ")
    complaints += [f"{place}: {line}" for place, line in lines() if line.startswith(marks)]
