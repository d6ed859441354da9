"""Tell me when it is back: asked twice, first come first served, one kept for a day, and never two for one unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from shop.core.database import end_read, session, transaction
from shop.journeys import keep_restock
from shop.journeys.change_stock import change_stock_cells
from shop.journeys.close_order import close_order
from shop.journeys.keep_restock import ask_for_restock, confirm_restock, end_restock, keep_claims
from shop.journeys.keep_stock import adjust_stock, receive_stock
from shop.journeys.open_page import Started
from shop.journeys.own_data import erase, known_of
from shop.journeys.start_checkout import CartProblem, start_checkout
from shop.journeys.tidy_up import tidy_up
from shop.mail.queries import letters_to
from shop.restock.models import RestockRequest
from shop.restock.queries import demand, waited_for
from shop.restock.rules import CLAIM, Demand
from shop.stock.cells import Edit
from shop.stock.models import StockLevel
from shop.stock.operations import OutOfStock
from shop.stock.queries import levels
from tests.support.at_once import at_once
from tests.support.factories import Shelf, Shopper, open_shop
from tests.support.held_clock import HeldClock
from tests.support.till import Till


@pytest.fixture
def shelf(app: Flask) -> Shelf:
    """Nothing left of M."""
    return open_shop(stock={"TEE-S": 5, "TEE-L": 5})


@pytest.fixture
def medium(shelf: Shelf) -> int:
    return shelf.variants["TEE-M"]


def _wait(variant_id: int, *names: str) -> None:
    for number, name in enumerate(names):
        ask_for_restock(variant_id=variant_id, email=f"{name}@example.org", address=f"203.{number // 9}.113.7")
        confirm_restock(_token(name))


def _token(name: str) -> str:
    mine = select(RestockRequest.token).where(RestockRequest.email == f"{name}@example.org")
    found = session().execute(mine).scalar_one()
    end_read()
    return found


def _state(token: str) -> str:
    found = session().execute(select(RestockRequest.state).where(RestockRequest.token == token)).scalar_one()
    end_read()
    return found


def _held(variant_id: int) -> tuple[int, int]:
    """(held, available)"""
    found = levels([variant_id])[variant_id]
    end_read()
    return found.held, found.available


def _arrive(variant_id: int, units: int) -> None:
    receive_stock(variant_id=variant_id, quantity=units, reason="Delivery", actor="ada")


def _claims(shopper: Shopper, token: str) -> Shopper:
    shopper.puts("TEE-M")
    shopper.cart = shopper.cart.claiming(token)
    return shopper


def test_nobody_stands_in_line_without_the_press_in_the_mailbox(till: Till, medium: int) -> None:
    ask_for_restock(variant_id=medium, email="luz@example.org", address=None)
    _arrive(medium, 1)
    till.works()
    assert till.post.subjects == ["Please confirm your address"]
    assert _held(medium) == (0, 1)
    assert confirm_restock(_token("luz"))
    assert not confirm_restock(_token("luz"))
    till.works()
    assert till.post.subjects[1:] == ["It is back"]
    assert _held(medium) == (1, 0)


def test_what_the_stock_sheet_frees_goes_first_to_those_who_wait(till: Till, medium: int) -> None:
    _wait(medium, "ana")
    change_stock_cells([Edit(medium, "on_hand", 2, 0)], reason="Found two", actor="Kim")
    assert _held(medium)[0] == 1
    till.works()
    assert "It is back" in till.post.subjects


def test_the_first_in_line_are_told_once_and_the_others_wait(till: Till, medium: int) -> None:
    _wait(medium, "ana", "ben", "cleo")
    till.works()
    till.post.letters.clear()
    _arrive(medium, 2)
    for _round in range(2):
        keep_claims()
        till.works()
    assert [letter["To"] for letter in till.post.letters] == ["ana@example.org", "ben@example.org"]
    assert _held(medium) == (2, 0)
    assert demand([medium]) == {medium: Demand(waiting=1, told=2, ever=3)}


def test_a_claim_is_bought_by_its_holder_and_by_nobody_else(till: Till, medium: int) -> None:
    _wait(medium, "ana")
    token = _token("ana")
    _arrive(medium, 1)
    with pytest.raises(CartProblem):
        Shopper(till).puts("TEE-M").checks_out()
    mine = _claims(Shopper(till), token).checks_out()
    assert (_state(token), _held(medium)) == ("taken", (1, 0))
    assert known_of("ana@example.org")["waits for"] == []
    mine.pays().comes_back()
    assert mine.order.state == "paid"
    assert levels([medium])[medium].committed == 1


def test_an_unpaid_order_gives_the_claim_back_while_it_has_time(till: Till, medium: int, held_clock: HeldClock) -> None:
    _wait(medium, "ana", "ben")
    token, later = _token("ana"), _token("ben")
    _arrive(medium, 1)
    mine = _claims(Shopper(till), token).checks_out()
    close_order(mine.order_id, reason="customer", services=till.services)
    keep_claims()
    assert (_state(token), _state(later), _held(medium)) == ("told", "waiting", (1, 0))
    mine.checks_out(note="Once more")
    held_clock.forward(CLAIM)
    close_order(mine.order_id, reason="customer", services=till.services)
    keep_claims()
    assert (_state(token), _state(later), _held(medium)) == ("lapsed", "told", (1, 0))


def test_a_late_payment_takes_the_unit_that_its_own_claim_kept(till: Till, medium: int) -> None:
    _wait(medium, "ana")
    token = _token("ana")
    _arrive(medium, 1)
    mine = _claims(Shopper(till), token).checks_out()
    close_order(mine.order_id, reason="customer", services=till.services)
    till.processor.page_of(mine.order_id).state = "open"
    mine.pays().comes_back()
    assert (mine.order.state, _state(token), _held(medium)) == ("paid", "taken", (0, 0))


def test_a_claim_that_nobody_used_goes_to_the_next_and_leaves_no_address(
    till: Till, medium: int, held_clock: HeldClock
) -> None:
    _wait(medium, "ana", "ben")
    first, second = _token("ana"), _token("ben")
    _arrive(medium, 1)
    held_clock.forward(CLAIM)
    assert keep_claims() == 1
    assert (_state(first), _state(second), _held(medium)) == ("lapsed", "told", (1, 0))
    assert known_of("ana@example.org")["waits for"] == []
    till.works()
    held_clock.forward(timedelta(days=31))
    keep_claims()
    tidy_up()
    assert letters_to("ana@example.org") == letters_to("ben@example.org") == []
    held_clock.forward(timedelta(days=60))
    tidy_up()
    assert demand([medium]) == {}


def test_whoever_wants_it_no_more_or_is_erased_passes_it_on(till: Till, medium: int) -> None:
    _wait(medium, "ana", "ben", "cleo")
    second, third = _token("ben"), _token("cleo")
    _arrive(medium, 1)
    end_restock(_token("ana"))
    assert _state(second) == "told"
    assert erase("ben@example.org", actor="ada")["waits for"] == 1
    assert (_state(third), _held(medium)) == ("told", (1, 0))


def test_staff_cannot_take_away_what_is_kept_for_somebody(till: Till, medium: int) -> None:
    _wait(medium, "ana")
    _arrive(medium, 1)
    with pytest.raises(OutOfStock):
        adjust_stock(variant_id=medium, change=-1, reason="Lost", actor="ada")


def test_one_address_gets_five_mails_a_day_and_waits_once_for_a_size(
    till: Till, medium: int, held_clock: HeldClock
) -> None:
    for _hour in range(8):
        ask_for_restock(variant_id=medium, email="ana@example.org", address=None)
        till.works()
        held_clock.forward(hours=1)
    assert len(till.post.letters) == 5
    assert len(known_of("ana@example.org")["waits for"]) == 1
    confirm_restock(_token("ana"))
    assert waited_for() == {medium: 1}


def _race(app: Flask, medium: int) -> tuple[int, int]:
    """Three units are put on the level behind everybody's back, then six sweep at once: (claims, available)."""
    with transaction() as current:
        current.execute(update(StockLevel).where(StockLevel.variant_id == medium).values(on_hand=3))
    answers = at_once(app, 6, lambda _: keep_claims())
    assert [one for one in answers if isinstance(one, Exception)] == []
    return demand([medium])[medium].told, _held(medium)[1]


