"""Part of the money back: bounded by what is left, decided once, true in stock, books and pledges."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.books.queries import posted_for
from shop.core.database import end_read
from shop.core.errors import Conflict
from shop.journeys.fulfil_order import fulfil_order
from shop.journeys.refund_failed import pay_refund_otherwise, try_refund_again
from shop.journeys.refund_order import (
    PlanChanged,
    give_part_back,
    preview_refund,
    refund_order,
)
from shop.journeys.refund_plan import Wish
from shop.orders.operations import MoreThanIsLeft
from shop.orders.queries import lines_of
from shop.payments.queries import refunds_of
from shop.stock.queries import levels
from shop.stock.rules import Level
from tests.support.at_once import at_once
from tests.support.audit_log import recent_audit
from tests.support.factories import Shelf, Shopper, usd
from tests.support.till import Till

KEY = "0" * 25


def line_id(shopper: Shopper) -> int:
    (line,) = lines_of(shopper.order_id)
    end_read()
    return line.id


def level(shelf: Shelf) -> Level:
    found = levels([shelf.variants["TEE-M"]])[shelf.variants["TEE-M"]]
    end_read()
    return found


def back(shopper: Shopper, wish: Wish, *, key: str = "1") -> bool:
    return give_part_back(order_id=shopper.order_id, wish=wish, key=KEY + key, reason="Torn", actor="robin")


def test_one_of_two_goes_back_and_the_other_is_still_sent(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    assert back(shopper, Wish(units={line_id(shopper): 1}))
    till.works()
    posted = posted_for(shopper.order_id)
    assert (posted["pledge_payable", "polaris"], posted["donations_payable", "open-fund"]) == (-500, -700)
    assert (posted["refunds", ""], till.processor.page_of(shopper.order_id).refunded) == (2500, 2500)
    assert (shopper.order.state, level(shelf).committed, level(shelf).available) == ("paid", 1, 9)
    fulfil_order(order_id=shopper.order_id, actor="robin")
    assert (level(shelf).on_hand, level(shelf).committed) == (9, 0)
    till.works()


def test_the_letter_names_what_goes_back_and_that_the_gift_stays(shopper: Shopper, till: Till) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    back(shopper, Wish(units={line_id(shopper): 1}, delivery=500))
    till.works()
    text = till.post.letters[-1].get_body(("plain",))
    assert text is not None
    words = text.get_content()
    assert "$30.00 is on its way back" in words
    assert "Your gift of $7.00 stays with the fund you chose." in words


def test_what_was_sent_comes_back_to_the_shelf_or_is_kept_aside(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.buys("TEE-M", 3)
    fulfil_order(order_id=shopper.order_id, actor="robin")
    one = line_id(shopper)
    back(shopper, Wish(units={one: 1}, stock={one: "restocked"}))
    back(shopper, Wish(units={one: 1}, stock={one: "damaged"}), key="2")
    back(shopper, Wish(units={one: 1}, stock={one: "kept"}), key="3")
    till.works()
    now = level(shelf)
    assert (now.on_hand, now.unavailable, now.available) == (9, 1, 8)
    assert (shopper.order.state, shopper.order.returned.goods) == ("fulfilled", usd(7500))


def test_a_second_press_of_the_same_page_changes_nothing(shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M", 2)
    wish = Wish(units={line_id(shopper): 1})
    assert [back(shopper, wish), back(shopper, wish)] == [True, False]
    till.works()
    assert till.processor.page_of(shopper.order_id).refunded == 2500


def test_two_of_the_staff_at_once_never_give_back_more_than_there_is(app: Flask, shopper: Shopper, till: Till) -> None:
    shopper.buys("TEE-M", 1)
    wish = Wish(units={line_id(shopper): 1})
    answers = at_once(app, 2, lambda number: back(shopper, wish, key=str(number)))
    assert sorted(type(answer).__name__ for answer in answers) == ["Invalid", "bool"]
    till.works()
    assert till.processor.page_of(shopper.order_id).refunded == 2500


def test_the_guard_holds_where_nobody_looked_before(shopper: Shopper, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database's own bound: plans made from what was true a moment ago."""
    shopper.buys("TEE-M", 1)
    stale = shopper.order
    wish = Wish(units={line_id(shopper): 1})
    back(shopper, wish)
    monkeypatch.setattr("shop.journeys.refund_order.locked", lambda _order_id: stale)
    monkeypatch.setattr("shop.journeys.refund_plan._bounded", lambda *_given: None)
    with pytest.raises(MoreThanIsLeft):
        back(shopper, wish, key="2")


def test_sums_that_are_no_longer_true_are_not_acted_on(shopper: Shopper) -> None:
    shopper.buys("TEE-M", 2)
    wish = Wish(units={line_id(shopper): 1}, delivery=500)
    seen = preview_refund(shopper.order_id, Wish(units=wish.units)).mark
    end_read()
    with pytest.raises(PlanChanged):
        give_part_back(order_id=shopper.order_id, wish=wish, key=KEY + "1", reason="Torn", actor="r", seen=seen)


def test_a_key_of_another_order_is_refused(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    back(shopper, Wish(delivery=100))
    other = Shopper(till).buys()
    with pytest.raises(Conflict):
        back(other, Wish(delivery=100))


def test_the_rest_can_follow_a_part(shopper: Shopper, till: Till) -> None:
    shopper.gives(700).buys("TEE-M", 2)
    back(shopper, Wish(units={line_id(shopper): 1}))
    assert refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    assert not refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    till.works()
    assert till.processor.page_of(shopper.order_id).refunded == 6200
    assert shopper.order.state == "cancelled"


def test_a_refund_that_stripe_refuses_stays_a_debt_until_it_is_made(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    till.processor.fails("refund", "refuses")
    back(shopper, Wish(delivery=500))
    till.works()
    (failed,) = refunds_of(shopper.order_id)
    assert (failed.state, failed.failure) == ("failed", "refused: No.")
    assert posted_for(shopper.order_id)["customer_refunds_payable", ""] == -500
    assert try_refund_again(refund_id=failed.id, actor="robin")
    assert not try_refund_again(refund_id=failed.id, actor="robin")
    till.works()
    (made,) = refunds_of(shopper.order_id)
    assert (made.state, made.attempts) == ("made", 2)
    assert ("customer_refunds_payable", "") not in posted_for(shopper.order_id)


def test_a_refund_paid_from_the_bank_is_posted_there(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    till.processor.fails("refund", "refuses")
    back(shopper, Wish(delivery=500))
    till.works()
    (failed,) = refunds_of(shopper.order_id)
    assert pay_refund_otherwise(refund_id=failed.id, how="Transfer T-1", actor="robin")
    assert posted_for(shopper.order_id)["bank", ""] == -500
    end_read()
    assert not try_refund_again(refund_id=failed.id, actor="robin")


def test_who_gave_what_back_stands_in_the_audit_log(shopper: Shopper) -> None:
    shopper.buys()
    back(shopper, Wish(delivery=500))
    entry = recent_audit(limit=1)[0]
    assert (entry.actor, entry.action, entry.subject) == ("robin", "order.refunded", shopper.order.number)
    assert entry.details["after"]["parts"] == {"delivery": 500}
