"""What staff change of a product: its address, its hour, its prices and barcodes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from shop.catalogue import operations
from shop.catalogue.operations import NewProduct, VariantTerms
from shop.catalogue.rules import barcode_fits, ean13_check, own_ean13
from shop.catalogue.search import index
from shop.core import clock
from shop.core.database import transaction
from shop.core.errors import Invalid, NotFound
from shop.web.reads import shelf
from tests.catalogue.making import add_tee
from tests.support.client import SeparateClient
from tests.support.factories import new_product, open_shop, usd
from tests.support.held_clock import HeldClock


def called(slug: str, **more: object) -> NewProduct:
    facts = new_product(slug)
    return NewProduct(**{name: getattr(facts, name) for name in facts.__struct_fields__} | more)


def terms(variant_id: int, sku: str, **more: object) -> VariantTerms:
    usual = {"price": usd(2500), "compare_at": None, "cost": None, "barcode": None, "weight_grams": 165, "active": True}
    return VariantTerms(variant_id=variant_id, sku=sku, **usual | more)  # type: ignore[arg-type]  # fields by name


def test_a_former_address_leads_to_the_present_one(app: Flask, client: SeparateClient) -> None:
    shelf_made = open_shop()
    for slug in ("second", "third"):
        with transaction():
            operations.change_product(shelf_made.product_id, called(slug))
    for slug in ("tee", "second"):
        answer = client.get(f"/shop/{slug}?colour=ink")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/shop/third?colour=ink")
    assert client.get("/shop/third").status_code == 200
    with transaction():
        operations.change_product(shelf_made.product_id, called("tee"))
    assert client.get("/shop/tee").status_code == 200
    assert index.find(["tee"]) == [shelf_made.product_id]


def test_an_address_of_another_product_is_refused_and_one_it_had_too(app: Flask) -> None:
    with transaction():
        first, _ = add_tee("first")
        second, _ = add_tee("second")
        operations.change_product(first, called("moved"))
    for slug in ("second", "moved"):
        with pytest.raises(Invalid) as refused, transaction():
            operations.change_product(first if slug == "second" else second, called(slug))
        assert refused.value.field == "slug"
    with pytest.raises(Invalid), transaction():
        operations.change_product(second, called("first"))
    with pytest.raises(NotFound), transaction():
        operations.change_product(999, called("x"))


def test_a_scheduled_product_comes_by_itself_and_a_draft_goes(app: Flask, held_clock: HeldClock) -> None:
    with transaction():
        product_id, _ = add_tee("later", published=False)
        operations.schedule(product_id, at=clock.now() + timedelta(hours=2))
    assert shelf.front() == []
    held_clock.forward(hours=2)
    assert [card.product.slug for card in shelf.front()] == ["later"]
    with transaction():
        operations.withdraw(product_id, to="draft")
    assert shelf.front() == []


def test_prices_barcodes_and_skus_are_set_together_or_not_at_all(app: Flask) -> None:
    with transaction():
        product_id, ids = add_tee("north", prices={"M": 3200})
    sku, other = ids
    with transaction():
        operations.set_variants(product_id, [terms(ids[sku], sku, barcode=own_ean13(7)), terms(ids[other], other)])
    assert shelf.front()[0].product.price_from == usd(2500)
    wrong: list[dict[str, object]] = [
        {"price": usd(0)},
        {"compare_at": usd(2500)},
        {"barcode": "2000000000070"},
        {"weight_grams": 0},
        {"barcode": own_ean13(7)},
        {"sku": sku},
    ]
    for one in wrong:
        with pytest.raises(Invalid), transaction():
            set_both = [terms(ids[sku], sku, barcode=own_ean13(7), price=usd(100))]
            operations.set_variants(product_id, [*set_both, terms(**{"variant_id": ids[other], "sku": other} | one)])  # type: ignore[arg-type]  # fields by name
    assert shelf.front()[0].product.price_from == usd(2500)
    with pytest.raises(Invalid), transaction():
        operations.set_variants(product_id, [terms(ids[sku], sku, active=False)])


def test_barcodes_carry_a_check_digit() -> None:
    assert ean13_check("400638133393") == "1"  # the example of GS1's own documents
    assert own_ean13(7) == "2000000000077"
    assert [barcode_fits(code) for code in ("4006381333931", "4006381333932", "TEE-INK-M", "", "a" * 41, "ü")] == [
        True,
        False,
        True,
        False,
        False,
        False,
    ]


def test_a_cart_with_more_than_one_person_may_have_says_so(app: Flask, client: SeparateClient) -> None:
    product_id = open_shop().product_id
    with transaction():
        operations.change_product(product_id, called("tee", most_each=2))
    assert "2 for each person" in client.get("/shop/tee").text
    for size in ("S", "M", "L"):
        client.post("/cart/lines", data={"product": "tee", "colour": "ink", "size": size, "quantity": "1"})
    assert "There are 2 of these for each person" in client.get("/cart").text
    assert client.post("/checkout", data={"country": "US", "note": ""}).status_code == 409
