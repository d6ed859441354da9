"""What buyers may do after they paid: call it off, send it back, withdraw; and being told of a delay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from shop.books.queries import posted_for
from shop.core import clock
from shop.core.database import end_read
from shop.core.errors import Conflict, Invalid
from shop.core.rates import UsedUp
from shop.journeys.ask_return import FREE_PER_ADDRESS, AskedAlready, Statement, ask_return, withdraw
from shop.journeys.cancel_order import PackedAlready, cancel_order
from shop.journeys.decide_return import answer_return, settle_return, tell_of_delay
from shop.journeys.fulfil_order import fulfil_order
from shop.journeys.refund_order import refund_order
from shop.orders.queries import lines_of
from shop.payments.queries import refunds_of
from shop.returns.queries import return_by_id, returns_of, waiting_of
from shop.stock.queries import levels
from tests.support.at_once import at_once
from tests.support.factories import Shelf, Shopper, usd
from tests.support.till import Till


def text_of(till: Till, number: int = -1) -> str:
    body = till.post.letters[number].get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def stated(shopper: Shopper, **changes: object) -> Statement:
    told: dict[str, object] = {
        "name": "Robin Vale",
        "number": shopper.order.number.lower().replace("-", " "),
        "email": "Robin@example.org",
        "everything": True,
        "words": "",
    }
    return Statement(**(told | changes))  # type: ignore[arg-type]  # as named


def test_a_paid_order_is_called_off_and_its_gift_stays(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    assert cancel_order(shopper.order.token, gift_back=False)
    assert not cancel_order(shopper.order.token, gift_back=True)
    till.works()
    (back,) = refunds_of(shopper.order_id)
    level = levels([shelf.variants["TEE-M"]])[shelf.variants["TEE-M"]]
    end_read()
    assert (back.origin, back.state, back.gift) == ("customer", "made", 0)
    assert (shopper.order.state, level.available, level.committed) == ("cancelled", 10, 0)
    assert posted_for(shopper.order_id)["donations_payable", "open-fund"] == -700
    assert ("pledge_payable", "polaris") not in posted_for(shopper.order_id)


def test_a_gift_that_stayed_can_still_be_given_back_later(shopper: Shopper, till: Till) -> None:
    shopper.gives(700).buys("TEE-M")
    assert refund_order(order_id=shopper.order_id, reason="Asked", actor="robin", gift=False)
    assert refund_order(order_id=shopper.order_id, reason="Asked again", actor="robin")
    assert not refund_order(order_id=shopper.order_id, reason="Once more", actor="robin")
    till.works()
    assert shopper.order.returned.total == shopper.order.sums.total
    assert sorted(one.gift for one in refunds_of(shopper.order_id)) == [0, 700]
    end_read()


def test_whoever_asks_for_the_gift_gets_it_with_the_rest(shopper: Shopper, till: Till) -> None:
    shopper.gives(700).buys("TEE-M")
    cancel_order(shopper.order.token, gift_back=True)
    till.works()
    assert till.processor.page_of(shopper.order_id).refunded == shopper.order.sums.total.minor


def test_what_is_packed_is_not_called_off(shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M")
    fulfil_order(order_id=shopper.order_id, actor="robin")
    with pytest.raises(PackedAlready):
        cancel_order(shopper.order.token, gift_back=False)


def test_packing_and_calling_off_at_once_do_one_of_the_two(app: Flask, shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M")
    token, order_id = shopper.order.token, shopper.order_id
    done = at_once(
        app,
        2,
        lambda number: cancel_order(token, gift_back=False) if number else fulfil_order(order_id=order_id, actor="kim"),
    )
    assert sorted(str(type(one).__name__) for one in done) in (["Conflict", "bool"], ["PackedAlready", "bool"])
    till.works()
    sent = shopper.order.state == "fulfilled"
    assert bool(refunds_of(order_id)) is not sent
    end_read()


def test_sending_back_is_asked_answered_and_paid_by_lines(shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M", 2)
    (line,) = lines_of(shopper.order_id)
    end_read()
    with pytest.raises(Conflict):
        ask_return(shopper.order.token, units={line.id: 1}, reasons={line.id: "too_small"}, words="")
    fulfil_order(order_id=shopper.order_id, actor="robin")
    for units, reason in ((3, "too_small"), (1, "bored"), (0, "")):
        with pytest.raises(Invalid):
            ask_return(shopper.order.token, units={line.id: units}, reasons={line.id: reason}, words="")
    return_id = ask_return(shopper.order.token, units={line.id: 1}, reasons={line.id: "too_small"}, words="Sorry")
    with pytest.raises(AskedAlready):
        ask_return(shopper.order.token, units={line.id: 1}, reasons={line.id: "too_small"}, words="")
    assert answer_return(return_id=return_id, approve=True, answer="Send it to us.", actor="kim")
    assert not answer_return(return_id=return_id, approve=False, answer="No", actor="kim")
    till.works()
    assert "Send it to us." in text_of(till)
    assert settle_return(return_id=return_id, actor="kim")
    assert not settle_return(return_id=return_id, actor="kim")


def test_a_refusal_says_why(shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M")
    fulfil_order(order_id=shopper.order_id, actor="robin")
    (line,) = lines_of(shopper.order_id)
    return_id = ask_return(shopper.order.token, units={line.id: 1}, reasons={line.id: "changed"}, words="")
    with pytest.raises(Invalid):
        answer_return(return_id=return_id, approve=False, answer=" ", actor="kim")
    answer_return(return_id=return_id, approve=False, answer="It was worn.", actor="kim")
    till.works()
    assert "It was worn." in text_of(till)


def test_a_guest_withdraws_before_it_is_packed_and_is_paid_back_at_once(shopper: Shopper, till: Till) -> None:
    shopper.gives(700).buys("TEE-M")
    withdraw(stated(shopper), address="203.0.113.7")
    till.works()
    letters = {str(letter["Subject"]): number for number, letter in enumerate(till.post.letters)}
    words = text_of(till, letters["We received your withdrawal"])
    assert "I withdraw from the contract." in words
    assert f"Order: {shopper.order.number}" in words
    assert "Received: " in words
    assert "UTC" in words
    assert shopper.order.state == "cancelled"
    assert shopper.order.returned.gift == usd(0)
    assert [one.state for one in returns_of(shopper.order_id)] == ["refunded"]
    end_read()


def test_what_was_sent_waits_for_staff_and_a_stranger_ends_nothing(shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M")
    stranger = withdraw(stated(shopper, email="eve@example.org"), address=None)
    assert return_by_id(stranger).order_id is None
    end_read()
    fulfil_order(order_id=shopper.order_id, actor="robin")
    by_link = withdraw(stated(shopper, email="else@example.org", token=shopper.order.token), address=None)
    assert return_by_id(by_link).order_id == shopper.order_id
    assert [one.kind for one in waiting_of(shopper.order_id)] == ["withdrawal"]
    end_read()
    with pytest.raises(Conflict):
        answer_return(return_id=by_link, approve=False, answer="No", actor="kim")
    till.works()
    assert shopper.order.state == "fulfilled"
    assert "/orders/" not in text_of(till)


def test_a_statement_lacks_nothing_and_fills_no_mailbox(shopper: Shopper) -> None:
    shopper.buys("TEE-M")
    for wrong in ({"name": " "}, {"number": ""}, {"email": "x"}, {"everything": False}):
        with pytest.raises(Invalid):
            withdraw(stated(shopper, **wrong), address=None)
    for _each in range(FREE_PER_ADDRESS):
        withdraw(stated(shopper, number="none", email="eve@example.org"), address=None)
    with pytest.raises(UsedUp):
        withdraw(stated(shopper, number="none", email="eve@example.org"), address=None)


def test_a_buyer_is_told_of_a_delay_and_may_call_it_off(shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M")
    today = clock.now().date()
    with pytest.raises(Invalid):
        tell_of_delay(order_id=shopper.order_id, leaves_by=today, reason="Late cloth", actor="kim")
    for days in (7, 14):
        day = today + timedelta(days=days)
        tell_of_delay(order_id=shopper.order_id, leaves_by=day, reason="The cloth is late.", actor="kim")
    till.works()
    assert till.post.subjects[1:] == [f"News of your order {shopper.order.number}"] * 2
    assert "call it off on its page" in text_of(till)
    assert cancel_order(shopper.order.token, gift_back=False)
    with pytest.raises(Conflict):
        tell_of_delay(order_id=shopper.order_id, leaves_by=day, reason="Late cloth", actor="kim")
