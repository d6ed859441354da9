"""Two write units never wait for each other: every test is watched, and here the ring that once was is closed again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError

from shop.core.again import TRIES, again
from shop.core.database import db, transaction
from shop.journeys import settle_payment as settling
from shop.journeys import start_checkout as starting
from shop.journeys.close_order import close_order
from shop.journeys.keep_restock import ask_for_restock, confirm_restock
from shop.journeys.keep_stock import receive_stock
from shop.restock.models import RestockRequest
from shop.stock import operations as stock
from shop.stock.operations import reservations
from tests.support.at_once import at_once
from tests.support.factories import Shopper, open_shop
from tests.support.lock_order import locks_watched
from tests.support.till import Till


class BrokenOff(Exception):
    """As psycopg tells of a deadlock."""

    sqlstate = "40P01"


def _failing(times: int, problem: Exception) -> Callable[[], int]:
    tried: list[int] = []

    def act() -> int:
        tried.append(1)
        if len(tried) <= times:
            raise problem
        return len(tried)

    return again(act)


def test_what_the_database_broke_off_is_run_again_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.core.again.LONGEST_WAIT", 0)
    broken = OperationalError("UPDATE", {}, BrokenOff())
    assert _failing(TRIES - 1, broken)() == TRIES
    with pytest.raises(OperationalError):
        _failing(TRIES, broken)()


def test_what_failed_for_another_reason_is_not_run_again() -> None:
    with pytest.raises(IntegrityError):
        _failing(1, IntegrityError("INSERT", {}, Exception("taken")))()


@pytest.mark.only_on("sqlite")
@pytest.mark.breaks_invariants("takes a lock out of its order")
def test_a_lock_out_of_its_order_is_found_out(app: Flask) -> None:
    medium = open_shop().variants["TEE-M"]
    with locks_watched(db.engine) as late:
        with transaction():
            stock.lock_levels([medium])
            stock.move(variant_id=medium, kind="received", change=1, reason="Found", actor="robin")
            stock.lock_levels([medium - 1])
            stock.lock_levels([medium + 1, medium])
        assert late == [f"stock_levels {medium - 1} after stock_levels {medium}"]


class _Meeting:
    """Both have their first row before either asks for a second; who cannot have its first is not waited for long."""

    def __init__(self) -> None:
        self._both = threading.Barrier(2)

    def wait(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self._both.wait(timeout=0.6)


@pytest.mark.soak
@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize(
    "in_order",
    [True, pytest.param(False, marks=pytest.mark.breaks_invariants("locks without their order"))],
    ids=["in order", "the control"],
)
def test_a_late_payment_with_a_claim_and_a_checkout_do_not_wait_for_each_other(
    app: Flask, till: Till, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, in_order: bool
) -> None:
    """The late order is for S and, by a claim, M. It freed M and then took S; a checkout holds S and then M."""
    late = _late_with_a_claim(till)
    other, meeting = Shopper(till).puts("TEE-S").puts("TEE-M"), _Meeting()
    if not in_order:
        monkeypatch.setattr(settling, "lock_levels", lambda _ids: None)
    monkeypatch.setattr(settling, "commit_again", _first(meeting.wait, reservations.commit_again))
    monkeypatch.setattr(starting, "hold", lambda wants, *_beyond, **_day: _hold_one_by_one(wants, meeting))
    acts = [late.comes_back, other.checks_out]
    with caplog.at_level(logging.WARNING, "shop.core.again"):
        answers = at_once(app, 2, lambda number: acts[number]())
    assert not [one for one in answers if isinstance(one, Exception)], answers
    assert (late.order.state, other.order.state) == ("paid", "awaiting_payment")
    assert bool(caplog.records) is not in_order, "broken off by the database without the order, and only then"


def _late_with_a_claim(till: Till) -> Shopper:
    """Paid after it was closed, for a size that lies there and one that was kept for this buyer."""
    medium = open_shop(stock={"TEE-S": 5, "TEE-M": 0}).variants["TEE-M"]
    ask_for_restock(variant_id=medium, email="ana@example.org", address=None)
    with transaction() as current:
        token = current.query(RestockRequest.token).scalar()
    confirm_restock(token)
    receive_stock(variant_id=medium, quantity=5, reason="Delivery", actor="ada")
    late = Shopper(till).puts("TEE-S").puts("TEE-M")
    late.cart = late.cart.claiming(token)
    late.checks_out()
    close_order(late.order_id, reason="customer", services=till.services)
    till.processor.page_of(late.order_id).state = "open"
    return late.pays()


def _first(wait: Callable[[], None], act: Callable[..., None]) -> Callable[..., None]:
    def waited(*given: Any) -> None:
        wait()
        act(*given)

    return waited


def _hold_one_by_one(wants: dict[int, int], meeting: _Meeting) -> None:
    (first, *rest) = sorted(wants.items())
    reservations.hold(dict([first]))
    meeting.wait()
    reservations.hold(dict(rest))
