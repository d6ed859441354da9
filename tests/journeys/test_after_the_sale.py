"""Sending, giving back, writing letters, finding lost orders."""

from __future__ import annotations

import threading
import time

import pytest
from flask import Flask

from shop.books.operations import settle
from shop.books.queries import posted_for
from shop.core.database import end_read, session, transaction
from shop.core.errors import Conflict, Invalid
from shop.giving.models import Pledge
from shop.journeys.fulfil_order import fulfil_order
from shop.journeys.keep_stock import adjust_stock, count_stock, receive_stock
from shop.journeys.refund_order import make_refund, refund_order
from shop.journeys.sale_facts import sale_facts
from shop.orders.queries import events_of, locked
from shop.payments.operations import note_fee
from shop.payments.queries import refunds_of
from shop.stock.queries import levels
from shop.stock.rules import Level
from tests.support.at_once import at_once
from tests.support.factories import Shelf, Shopper, usd
from tests.support.held_clock import HeldClock
from tests.support.till import Till


def level(shelf: Shelf) -> Level:
    found = levels([shelf.variants["TEE-M"]])[shelf.variants["TEE-M"]]
    end_read()
    return found


# Sending


def test_a_sent_order_leaves_the_shelf_and_is_told(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.buys("TEE-M", 2)
    assert fulfil_order(order_id=shopper.order_id, actor="robin", carrier="Post", tracking="T1")
    till.works()
    assert (shopper.order.state, level(shelf).on_hand, level(shelf).committed) == ("fulfilled", 8, 0)
    text = till.post.letters[-1].get_body(("plain",))
    assert text is not None
    assert "It travels with Post, tracking number T1." in text.get_content()


def test_sending_twice_is_sending_once(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.buys()
    sent = [fulfil_order(order_id=shopper.order_id, actor="robin") for _ in range(2)]
    till.works()
    assert (sent, level(shelf).on_hand, len(till.post.letters)) == ([True, False], 9, 2)


def test_only_a_paid_order_can_be_sent(shopper: Shopper) -> None:
    shopper.puts("TEE-M").checks_out()
    with pytest.raises(Conflict):
        fulfil_order(order_id=shopper.order_id, actor="robin")


# Giving back


def test_a_refund_gives_back_all_and_is_told(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.gives(500).buys("TEE-M", 2)
    assert refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    till.works()
    (made,) = refunds_of(shopper.order_id)
    assert (made.state, made.amount, made.gift) == ("made", usd(6000), 500)
    assert till.processor.page_of(shopper.order_id).refunded == 6000
    assert (shopper.order.state, level(shelf).available) == ("cancelled", 10)
    assert till.post.subjects[-1] == f"Money back for order {shopper.order.number}"


def test_a_refund_takes_back_what_partner_and_fund_were_owed(shopper: Shopper, till: Till) -> None:
    shopper.gives(500).buys("TEE-M", 2)
    refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    till.works()
    accounts = {account for account, _ in posted_for(shopper.order_id)}
    assert accounts.isdisjoint({"donations_payable", "pledge_payable", "pledge_expense"})
    assert session().query(Pledge.pledged_minor).scalar() == 0


def test_a_refund_asked_for_twice_is_made_once(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    asked = [refund_order(order_id=shopper.order_id, reason="Asked", actor="robin") for _ in range(2)]
    till.works()
    assert (asked, till.processor.asked("refund")) == ([True, False], [f"{shopper.order_id}-whole"])


def test_a_refund_of_what_was_sent_keeps_it_sent(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.buys()
    fulfil_order(order_id=shopper.order_id, actor="robin")
    refund_order(order_id=shopper.order_id, reason="Torn", actor="robin")
    till.works()
    assert (shopper.order.state, level(shelf).on_hand) == ("fulfilled", 9)


def test_nothing_is_given_back_where_nothing_was_paid(shopper: Shopper) -> None:
    shopper.puts("TEE-M").checks_out()
    with pytest.raises(Conflict):
        refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")


@pytest.mark.parametrize("fault", ["before", "after"])
def test_a_refund_whose_answer_was_lost_is_made_once(
    shopper: Shopper, till: Till, held_clock: HeldClock, fault: str
) -> None:
    shopper.buys()
    refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    till.processor.fails("refund", fault)  # type: ignore[arg-type]  # one of the words
    till.works()
    held_clock.forward(minutes=1)
    till.works()
    assert till.processor.page_of(shopper.order_id).refunded == 3000
    assert [event.kind for event in events_of(shopper.order_id)].count("refund_made") == 1


def test_the_timeline_tells_of_the_refund(shopper: Shopper, till: Till) -> None:
    shopper.buys()
    refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    till.works()
    kinds = [(event.kind, event.actor) for event in events_of(shopper.order_id)]
    assert kinds[-2:] == [("refund_promised", "robin"), ("refund_made", "stripe")]


# The shelf


def test_staff_say_why_they_change_what_is_on_hand(shelf: Shelf) -> None:
    variant_id = shelf.variants["TEE-M"]
    receive_stock(variant_id=variant_id, quantity=2, reason="Delivery", actor="robin")
    adjust_stock(variant_id=variant_id, change=-1, reason="Wet", actor="robin")
    count_stock(variant_id=variant_id, counted=9, seen=11, reason="Inventory", actor="robin")
    assert level(shelf).on_hand == 9
    with pytest.raises(Invalid) as refused:
        receive_stock(variant_id=variant_id, quantity=2, reason="  ", actor="robin")
    assert refused.value.field == "reason"


def test_a_fee_that_comes_while_a_refund_is_made_is_in_the_books_as_well(
    app: Flask, shopper: Shopper, till: Till
) -> None:
    """Whoever settles reads what is true only when nobody else can change it."""
    shopper.puts("TEE-M").checks_out().pays()
    till.processor.books_fee(shopper.session_id, booked=False)
    shopper.comes_back()
    refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    till.processor.books_fee(shopper.session_id)
    order_id, report = shopper.order_id, till.processor.read_session(shopper.session_id)
    noted = threading.Event()

    def learn_the_fee() -> None:
        assert report.captured is not None
        with transaction():
            locked(order_id)
            note_fee(order_id, report.captured)
            noted.set()
            time.sleep(0.3)
            settle(order_id, sale_facts(order_id), memo="Fee", actor="stripe")

    def give_back() -> None:
        noted.wait(timeout=10)
        make_refund({"refund": f"{order_id}-whole"}, till.services)

    assert at_once(app, 2, lambda number: (learn_the_fee, give_back)[number]()) == [None, None]
    assert posted_for(order_id)["processor_fees", ""] == 117
    assert posted_for(order_id)["processor_clearing", ""] == -117
    end_read()
    till.works()
