"""The examples in the plain modules hold."""

import doctest

import pytest

from ... import booking, codes, discounts
from ...models import bulk


@pytest.mark.parametrize("module", [booking, bulk, codes, discounts], ids=lambda module: module.__name__)
def test_examples(module):
    result = doctest.testmod(module)
    assert result.attempted and not result.failed
