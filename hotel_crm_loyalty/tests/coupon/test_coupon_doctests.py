"""The examples in the plain modules of coupons hold."""

import doctest

import pytest

from ... import booking, codes, discounts


@pytest.mark.parametrize("module", [booking, codes, discounts], ids=lambda module: module.__name__)
def test_examples(module):
    result = doctest.testmod(module)
    assert result.attempted and not result.failed
