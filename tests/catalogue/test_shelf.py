"""What was added is what the shelf shows; drafts are nobody's business."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.catalogue import operations, queries
from shop.catalogue.models import Product
from shop.catalogue.rules import ShelfProduct, SizeChartView, SizeRow, centimetres, inches
from shop.core import clock
from shop.core.columns import AnySelect
from shop.core.database import session, transaction
from shop.core.errors import Invalid, NotFound
from shop.core.money import Money
from shop.web.reads import shelf
from shop.web.reads.choices import choices
from tests.catalogue.making import add_tee, listing


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def on_shelf(slug: str) -> ShelfProduct:
    (card,) = shelf.named([slug])
    return card.product


def test_a_published_product_is_shown_as_it_was_added(app: Flask) -> None:
    with transaction():
        product_id, _ = add_tee("north-star")
    card = on_shelf("north-star")
    assert (card.id, card.slug, card.title, card.price_from) == (product_id, "north-star", "North Star", usd(3200))
    assert not card.one_price
    detail = queries.product_named("north-star")
    assert detail.summary == "A tee for tests."
    assert detail.supplier_states == "The supplier states that it is organic."
    assert (detail.weight_gsm, detail.status, detail.price_from) == (180, "published", usd(3200))


def test_variants_come_by_colour_and_size_with_their_own_prices(app: Flask) -> None:
    with transaction():
        product_id, ids = add_tee("north-star")
    shown = [(one.colour, one.colour_name, one.cloth, one.size, one.price.minor) for one in choices(product_id)]
    assert shown == [
        ("ink", "Ink", "#17181c", "M", 3200),
        ("ink", "Ink", "#17181c", "2XL", 3400),
        ("paper", "Paper", "#f6f1e7", "M", 3200),
        ("paper", "Paper", "#f6f1e7", "2XL", 3400),
    ]
    assert {one.sku: one.id for one in queries.all_variants(product_ids=[product_id])} == ids


def test_the_shelf_keeps_the_order_of_staff_and_answers_in_any_other(app: Flask) -> None:
    with transaction():
        add_tee("last", position=9)
        add_tee("first", position=1)
        add_tee("middle", position=5)
    assert [card.product.slug for card in shelf.front(limit=2)] == ["first", "middle"]
    ids = [card.product.id for card in shelf.front()]
    assert [card.product.slug for card in shelf.by_ids(ids[::-1])] == ["last", "middle", "first"]


@pytest.mark.only_on("sqlite")
def test_products_that_are_named_are_looked_up_and_the_shelf_is_not_walked(app: Flask) -> None:
    def plan_of(statement: AnySelect) -> str:
        given = statement.params(ids=[1, 2], slugs=["first"], limit=2, moment=clock.now(), today=clock.now().date())
        sent = str(given.compile(session().get_bind(), compile_kwargs={"render_postcompile": True}))
        steps = session().connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sent}", (None,) * sent.count("?"))
        return " ".join(step[3] for step in steps)

    walk = "products USING INDEX ix_products_shelf"
    assert "products USING INTEGER PRIMARY KEY" in plan_of(shelf._BY_ID)
    assert walk not in plan_of(shelf._BY_ID) + plan_of(shelf._NAMED)
    assert walk in plan_of(shelf._where(Product.id.in_([1, 2])))  # as it would be by itself


def test_drafts_are_invisible(app: Flask) -> None:
    with transaction():
        _, ids = add_tee("secret", published=False)
    assert shelf.front() == []
    assert shelf.named(["secret"]) == []
    with pytest.raises(NotFound):
        queries.product_named("secret")
    assert not queries.variants_in_cart(ids.values())[ids["SECRET-INK-M"]].buyable


def test_a_retired_product_keeps_its_page_and_cannot_be_bought(app: Flask) -> None:
    with transaction():
        product_id, ids = add_tee("old")
        operations.retire(product_id)
    assert shelf.front() == []
    assert queries.product_named("old").status == "retired"
    assert not queries.variants_in_cart(ids.values())[ids["OLD-INK-M"]].buyable


def test_a_choice_that_does_not_exist_is_not_found(app: Flask) -> None:
    with transaction():
        add_tee("north-star")
    assert queries.variant_chosen(slug="north-star", colour="ink", size="M").sku == "NORTH-STAR-INK-M"
    for slug, colour, size in [("north-star", "ink", "XS"), ("north-star", "clay", "M"), ("other", "ink", "M")]:
        with pytest.raises(NotFound):
            queries.variant_chosen(slug=slug, colour=colour, size=size)


def test_the_lowest_price_is_kept_when_a_price_changes(app: Flask) -> None:
    with transaction():
        _, ids = add_tee("north-star", prices={"M": 3200})
    assert on_shelf("north-star").one_price
    with transaction():
        operations.price_variant(ids["NORTH-STAR-INK-M"], price=usd(2900))
    cheaper = on_shelf("north-star")
    assert (cheaper.price_from, cheaper.one_price) == (usd(2900), False)
    with transaction():
        for sku in ids.values():
            operations.price_variant(sku, price=usd(3600))
    dearer = on_shelf("north-star")
    assert (dearer.price_from, dearer.one_price) == (usd(3600), True)


def test_a_price_of_nothing_is_refused(app: Flask) -> None:
    with transaction():
        _, ids = add_tee("north-star")
    with pytest.raises(Invalid), transaction():
        operations.price_variant(ids["NORTH-STAR-INK-M"], price=usd(0))


def test_a_product_without_anything_to_sell_is_refused(app: Flask) -> None:
    one = listing("empty")
    with pytest.raises(Invalid), transaction():
        operations.add_product(one.product, colours=one.colours, variants=[])
    with pytest.raises(Invalid, match="one of the colours"), transaction():
        operations.add_product(one.product, colours=one.colours[:1], variants=one.variants)
    with pytest.raises(Invalid), transaction():
        free = listing("empty", prices={"M": 0})
        operations.add_product(free.product, colours=free.colours, variants=free.variants)


def test_many_added_at_once_are_published_each_with_its_own_variants(app: Flask) -> None:
    with transaction():
        added = operations.add_published([listing(f"tee-{number}", position=number) for number in range(1, 4)])
    assert [one.slug for one in added] == ["tee-1", "tee-2", "tee-3"]
    assert [card.product.id for card in shelf.front()] == [one.product_id for one in added]
    for one in added:
        found = queries.all_variants(product_ids=[one.product_id])
        assert {variant.sku: variant.id for variant in found} == one.variants
    assert queries.known_slugs(["tee-1", "tee-9"]) == {"tee-1"}


CHART = SizeChartView(
    garment="tee",
    columns=("Chest width", "Body length"),
    rows=(SizeRow("S", (490, 700)), SizeRow("M", (525, 720))),
    how_to_measure=("Lay it flat.",),
    tolerance_note="Allow 2 cm either way.",
)


def test_a_size_chart_is_read_as_it_was_kept_and_replaces_the_one_before(app: Flask) -> None:
    assert queries.size_chart("tee") is None
    with transaction():
        operations.set_size_chart(CHART)
        operations.set_size_chart(CHART)
    assert queries.size_chart("tee") == CHART


def test_a_size_chart_with_a_measure_missing_is_refused(app: Flask) -> None:
    short = SizeChartView("tee", ("Chest", "Length"), (SizeRow("S", (490,)),), (), "")
    with pytest.raises(Invalid), transaction():
        operations.set_size_chart(short)


def test_measures_are_said_in_centimetres_and_to_the_quarter_inch() -> None:
    assert [centimetres(mm) for mm in (520, 525)] == ["52", "52.5"]
    assert [inches(mm) for mm in (508, 520, 525, 533)] == ["20", "20 ½", "20 ¾", "21"]
