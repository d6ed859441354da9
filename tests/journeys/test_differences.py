"""A dearer size: asked for and paid, refused, late, twice, at once, given back; or borne by the store."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import func, select, update

from shop.books.queries import posted_for
from shop.catalogue.models import Variant
from shop.core.database import end_read, session, transaction
from shop.core.errors import Conflict, Forbidden, Invalid
from shop.journeys import ask_difference as journey
from shop.journeys.ask_difference import ask_difference, take_back_asking
from shop.journeys.fulfil_order import fulfil_order
from shop.journeys.keep_orders import release_order, swap_size
from shop.journeys.open_page import Started
from shop.journeys.refund_order import give_part_back, refund_order
from shop.journeys.refund_plan import Wish
from shop.journeys.settle_payment import give_up, settle_payment
from shop.orders.differences import DifferenceFacts, differences_of
from shop.orders.models import Order
from shop.orders.queries import events_of, lines_of, locked, order
from shop.parcels.queries import holds_on
from shop.payments.queries import refunds_of
from shop.stock.models import StockLevel
from shop.stock.operations import OutOfStock
from shop.stock.queries import levels
from tests.support.at_once import at_once
from tests.support.factories import Shelf, Shopper, add_offer, usd
from tests.support.held_clock import HeldClock
from tests.support.till import Till

DEARER = 2_900


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    """L costs 4.00 more than the others."""
    with transaction():
        session().execute(update(Variant).where(Variant.id == shelf.variants["TEE-L"]).values(price_minor=DEARER))
    return shelf


def asks(shopper: Shopper, shelf: Shelf, *, may_ask: bool = True, sku: str = "TEE-L") -> Started:
    (line,) = lines_of(shopper.order_id)
    end_read()
    return ask_difference(
        order_id=shopper.order_id,
        line_id=line.id,
        variant_id=shelf.variants[sku],
        seen=line.variant_id,
        may_ask=may_ask,
        actor="robin",
        services=shopper.till.services,
    )


def bears(shopper: Shopper, shelf: Shelf, sku: str = "TEE-L", reason: str = "Our mistake") -> None:
    (line,) = lines_of(shopper.order_id)
    end_read()
    swap_size(
        order_id=shopper.order_id,
        line_id=line.id,
        variant_id=shelf.variants[sku],
        seen=line.variant_id,
        settle="waive",
        may_refund=True,
        reason=reason,
        actor="robin",
    )


def books(order_id: str) -> dict[str, int]:
    """What is posted for an order, by account."""
    found = {account: minor for (account, _party), minor in posted_for(order_id).items() if minor}
    end_read()
    return found


def pays(till: Till, asked: Started) -> None:
    till.processor.pays(till.processor.page_of(asked.order_id).id)
    till.catches_up()


def now_has(shopper: Shopper) -> str:
    (line,) = lines_of(shopper.order_id)
    end_read()
    return line.sku


def difference(shopper: Shopper) -> DifferenceFacts:
    found = differences_of(shopper.order_id)[-1]
    end_read()
    return found


def kept(shelf: Shelf, sku: str) -> tuple[int, int]:
    """Held and committed."""
    found = levels([shelf.variants[sku]])[shelf.variants[sku]]
    end_read()
    return found.held, found.committed


def on_hold(shopper: Shopper) -> bool:
    found = shopper.order_id in holds_on([shopper.order_id])
    end_read()
    return found


def test_the_buyer_is_asked_and_pays_and_gets_the_dearer_size(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.buys("TEE-M", 2)
    asked = asks(shopper, shelf)
    assert asks(shopper, shelf) == asked, "asked twice is asked once"
    assert (kept(shelf, "TEE-L"), kept(shelf, "TEE-M"), on_hold(shopper)) == ((2, 0), (0, 2), True)
    till.works()
    assert "shop.test/orders/" in str(till.post.letters[-1].get_body(("plain",)))
    pays(till, asked)
    settle_payment(till.processor.page_of(asked.order_id).id, till.services)
    assert (now_has(shopper), kept(shelf, "TEE-L"), kept(shelf, "TEE-M")) == ("TEE-L", (0, 2), (0, 0))
    assert (order(asked.order_id).state, order(asked.order_id).sums.total) == ("paid", usd(800))
    assert books(asked.order_id)["goods_revenue"] == -800
    assert not on_hold(shopper)
    assert "Your new size" in str(till.post.letters[-1].get_body(("plain",)))
    assert fulfil_order(order_id=shopper.order_id, actor="robin")


@pytest.mark.parametrize("ends", ["expires", "declined", "taken back", "payment fails"])
def test_without_a_payment_the_order_stays_as_it_was(
    shopper: Shopper, shelf: Shelf, till: Till, held_clock: HeldClock, ends: str
) -> None:
    shopper.buys()
    asked = asks(shopper, shelf)
    page = till.processor.page_of(asked.order_id).id
    if ends == "expires":
        held_clock.forward(timedelta(hours=23, minutes=1))
        till.sweeps()
    elif ends == "payment fails":
        till.processor.pays_slowly(page)
        till.catches_up()
        till.processor.slow_money_fails(page)
        till.catches_up()
    else:
        for _ in range(2):
            actor = "" if ends == "declined" else "robin"
            take_back_asking(asked.order_id, sale_id=shopper.order_id, services=till.services, actor=actor)
    till.works()
    assert (now_has(shopper), kept(shelf, "TEE-L"), kept(shelf, "TEE-M")) == ("TEE-M", (0, 0), (0, 1))
    assert (on_hold(shopper), order(asked.order_id).state) == (False, "cancelled")
    assert [one.kind for one in events_of(shopper.order_id)].count("difference_lapsed") == 1
    told = [one for one in till.post.letters if "stays as it was" in str(one.get_body(("plain",)))]
    assert len(told) == (ends != "declined")
    assert asks(shopper, shelf).order_id != asked.order_id, "and may be asked again"


def test_a_late_payment_takes_the_size_that_is_left(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.buys()
    asked = asks(shopper, shelf)
    till.processor.pays(till.processor.page_of(asked.order_id).id)
    with transaction():
        give_up(locked(asked.order_id), reason="expired")
    till.catches_up()
    assert (now_has(shopper), order(asked.order_id).state) == ("TEE-L", "paid")


def test_a_late_payment_for_what_was_packed_meanwhile_goes_back(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.buys()
    asked = asks(shopper, shelf)
    release_order(order_id=shopper.order_id, actor="robin")
    fulfil_order(order_id=shopper.order_id, actor="robin")
    pays(till, asked)
    till.works()
    assert (now_has(shopper), order(asked.order_id).state, kept(shelf, "TEE-L")) == ("TEE-M", "cancelled", (0, 0))
    assert [(one.amount, one.state) for one in refunds_of(asked.order_id)] == [(usd(400), "made")]
    assert "the new size could not be given" in str(till.post.letters[-1].get_body(("plain",)))


def test_what_was_paid_for_a_size_goes_back_with_its_units(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.buys("TEE-M", 3)
    pays(till, asked := asks(shopper, shelf))
    (line,) = lines_of(shopper.order_id)
    give_part_back(order_id=shopper.order_id, wish=Wish(units={line.id: 1}), key="r", reason="Asked", actor="robin")
    till.works()
    assert [one.amount for one in refunds_of(asked.order_id)] == [usd(400)]
    with pytest.raises(Conflict, match="given back"):
        bears(shopper, shelf, "TEE-S")
    refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    till.works()
    assert [one.amount for one in refunds_of(asked.order_id)] == [usd(400), usd(800)]
    assert not refund_order(order_id=asked.order_id, reason="Again", actor="robin"), "nothing is left"
    assert (shopper.order.state, order(asked.order_id).state) == ("cancelled", "cancelled")


def test_a_size_that_was_paid_for_is_not_swapped_for_nothing(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.buys()
    pays(till, asked := asks(shopper, shelf))
    with pytest.raises(Conflict, match="Give that back first"):
        bears(shopper, shelf, "TEE-S")
    refund_order(order_id=asked.order_id, reason="Back to S", actor="robin")
    bears(shopper, shelf, "TEE-S", reason="")
    assert (now_has(shopper), books(shopper.order_id).get("price_differences", 0)) == ("TEE-S", 0)


def test_the_store_bears_it_for_a_reason_and_the_books_say_so(shopper: Shopper, shelf: Shelf) -> None:
    shopper.buys("TEE-M", 2)
    with pytest.raises(Invalid, match="why"):
        bears(shopper, shelf, reason=" ")
    bears(shopper, shelf)
    posted = books(shopper.order_id)
    assert (posted["goods_revenue"], posted["price_differences"]) == (-5_800, 800)
    assert any("Our mistake" in one.sentence for one in events_of(shopper.order_id) if one.for_staff)
    bears(shopper, shelf, "TEE-S", reason="")
    assert books(shopper.order_id)["goods_revenue"] == -5_000


def test_the_difference_has_the_discount_and_the_promise_of_the_price(
    shopper: Shopper, shelf: Shelf, till: Till
) -> None:
    add_offer(code="SPRING")
    shopper.types("SPRING").buys("TEE-M", 2)
    asks(shopper, shelf)
    off = shopper.order.sums.discount.minor * 800 // shopper.order.sums.goods.minor
    assert difference(shopper).costs.goods == usd(800 - off)
    assert 0 < off < 800


def test_a_difference_is_paid_in_the_mode_of_its_sale(shopper: Shopper, shelf: Shelf) -> None:
    shopper.buys()
    assert order(asks(shopper, shelf).order_id).live is shopper.order.live
    (line,) = lines_of(shopper.order_id)
    end_read()
    other = replace(shopper.till.services, live=not shopper.order.live)
    take_back_asking(difference(shopper).order_id or "", sale_id=shopper.order_id, services=shopper.till.services)
    with pytest.raises(Conflict, match="another mode"):
        ask_difference(
            order_id=shopper.order_id,
            line_id=line.id,
            variant_id=shelf.variants["TEE-L"],
            seen=line.variant_id,
            may_ask=True,
            actor="robin",
            services=other,
        )


def test_nobody_is_asked_who_cannot_be(shopper: Shopper, shelf: Shelf) -> None:
    shopper.buys()
    with pytest.raises(Forbidden):
        asks(shopper, shelf, may_ask=False)
    with pytest.raises(Invalid, match="costs no more"):
        asks(shopper, shelf, sku="TEE-S")
    shopper.till.processor.fails("open_session", "before")
    with pytest.raises(Exception, match="cannot be opened"):
        asks(shopper, shelf)
    assert (kept(shelf, "TEE-L"), on_hold(shopper)) == ((0, 0), False)
    shopper.till.works()
    assert not any("Another size" in str(one["Subject"]) for one in shopper.till.post.letters)


def test_the_last_one_is_promised_to_one_of_two_buyers(app: Flask, shopper: Shopper, shelf: Shelf, till: Till) -> None:
    """And its control: both had seen it free, and holding without the guard would have promised it twice."""
    buyers = [shopper.buys(), Shopper(till).buys()]
    Shopper(till).puts("TEE-L", 9).checks_out()
    answers = at_once(app, 4, lambda number: asks(buyers[number % 2], shelf))
    assert sum(isinstance(one, OutOfStock) for one in answers) == 2, answers
    assert (kept(shelf, "TEE-L"), [on_hold(one) for one in buyers].count(True)) == ((10, 0), 1)
    assert _asked_orders() == 1


def test_without_its_guard_the_last_one_is_promised_twice(
    app: Flask, shopper: Shopper, shelf: Shelf, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    buyers = [shopper.buys(), Shopper(till).buys()]
    Shopper(till).puts("TEE-L", 9).checks_out()
    monkeypatch.setattr(journey, "hold", _held_without_looking)
    with pytest.raises(Exception, match=r"(?i)check"):  # the table's own last line of defence
        for answer in at_once(app, 2, lambda number: asks(buyers[number], shelf)):
            if isinstance(answer, Exception):
                raise answer


def test_paying_and_packing_at_once_do_one_of_both(app: Flask, shopper: Shopper, shelf: Shelf, till: Till) -> None:
    shopper.buys()
    asked = asks(shopper, shelf)
    page = till.processor.page_of(asked.order_id).id
    till.processor.pays(page)
    release_order(order_id=shopper.order_id, actor="robin")

    def acts(number: int) -> None:
        if number % 2:
            fulfil_order(order_id=shopper.order_id, actor="robin")
        else:
            settle_payment(page, till.services)

    at_once(app, 4, acts)
    till.catches_up()
    paid = order(asked.order_id).state == "paid"
    assert (now_has(shopper) == "TEE-L") is paid
    assert len(refunds_of(asked.order_id)) == (not paid)


def _asked_orders() -> int:
    found = session().scalar(select(func.count()).select_from(Order).where(Order.kind == "difference"))
    end_read()
    return int(found or 0)


def _held_without_looking(wants: dict[int, int]) -> None:
    for variant_id, units in wants.items():
        level = update(StockLevel).where(StockLevel.variant_id == variant_id)
        session().execute(level.values(held=StockLevel.held + units))
