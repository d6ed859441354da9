"""What an offer takes off: pure, exact, and never more than there is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace

from shop.core.errors import Invalid
from shop.core.money import Money, step
from shop.core.zones import from_wall
from shop.discounts.rules import Offer, Piece, Terms, check, holding, off, read_code, summary, why_not

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TEN = Terms(name="Ten", kind="percent", automatic=False, basis_points=1_000)
FIVER = Terms(name="Five", kind="fixed", automatic=False, amount=Money(500, "USD"))
THIRD_FREE = Terms(name="3 for 2", kind="buy_get", automatic=True, basis_points=10_000, buy_units=2, get_units=1)


def tees(*prices: int, quantity: int = 1, currency: str = "USD") -> list[Piece]:
    """A line for each price, of products 1, 2, 3 ..."""
    return [Piece(number, Money(price, currency), quantity) for number, price in enumerate(prices, 1)]


def minors(shares: list[Money]) -> list[int]:
    return [share.minor for share in shares]


def test_a_percentage_is_split_without_losing_a_cent() -> None:
    assert minors(off(TEN, tees(333, 333, 339))) == [34, 33, 34]
    assert sum(minors(off(TEN, tees(333, 333, 339)))) == 101  # of 10.05, halves up


def test_an_amount_off_is_never_more_than_the_goods() -> None:
    assert minors(off(FIVER, tees(1000, 3000))) == [125, 375]
    assert minors(off(FIVER, tees(300))) == [300]


def test_only_products_in_scope_are_lowered() -> None:
    assert minors(off(replace(TEN, product_ids=frozenset({2})), tees(1000, 2000))) == [0, 200]


@pytest.mark.parametrize(
    ("prices", "shares"),
    [
        ((2500, 2500), [0, 0]),
        ((2500, 2000, 1500), [0, 0, 1500]),
        ((1000, 3000, 2000, 4000, 5000, 6000), [1000, 0, 2000, 0, 0, 0]),
    ],
)
def test_of_each_three_the_cheapest_is_free(prices: tuple[int, ...], shares: list[int]) -> None:
    assert minors(off(THIRD_FREE, tees(*prices))) == shares


def test_units_of_one_line_count_one_by_one() -> None:
    assert minors(off(THIRD_FREE, tees(2500, quantity=7))) == [5000]
    assert minors(off(replace(THIRD_FREE, basis_points=5_000), tees(2501, quantity=3))) == [1251]


@pytest.mark.parametrize(
    ("currency", "price", "taken"), [("JPY", 1999, 200), ("KWD", 12_340, 1_230), ("UGX", 99_900, 9_900)]
)
def test_what_is_taken_off_can_be_charged_in_the_currency(currency: str, price: int, taken: int) -> None:
    """Stripe charges KWD in tens of a thousandth, and UGX in whole shillings."""
    assert minors(off(TEN, tees(price, currency=currency))) == [taken]


@given(
    kind=some.sampled_from(["percent", "fixed", "buy_get"]),
    points=some.integers(1, 10_000),
    amount=some.integers(1, 50_000),
    pieces=some.lists(
        some.tuples(some.integers(1, 3), some.integers(1, 900), some.integers(1, 20)), min_size=1, max_size=6
    ),
    currency=some.sampled_from(["USD", "JPY", "KWD", "UGX"]),
    scope=some.sets(some.integers(1, 3)),
)
def test_no_line_falls_below_nothing_and_no_part_of_a_step_is_taken(
    kind: str, points: int, amount: int, pieces: list[tuple[int, int, int]], currency: str, scope: set[int]
) -> None:
    size = step(currency)
    lines = [Piece(product, Money(price * size, currency), quantity) for product, price, quantity in pieces]
    terms = Terms(
        name="Any",
        kind=kind,  # type: ignore[arg-type]  # one of the three
        automatic=True,
        basis_points=points,
        amount=Money(amount * size, currency),
        buy_units=2,
        get_units=1,
        product_ids=frozenset(scope),
    )
    shares = off(terms, lines)
    for piece, share in zip(lines, shares, strict=True):
        assert 0 <= share.minor <= piece.total.minor
        assert share.minor % size == 0
        assert not share or not scope or piece.product_id in scope


def offer(terms: Terms = TEN, **more: object) -> Offer:
    return replace(Offer(id=1, terms=terms, active=True, code="TEN", code_id=1), **more)


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (offer(active=False), "not in use"),
        (offer(replace(TEN, starts_at=NOW + timedelta(days=1))), "can be used from November 21, 2026"),
        (offer(replace(TEN, ends_at=NOW)), "ended on November 20, 2026"),
        (offer(code_left=0), "as often as it can be"),
        (offer(uses_left=0), "as often as it can be"),
        (offer(customer_left=0), "as often as each customer may"),
        (offer(replace(TEN, product_ids=frozenset({9}))), "for other tees"),
        (offer(replace(TEN, minimum=Money(5_000, "USD"))), "of $50.00 or more; yours come to $25.00"),
        (offer(THIRD_FREE), "for 3 tees or more"),
    ],
)
def test_a_refusal_says_why(refused: Offer, words: str) -> None:
    assert words in str(why_not(refused, tees(2500), now=NOW))


def test_days_are_told_by_the_clock_of_the_store() -> None:
    """Midnight in Sydney is still the day before in UTC, and the last day is the one before an end at midnight."""
    midnight = from_wall(datetime.fromisoformat("2026-12-01"), "Australia/Sydney")
    begins, ends = offer(replace(TEN, starts_at=midnight)), offer(replace(TEN, ends_at=midnight))
    assert "from December 1, 2026" in str(why_not(begins, tees(2500), now=NOW, zone="Australia/Sydney"))
    assert "ended on November 30, 2026" in str(why_not(ends, tees(2500), now=midnight, zone="Australia/Sydney"))


def test_what_fits_is_not_refused() -> None:
    fits = offer(replace(TEN, starts_at=NOW, ends_at=NOW + timedelta(seconds=1), minimum=Money(2_500, "USD")))
    assert why_not(replace(fits, code_left=1, uses_left=1, customer_left=1), tees(2500), now=NOW) is None


@pytest.mark.parametrize("typed", [" spring-10 ", "Spring-10", "SPRING - 10"])
def test_a_code_is_read_whatever_its_case(typed: str) -> None:
    assert read_code(typed) == "SPRING-10"


@pytest.mark.parametrize("typed", ["", "-", "a" * 41, "x'); --", "é", "A_B"])
def test_what_can_be_no_code_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_code(typed)
    assert refused.value.field == "code"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(TEN, name=" "), "name"),
        (replace(TEN, basis_points=0), "value"),
        (replace(TEN, basis_points=10_001), "value"),
        (replace(FIVER, amount=Money(0, "USD")), "value"),
        (replace(THIRD_FREE, get_units=None), "buy_units"),
        (replace(TEN, minimum=Money(0, "USD")), "minimum"),
        (replace(TEN, starts_at=NOW, ends_at=NOW), "ends_at"),
        (replace(TEN, most_uses=0), "most_uses"),
    ],
)
def test_an_offer_that_contradicts_itself_is_refused(wrong: Terms, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(wrong)
    assert refused.value.field == field


def test_an_offer_is_said_in_a_few_words() -> None:
    free = Terms(name="Post", kind="free_delivery", automatic=True)
    told = [summary(terms) for terms in (TEN, FIVER, THIRD_FREE, replace(THIRD_FREE, basis_points=5_000), free)]
    assert told == ["10% off", "$5.00 off", "Buy 2, get 1 free", "Buy 2, get 1 50% off", "Free delivery"]


def test_a_collection_covers_what_it_holds_and_an_empty_one_nothing() -> None:
    spring = Offer(1, replace(TEN, product_ids=frozenset({1}), collection_ids=frozenset({7, 8})), active=True)
    held = {7: frozenset({2}), 9: frozenset({3})}
    assert minors(off(holding(spring, held).terms, tees(1000, 2000, 3000))) == [100, 200, 0]
    empty = replace(spring, terms=replace(TEN, collection_ids=frozenset({8})))
    assert minors(off(holding(empty, held).terms, tees(1000))) == [0]
