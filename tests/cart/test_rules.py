"""The cart as a value, and its way through a cookie."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shop.cart.rules import (
    GIFT_KINDS,
    LARGEST_NUMBER,
    MOST_LINES,
    MOST_OF_ONE,
    Cart,
    CartLine,
    GiftChoice,
    fingerprint,
)
from shop.core.errors import Invalid

numbers = some.integers(0, LARGEST_NUMBER)
cart_lines = some.builds(CartLine, numbers, some.integers(1, MOST_OF_ONE), numbers)
carts = some.builds(
    Cart,
    id=some.text("abc-_019", min_size=1, max_size=64),
    lines=some.lists(cart_lines, max_size=MOST_LINES, unique_by=lambda line: line.variant_id).map(tuple),
    gift=some.none() | some.builds(GiftChoice, some.sampled_from(GIFT_KINDS), numbers),
    country=some.sampled_from(["", "US", "GB"]),
)


def test_a_new_cart_is_empty_and_has_a_name_of_its_own() -> None:
    assert Cart.new().units == 0
    assert len({Cart.new().id for _ in range(50)}) == 50


def test_what_is_put_in_twice_is_one_line_at_the_price_seen_last() -> None:
    cart = Cart.new().adding(7, 2, price=2500).adding(7, 1, price=2600)
    assert cart.lines == (CartLine(7, 3, 2600),)
    assert cart.units == 3


@pytest.mark.parametrize("quantity", [0, -1, MOST_OF_ONE + 1, 10**30])
def test_a_line_has_bounds(quantity: int) -> None:
    with pytest.raises(Invalid) as refused:
        Cart.new().adding(7, quantity, price=2500)
    assert refused.value.field == "quantity"


def test_a_line_cannot_be_filled_beyond_its_bound_by_and_by() -> None:
    with pytest.raises(Invalid):
        Cart.new().adding(7, MOST_OF_ONE, price=2500).adding(7, 1, price=2500)


def test_a_cart_holds_so_many_lines_and_no_more() -> None:
    cart = Cart.new()
    for variant_id in range(MOST_LINES):
        cart = cart.adding(variant_id, 1, price=2500)
    assert cart.adding(0, 1, price=2500).units == MOST_LINES + 1
    with pytest.raises(Invalid):
        cart.adding(MOST_LINES, 1, price=2500)


def test_a_quantity_is_set_and_none_removes_the_line() -> None:
    cart = Cart.new().adding(7, 2, price=2500).adding(8, 1, price=2500)
    assert cart.with_quantity(7, 5).units == 6
    assert cart.with_quantity(7, 0).lines == (CartLine(8, 1, 2500),)
    assert cart.with_quantity(9, 5) == cart


@pytest.mark.parametrize("quantity", [-1, MOST_OF_ONE + 1])
def test_a_quantity_has_bounds(quantity: int) -> None:
    with pytest.raises(Invalid):
        Cart.new().adding(7, 2, price=2500).with_quantity(7, quantity)


def test_what_was_paid_for_is_no_longer_wanted() -> None:
    cart = Cart.new().adding(7, 2, price=2500).adding(8, 3, price=2500).giving(GiftChoice("own", 500)).going_to("GB")
    left = cart.less({7: 2, 8: 1, 9: 4})
    assert left.lines == (CartLine(8, 2, 2500),)
    assert (left.gift, left.country) == (None, "GB")
    assert left.id != cart.id


def test_a_cart_that_was_paid_for_more_than_it_holds_is_empty() -> None:
    assert Cart.new().adding(7, 2, price=2500).less({7: 5}).lines == ()


def test_prices_that_were_shown_are_remembered() -> None:
    cart = Cart.new().adding(7, 2, price=2500).adding(8, 1, price=2500)
    assert [line.seen_price for line in cart.seeing_prices([(7, 2600), (9, 1)]).lines] == [2600, 2500]


@given(carts)
def test_a_cart_comes_back_from_its_cookie_as_it_was(cart: Cart) -> None:
    assert Cart.unpacked(json.loads(json.dumps(cart.packed()))) == cart


GOOD: dict[str, Any] = {"i": "cart", "l": [[7, 2, 2500]], "g": ["own", 500], "c": "US"}
HOSTILE: list[Any] = [
    None,
    [],
    "cart",
    7,
    {},
    *({name: value for name, value in GOOD.items() if name != missing} for missing in GOOD),
    *({**GOOD, "i": name} for name in ("", "x" * 65, 7, None, ["x"])),
    *({**GOOD, "c": country} for country in ("us", "USA", "U", "U\n", 7, None, "<b")),
    *({**GOOD, "l": lines} for lines in (None, 7, "ab", [7], [[7, 2]], [[7, 2, 3, 4]], [None], {"a": 1})),
    *({**GOOD, "l": [[7, quantity, 2500]]} for quantity in (0, -1, 21, 1.5, True, "2", None, 10**30)),
    *({**GOOD, "l": [[variant, 1, 2500]]} for variant in (-1, 2**31, 1.0, True, "7", None, [7])),
    *({**GOOD, "l": [[7, 1, price]]} for price in (-1, 2**31, 1.0, "7", None)),
    {**GOOD, "l": [[7, 1, 2500], [7, 1, 2500]]},
    {**GOOD, "l": [[variant, 1, 2500] for variant in range(21)]},
    *({**GOOD, "g": gift} for gift in ([], ["own"], ["mine", 5], ["own", -5], ["own", 1.5], ["own", "5"], 5, "own")),
    *({**GOOD, "g": gift} for gift in (["own", 2**31], ["own", True], [None, 5], [["own"], 5], {"own": 5, "x": 1})),
]


def test_what_the_cookie_should_hold_is_read() -> None:
    assert Cart.unpacked(GOOD) == Cart("cart", (CartLine(7, 2, 2500),), GiftChoice("own", 500), "US", browser="cart")


@pytest.mark.parametrize("packed", HOSTILE, ids=repr)
def test_anything_else_is_no_cart(packed: Any) -> None:
    assert Cart.unpacked(packed) is None


anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.sampled_from(["i", "l", "g", "c"]), inner),
)


@given(some.fixed_dictionaries({"i": some.just("cart"), "l": anything, "g": anything, "c": some.just("US")}))
def test_nothing_at_all_makes_reading_a_cookie_fail(packed: Any) -> None:
    cart = Cart.unpacked(packed)
    assert cart is None or Cart.unpacked(cart.packed()) == cart


@given(carts, carts)
def test_the_same_parts_have_the_same_fingerprint_and_others_another(one: Cart, other: Cart) -> None:
    assert fingerprint(one.lines, one.gift) == fingerprint(one.lines, one.gift)
    assert (fingerprint(one) == fingerprint(other)) is (one == other)


def test_a_fingerprint_is_short() -> None:
    assert len(fingerprint("anything")) == 32
