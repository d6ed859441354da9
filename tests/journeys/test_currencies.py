"""Currencies without decimals, with two and with three: cart, Stripe, order, books and page agree on every digit."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace

from shop.books.queries import posted_for
from shop.brand import operations as branding
from shop.catalogue import operations as catalogue
from shop.core.database import end_read, transaction
from shop.core.formats import money_text
from shop.core.money import BadAmount, Money
from shop.delivery.operations import add_zone
from shop.giving.operations import add_fund
from shop.journeys.card_testing import let_pay_in_own_currency
from shop.journeys.quote import quote
from shop.payments.queries import payment_of
from shop.payments.stripe_pages import session_params
from shop.stock.operations import Opening, open_levels
from tests.support.factories import BRAND, Shopper, add_offer, new_product
from tests.support.till import Till


def open_shop_in(currency: str, *, price: int, delivery: int) -> None:
    """One tee at `price`, sent for `delivery`, both in minor units."""

    def money(minor: int) -> Money:
        return Money(minor, currency)

    brand = replace(
        BRAND,
        currency=currency,
        gift_presets=(money(5_000),),
        gift_minimum=money(10),
        gift_maximum=money(900_000),
        round_up_steps=(money(10_000),),
    )
    with transaction():
        branding.found(brand)
        add_zone(name="Home", countries=["US"], rate=money(delivery), free_from=None, estimate="", note=None)
        add_fund(slug="open-fund", name="Open Fund", purpose="Shelter", route="own_fund")
        product_id, variants = catalogue.add_product(
            new_product("tee"),
            colours=[("ink", "Ink", "#17181c")],
            variants=[catalogue.NewVariant("ink", "M", 1, "TEE-M", money(price), weight_grams=165)],
        )
        catalogue.publish(product_id)
        open_levels([Opening(variants["TEE-M"], product_id, 10)], reason="First delivery", actor="robin")


@pytest.mark.parametrize(
    ("currency", "price", "delivery", "said"),
    [("JPY", 3_200, 800, "¥"), ("KWD", 10_250, 1_500, "KWD"), ("USD", 3_200, 495, "$")],
)
def test_every_digit_is_the_same_everywhere(
    app: Flask, till: Till, currency: str, price: int, delivery: int, said: str
) -> None:
    open_shop_in(currency, price=price, delivery=delivery)
    add_offer(basis_points=1_500, currency=currency)
    shopper = Shopper(till).puts("TEE-M", 3).gives(5_000)
    shown = quote(shopper.cart).sums
    end_read()
    shopper.checks_out()
    page = till.processor.page_of(shopper.order_id)
    assert page.total == shown.total == shopper.order.sums.total
    params = session_params(page.request)
    amounts = [line["price_data"]["unit_amount"] * line["quantity"] for line in params["line_items"]]
    assert sum(amounts) + delivery == shown.total.minor
    assert {line["price_data"]["currency"] for line in params["line_items"]} == {currency.lower()}
    if currency == "KWD":
        assert all(line["price_data"]["unit_amount"] % 10 == 0 for line in params["line_items"])
    shopper.pays().comes_back()
    posted = posted_for(shopper.order_id)
    end_read()
    assert -posted["goods_revenue", ""] - posted["discounts", ""] + delivery + 5_000 == shown.total.minor
    assert said in money_text(shown.total)


def test_thousandths_that_stripe_does_not_charge_are_refused_where_they_are_typed() -> None:
    assert Money.parse("1.230", "KWD").minor == 1_230
    with pytest.raises(BadAmount, match=r"in steps of 0\.010"):
        Money.parse("1.234", "KWD")
    with pytest.raises(BadAmount, match=r"in steps of 1\.00"):
        Money.parse("5.50", "UGX")


def test_what_the_customer_paid_in_a_currency_of_their_own_is_kept(shopper: Shopper, till: Till) -> None:
    let_pay_in_own_currency(True, actor="Ada")
    shopper.puts("TEE-M").checks_out()
    let_pay_in_own_currency(False, actor="Ada")
    page = till.processor.page_of(shopper.order_id)
    assert session_params(page.request)["adaptive_pricing"] == {"enabled": True}
    page.presented = Money(2_790, "EUR")
    shopper.pays().comes_back()
    payment = payment_of(shopper.order_id)
    end_read()
    assert payment is not None
    assert (payment.amount, payment.presented) == (shopper.order.sums.total, Money(2_790, "EUR"))
