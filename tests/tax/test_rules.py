"""Tax by the table: exact for each line, on top of prices or within them, and none where there is no rate."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace

from shop.core.errors import Invalid
from shop.core.money import Money, step
from shop.tax.rules import FlatRate, Policy, Rate, StripeTax, best_rate, check, provider_of, regions

VAT = Rate(1, "DE", "", "", "VAT", 1_900, True, "bundesfinanzministerium.de", date(2026, 11, 1))
CALIFORNIA = Rate(2, "US", "CA", "California", "Sales tax", 725, False, "cdtfa.ca.gov", date(2026, 11, 1))


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def test_tax_on_top_is_rounded_for_each_line() -> None:
    taxes = FlatRate(CALIFORNIA, inclusive=False).taxes([usd(2500), usd(999)], usd(500))
    assert ([tax.minor for tax in taxes.lines], taxes.delivery.minor) == ([181, 72], 0)
    assert (taxes.added, taxes.included, taxes.name) == (usd(253), usd(0), "Sales tax 7.25%")


def test_tax_within_prices_adds_nothing() -> None:
    taxes = FlatRate(VAT, inclusive=True).taxes([usd(1190), usd(595)], usd(119))
    assert ([tax.minor for tax in taxes.lines], taxes.delivery.minor) == ([190, 95], 19)
    assert (taxes.added, taxes.included) == (usd(0), usd(304))


def test_no_rate_is_no_tax() -> None:
    assert not FlatRate(None, inclusive=False).taxes([usd(1190)], usd(119)).whole


def test_stripe_tax_is_pending_until_it_is_paid() -> None:
    taxes = provider_of(Policy("stripe"), VAT).taxes([usd(1190)], usd(119))
    assert (taxes.pending, taxes.whole) == (True, usd(0))
    assert isinstance(provider_of(Policy("stripe"), None), StripeTax)


def test_the_rate_of_a_region_comes_before_that_of_the_country() -> None:
    country = replace(CALIFORNIA, id=3, region="", region_name="", basis_points=100)
    rates = [CALIFORNIA, VAT, country]
    assert [best_rate(rates, *place) for place in (("US", "CA"), ("US", "NY"), ("DE", "BY"), ("FR", ""))] == [
        CALIFORNIA,
        country,
        VAT,
        None,
    ]
    assert regions(rates, "US") == {"CA": "California"}


@given(
    nets=some.lists(some.integers(0, 90_000), min_size=1, max_size=5),
    delivery=some.integers(0, 5_000),
    points=some.integers(1, 5_000),
    inclusive=some.booleans(),
    currency=some.sampled_from(["USD", "JPY", "KWD", "UGX"]),
)
def test_tax_can_be_charged_and_is_never_more_than_the_price_holds(
    nets: list[int], delivery: int, points: int, inclusive: bool, currency: str
) -> None:
    size = step(currency)
    taxes = FlatRate(replace(VAT, basis_points=points), inclusive).taxes(
        [Money(net * size, currency) for net in nets], Money(delivery * size, currency)
    )
    assert taxes.whole.minor % size == 0
    assert all(0 <= tax.minor <= net * size for tax, net in zip(taxes.lines, nets, strict=True))
    assert taxes.whole == taxes.added + taxes.included


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(VAT, country="Germany"), "country"),
        (replace(VAT, region="Bayern"), "region"),
        (replace(VAT, basis_points=0), "percent"),
        (replace(VAT, basis_points=5_001), "percent"),
        (replace(VAT, source=" "), "source"),
        (replace(VAT, name=""), "name"),
    ],
)
def test_a_rate_without_sense_or_source_is_refused(wrong: Rate, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(wrong)
    assert refused.value.field == field
