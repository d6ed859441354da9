"""A gift by itself goes the way of an order, once and whole, and is counted for what it is."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace

from shop.books.queries import party_balances, posted_for
from shop.cart.rules import GiftChoice
from shop.core import codes
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Invalid, Unavailable
from shop.giving import operations as giving
from shop.giving.queries import NOT_SET_UP, gifts_of, wish_of
from shop.giving.routes import Operator
from shop.journeys.fulfil_order import fulfil_order
from shop.journeys.open_page import AlreadyPaid, Started
from shop.journeys.refund_order import refund_order
from shop.journeys.settle_payment import settle_payment
from shop.journeys.start_gift import NewGift, NoGifts, start_gift
from shop.orders.queries import order
from shop.orders.rules import OrderFacts
from tests.support.at_once import at_once
from tests.support.factories import Shelf, Shopper, usd
from tests.support.till import Till

TEN = GiftChoice("own", 1_000)


def gives(till: Till, choice: GiftChoice = TEN, key: str | None = None) -> Started:
    return start_gift(NewGift(key or codes.new_token(), choice), services=till.services)


def arrives(till: Till, started: Started) -> OrderFacts:
    """Paid, come back from the page, letters sent."""
    page = till.processor.page_of(started.order_id).id
    till.processor.pays(page)
    settle_payment(page, till.services)
    till.catches_up()
    facts = order(started.order_id)
    end_read()
    return facts


def another_fund() -> int:
    with transaction():
        return giving.add_fund(slug="night-fund", name="Night Fund", purpose="Safe nights", route="own_fund")


def test_a_gift_is_an_order_without_goods_and_is_settled_as_one(till: Till, shelf: Shelf) -> None:
    facts = arrives(till, gives(till))
    assert (facts.kind, facts.state, facts.sums.total) == ("gift", "paid", usd(1_000))
    assert posted_for(facts.id)[("donations_payable", "open-fund")] == -1_000
    assert till.post.subjects == ["Thank you for your gift"]


def test_pressing_twice_opens_one_page_and_takes_one_gift(app: Flask, till: Till, shelf: Shelf) -> None:
    key = codes.new_token()
    assert gives(till, key=key) == gives(till, key=key)
    pressed = at_once(app, 4, lambda _number: gives(till, key=key))
    assert {one.order_id for one in pressed if isinstance(one, Started)} == {gives(till, key=key).order_id}
    arrives(till, gives(till, key=key))
    with pytest.raises(AlreadyPaid):
        gives(till, key=key)
    assert len(till.processor.pages) == 1


def test_without_the_key_two_presses_are_two_gifts(till: Till, shelf: Shelf) -> None:
    """The control: it is the form's key that makes a second press harmless."""
    assert gives(till).order_id != gives(till).order_id


def test_a_changed_gift_closes_the_page_before(till: Till, shelf: Shelf) -> None:
    key = codes.new_token()
    first = gives(till, key=key)
    second = gives(till, replace(TEN, minor=2_000), key=key)
    assert order(first.order_id).state == "cancelled"
    assert order(second.order_id).sums.gift == usd(2_000)
    end_read()
    assert till.processor.page_of(first.order_id).state == "expired"


def test_a_gift_is_shared_by_weight_and_its_fee_is_no_part_of_it(till: Till, shelf: Shelf) -> None:
    choice = replace(TEN, shares=((shelf.fund_id, 2), (another_fund(), 1)), cover=True, tell=True)
    facts = arrives(till, gives(till, choice))
    shares = [(share.fund.slug, share.amount) for share in gifts_of(facts.id)]
    wish = wish_of(facts.id)
    raised = {one.party: one.raised for one in party_balances()}
    end_read()
    assert shares == [("open-fund", usd(667)), ("night-fund", usd(333))]
    assert raised == {"open-fund": usd(667), "night-fund": usd(333)}
    assert facts.sums.fee_cover == usd(61)
    assert posted_for(facts.id)[("fee_contributions", "")] == -61
    assert posted_for(facts.id)[("processor_fees", "")] == 61
    assert wish is not None
    assert (wish.tell_partner, wish.thank_publicly) == (True, False)


def test_a_shared_gift_beside_goods_goes_back_whole(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    both = ((shelf.fund_id, 1), (another_fund(), 2))
    shopper.cart = shopper.cart.giving(GiftChoice("own", 1_000, both, cover=True))
    shopper.buys()
    assert shopper.order.sums.fee_cover == usd(30)  # the fixed part of the fee is paid with the goods anyway
    refund_order(order_id=shopper.order_id, reason="Asked", actor="robin")
    till.works()
    assert [balance.raised for balance in party_balances() if balance.kind == "gifts"] == [usd(0), usd(0)]


@pytest.mark.parametrize("minor", [499, 50_001])
def test_a_gift_alone_has_bounds_of_its_own(till: Till, shelf: Shelf, minor: int) -> None:
    with pytest.raises(Invalid):
        gives(till, replace(TEN, minor=minor))


def test_a_barred_country_takes_no_gifts(till: Till, shelf: Shelf) -> None:
    with transaction():
        giving.set_up(replace(NOT_SET_UP, operator=Operator("TH", registered=True, gift_agreement=True)))
    with pytest.raises(NoGifts):
        gives(till)
    assert till.processor.pages == {}


def test_a_silent_processor_leaves_nothing_behind(till: Till, shelf: Shelf) -> None:
    till.processor.fails("open_session", "after", times=2)
    key = codes.new_token()
    with pytest.raises(Unavailable):
        gives(till, key=key)
    till.sweeps()
    assert arrives(till, gives(till, key=key)).state == "paid"


def test_a_gift_that_nobody_paid_ends_with_its_page(till: Till, shelf: Shelf) -> None:
    started = gives(till)
    till.processor.expire_session(till.processor.page_of(started.order_id).id)
    till.catches_up()
    assert order(started.order_id).state == "cancelled"


def test_late_money_for_a_gift_is_still_a_gift(till: Till, shelf: Shelf) -> None:
    started = gives(till)
    page = till.processor.page_of(started.order_id)
    till.processor.expire_session(page.id)
    till.catches_up()
    page.state = "open"  # the money was under way when the page ended
    assert arrives(till, started).state == "paid"


def test_a_gift_is_never_sent(till: Till, shelf: Shelf) -> None:
    facts = arrives(till, gives(till))
    with pytest.raises(Conflict):
        fulfil_order(order_id=facts.id, actor="robin")
