"""Discounts through the whole sale: quoted, sent, stored and posted alike; spent once; given back when nothing came."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from shop.books.queries import posted_for
from shop.cart.rules import Cart
from shop.catalogue.operations import add_collection, fill_collection
from shop.catalogue.rules import CollectionFacts
from shop.core import clock
from shop.core.database import end_read, session, transaction
from shop.discounts.models import Discount, DiscountCode, DiscountUse
from shop.discounts.operations import uses as spending
from shop.discounts.operations.uses import DiscountGone
from shop.journeys.check_invariants import broken
from shop.journeys.open_page import Started
from shop.journeys.quote import Quote, quote
from shop.journeys.start_checkout import start_checkout
from shop.orders.queries import lines_of
from tests.support.at_once import at_once
from tests.support.factories import Shelf, Shopper, add_offer, open_shop, usd
from tests.support.held_clock import HeldClock
from tests.support.till import Till
from tests.web.counting import statements


def quoted(shopper: Shopper) -> Quote:
    answer = quote(shopper.cart)
    end_read()
    return answer


def uses() -> tuple[list[int], list[int], list[str]]:
    """What discounts count, what codes count, and the states of all uses."""
    found = (
        list(session().scalars(select(Discount.uses).order_by(Discount.id))),
        list(session().scalars(select(DiscountCode.uses).order_by(DiscountCode.id))),
        sorted(session().scalars(select(DiscountUse.state))),
    )
    end_read()
    return found


def test_shown_sent_stored_and_posted_agree(shopper: Shopper, till: Till) -> None:
    add_offer(code="SPRING", basis_points=3_333)
    shopper.puts("TEE-S", 2).puts("TEE-M", 1).gives(700).types("SPRING")
    shown = quoted(shopper).sums
    shopper.checks_out()
    page = till.processor.page_of(shopper.order_id)
    assert page.total == shown.total == shopper.order.sums.total == usd(7500 - 2500 + 500 + 700)
    shopper.pays().comes_back()
    posted = posted_for(shopper.order_id)
    assert (posted["goods_revenue", ""], posted["discounts", ""]) == (-7500, 2500)
    assert posted["donations_payable", "open-fund"] == -700
    assert [line.discount for line in lines_of(shopper.order_id)] == [usd(1667), usd(833)]
    end_read()


def test_a_line_that_does_not_divide_is_two_items_at_stripe(shopper: Shopper, till: Till) -> None:
    add_offer(kind="fixed", amount=usd(100))
    shopper.puts("TEE-S", 3).checks_out()
    items = till.processor.page_of(shopper.order_id).request.items
    assert [(item.unit_price.minor, item.quantity) for item in items] == [(2466, 1), (2467, 2)]
    assert "the price is 25.00 USD" in items[0].note


def test_the_best_offer_counts_alone_and_free_delivery_goes_with_it(shopper: Shopper) -> None:
    add_offer(basis_points=1_000)
    add_offer(code="TWENTY", basis_points=2_000)
    add_offer(kind="free_delivery", minimum=usd(2_000))
    sums = quoted(shopper.puts("TEE-S").types("TWENTY")).sums
    assert (sums.discount, sums.delivery) == (usd(500), usd(0))


def test_a_code_that_gives_no_more_than_what_is_given_anyway_is_not_spent(shopper: Shopper) -> None:
    add_offer(basis_points=1_000)
    add_offer(code="TEN", basis_points=1_000)
    asked = quoted(shopper.puts("TEE-S").types("TEN"))
    assert "takes off as much or more already" in asked.discounts.refused
    shopper.checks_out()
    assert uses() == ([1, 0], [0], ["spent"])


def test_gifts_and_the_pledge_are_never_lowered(shopper: Shopper) -> None:
    add_offer(basis_points=5_000)
    shopper.puts("TEE-S").gives(1_000).checks_out()
    assert shopper.order.sums.gift == usd(1_000)
    assert lines_of(shopper.order_id)[0].pledge == usd(500)
    end_read()


def test_a_single_use_is_given_back_when_the_order_lapses(shopper: Shopper, till: Till, held_clock: HeldClock) -> None:
    add_offer(code="ONCE", code_uses=1)
    shopper.puts("TEE-S").types("ONCE").checks_out()
    assert uses() == ([1], [1], ["spent"])
    rival = Shopper(till).puts("TEE-M").types("ONCE")
    assert "as often as it can be" in quoted(rival).discounts.refused
    held_clock.forward(minutes=45)
    till.sweeps()
    assert uses() == ([0], [0], ["returned"])
    assert not quoted(rival).discounts.refused


def test_a_changed_cart_keeps_its_single_use_code(shopper: Shopper) -> None:
    add_offer(code="ONCE", code_uses=1, most_per_customer=1, most_uses=1)
    shopper.puts("TEE-S").types("ONCE").checks_out()
    shopper.puts("TEE-M").checks_out()
    assert shopper.order.sums.discount == usd(500)
    assert uses() == ([1], [1], ["returned", "spent"])


def test_a_late_payment_spends_its_code_again_or_goes_back(shopper: Shopper, till: Till, held_clock: HeldClock) -> None:
    add_offer(code="ONCE", code_uses=1)
    shopper.puts("TEE-S").types("ONCE").checks_out().pays_slowly().comes_back()
    till.processor.slow_money_fails(shopper.session_id)
    till.catches_up()
    assert uses() == ([0], [0], ["returned"])
    page = till.processor.pages[shopper.session_id]
    page.money, page.amount = "arrived", page.total
    shopper.comes_back()
    assert (shopper.order.state, uses()) == ("paid", ([1], [1], ["spent"]))


def test_a_late_payment_whose_code_somebody_else_used_goes_back(shopper: Shopper, till: Till) -> None:
    add_offer(code="ONCE", code_uses=1)
    shopper.puts("TEE-S").types("ONCE").checks_out().pays_slowly().comes_back()
    till.processor.slow_money_fails(shopper.session_id)
    till.catches_up()
    Shopper(till).types("ONCE").buys("TEE-M")
    page = till.processor.pages[shopper.session_id]
    page.money, page.amount = "arrived", page.total
    shopper.comes_back()
    till.works()
    assert (shopper.order.state, page.refunded) == ("cancelled", page.total.minor)
    assert broken() == []


def test_each_customer_may_use_it_once_by_browser(shopper: Shopper, till: Till) -> None:
    add_offer(code="HELLO", most_per_customer=1)
    shopper.types("HELLO").buys("TEE-S")
    again = Shopper(till, cart=shopper.cart.less({}).coded("HELLO")).puts("TEE-M")
    assert "from this browser" in quoted(again).discounts.refused
    again.checks_out()
    assert again.order.sums.discount == usd(0)


def test_and_by_mail_once_it_is_known_which_staff_are_told(shopper: Shopper, till: Till) -> None:
    """The address is told by the payment, so what was quoted is charged, and the next time it is refused."""
    add_offer(code="HELLO", most_per_customer=1)
    shopper.types("HELLO").buys("TEE-S")
    other = Shopper(till).types("HELLO").buys("TEE-M")
    told = session().execute(text("SELECT sentence FROM order_events WHERE kind = 'discount'")).scalars().all()
    end_read()
    assert len(told) == 1
    third = Shopper(till, cart=other.cart.less({}).coded("HELLO")).puts("TEE-M")
    assert quoted(third).discounts.refused


def test_an_offer_that_ended_between_the_quote_and_the_press_is_told(
    shopper: Shopper, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    discount_id = add_offer(code="SPRING")
    asked = quoted(shopper.puts("TEE-S").types("SPRING"))
    with transaction() as current:
        ended = clock.now() - timedelta(seconds=1)
        current.execute(update(Discount).where(Discount.id == discount_id).values(ends_at=ended))
    monkeypatch.setattr("shop.journeys.start_checkout.quote_beside", lambda _waiting, _cart, *, country: asked)
    with pytest.raises(DiscountGone) as told:
        shopper.checks_out()
    assert told.value.field == "code"
    assert uses() == ([0], [0], [])


def test_a_total_below_what_a_card_can_be_charged_is_said(shopper: Shopper) -> None:
    add_offer(basis_points=10_000)
    add_offer(kind="free_delivery")
    asked = quoted(shopper.puts("TEE-S"))
    assert asked.sums.total == usd(0)
    assert "A card is charged $0.50 or more" in asked.problems[0]
    assert quoted(shopper.gives(500)).problems == []


def _rush(app: Flask, till: Till, people: int) -> list[Started | Exception]:
    """So many with one tee each and the same code, who press at the same moment."""
    carts = [Shopper(till).puts("TEE-M").types("ONCE").cart for _ in range(people)]
    return at_once(app, people, lambda one: start_checkout(carts[one], country="US", note="", services=till.services))


def _discounted() -> int:
    count = session().execute(text("SELECT COUNT(*) FROM orders WHERE discount_minor > 0")).scalar_one()
    end_read()
    return int(count)


@pytest.mark.parametrize("people", [12, pytest.param(100, marks=pytest.mark.soak)])
def test_a_single_use_code_is_spent_once_however_many_try(app: Flask, till: Till, people: int) -> None:
    open_shop(stock=people)
    add_offer(code="ONCE", code_uses=1)
    answers = _rush(app, till, people)
    assert _discounted() == 1
    assert uses() == ([1], [1], ["spent"])
    assert all(isinstance(answer, Started | DiscountGone) for answer in answers), answers


@pytest.mark.breaks_invariants("the guard is off, so a code is used too often")
def test_without_the_guard_the_rush_is_seen_to_overspend(
    app: Flask, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: were it to spend once as well, the test above would prove nothing."""
    monkeypatch.setattr(spending, "_take_code", lambda _code_id: None)
    open_shop(stock=12)
    add_offer(code="ONCE", code_uses=1)
    line = threading.Barrier(12)

    def quote_together(_waiting: object, cart: Cart, *, country: str) -> Quote:
        answer = quote(cart, country=country)
        end_read()
        line.wait(timeout=30)
        return answer

    monkeypatch.setattr("shop.journeys.start_checkout.quote_beside", quote_together)
    monkeypatch.setattr("shop.journeys.start_checkout.TRIES", 1)
    _rush(app, till, 12)
    assert _discounted() > 1


