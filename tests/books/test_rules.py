"""What the books should show for a sale, case by case, and that it always sums to zero."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shop.books.accounts import ACCOUNTS
from shop.books.rules import GENESIS, Amounts, Parts, SaleFacts, difference, entry_hash, owed

TEE = Parts(goods=2500, delivery=500)
WITH_GIFT = Parts(goods=2500, delivery=500, gift=700)
FULL = Parts(goods=5000, discount=500, delivery=500, tax=400, gift=300)
PLEDGE = {"polaris": 500}


def facts(**said: Any) -> SaleFacts:
    known: dict[str, Any] = {"currency": "USD", "captured": 3000, "accepted": True, "sold": TEE, "fee": 117}
    return SaleFacts(**(known | said))


CASES: dict[str, tuple[SaleFacts, Amounts]] = {
    "nothing captured": (facts(captured=0, accepted=False), {}),
    "a sale": (
        facts(),
        {
            ("processor_clearing", ""): 2883,
            ("processor_fees", ""): 117,
            ("goods_revenue", ""): -2500,
            ("delivery_revenue", ""): -500,
        },
    ),
    "a sale whose fee is not known yet": (
        facts(fee=None),
        {("processor_clearing", ""): 3000, ("goods_revenue", ""): -2500, ("delivery_revenue", ""): -500},
    ),
    "a sale with a gift": (
        facts(captured=3700, sold=WITH_GIFT, gifts={"open-fund": 700}, fee=None),
        {
            ("processor_clearing", ""): 3700,
            ("goods_revenue", ""): -2500,
            ("delivery_revenue", ""): -500,
            ("donations_payable", "open-fund"): -700,
        },
    ),
    "a sale with a pledge": (
        facts(fee=None, pledges=PLEDGE),
        {
            ("processor_clearing", ""): 3000,
            ("goods_revenue", ""): -2500,
            ("delivery_revenue", ""): -500,
            ("pledge_expense", "polaris"): 500,
            ("pledge_payable", "polaris"): -500,
        },
    ),
    "a sale with a discount and tax": (
        facts(captured=5700, sold=FULL, fee=None, gifts={"open-fund": 300}),
        {
            ("processor_clearing", ""): 5700,
            ("goods_revenue", ""): -5000,
            ("discounts", ""): 500,
            ("delivery_revenue", ""): -500,
            ("tax_payable", ""): -400,
            ("donations_payable", "open-fund"): -300,
        },
    ),
    "a gift shared by two funds, with its fee covered": (
        facts(captured=1045, sold=Parts(gift=1000, fee_cover=45), gifts={"open-fund": 667, "night-fund": 333}, fee=45),
        {
            ("processor_clearing", ""): 1000,
            ("processor_fees", ""): 45,
            ("donations_payable", "open-fund"): -667,
            ("donations_payable", "night-fund"): -333,
            ("fee_contributions", ""): -45,
        },
    ),
    "a sale given back whole": (
        facts(captured=3700, sold=WITH_GIFT, gifts={"open-fund": 0}, refunded=3700, returned=WITH_GIFT),
        {
            ("processor_clearing", ""): -117,
            ("processor_fees", ""): 117,
            ("goods_revenue", ""): -2500,
            ("delivery_revenue", ""): -500,
            ("refunds", ""): 3000,
        },
    ),
    "a sale given back in part": (
        facts(fee=None, refunded=1000, returned=Parts(goods=1000), pledges=PLEDGE),
        {
            ("processor_clearing", ""): 2000,
            ("goods_revenue", ""): -2500,
            ("delivery_revenue", ""): -500,
            ("refunds", ""): 1000,
            ("pledge_expense", "polaris"): 500,
            ("pledge_payable", "polaris"): -500,
        },
    ),
    "a gift alone given back": (
        facts(captured=3700, sold=WITH_GIFT, gifts={}, fee=None, refunded=700, returned=Parts(gift=700)),
        {("processor_clearing", ""): 3000, ("goods_revenue", ""): -2500, ("delivery_revenue", ""): -500},
    ),
    "money for an order that could not be accepted": (
        facts(accepted=False),
        {
            ("processor_clearing", ""): 2883,
            ("processor_fees", ""): 117,
            ("customer_refunds_payable", ""): -3000,
        },
    ),
    "the same, given back": (
        facts(accepted=False, refunded=3000),
        {("processor_clearing", ""): -117, ("processor_fees", ""): 117},
    ),
}


@pytest.mark.parametrize(("told", "expected"), CASES.values(), ids=CASES)
def test_the_books_show(told: SaleFacts, expected: Amounts) -> None:
    assert owed(told) == expected


@pytest.mark.parametrize(("told", "expected"), CASES.values(), ids=CASES)
def test_each_case_sums_to_zero(told: SaleFacts, expected: Amounts) -> None:
    assert sum(expected.values()) == 0


def test_every_account_has_a_name() -> None:
    assert {account for _, amounts in CASES.values() for account, _ in amounts} < set(ACCOUNTS)


amounts = some.integers(0, 10**9)
parts = some.builds(
    Parts, goods=amounts, discount=amounts, delivery=amounts, tax=amounts, gift=amounts, fee_cover=amounts
)


@some.composite
def sales(draw: some.DrawFn) -> SaleFacts:
    """Any sale that was captured for its total, with any part of it given back."""
    sold = draw(parts)
    returned = Parts(*(draw(some.integers(0, getattr(sold, part))) for part in Parts.__struct_fields__))
    return SaleFacts(
        currency="USD",
        captured=sold.total,
        accepted=draw(some.booleans()),
        sold=sold,
        fee=draw(some.none() | amounts),
        refunded=draw(amounts),
        returned=returned,
        gifts={"open-fund": sold.gift - returned.gift},
        pledges=draw(some.dictionaries(some.sampled_from(["polaris", "our-rescue"]), amounts)),
    )


@given(sales())
def test_whatever_is_sold_and_given_back_sums_to_zero(sale: SaleFacts) -> None:
    assert sum(owed(sale).values()) == 0


ledgers = some.dictionaries(
    some.tuples(some.sampled_from(sorted(ACCOUNTS)), some.sampled_from(["", "polaris"])), some.integers(-99, 99)
)


@given(ledgers, ledgers)
def test_the_difference_brings_what_is_posted_to_what_is_owed(wanted: Amounts, posted: Amounts) -> None:
    change = difference(wanted, posted)
    after = {line: posted.get(line, 0) + change.get(line, 0) for line in {*wanted, *posted}}
    assert {line: minor for line, minor in after.items() if minor} == {
        line: minor for line, minor in wanted.items() if minor
    }
    assert 0 not in change.values()


@given(ledgers)
def test_nothing_is_missing_from_what_is_posted(posted: Amounts) -> None:
    assert difference(posted, posted) == {}


ENTRY: dict[str, Any] = {
    "position": 1,
    "order_id": "order",
    "memo": "Order K7M-4QF9",
    "actor": "stripe",
    "posted_at": datetime(2026, 11, 20, 12, tzinfo=UTC),
    "postings": [("bank", "", 5, "USD"), ("refunds", "", -5, "USD")],
    "previous": GENESIS,
}


@pytest.mark.parametrize(
    "change",
    [
        {"position": 2},
        {"order_id": None},
        {"memo": "Order K7M-4QF8"},
        {"actor": "robin"},
        {"posted_at": datetime(2026, 11, 20, 12, 0, 0, 1, tzinfo=UTC)},
        {"postings": [("bank", "", 6, "USD"), ("refunds", "", -5, "USD")]},
        {"postings": [("bank", "", 5, "EUR"), ("refunds", "", -5, "USD")]},
        {"postings": [("bank", "polaris", 5, "USD"), ("refunds", "", -5, "USD")]},
        {"previous": "1" * 64},
    ],
    ids=str,
)
def test_a_hash_covers_everything(change: dict[str, Any]) -> None:
    assert entry_hash(**(ENTRY | change)) != entry_hash(**ENTRY)


def test_a_hash_does_not_depend_on_the_order_of_postings() -> None:
    turned = ENTRY | {"postings": ENTRY["postings"][::-1]}
    assert entry_hash(**turned) == entry_hash(**ENTRY)
