"""Money: nothing mixed, nothing lost."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.money import BadAmount, ForeignCurrency, Money, decimals, step, total

CURRENCIES = st.sampled_from(["USD", "EUR", "JPY", "KWD"])
MINOR = st.integers(-(10**12), 10**12)
WEIGHTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=20).filter(lambda weights: sum(weights) > 0)


@given(minor=MINOR, weights=WEIGHTS, currency=CURRENCIES)
def test_a_split_loses_nothing(minor: int, weights: list[int], currency: str) -> None:
    whole = Money(minor, currency)
    assert total(whole.split(weights), currency) == whole


@given(minor=st.integers(0, 10**12), weights=WEIGHTS)
def test_a_share_is_within_one_minor_unit_of_its_exact_part(minor: int, weights: list[int]) -> None:
    for share, weight in zip(Money(minor, "USD").split(weights), weights, strict=True):
        assert abs(share.minor - Decimal(minor) * weight / sum(weights)) < 1


@given(minor=MINOR, weights=WEIGHTS)
def test_nothing_goes_to_a_weight_of_nothing(minor: int, weights: list[int]) -> None:
    shares = Money(minor, "USD").split(weights)
    assert all(share.minor == 0 for share, weight in zip(shares, weights, strict=True) if weight == 0)


def test_a_tie_goes_to_the_first() -> None:
    assert [share.minor for share in Money(100, "USD").split([1, 1, 1])] == [34, 33, 33]


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [-1, 2], [1, -1]])
def test_weights_that_make_no_sense_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError):
        Money(100, "USD").split(weights)


@pytest.mark.parametrize(("currency", "digits"), [("JPY", 0), ("USD", 2), ("EUR", 2), ("KWD", 3), ("VND", 0)])
def test_currencies_have_their_own_digits(currency: str, digits: int) -> None:
    assert decimals(currency) == digits
    assert Money(1234, currency).decimal() == Decimal(1234).scaleb(-digits)


@given(minor=st.integers(0, 10**12), currency=CURRENCIES)
def test_what_is_shown_can_be_typed_back(minor: int, currency: str) -> None:
    shown = Money(minor - minor % step(currency), currency)
    assert Money.parse(str(shown.decimal()), currency) == shown


TYPED = {
    "5": 500,
    "5.": 500,
    "5.00": 500,
    "$5": 500,
    " 5 ": 500,
    "€ 12,50": 1250,
    "1,234.56": 123456,
    "1 234,56": 123456,
    "1'234.56": 123456,
    "0": 0,
    "0.01": 1,
    "007": 700,
    "5.000": 500,
}


@pytest.mark.parametrize(("text", "minor"), TYPED.items())
def test_an_amount_is_read_as_people_type_it(text: str, minor: int) -> None:
    assert Money.parse(text, "USD") == Money(minor, "USD")


HOSTILE = [
    *(
        "",
        " ",
        "$",
        ".",
        ",",
        "-5",
        "+5",
        "5-",
        "1e3",
        "1E3",
        "NaN",
        "nan",
        "Infinity",
        "-inf",
        "0x10",
        "5.001",
        "5..0",
    ),
    *("5.0.0", "1,2,3", "٥", "５", "5\x00", "5;DROP TABLE orders", "<b>5</b>", "=5+5", "9" * 16, "9" * 5_000),
    *("½", "五", "5%", "--5", "1_000_0e", "\u202e5", "5\u200b", "None", "true", "5 dollars"),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:24])
def test_what_is_no_amount_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadAmount):
        Money.parse(text, "USD")


@given(text=st.text(max_size=40), currency=CURRENCIES)
def test_any_text_is_an_amount_or_refused_and_never_a_crash(text: str, currency: str) -> None:
    try:
        answer = Money.parse(text, currency)
    except BadAmount:
        return
    assert answer.minor >= 0
    assert answer.currency == currency


@pytest.mark.parametrize("currency", ["JPY", "KRW"])
def test_yen_have_no_cents(currency: str) -> None:
    assert Money.parse("500", currency) == Money(500, currency)
    with pytest.raises(BadAmount, match="0 digits"):
        Money.parse("500.5", currency)


def test_dinars_have_thousandths() -> None:
    assert Money.parse("1.230", "KWD") == Money(1230, "KWD")
    with pytest.raises(BadAmount, match=r"steps of 0\.010"):
        Money.parse("1.234", "KWD")


@given(left=MINOR, right=MINOR)
def test_sums_are_sums_of_minor_units(left: int, right: int) -> None:
    one, other = Money(left, "USD"), Money(right, "USD")
    assert (one + other).minor == left + right
    assert one - other == -(other - one)
    assert (one < other) == (left < right)
    assert (one <= other) == (left <= right)


def test_currencies_never_mix() -> None:
    dollars, euros = Money(1, "USD"), Money(1, "EUR")
    for act in (lambda: dollars + euros, lambda: dollars - euros, lambda: dollars < euros, lambda: dollars <= euros):
        with pytest.raises(ForeignCurrency):
            act()
    assert dollars != euros


@pytest.mark.parametrize("minor", [1.0, "1", None, Decimal(1), True])
def test_only_whole_numbers_are_money(minor: object) -> None:
    with pytest.raises(TypeError):
        Money(minor, "USD")  # type: ignore[arg-type]  # what the test is about


@pytest.mark.parametrize("currency", ["usd", "US", "DOLLAR", "", "U$D", "USD\n"])
def test_only_codes_are_currencies(currency: str) -> None:
    with pytest.raises(ValueError):
        Money(1, currency)


@pytest.mark.parametrize("times", [0.5, True, "2"])
def test_money_is_multiplied_by_whole_numbers(times: object) -> None:
    with pytest.raises(TypeError):
        Money(100, "USD") * times  # type: ignore[operator]  # what the test is about


@given(minor=MINOR, points=st.integers(0, 10_000))
def test_a_share_in_basis_points_is_rounded_by_half_a_unit_at_most(minor: int, points: int) -> None:
    exact = Decimal(minor) * points / 10_000
    assert abs(Money(minor, "USD").basis_points(points).minor - exact) <= Decimal("0.5")


@pytest.mark.parametrize(("minor", "points", "share"), [(1, 5_000, 1), (-1, 5_000, -1), (1999, 1_000, 200), (4, 1, 0)])
def test_half_a_unit_is_rounded_away_from_zero(minor: int, points: int, share: int) -> None:
    assert Money(minor, "USD").basis_points(points).minor == share


def test_nothing_is_false_and_survives_a_pickle() -> None:
    assert not Money.zero("USD")
    assert Money(1, "USD")
    assert pickle.loads(pickle.dumps(Money(5, "USD"))) == Money(5, "USD")
    assert str(Money(-1999, "USD")) == "-19.99 USD"
