"""Files and methods stay small enough to be read at once."""
import ast

import pytest
from repository import parse, relative, tracked_files

LIMITS = {".py": 300, ".xml": 250, ".js": 150, ".sh": 300}
METHOD_LIMIT = 40


@pytest.mark.parametrize("suffix", LIMITS)
def test_files_are_short(suffix, complaints):
    for path in tracked_files():
        if path.suffix == suffix and "lib" not in path.parts[-3:-1]:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LIMITS[suffix]:
                complaints.append(f"{relative(path)}: {lines} lines, more than {LIMITS[suffix]}")


def code_lines(function):
    """From the def to the last line, without the docstring."""
    first, documented = function.body[0], ast.get_docstring(function) is not None
    return function.end_lineno - function.lineno + 1 - (first.end_lineno - first.lineno + 1 if documented else 0)


def test_methods_are_short(complaints):
    for path in tracked_files():
        if path.suffix != ".py":
            continue
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.FunctionDef) and code_lines(node) > METHOD_LIMIT:
                complaints.append(f"{relative(path)}:{node.lineno} {node.name}: {code_lines(node)} lines")
