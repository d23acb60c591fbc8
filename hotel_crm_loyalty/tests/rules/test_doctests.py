"""The examples in the rules hold."""

import doctest
import importlib
from pathlib import Path

import pytest

from ... import rules

FOLDER = Path(rules.__file__).parent


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__"))
def test_examples(name):
    module = importlib.import_module(f"{rules.__name__}.{name}")
    result = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert not result.failed


def test_examples_of_the_package():
    assert not doctest.testmod(rules, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).failed
