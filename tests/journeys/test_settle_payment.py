"""What becomes of a payment, whoever brings the news, in whatever order and however often."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace

from shop.books.queries import posted_for
from shop.core.database import end_read, transaction
from shop.journeys.settle_payment import AmountMismatch, settle_payment, settle_report
from shop.mail.queries import letters_of
from shop.orders.queries import events_of, lines_of
from shop.payments.queries import open_sessions, payment_of, refunds_of
from shop.stock.operations import adjust
from shop.stock.queries import levels
from shop.stock.rules import Level
from tests.support.factories import Shelf, Shopper, open_shop, usd
from tests.support.held_clock import HeldClock
from tests.support.hosted_page import Page
from tests.support.processor import event_about
from tests.support.till import Till


def level(shelf: Shelf, sku: str = "TEE-M") -> Level:
    found = levels([shelf.variants[sku]])
    end_read()
    return found[shelf.variants[sku]]


def happened(shopper: Shopper) -> list[str]:
    """The kinds of everything on the order's timeline."""
    return [event.kind for event in events_of(shopper.order_id)]


def test_a_payment_makes_the_order_paid_and_the_tees_its_own(shopper: Shopper, shelf: Shelf) -> None:
    shopper.puts("TEE-M", 2).checks_out().pays().comes_back()
    assert shopper.order.state == "paid"
    assert (level(shelf).held, level(shelf).committed, level(shelf).on_hand) == (0, 2, 10)


def test_a_payment_keeps_who_it_is_for_and_where_it_goes(shopper: Shopper) -> None:
    shopper.puts("TEE-M").checks_out().pays(email="ada@example.org").comes_back()
    assert shopper.order.email == "ada@example.org"
    assert shopper.order.ship_to is not None
    assert shopper.order.ship_to["name"] == "Robin Vale"


def test_a_payment_is_told_to_the_books(shopper: Shopper) -> None:
    shopper.puts("TEE-M", 2).gives(300).checks_out().pays().comes_back()
    fee = 5800 * 29 // 1000 + 30
    assert posted_for(shopper.order_id) == {
        ("processor_clearing", ""): 5800 - fee,
        ("processor_fees", ""): fee,
        ("goods_revenue", ""): -5000,
        ("delivery_revenue", ""): -500,
        ("donations_payable", "open-fund"): -300,
        ("pledge_expense", "polaris"): 1000,
        ("pledge_payable", "polaris"): -1000,
    }


def test_whoever_pays_is_written_to_once(shopper: Shopper, till: Till) -> None:
    shopper.buys().comes_back()
    till.catches_up()
    assert till.post.subjects == [f"Your order {shopper.order.number}"]


def test_the_same_news_again_changes_nothing(shopper: Shopper, shelf: Shelf) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    for _ in range(3):
        shopper.comes_back()
    assert happened(shopper) == ["placed", "paid"]
    assert level(shelf).committed == 1


