"""Properties of the sums: whatever the prices, shares add up and nothing is taken twice."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ...codes import read_code
from ...discounts import Charge, Terms, allot, spread

AMOUNTS = st.lists(st.integers(0, 10**7), max_size=12)
TERMS = st.lists(
    st.one_of(
        st.builds(lambda value: {"percent": Decimal(value) / 100}, st.integers(0, 10000)),
        st.builds(lambda value: {"amount": value}, st.integers(0, 10**8)),
        st.builds(lambda value: {"leave": value}, st.integers(0, 10**6)),
    ),
    max_size=4,
)


@given(total=st.integers(0, 10**9), weights=AMOUNTS)
def test_parts_are_whole_and_add_up(total, weights):
    parts = spread(total, weights)
    assert sum(parts) == (total if sum(weights) else 0)
    if total <= sum(weights):
        assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))


@given(amounts=AMOUNTS, terms=TERMS)
def test_no_night_is_reduced_below_nothing(amounts, terms):
    charges = [Charge(number, amount) for number, amount in enumerate(amounts)]
    shares = allot(charges, [Terms(number, **values) for number, values in enumerate(terms)])
    for charge in charges:
        taken = [parts.get(charge.key, 0) for parts in shares.values()]
        assert all(part >= 0 for part in taken) and sum(taken) <= charge.amount


@given(amounts=AMOUNTS, percent=st.integers(0, 100))
def test_a_percentage_is_rounded_once_for_the_whole_booking(amounts, percent):
    charges = [Charge(number, amount) for number, amount in enumerate(amounts)]
    shares = allot(charges, [Terms("a", percent=Decimal(percent))])
    exact = Decimal(sum(amounts)) * percent / 100
    assert abs(sum(shares["a"].values()) - exact) <= Decimal("0.5")


@given(text=st.text(max_size=80))
def test_reading_a_code_twice_is_reading_it_once(text):
    key = read_code(text)
    assert read_code(f" {key} ") == key
    if text.isascii():
        assert read_code(text.lower()) == read_code(f"-{text.upper()}"[:64]) or len(text) > 63
