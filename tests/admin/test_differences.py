"""Another size that costs more, at the desk and at the buyer's: through the real gateway to the stand-in for Stripe."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec import Struct
from sqlalchemy import update

from shop.catalogue.models import Variant
from shop.catalogue.queries import all_variants
from shop.core.database import end_read, session, transaction
from shop.orders.differences import differences_of
from shop.orders.queries import lines_of, order, orders_of
from shop.orders.rules import Line, OrderFacts
from shop.stripe_standin.testing import RunningStandIn
from tests.admin.desk import Desk, browser, text_of, token_of, typed_in
from tests.support.factories import open_shop
from tests.support.shopper import FlaskBrowser, Shopper


class Bought(Struct, frozen=True):
    """A paid order of one tee in M; `dearer` is the variant in L, which costs $4.00 more by now."""

    buyer: Shopper
    sale: OrderFacts
    line: Line
    dearer: int


@pytest.fixture
def bought(app: Flask, standin: RunningStandIn) -> Bought:
    """Bought and paid on the hosted page."""
    dearer = open_shop().variants["TEE-L"]
    with transaction():
        session().execute(update(Variant).where(Variant.id == dearer).values(price_minor=2_900))
    buyer = Shopper(FlaskBrowser(browser(app)))
    (tee,) = {(one.slug, one.colour_slug) for one in all_variants()}
    end_read()
    buyer.puts(tee[0], colour=tee[1], size="M").checks_out().pays(standin).comes_back()
    (sale,) = orders_of("supporter@example.org")
    (line,) = lines_of(sale.id)
    end_read()
    return Bought(buyer, sale, line, dearer)


def test_staff_ask_and_the_buyer_pays_on_the_hosted_page(app: Flask, standin: RunningStandIn, bought: Bought) -> None:
    buyer, sale, line, dearer = bought.buyer, bought.sale, bought.line, bought.dearer
    swap = f"/admin/orders/{sale.id}/swap/{line.id}"

    packer, owner = Desk(app, "fulfilment"), Desk(app, name="Olu")
    asked = {"variant": dearer, "seen": line.variant_id, "settle": "waive"}
    assert "must decide about this" in text_of(packer.press(swap, swap, **asked))
    shown = owner.press(swap, swap, **asked)
    assert "The buyer would pay $4.00" in text_of(shown)
    name, token = token_of(shown, swap)
    bare = owner.client.post(swap, data={**asked, name: token, "confirm": "1", "reason": ""})
    assert (bare.status_code, "why the store bears it" in text_of(bare)) == (422, True)
    told = owner.client.post(swap, data={**asked, name: token, "confirm": "1", "settle": "ask"})
    assert told.location == f"/admin/orders/{sale.id}"
    assert "Asked" in owner.reads(told.location)

    page = buyer.looks_at(f"/orders/{sale.token}").page.text
    assert "Pay $4.00" in page
    (difference,) = differences_of(sale.id)
    end_read()
    session_id = page.partition("/pay/")[2].partition('"')[0]
    standin.pay(session_id)
    assert buyer.comes_back(session_id).page.location.startswith("/orders/")
    assert buyer.looks_at(f"/orders/{order(difference.order_id or '').token}").page.location.endswith(sale.token)
    assert (lines_of(sale.id)[0].sku, order(difference.order_id or "").state) == ("TEE-L", "paid")
    end_read()
    for look in ("/admin/search", "/admin/orders"):
        assert f'href="/admin/orders/{sale.id}"' in owner.get(f"{look}?q={difference.number.lower()}").text
    refund = f"/admin/orders/{sale.id}/refund"
    form = owner.get(refund)
    chosen = {"key": typed_in(form, "key"), f"units_{line.id}": 1, "reason": "Asked"}
    back = owner.press(refund, refund, **chosen)
    assert "$4.00 goes back too" in text_of(back)


def test_the_buyer_may_keep_the_size_that_was_ordered(app: Flask, standin: RunningStandIn, bought: Bought) -> None:
    buyer, sale, line, dearer = bought.buyer, bought.sale, bought.line, bought.dearer
    swap, owner = f"/admin/orders/{sale.id}/swap/{line.id}", Desk(app)
    owner.press(swap, swap, variant=dearer, seen=line.variant_id, settle="ask", confirm="1")
    (difference,) = differences_of(sale.id)
    end_read()
    keep = f"/orders/{sale.token}/difference/{difference.order_id}/keep"
    for _ in range(2):
        assert buyer.browser.post(keep, {}).location == f"/orders/{sale.token}"
    assert "Keep the size I ordered" not in buyer.looks_at(f"/orders/{sale.token}").page.text
    assert order(difference.order_id or "").state == "cancelled"
    assert buyer.browser.post(f"/orders/{sale.token}/difference/nothing/keep", {}).status == 404
    end_read()