def test_the_webhook_alone_is_enough(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    till.catches_up()
    assert shopper.order.state == "paid"


def test_the_news_that_a_page_ended_cannot_undo_a_payment(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    till.hears(event_about(shopper.session_id, "checkout.session.expired", "evt_early"))
    till.works()
    till.catches_up()
    assert shopper.order.state == "paid"


def test_a_page_that_ended_gives_everything_back(
    shopper: Shopper, shelf: Shelf, till: Till, held_clock: HeldClock
) -> None:
    shopper.puts("TEE-M", 3).checks_out()
    assert level(shelf).held == 3
    held_clock.forward(minutes=41)
    till.catches_up()
    assert (shopper.order.state, shopper.order.cancel_reason) == ("cancelled", "expired")
    assert level(shelf).available == 10


def pay_after_the_hold_was_given_back(shopper: Shopper, till: Till) -> None:
    """The page ends by our own wish, but the processor says later that somebody paid on it."""
    page = till.processor.page_of(shopper.order_id)
    page.state = "expired"
    settle_payment(page.id, till.services)
    assert shopper.order.state == "cancelled"
    page.state = "open"
    shopper.pays()


def test_a_late_payment_is_honoured_while_there_are_tees(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.puts("TEE-M", 2).checks_out()
    pay_after_the_hold_was_given_back(shopper, till)
    till.catches_up()
    assert (shopper.order.state, shopper.order.cancel_reason) == ("paid", None)
    assert level(shelf).committed == 2
    assert happened(shopper) == ["placed", "cancelled", "late", "paid"]
    assert posted_for(shopper.order_id)["pledge_payable", "polaris"] == -1000


def test_a_late_payment_for_tees_that_are_gone_is_given_back_and_told(
    shopper: Shopper, shelf: Shelf, till: Till
) -> None:
    shopper.puts("TEE-M", 2).checks_out()
    page = till.processor.page_of(shopper.order_id)
    page.state = "expired"
    settle_payment(page.id, till.services)
    with transaction():
        adjust(variant_id=shelf.variants["TEE-M"], change=-9, reason="Wet", actor="robin")
    page.state = "open"
    shopper.pays().comes_back()
    (promised,) = refunds_of(shopper.order_id)
    assert (promised.state, promised.amount) == ("promised", usd(5500))
    till.catches_up()
    assert shopper.order.state == "cancelled"
    assert (page.refunded, refunds_of(shopper.order_id)[0].state) == (5500, "made")
    assert till.post.subjects == [f"News of your order {shopper.order.number}"]
    assert "$55.00" in till.post.letters[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]  # has one


def test_money_given_back_for_what_could_not_be_sold_is_no_revenue(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    test_a_late_payment_for_tees_that_are_gone_is_given_back_and_told(shopper, shelf, till)
    fee = 5500 * 29 // 1000 + 1 + 30
    assert posted_for(shopper.order_id) == {("processor_clearing", ""): -fee, ("processor_fees", ""): fee}


def test_a_late_payment_takes_all_of_its_tees_or_none(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.puts("TEE-M").puts("TEE-L", 2).checks_out()
    page = till.processor.page_of(shopper.order_id)
    page.state = "expired"
    settle_payment(page.id, till.services)
    with transaction():
        adjust(variant_id=shelf.variants["TEE-L"], change=-9, reason="Wet", actor="robin")
    page.state = "open"
    shopper.pays().comes_back()
    till.works()
    assert shopper.order.state == "cancelled"
    assert (level(shelf, "TEE-M").available, level(shelf, "TEE-L").available) == (10, 1)


def test_a_slow_payment_keeps_the_tees_until_it_arrives(
    shopper: Shopper, shelf: Shelf, till: Till, held_clock: HeldClock
) -> None:
    shopper.puts("TEE-M").checks_out().pays_slowly().comes_back()
    held_clock.forward(days=3)
    till.catches_up()
    till.sweeps()
    assert (shopper.order.state, level(shelf).held) == ("awaiting_payment", 1)
    till.processor.slow_money_arrives(shopper.session_id)
    till.catches_up()
    assert (shopper.order.state, level(shelf).committed) == ("paid", 1)
    assert till.post.subjects == [f"News of your order {shopper.order.number}", f"Your order {shopper.order.number}"]


def test_a_slow_payment_that_fails_frees_the_tees_and_is_told(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays_slowly().comes_back()
    till.processor.slow_money_fails(shopper.session_id)
    till.catches_up()
    assert (shopper.order.state, shopper.order.cancel_reason) == ("cancelled", "payment_failed")
    assert level(shelf).available == 10
    assert len(till.post.letters) == 2


def test_a_slow_payment_that_fails_is_told_even_if_its_start_was_never_heard(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays_slowly()
    till.processor.slow_money_fails(shopper.session_id)
    till.catches_up()
    (letter,) = letters_of(shopper.order_id)
    assert (letter.kind, letter.recipient) == ("payment_failed", "robin@example.org")


@pytest.mark.parametrize("cents", [-1, 1])
def test_another_amount_than_the_total_sells_nothing(shopper: Shopper, shelf: Shelf, till: Till, cents: int) -> None:
    shopper.puts("TEE-M").checks_out()
    till.processor.pays(shopper.session_id, amount=usd(3000 + cents))
    with pytest.raises(AmountMismatch):
        shopper.comes_back()
    assert payment_of(shopper.order_id) is None
    assert (shopper.order.state, level(shelf).held) == ("awaiting_payment", 1)


def test_a_fee_that_is_booked_later_is_posted_later(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    till.processor.books_fee(shopper.session_id, booked=False)
    shopper.comes_back()
    assert ("processor_fees", "") not in posted_for(shopper.order_id)
    till.processor.books_fee(shopper.session_id)
    till.sweeps()
    assert posted_for(shopper.order_id)["processor_fees", ""] == 117


def test_a_session_without_an_order_of_ours_is_left_alone(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out()
    page = till.processor.page_of(shopper.order_id)
    stranger = Page("cs_stranger", replace(page.request, order_id="not-ours"))
    till.processor.pages[stranger.id] = stranger
    till.processor.pays(stranger.id)
    assert settle_payment(stranger.id, till.services) is None
    till.catches_up()
    assert shopper.order.state == "awaiting_payment"


def test_a_pledge_whose_cap_was_reached_meanwhile_does_not_oversell_a_late_payment(app: Flask, till: Till) -> None:
    open_shop(pledge=500, cap=500)
    late, quick = Shopper(till).puts("TEE-M").checks_out(), Shopper(till)
    page = till.processor.page_of(late.order_id)
    page.state = "expired"
    settle_payment(page.id, till.services)
    quick.buys("TEE-M")
    assert lines_of(quick.order_id)[0].pledge == usd(500)
    page.state = "open"
    late.pays().comes_back()
    till.catches_up()
    assert (late.order.state, page.refunded) == ("cancelled", 3000)


def test_an_older_answer_does_not_open_a_page_again(shopper: Shopper, till: Till) -> None:
    """Two ask at once, and who was told "open" a moment before the payment comes to write it down last."""
    shopper.puts("TEE-M").checks_out()
    older = till.processor.read_session(shopper.session_id)
    shopper.pays().comes_back()
    settle_report(older)
    assert (shopper.order.state, open_sessions()) == ("paid", [])
