"""From the cart to the payment page: once, whole, and with nothing held when it fails."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.cart.rules import Cart, GiftChoice
from shop.core.database import end_read, session, transaction
from shop.core.errors import Invalid
from shop.giving.models import Gift, Pledge
from shop.giving.operations import PledgeChanged
from shop.journeys import start_checkout as journey
from shop.journeys.open_page import AlreadyPaid, Started
from shop.journeys.quote import Quote, quote
from shop.journeys.quote.gift import gift_amount, limits_beside_goods
from shop.journeys.start_checkout import CartProblem, start_checkout
from shop.orders.models import Order
from shop.orders.queries import lines_of
from shop.orders.queries.carts import open_order_of
from shop.payments.gateway import Delivery
from shop.stock.operations import OutOfStock, adjust
from shop.stock.queries import available_of
from tests.support.at_once import at_once
from tests.support.factories import BRAND, Shelf, Shopper, open_shop, usd
from tests.support.held_clock import HeldClock
from tests.support.till import Till

LIMITS, STEPS = limits_beside_goods(BRAND), BRAND.round_up_steps


def available(shelf: Shelf, sku: str = "TEE-M") -> int:
    found = available_of([shelf.variants[sku]])
    end_read()
    return found[shelf.variants[sku]]


def orders() -> list[str]:
    """The states of all orders."""
    states = list(session().scalars(select(Order.state).order_by(Order.placed_at, Order.id)))
    end_read()
    return states


def test_checking_out_holds_the_tees_and_opens_a_page(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.puts("TEE-M", 2).checks_out(note="Thank you")
    assert available(shelf) == 8
    assert shopper.order.state == "awaiting_payment"
    assert shopper.order.note == "Thank you"
    assert shopper.started is not None
    assert shopper.started.url == f"https://pay.test/{shopper.session_id}"


def test_the_page_asks_for_what_the_order_says(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M", 2).gives(300).checks_out(country="GB")
    page = till.processor.page_of(shopper.order_id)
    assert page.total == shopper.order.sums.total == usd(2 * 2500 + 1500 + 300)
    assert page.request.delivery == Delivery("Delivery: World", usd(1500), "GB")
    assert [item.taxable for item in page.request.items] == [True, False]


def test_pressing_twice_makes_one_order_and_one_page(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    first = shopper.puts("TEE-M").checks_out().started
    assert shopper.checks_out().started == first
    assert (available(shelf), len(till.processor.pages), orders()) == (9, 1, ["awaiting_payment"])


def test_eight_presses_at_once_make_one_order_and_one_page(app: Flask, shopper: Shopper, shelf: Shelf) -> None:
    cart, services, till = shopper.puts("TEE-M").cart, shopper.till.services, shopper.till
    answers = at_once(app, 8, lambda _: start_checkout(cart, country="US", note="", services=services))
    assert {type(answer) for answer in answers} == {Started}
    assert len(set(answers)) == 1
    assert (available(shelf), len(till.processor.pages), orders()) == (9, 1, ["awaiting_payment"])


def test_eight_presses_at_once_for_the_last_one_make_one_order(app: Flask, till: Till) -> None:
    shelf = open_shop(stock=1)
    cart = Shopper(till).puts("TEE-M").cart
    answers = at_once(app, 8, lambda _: start_checkout(cart, country="US", note="", services=till.services))
    assert len(set(answers)) == 1
    assert (available(shelf), orders()) == (0, ["awaiting_payment"])


def test_eight_buyers_at_once_of_the_last_three_leave_five_told(app: Flask, till: Till) -> None:
    shelf = open_shop(stock=3)
    carts = [Shopper(till).puts("TEE-M").cart for _ in range(8)]
    answers = at_once(
        app, 8, lambda number: start_checkout(carts[number], country="US", note="", services=till.services)
    )
    lost = [answer for answer in answers if not isinstance(answer, Started)]
    assert [isinstance(error, OutOfStock | CartProblem) for error in lost] == [True] * 5
    assert (available(shelf), orders()) == (0, ["awaiting_payment"] * 3)


def test_coming_back_with_the_same_cart_opens_the_same_page(
    shopper: Shopper, till: Till, held_clock: HeldClock
) -> None:
    first = shopper.puts("TEE-M").checks_out().started
    held_clock.forward(minutes=20)
    assert shopper.checks_out().started == first
    assert till.processor.asked("open_session") == [shopper.order_id]


def test_coming_back_when_the_page_is_about_to_end_opens_a_new_one(
    shopper: Shopper, shelf: Shelf, held_clock: HeldClock
) -> None:
    first = shopper.puts("TEE-M").checks_out().order_id
    held_clock.forward(minutes=39)
    assert shopper.checks_out().order_id != first
    assert (available(shelf), orders()) == (9, ["cancelled", "awaiting_payment"])


def test_a_changed_cart_closes_the_old_page_and_holds_only_the_new(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    old = till.processor.page_of(shopper.puts("TEE-M", 2).checks_out().order_id)
    shopper.puts("TEE-L").checks_out()
    assert (old.state, available(shelf, "TEE-M"), available(shelf, "TEE-L")) == ("expired", 8, 9)
    assert orders() == ["cancelled", "awaiting_payment"]


def test_a_changed_cart_whose_old_page_was_paid_meanwhile_is_told_so(shopper: Shopper, shelf: Shelf) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    with pytest.raises(AlreadyPaid) as told:
        shopper.puts("TEE-L").checks_out()
    assert told.value.token == shopper.order.token
    assert (shopper.order.state, available(shelf, "TEE-L")) == ("paid", 10)


def test_a_cart_whose_slow_payment_is_on_its_way_is_not_sold_again(
    shopper: Shopper, till: Till, held_clock: HeldClock
) -> None:
    shopper.puts("TEE-M").checks_out().pays_slowly().comes_back()
    held_clock.forward(days=1)
    with pytest.raises(AlreadyPaid) as told:
        shopper.checks_out()
    assert told.value.token == shopper.order.token


def test_a_slow_payment_that_we_have_not_heard_of_is_found_out(shopper: Shopper, held_clock: HeldClock) -> None:
    shopper.puts("TEE-M").checks_out().pays_slowly()
    with pytest.raises(AlreadyPaid):
        shopper.puts("TEE-L").checks_out()


def test_the_last_one_stays_buyable_by_whoever_holds_it(app: Flask, till: Till, held_clock: HeldClock) -> None:
    open_shop(stock=1)
    shopper = Shopper(till).puts("TEE-M").checks_out()
    held_clock.forward(minutes=39)
    assert shopper.checks_out(note="Changed my mind about the note").order.state == "awaiting_payment"
    assert orders() == ["cancelled", "awaiting_payment"]


def test_what_is_sold_out_is_told_and_nothing_is_held(shopper: Shopper, shelf: Shelf) -> None:
    shopper.puts("TEE-S").puts("TEE-M")
    with transaction():
        adjust(variant_id=shelf.variants["TEE-M"], change=-10, reason="Wet", actor="robin")
    with pytest.raises(CartProblem, match="Sold out"):
        shopper.checks_out()
    assert (available(shelf, "TEE-S"), orders()) == (10, [])


def test_what_is_sold_out_between_the_quote_and_the_hold_is_told(
    shopper: Shopper, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quote_then_sell_out(_waiting: object, cart: Cart, *, country: str) -> Quote:
        answer = quote(cart, country=country)
        end_read()
        if available(shelf):
            with transaction():
                adjust(variant_id=shelf.variants["TEE-M"], change=-10, reason="Wet", actor="robin")
        return answer

    monkeypatch.setattr(journey, "quote_beside", quote_then_sell_out)
    with pytest.raises(OutOfStock):
        shopper.puts("TEE-S").puts("TEE-M").checks_out()
    assert (available(shelf, "TEE-S"), orders()) == (10, [])


def test_a_pledge_at_its_cap_between_the_quote_and_the_order_is_told(
    app: Flask, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = open_shop(pledge=500, cap=500)
    assert shelf.pledge_id is not None
    asked = quote(Shopper(till).puts("TEE-M").cart)
    end_read()
    Shopper(till).puts("TEE-L").checks_out()
    monkeypatch.setattr(journey, "quote_beside", lambda _waiting, _cart, *, country: asked)
    with pytest.raises(PledgeChanged, match="changed a moment ago"):
        Shopper(till).puts("TEE-M").checks_out()
    assert available(shelf) == 10


def test_a_changed_cart_gets_back_the_room_that_its_own_order_took_under_a_cap(app: Flask, till: Till) -> None:
    open_shop(pledge=500, cap=500)
    shopper = Shopper(till).puts("TEE-M").checks_out()
    shopper.gives(500).checks_out()
    assert lines_of(shopper.order_id)[0].pledge == usd(500)


def test_a_gift_is_noted_with_the_order(shopper: Shopper, shelf: Shelf) -> None:
    shopper.puts("TEE-M").gives(700).checks_out()
    gift = session().scalars(select(Gift)).one()
    assert (gift.order_id, gift.fund_id, gift.amount_minor, gift.origin) == (
        shopper.order_id,
        shelf.fund_id,
        700,
        "own",
    )


def test_rounding_up_lifts_the_total_to_the_next_whole(shopper: Shopper) -> None:
    assert shopper.puts("TEE-M").rounds_up().checks_out().order.sums.total == usd(3100)


@pytest.mark.parametrize("cents", [99, 0, -500, 50_001])
def test_an_own_gift_has_bounds(cents: int) -> None:
    with pytest.raises(Invalid) as refused:
        gift_amount("own", cents, limits=LIMITS, steps=STEPS)
    assert refused.value.field == "own_amount"


@pytest.mark.parametrize("cents", [100, 50_000])
def test_an_own_gift_may_be_as_large_as_its_bounds(cents: int) -> None:
    assert gift_amount("own", cents, limits=LIMITS, steps=STEPS) == GiftChoice("own", cents)


@pytest.mark.parametrize(("kind", "cents"), [("preset", 301), ("", 0), ("mine", 500)])
def test_a_gift_that_was_not_offered_is_refused(kind: str, cents: int) -> None:
    with pytest.raises(Invalid):
        gift_amount(kind, cents, limits=LIMITS, steps=STEPS)


def test_an_empty_cart_is_told(shopper: Shopper) -> None:
    with pytest.raises(Invalid) as refused:
        shopper.checks_out()
    assert refused.value.field == "cart"


def test_a_country_that_we_do_not_serve_is_told_beside_its_field(shopper: Shopper) -> None:
    with pytest.raises(Invalid) as refused:
        shopper.puts("TEE-M").checks_out(country="FR")
    assert refused.value.field == "country"


def test_a_note_has_a_length(shopper: Shopper) -> None:
    with pytest.raises(Invalid) as refused:
        shopper.puts("TEE-M").checks_out(note="x" * 501)
    assert refused.value.field == "note"


def test_a_pledge_is_promised_with_the_order(shopper: Shopper) -> None:
    shopper.puts("TEE-M", 3).checks_out()
    assert session().scalar(select(func.sum(Pledge.pledged_minor))) == 1500
    assert lines_of(shopper.order_id)[0].pledge_sentence == "We give Polaris $5 from each one sold."


def test_a_paid_cart_is_spent(shopper: Shopper) -> None:
    shopper.buys()
    with pytest.raises(AlreadyPaid):
        shopper.checks_out()
    assert open_order_of(shopper.cart.id) is None
