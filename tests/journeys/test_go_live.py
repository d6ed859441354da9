"""From test cards to real money: what was tried out counts no longer, and what it took is given back by a press."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import insert, select, update

from shop.admin.periods import Period, period_of
from shop.admin.reads import figures, groups
from shop.admin.reads.board import board
from shop.admin.reads.trials import trials, trials_left
from shop.books.models import EntryOfTest, Posting
from shop.books.queries import balances, party_balances
from shop.cart.rules import Cart
from shop.core import clock
from shop.core.database import session, table, transaction
from shop.core.errors import Conflict
from shop.core.mode import go_live, is_live
from shop.journeys.check_invariants import broken
from shop.journeys.go_live import close_test_pages, note_live, take_test_out
from shop.journeys.reconcile import reconcile
from shop.journeys.refund_order import make_refund
from shop.journeys.settle_payment import WrongMode, settle_report
from shop.journeys.start_checkout import start_checkout
from shop.orders.models import Order
from shop.orders.queries import order
from shop.payments.queries import refunds_of
from shop.stock.queries import available_of
from tests.admin.sales import Counter


@pytest.fixture
def counter(app: Flask, tmp_path: Path) -> Counter:
    return Counter(tmp_path)


def _week() -> Period:
    return period_of({"days": "7"}, clock.now().date())


def _sold(counter: Counter, *, live: bool, units: int = 1) -> str:
    counter.takes_real_money(live)
    order_id = counter.sells(counter.tees[0], units)
    counter.takes_money_for(order_id)
    return order_id


def test_until_there_is_real_money_tests_are_all_there_is_to_see(counter: Counter) -> None:
    _sold(counter, live=False)
    assert not is_live()
    assert figures.counts(_week()) == (1, 1)
    assert sum(day.goods for day in figures.days(_week()).values()) > 0
    assert any(one.raised.minor for one in party_balances())


def test_from_the_first_order_of_real_money_on_tests_are_in_no_sum(counter: Counter) -> None:
    _sold(counter, live=False, units=3)
    real = _sold(counter, live=True)
    assert is_live()
    assert figures.counts(_week()) == (1, 1)
    assert sum(day.goods for day in figures.days(_week()).values()) == order(real).sums.goods.minor
    assert [one.units for one in groups.groups("product", _week())] == [1]
    assert [row.order.id for row in board(name="", search="", page=1, member_id=0).rows] == [real]
    assert sum(balances().values()) == 0
    assert broken() == []


def test_the_books_hold_both_and_each_balances(counter: Counter) -> None:
    _sold(counter, live=False)
    both = dict(balances())
    with transaction():
        go_live()
    assert balances() == {}
    tested = select(Posting.amount_minor).where(Posting.entry_position.in_(select(EntryOfTest.position)))
    assert sum(session().execute(tested).scalars()) == 0
    assert sum(both.values()) == 0


def test_the_worker_notes_that_a_live_key_is_there(counter: Counter) -> None:
    note_live(live=False)
    assert not is_live()
    note_live(live=True)
    note_live(live=True)
    assert is_live()


def test_a_test_is_taken_out_with_its_tees_and_without_asking_stripe(counter: Counter) -> None:
    tee = counter.tees[0]
    free = available_of([tee.id])[tee.id]
    tested = _sold(counter, live=False, units=2)
    with transaction():
        go_live()
    counter.takes_real_money(True)
    assert trials_left() == len(trials()) == 1
    assert take_test_out(order_id=tested, actor="Ada")
    assert not take_test_out(order_id=tested, actor="Ada")
    assert available_of([tee.id])[tee.id] == free
    make_refund({"refund": refunds_of(tested)[0].id}, counter.services)
    assert [one.state for one in refunds_of(tested)] == ["made"]
    assert counter.refunds_asked == []
    assert (trials_left(), broken()) == (0, [])


def test_an_order_of_real_money_is_not_taken_out_as_a_test(counter: Counter) -> None:
    real = _sold(counter, live=True)
    with pytest.raises(Conflict):
        take_test_out(order_id=real, actor="Ada")
    assert order(real).state == "paid"


def test_pages_of_tests_that_waited_are_closed_and_not_asked_about(counter: Counter) -> None:
    waiting = counter.sells(counter.tees[0])
    counter.takes_real_money(True)
    report = reconcile(counter.services)
    assert (report.tests, report.troubles, order(waiting).state) == (1, [], "cancelled")
    assert close_test_pages() == 0


def test_a_cart_that_was_tried_out_is_bought_with_real_money(counter: Counter) -> None:
    cart = Cart.new().adding(counter.tees[0].id, 1, price=counter.tees[0].price.minor)
    tried = start_checkout(cart, country="US", note="", services=counter.services).order_id
    counter.takes_real_money(True)
    real = start_checkout(cart, country="US", note="", services=counter.services).order_id
    assert (order(tried).state, order(tried).live) == ("cancelled", False)
    assert (order(real).state, order(real).live) == ("awaiting_payment", True)


def test_money_of_another_mode_than_the_orders_is_refused(counter: Counter) -> None:
    order_id = counter.sells(counter.tees[0])
    page = counter.page_of(order_id)
    with pytest.raises(WrongMode):
        settle_report(replace(page, live=True))
    assert order(order_id).state == "awaiting_payment"


@pytest.mark.breaks_invariants("an entry without its mark, and a mark on real money, to see that both show")
def test_a_wrong_mark_in_the_books_shows(counter: Counter) -> None:
    _sold(counter, live=True)
    assert broken() == []
    with transaction():
        session().execute(update(table(Order)).values(live=False))
    assert any(finding.name.startswith("I6c") for finding in broken())
    position = session().execute(select(Posting.entry_position).limit(1)).scalar_one()
    with transaction():
        session().execute(update(table(Order)).values(live=True))
        session().execute(insert(table(EntryOfTest)), {"position": position})
    assert any(finding.name.startswith("I6c") for finding in broken())
