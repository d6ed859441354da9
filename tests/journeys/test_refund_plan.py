"""What a refund comes to: shares of a line, bounds, and that nothing is lost or made up on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shop.core.errors import Invalid
from shop.core.money import Money
from shop.journeys.refund_plan import RefundPlan, Wish, amount_only, everything_left, plan_refund
from shop.orders.rules import NO_TAX, Line, OrderFacts, OrderTax, Sums
from tests.support.held_clock import START


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def line(
    number: int = 1,
    *,
    price: int = 2500,
    quantity: int = 3,
    discount: int = 1000,
    tax: int = 601,
    pledge: int = 1000,
    returned: int = 0,
) -> Line:
    return Line(
        product_id=1,
        variant_id=number,
        sku=f"TEE-{number}",
        title="Tee",
        colour="Ink",
        size="M",
        unit_price=usd(price),
        quantity=quantity,
        discount=usd(discount),
        tax=usd(tax),
        pledge_id=1,
        partner_id=1,
        partner_slug="polaris",
        pledge=usd(pledge),
        pledge_sentence="",
        id=number,
        returned_quantity=returned,
    )


def sums(goods: int, discount: int = 0, delivery: int = 0, tax: int = 0, gift: int = 0) -> Sums:
    return Sums(usd(goods), usd(discount), usd(delivery), usd(tax), usd(gift), usd(0))


def order(sold: Sums, *, back: Sums | None = None, state: str = "paid", tax: OrderTax = NO_TAX) -> OrderFacts:
    return OrderFacts(
        tax=tax,
        pickup=False,
        adaptive_pricing=False,
        id="o",
        number="N",
        token="t",
        cart_id="c",
        fingerprint="f",
        kind="sale",
        state=state,
        sums=sold,
        country="US",
        delivery_name="Home",
        note="",
        email=None,
        ship_to=None,
        pay_by=START,
        placed_at=START,
        paid_at=START,
        fulfilled_at=None,
        cancelled_at=None,
        cancel_reason=None,
        returned=back or sums(0),
    )


SOLD = sums(7500, discount=1000, delivery=500, tax=601, gift=700)


def test_one_of_three_takes_its_share_of_discount_tax_and_pledge() -> None:
    plan = plan_refund(order(SOLD), [line()], Wish(units={1: 1}))
    assert plan.parts == sums(2500, discount=333, tax=200)
    assert (plan.total, plan.pledge, plan.empties) == (usd(2367), usd(333), False)


def test_the_gift_is_never_touched_unless_asked_for() -> None:
    plan = plan_refund(order(SOLD), [line()], Wish(units={1: 3}, delivery=500))
    assert (plan.parts.gift, plan.empties) == (usd(0), True)


def test_all_that_is_left_is_all_that_was_paid() -> None:
    facts = order(SOLD)
    plan = plan_refund(facts, [line()], everything_left(facts, [line()]))
    assert (plan.parts, plan.pledge) == (SOLD, usd(1000))


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish(units={1: 4}), "units_1"),
        (Wish(units={1: -1}), "units_1"),
        (Wish(delivery=501), "delivery"),
        (Wish(gift=701), "gift"),
        (Wish(tax=602), "tax"),
        (Wish(price=6501), "price"),
        (Wish(price=-1), "price"),
        (Wish(), "form"),
    ],
)
def test_more_than_is_left_is_refused_beside_its_field(wish: Wish, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        plan_refund(order(SOLD), [line()], wish)
    assert refused.value.field == field


def test_tees_come_back_for_what_an_earlier_reduction_left_of_them() -> None:
    facts = order(sums(7500), back=sums(2000))
    assert plan_refund(facts, [line()], Wish(units={1: 3})).total == usd(5500)


def test_what_was_sent_says_what_became_of_it() -> None:
    facts = order(SOLD, state="fulfilled")
    plan = plan_refund(facts, [line()], Wish(units={1: 2}, stock={1: "damaged"}))
    assert ([back.stock for back in plan.lines], plan.empties) == (["damaged"], False)
    with pytest.raises(Invalid):
        plan_refund(facts, [line()], Wish(units={1: 2}, stock={1: "freed"}))


@pytest.mark.parametrize(
    ("amount", "parts"),
    [(6000, sums(6000)), (7000, sums(6500, tax=500)), (7700, sums(6500, delivery=500, tax=601, gift=99))],
)
def test_a_bare_amount_comes_off_the_gift_last(amount: int, parts: Sums) -> None:
    facts = order(SOLD)
    assert plan_refund(facts, [line()], amount_only(facts, usd(amount))).parts == parts


TAXED = OrderTax(name="Sales tax", delivery_minor=41)  # of the 642 that were added


def test_the_tax_of_the_delivery_goes_back_with_the_delivery_and_not_with_a_tee() -> None:
    facts = order(sums(7500, delivery=500, tax=642), tax=TAXED)
    assert plan_refund(facts, [line(discount=0)], Wish(units={1: 1})).parts == sums(2500, tax=200)
    assert plan_refund(facts, [line(discount=0)], Wish(delivery=250)).parts == sums(0, delivery=250, tax=20)


def test_a_delivery_that_comes_back_in_two_parts_loses_no_cent_of_its_tax() -> None:
    sold = sums(7500, delivery=500, tax=642)
    first = plan_refund(order(sold, tax=TAXED), [line(discount=0)], Wish(delivery=333)).parts
    then = order(sold, back=first, tax=TAXED)
    rest = plan_refund(then, [line(discount=0)], everything_left(then, [line(discount=0)])).parts
    assert Sums(*_added(first, rest)) == sold


def test_prices_with_their_tax_in_them_give_none_back_beside_it() -> None:
    inside = OrderTax(name="VAT", inclusive=True, delivery_minor=80, included_minor=1200)
    facts = order(sums(7500, delivery=500), tax=inside)
    wish = Wish(units={1: 1}, delivery=500)
    assert plan_refund(facts, [line(discount=0, tax=400)], wish).parts == sums(2500, delivery=500)


@given(
    units=some.lists(some.integers(1, 3), min_size=1, max_size=4),
    discount=some.integers(0, 3000),
    tax=some.integers(0, 999),
    pledge=some.integers(0, 999),
)
def test_units_that_come_back_one_after_another_lose_no_cent(
    units: list[int], discount: int, tax: int, pledge: int
) -> None:
    bought = sum(units)
    sold, back, returned = sums(2500 * bought, discount=min(discount, 2000), tax=tax), sums(0), 0
    plans: list[RefundPlan] = []
    for count in units:
        one = line(quantity=bought, discount=min(discount, 2000), tax=tax, pledge=pledge, returned=returned)
        plans.append(plan_refund(order(sold, back=back), [one], Wish(units={1: count})))
        back, returned = Sums(*_added(back, plans[-1].parts)), returned + count
    assert (back, sum(plan.pledge.minor for plan in plans)) == (sold, pledge)


def _added(one: Sums, other: Sums) -> list[Money]:
    return [getattr(one, name) + getattr(other, name) for name in Sums.__struct_fields__]
