"""When the payment page cannot be opened: nothing is held, nothing is lost, and no page stays open unseen."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from shop.core.database import end_read, session
from shop.core.errors import Unavailable
from shop.orders.models import Order
from shop.stock.queries import available_of
from tests.support.factories import Shelf, Shopper
from tests.support.held_clock import HeldClock
from tests.support.till import Till


def available(shelf: Shelf, sku: str = "TEE-M") -> int:
    found = available_of([shelf.variants[sku]])
    end_read()
    return found[shelf.variants[sku]]


def orders() -> list[str]:
    """The states of all orders."""
    states = list(session().scalars(select(Order.state).order_by(Order.placed_at, Order.id)))
    end_read()
    return states


@pytest.mark.parametrize("fault", ["before", "after", "refuses"])
def test_when_the_processor_fails_nothing_is_held_and_the_cart_is_whole(
    shopper: Shopper, shelf: Shelf, till: Till, fault: str
) -> None:
    till.processor.fails("open_session", fault)  # type: ignore[arg-type]  # one of the three words
    with pytest.raises(Unavailable):
        shopper.puts("TEE-M").checks_out()
    assert (available(shelf), orders(), shopper.cart.units) == (10, ["cancelled"], 1)
    assert shopper.checks_out().order.state == "awaiting_payment"


def test_a_page_whose_address_was_lost_is_closed_later(shopper: Shopper, till: Till) -> None:
    till.processor.fails("open_session", "after")
    with pytest.raises(Unavailable):
        shopper.puts("TEE-M").checks_out()
    (page,) = till.processor.pages.values()
    till.processor.fails("open_session", "before")
    till.works()
    assert page.state == "open"
    assert till.works() == 0


def test_closing_a_lost_page_is_tried_until_it_is_closed(shopper: Shopper, till: Till, held_clock: HeldClock) -> None:
    till.processor.fails("open_session", "after")
    with pytest.raises(Unavailable):
        shopper.puts("TEE-M").checks_out()
    till.processor.fails("open_session", "before", times=2)
    for _ in range(3):
        till.works()
        held_clock.forward(minutes=1)
    (page,) = till.processor.pages.values()
    assert page.state == "expired"


def test_a_page_that_never_was_needs_no_closing(shopper: Shopper, till: Till, held_clock: HeldClock) -> None:
    till.processor.fails("open_session", "before")
    with pytest.raises(Unavailable):
        shopper.puts("TEE-M").checks_out()
    held_clock.forward(minutes=15)
    assert till.works() == 1
    assert till.processor.pages == {}
