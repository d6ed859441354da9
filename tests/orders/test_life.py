"""The life of an order: every state can be reached, and by no other way than the table says."""

from __future__ import annotations

import re
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from shop.core import codes
from shop.core.database import end_read, session, transaction
from shop.core.errors import NotFound
from shop.core.money import Money
from shop.orders.models import Order
from shop.orders.operations import become, note_customer, place, record
from shop.orders.queries import events_of, lines_of, lines_of_all, order, order_with_token, orders_of, waiting_since
from shop.orders.queries.carts import open_order_of, paid_order_of
from shop.orders.queries.search import matching, numbers
from shop.orders.rules import FIRST_STATE, TRANSITIONS, Line, OrderFacts, Sums, pledges_of, states_before
from tests.orders.making import line, new_order
from tests.support.at_once import at_once
from tests.support.factories import Shelf, usd
from tests.support.held_clock import HeldClock

pytestmark = pytest.mark.breaks_invariants("these orders are moved by one room alone, without payments and books")
STATES = sorted(TRANSITIONS)
WAY_TO = {
    "awaiting_payment": (),
    "paid": ("paid",),
    "fulfilled": ("paid", "fulfilled"),
    "cancelled": ("cancelled",),
}


@pytest.fixture
def order_id(shelf: Shelf) -> str:
    return ordered(shelf)


def ordered(shelf: Shelf, *, cart_id: str = "") -> str:
    with transaction():
        return place(new_order(shelf.product_id, {shelf.variants["TEE-M"]: 2}, cart_id=cart_id)).id


def moved(order_id: str, state: str) -> bool:
    with transaction():
        return become(order_id, state)


def facts_of(order_id: str) -> OrderFacts:
    facts = order(order_id)
    end_read()
    return facts


def test_every_state_has_a_way_to_it() -> None:
    reached: set[str] = set()
    found = {FIRST_STATE}
    while found - reached:
        state = sorted(found - reached)[0]
        reached.add(state)
        found |= TRANSITIONS[state]
    assert reached == set(TRANSITIONS)


def test_states_lead_only_to_states_there_are() -> None:
    assert set().union(*TRANSITIONS.values()) <= set(TRANSITIONS)


def test_where_a_state_comes_from_is_the_table_read_backwards() -> None:
    assert {state: states_before(state) for state in STATES} == {
        "awaiting_payment": [],
        "paid": ["awaiting_payment", "cancelled"],
        "fulfilled": ["paid"],
        "cancelled": ["awaiting_payment", "paid"],
    }


@pytest.mark.parametrize(
    ("before", "after"), [pair for pair in product(STATES, STATES) if pair[1] != FIRST_STATE], ids=" to ".join
)
def test_an_order_moves_only_as_the_table_says(order_id: str, before: str, after: str) -> None:
    for step in WAY_TO[before]:
        assert moved(order_id, step)
    assert moved(order_id, after) is (after in TRANSITIONS[before])
    assert facts_of(order_id).state == (after if after in TRANSITIONS[before] else before)


def test_each_state_keeps_when_it_began(order_id: str, held_clock: HeldClock) -> None:
    placed = facts_of(order_id).placed_at
    held_clock.forward(minutes=5)
    moved(order_id, "paid")
    held_clock.forward(days=1)
    moved(order_id, "fulfilled")
    facts = facts_of(order_id)
    assert (facts.paid_at, facts.fulfilled_at) != (None, None)
    assert [str(moment - placed) for moment in (facts.paid_at, facts.fulfilled_at) if moment] == [
        "0:05:00",
        "1 day, 0:05:00",
    ]


def test_a_late_payment_takes_the_reason_of_its_end_away(order_id: str) -> None:
    with transaction():
        become(order_id, "cancelled", reason="expired")
    moved(order_id, "paid")
    assert facts_of(order_id).cancel_reason is None


def test_two_at_once_move_an_order_once(app: Flask, order_id: str) -> None:
    assert sorted(map(str, at_once(app, 6, lambda _: moved(order_id, "paid")))) == ["False"] * 5 + ["True"]


def test_a_cart_has_one_open_order(shelf: Shelf) -> None:
    ordered(shelf, cart_id="cart")
    with pytest.raises(IntegrityError, match=r"cart_id|uq_orders_open_cart"):
        ordered(shelf, cart_id="cart")


@pytest.mark.parametrize("state", ["paid", "cancelled"])
def test_a_cart_whose_order_ended_may_have_another(shelf: Shelf, state: str) -> None:
    moved(ordered(shelf, cart_id="cart"), state)
    assert facts_of(ordered(shelf, cart_id="cart")).state == "awaiting_payment"