@pytest.mark.breaks_invariants("the units came without a movement")
def test_six_sweeps_at_once_keep_three_units_for_three_people(app: Flask, medium: int) -> None:
    _wait(medium, *"abcde")
    assert _race(app, medium) == (3, 0)


@pytest.mark.breaks_invariants("units are promised twice, as the control is to show")
def test_without_the_guard_more_are_told_than_there_are(
    app: Flask, medium: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: what was free is remembered from before, and the hold does not ask again."""

    def hold_unguarded(wants: Mapping[int, int]) -> None:
        for _variant in wants:
            session().execute(update(StockLevel).where(StockLevel.variant_id == medium).values(held=3))

    _wait(medium, *"abcde")
    monkeypatch.setattr(keep_restock, "available_of", lambda ids: dict.fromkeys(ids, 3))
    monkeypatch.setattr(keep_restock, "hold", hold_unguarded)
    assert _race(app, medium)[0] > 3


def test_of_two_carts_with_the_same_claim_one_gets_it(app: Flask, till: Till, medium: int) -> None:
    _wait(medium, "ana")
    token = _token("ana")
    _arrive(medium, 1)
    carts = [_claims(Shopper(till), token).cart for _ in range(4)]
    answers = at_once(app, 4, lambda n: start_checkout(carts[n], country="US", note="", services=till.services))
    assert sum(isinstance(one, Started) for one in answers) == 1
    assert {type(one) for one in answers} <= {Started, OutOfStock, CartProblem}
    assert _held(medium) == (1, 0)
