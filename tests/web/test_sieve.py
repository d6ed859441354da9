"""Which products pass which filters, and the counts beside them: pure."""

from __future__ import annotations

import pytest

from shop.web.present.filters import query, wanted
from shop.web.reads.sieve import Sieve, Wanted, bits_of, price_steps

#         0 tee ink S,M   1 tee paper S   2 hoodie ink M
SIEVE = Sieve(
    ids=(10, 20, 30),
    at={10: 0, 20: 1, 30: 2},
    orders={"featured": range(3), "name": (2, 0, 1)},
    plain={
        "garment": {"tee": 0b011, "hoodie": 0b100},
        "colour": {"ink": 0b101, "paper": 0b010},
    },
    variants={("ink", "S"): 0b001, ("ink", "M"): 0b100, ("paper", "S"): 0b010},
)


def ids(found: int, order: str = "featured") -> list[int]:
    return SIEVE.page(found, SIEVE.orders[order], offset=0, limit=9)


def test_all_that_is_chosen_must_be_true_at_once() -> None:
    assert ids(SIEVE.passing(Wanted(), SIEVE.all)) == [10, 20, 30]
    assert ids(SIEVE.passing(Wanted(garment="tee", colour="ink"), SIEVE.all)) == [10]
    assert ids(SIEVE.passing(Wanted(garment="cap"), SIEVE.all)) == []


def test_a_size_is_left_in_the_colour_that_is_chosen_too() -> None:
    assert ids(SIEVE.passing(Wanted(size="S"), SIEVE.all)) == [10, 20]
    assert ids(SIEVE.passing(Wanted(size="S", colour="ink"), SIEVE.all)) == [10]
    assert ids(SIEVE.passing(Wanted(size="M", colour="paper"), SIEVE.all)) == []


def test_a_count_is_what_following_the_link_shows() -> None:
    choice = Wanted(garment="tee")
    counts = SIEVE.counts(choice, SIEVE.all, "size", ("S", "M"))
    assert counts == {"S": 2, "M": 0}
    assert SIEVE.counts(choice, SIEVE.all, "garment", ("tee", "hoodie")) == {"tee": 2, "hoodie": 1}
    for size, count in counts.items():
        assert SIEVE.passing(choice.with_value("size", size), SIEVE.all).bit_count() == count


def test_pages_keep_their_order_and_leave_out_what_did_not_pass() -> None:
    assert ids(0b101, "name") == [30, 10]
    assert SIEVE.page(SIEVE.all, SIEVE.orders["name"], offset=1, limit=1) == [10]
    assert SIEVE.page(SIEVE.all, [1], offset=0, limit=9) == [20]
    assert SIEVE.page(0, [], offset=0, limit=9) == []


def test_sets_are_made_of_positions() -> None:
    assert bits_of([0, 2], 3) == 0b101
    assert bits_of([], 0) == bits_of([], 5) == 0
    assert SIEVE.having(SIEVE.positions([30, 99, 10])) == 0b101


@pytest.mark.parametrize(
    ("prices", "bands"),
    [
        ([], []),
        ([2500, 2500], []),
        ([1800, 2600, 3200, 5800], [(0, 2000), (2000, 4000), (4000, None)]),
        ([2400, 2600, 4000], [(2000, 2500), (2500, 3000), (4000, None)]),
    ],
)
def test_price_bands_are_round_and_never_empty(prices: list[int], bands: list[tuple[int, int | None]]) -> None:
    found = price_steps(prices, unit=100)
    assert found == bands
    for low, top in found:
        assert any(low <= price and (top is None or price < top) for price in prices)


def test_an_address_says_a_choice_in_one_way() -> None:
    asked = wanted({"sort": "name", "size": "M", "colour": "ink", "page": "3", "x": "y"})
    assert asked == Wanted(colour="ink", size="M", sort="name")
    assert {name: value for name, value in query(asked).items() if value} == {
        "colour": "ink",
        "size": "M",
        "sort": "name",
    }
    assert wanted({"sort": "cheapest<script>"}).sort == "featured"