def test_a_number_that_is_taken_is_drawn_anew(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    wants = {shelf.variants["TEE-M"]: 1}
    with transaction():
        taken = place(new_order(shelf.product_id, wants)).number
        drawn = iter([taken, "K7M-4QF9"])
        monkeypatch.setattr("shop.core.codes.new_order_number", lambda: next(drawn))
        second = place(new_order(shelf.product_id, wants))
    assert (second.number, order(second.id).number) == ("K7M-4QF9", "K7M-4QF9")
    end_read()


def test_the_open_order_of_a_cart_is_found(shelf: Shelf) -> None:
    order_id = ordered(shelf, cart_id="cart")
    assert open_order_of("other") is None
    found = open_order_of("cart")
    assert found is not None
    assert found.id == order_id


def test_the_last_paid_order_of_a_cart_is_found(shelf: Shelf, held_clock: HeldClock) -> None:
    for _ in range(2):
        held_clock.forward(minutes=1)
        moved(last := ordered(shelf, cart_id="cart"), "paid")
    found = paid_order_of("cart")
    assert found is not None
    assert found.id == last


def test_numbers_can_be_read_aloud_and_tokens_cannot_be_guessed(shelf: Shelf) -> None:
    made = [facts_of(ordered(shelf)) for _ in range(20)]
    assert all(codes.read_order_number(facts.number) == facts.number for facts in made)
    assert all(re.fullmatch(r"[\w-]{32}", facts.token) for facts in made)
    assert len({facts.number for facts in made} | {facts.token for facts in made}) == 40


def test_a_number_that_is_taken_is_drawn_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["K7M-4QF9", "K7M-4QF9", "T3X-RWV2"])
    monkeypatch.setattr(codes, "new_order_number", lambda: next(drawn))
    assert [facts_of(ordered(shelf)).number for _ in range(2)] == ["K7M-4QF9", "T3X-RWV2"]


def test_a_page_opens_by_its_token_alone(order_id: str) -> None:
    assert order_with_token(facts_of(order_id).token).id == order_id
    with pytest.raises(NotFound):
        order_with_token("guess")


def test_an_order_that_does_not_exist_is_told(app: Flask) -> None:
    with pytest.raises(NotFound):
        order("nobody")


def test_lines_are_snapshots(order_id: str) -> None:
    (bought,) = lines_of(order_id)
    assert (bought.title, bought.quantity, bought.total) == ("Tee", 2, usd(5000))
    assert lines_of("nobody") == []
    assert lines_of_all([order_id]) == {order_id: [bought]}


def test_the_timeline_is_in_order(order_id: str) -> None:
    with transaction():
        record(order_id, "placed", "It was placed.", actor="customer")
        record(order_id, "paid", "It was paid.", actor="stripe")
    assert [(event.kind, event.actor) for event in events_of(order_id)] == [("placed", "customer"), ("paid", "stripe")]


def found(search: str) -> set[str]:
    return set(session().execute(select(Order.id).where(matching(search))).scalars())


def test_staff_find_orders_by_number_mail_name_and_sku(shelf: Shelf) -> None:
    first, second = ordered(shelf), ordered(shelf)
    with transaction():
        note_customer(first, email="Ada@Example.org", ship_to={"name": "Ada Lovelace"})
    number = facts_of(second).number
    assert found("ada@example.org") == {first}
    assert found("ada l") == {first}
    assert found(number.replace("-", "").lower()) == {second}
    assert found(f"tee-{shelf.variants['TEE-M']}") == {first, second}
    assert found("' OR 1=1 --") == set()
    assert found("%") == set()


def test_orders_that_wait_are_found_by_age(shelf: Shelf, held_clock: HeldClock) -> None:
    old = ordered(shelf)
    held_clock.forward(minutes=10)
    ordered(shelf)
    assert [facts.id for facts in waiting_since(held_clock.now)] == [old]


def test_only_accepted_orders_are_somebodys(shelf: Shelf) -> None:
    paid, waiting = ordered(shelf), ordered(shelf)
    with transaction():
        note_customer(paid, email="ada@example.org", ship_to=None)
        note_customer(waiting, email="ada@example.org", ship_to=None)
        become(paid, "paid")
    assert [facts.id for facts in orders_of(" ADA@example.org ")] == [paid]
    assert set(numbers([paid, waiting])) == {paid, waiting}


def test_a_total_is_the_sum_of_its_parts() -> None:
    sums = Sums(goods=usd(5000), discount=usd(700), delivery=usd(500), tax=usd(40), gift=usd(300), fee_cover=usd(12))
    assert sums.total == usd(5152)
    assert sums.minor_parts() == {
        "goods": 5000,
        "discount": 700,
        "delivery": 500,
        "tax": 40,
        "gift": 300,
        "fee_cover": 12,
    }


def test_promises_are_added_up_by_pledge() -> None:
    def promising(pledge_id: int | None, amount: Money) -> Line:
        plain = {name: getattr(line(1, 1), name) for name in Line.__struct_fields__}
        return Line(**(plain | {"pledge_id": pledge_id, "pledge": amount}))

    lines = [promising(1, usd(500)), promising(2, usd(0)), promising(None, usd(0)), promising(1, usd(250))]
    assert pledges_of(lines) == {1: usd(750)}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE orders SET state = 'lost'",
        "UPDATE orders SET total_minor = total_minor + 1",
        "UPDATE orders SET discount_minor = -1, total_minor = total_minor + 1",
        "UPDATE orders SET state = 'paid'",
        "UPDATE order_lines SET quantity = 0, total_minor = 0",
        "UPDATE order_lines SET total_minor = 1",
        "UPDATE order_lines SET pledge_minor = -1",
    ],
)
def test_the_database_itself_refuses_impossible_orders(order_id: str, damage: str) -> None:
    with pytest.raises(IntegrityError), transaction():
        session().execute(text(damage))