def test_an_offer_for_a_collection_covers_what_the_collection_holds_when_somebody_buys(
    shopper: Shopper, shelf: Shelf
) -> None:
    """A tee that joins later is covered, one that left is not, and an empty collection is not everything."""
    with transaction():
        spring = add_collection(CollectionFacts("spring", "Spring", "", published=False, position=1))
    add_offer(code="SPRING", collection_ids=frozenset({spring}))
    shopper.puts("TEE-S").types("SPRING")
    assert "for other tees" in quoted(shopper).discounts.refused
    product_id = quoted(shopper).lines[0].variant.product_id
    with transaction():
        fill_collection(spring, [product_id])
    assert (quoted(shopper).sums.discount, quoted(shopper).discounts.refused) == (usd(250), "")
    with transaction():
        fill_collection(spring, [])
    assert quoted(shopper).sums.discount == usd(0)


def test_named_products_and_collections_add_up_in_two_statements(shopper: Shopper, shelf: Shelf) -> None:
    with transaction():
        every = [
            add_collection(CollectionFacts(f"c{one}", f"C {one}", "", published=True, position=one)) for one in range(6)
        ]
    shopper.puts("TEE-S")
    product_id = quoted(shopper).lines[0].variant.product_id
    add_offer(product_ids=frozenset({product_id}), collection_ids=frozenset(every[:1]))
    with statements() as few:
        assert quoted(shopper).sums.discount == usd(250)
    for one in every[1:]:
        add_offer(collection_ids=frozenset({one}))
    with statements() as many:
        assert quoted(shopper).sums.discount == usd(250)
    assert len(many) == len(few)
