"""The demo goes into an empty database once, whole, and as often as anybody likes."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import func, select

from shop.brand.operations import set_brand
from shop.brand.queries import brand
from shop.campaigns import queries as campaigns
from shop.catalogue import queries as catalogue
from shop.core.database import db, session, transaction
from shop.core.errors import Invalid
from shop.delivery import queries as delivery
from shop.demo import content, generated
from shop.demo.seed import NotTheDemo, SeedReport, seed
from shop.giving import queries as giving
from shop.giving.models import Partner, Pledge
from shop.stock import queries as stock
from shop.stock.models import StockLevel, StockMovement
from shop.web.reads import shelf
from shop.web.reads.links import partners_behind


def rows() -> dict[str, int]:
    """How many rows each table has."""
    counted = {
        table.name: session().execute(select(func.count()).select_from(table)).scalar_one()
        for table in db.metadata.sorted_tables
    }
    session().rollback()
    return counted


def on_shelf() -> int:
    """How many products visitors see."""
    return len(shelf.addresses())


def test_an_empty_database_becomes_the_demo(app: Flask) -> None:
    report = seed()
    assert report.added["products"] == len(content.PRODUCTS) == on_shelf()
    assert brand().demo
    assert brand().demo_notice == content.BRAND.demo_notice
    assert [zone.name for zone in delivery.zones()] == [zone.name for zone in content.ZONES]
    assert delivery.countries()[0].code == "US"
    assert [fund.slug for fund in giving.gift_funds()] == [
        content.BRAND.fund_slug,
        *(fund.slug for fund in content.FUNDS),
    ]
    assert [card.slug for card in campaigns.published()] == [campaign.slug for campaign in content.CAMPAIGNS]
    assert [line.key for line in campaigns.helplines()] == [line.key for line in content.HELPLINES]
    assert [page.slug for page in campaigns.pages()] == [page.slug for page in content.PAGES]


def test_every_variant_has_the_price_and_stock_of_the_content_and_says_why(app: Flask) -> None:
    seed()
    found = {variant.sku: variant for variant in catalogue.all_variants()}
    available = stock.available_of(variant.id for variant in found.values())
    for product in content.PRODUCTS:
        for variant in product.variants():
            added = found[variant.sku]
            assert (added.price.minor, added.size, added.cloth) == (
                variant.price_minor,
                variant.size,
                variant.colour.hex,
            )
            assert available[added.id] == variant.stock
    (movement,) = stock.history(found["LT-NST-INK-M"].id)
    assert (movement.kind, movement.reason, movement.actor) == ("received", "Opening stock of the demo", "demo")
    assert stock.history(found["LT-NST-PAP-4XL"].id) == []  # starts sold out


def test_a_story_finds_its_tees_partners_claims_and_relatives(app: Flask) -> None:
    seed()
    main = campaigns.campaign_named("look-closer")
    record = content.CAMPAIGNS[0]
    tees = {card.product.slug: card.product.id for card in shelf.named(record.product_slugs)}
    assert set(tees) == set(record.product_slugs)
    assert set(campaigns.campaigns_of_products(tees.values())) == set(tees.values())
    assert [card.slug for card in partners_behind(main.card.id)] == list(record.partner_slugs)
    assert [card.slug for card in campaigns.related_to(main.card.id)] == list(record.related_slugs)
    assert len(campaigns.claims(claim.key for claim in content.CLAIMS)) == len(content.CLAIMS)


def test_pledges_are_made_to_active_partners_only_and_hold_through_their_last_day(app: Flask) -> None:
    seed()
    made = session().execute(select(Pledge, Partner.status).join(Partner, Partner.id == Pledge.partner_id)).all()
    assert len(made) == sum(product.pledge is not None for product in content.PRODUCTS)
    assert {status for _, status in made} == {"active"}
    assert {pledge.ends_at for pledge, _ in made} == {
        datetime(2027, 11, 1, tzinfo=UTC),
        datetime(2027, 5, 1, tzinfo=UTC),
    }


def test_size_charts_are_kept_in_millimetres(app: Flask) -> None:
    seed()
    for garment, record in content.SIZE_CHARTS.items():
        chart = catalogue.size_chart(garment)
        assert chart is not None
        assert chart.columns == record.columns
        assert [(row.size, row.measures_mm) for row in chart.rows] == [
            (row.size, tuple(cm * 10 for cm in row.measures_cm)) for row in record.rows
        ]


def test_a_second_time_changes_nothing_and_says_so(app: Flask) -> None:
    seed()
    before = rows()
    again = seed()
    assert again == SeedReport({})
    assert rows() == before


def test_two_at_once_make_one_demo(app: Flask) -> None:
    together = threading.Barrier(2)
    reports: list[SeedReport] = []

    def run() -> None:
        with app.app_context():
            together.wait()
            reports.append(seed(products=3))
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    added = [report.added for report in reports]
    assert sum(one.get("brands", 0) for one in added) == 1
    assert sum(one.get("generated products", 0) for one in added) == 3
    assert on_shelf() == len(content.PRODUCTS) + 3


def test_a_store_of_somebodys_own_is_left_alone(app: Flask) -> None:
    seed()
    with transaction():
        set_brand(replace(brand(), slug="our-own"))
    before = rows()
    assert seed() == SeedReport({})
    with pytest.raises(NotTheDemo):
        seed(products=5)
    assert rows() == before


def test_a_long_shelf_is_added_and_lengthened_but_never_twice(app: Flask) -> None:
    assert seed(products=7).added["generated products"] == 7
    assert seed(products=7) == SeedReport({})
    assert seed(products=5) == SeedReport({})
    assert seed(products=12).added == {"generated products": 5}
    assert on_shelf() == len(content.PRODUCTS) + 12


def test_a_generated_product_can_be_bought_and_its_stock_is_explained(app: Flask) -> None:
    seed(products=30)
    record = generated.generated(30)
    product = catalogue.product_named(record.slug)
    variants = catalogue.all_variants(product_ids=[product.id])
    assert len(variants) == 18
    assert len({variant.colour_slug for variant in variants}) == 3
    levels = stock.levels(variant.id for variant in variants)
    assert {variant.sku: levels[variant.id].on_hand for variant in variants} == {
        variant.sku: variant.stock for variant in record.variants()
    }
    moved = select(StockMovement.variant_id, func.sum(StockMovement.on_hand_change)).group_by(StockMovement.variant_id)
    movements = dict(iter(session().execute(moved)))
    for variant_id, on_hand in session().execute(select(StockLevel.variant_id, StockLevel.on_hand)):
        assert movements.get(variant_id, 0) == on_hand


def test_generated_products_differ_and_stay_the_same() -> None:
    many = [generated.generated(number) for number in range(1, 1_001)]
    assert len({product.slug for product in many}) == 1_000
    assert len({product.title for product in many}) > 900
    assert len({variant.sku for product in many for variant in product.variants()}) == 18_000
    assert generated.generated(17) == generated.generated(17)
    units = [variant.stock for product in many for variant in product.variants()]
    assert 0 < units.count(0) < len(units) // 10


@pytest.mark.parametrize("wrong", [-1, 100_001])
def test_a_number_of_products_out_of_bounds_is_refused(app: Flask, wrong: int) -> None:
    with pytest.raises(Invalid):
        seed(products=wrong)
    assert on_shelf() == 0
