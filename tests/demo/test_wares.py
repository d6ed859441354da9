"""The demo shelf holds together: garments, products, pledges, sizes, delivery and gifts."""

import re
from typing import get_args

import pytest

from shop.demo import content
from shop.demo.content import PARTNERS, PRODUCTS, SIZE_CHARTS, ZONES
from shop.demo.content.shapes import ArtworkKey
from shop.demo.content.texts import read_text
from shop.demo.content.ware_shapes import GarmentKey, Pledge, Product

WORN_SIZES = ("XS", "S", "M", "L", "XL", "2XL", "3XL", "4XL")
PARTNERS_BY_SLUG = {partner.slug: partner for partner in PARTNERS}
PRODUCT_SLUGS = {product.slug for product in PRODUCTS}


def by_slug(product: Product) -> str:
    return product.slug


# --- products ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("product", PRODUCTS, ids=by_slug)
def test_a_product_is_complete(product: Product) -> None:
    assert product.artwork in get_args(ArtworkKey)
    assert content.GARMENTS[product.garment.key] is product.garment
    assert product.garment.key in SIZE_CHARTS
    assert len(product.colourways) >= 3
    assert len({way.colour.code for way in product.colourways}) == len(product.colourways)
    assert 80 <= len(product.story.split()) <= 150
    assert product.fit_note
    assert product.summary


@pytest.mark.parametrize("product", PRODUCTS, ids=by_slug)
def test_a_products_variants_cover_each_colour_and_size_with_sound_numbers(product: Product) -> None:
    variants = product.variants()
    wanted = [(way.colour.name, size) for way in product.colourways for size in product.garment.sizes]
    assert [(variant.colour.name, variant.size) for variant in variants] == wanted
    assert all(len(way.stock) == len(product.garment.sizes) for way in product.colourways)
    for variant in variants:
        assert type(variant.price_minor) is int
        assert variant.price_minor > 0
        assert variant.weight_grams > 0
        assert variant.stock >= 0
        assert re.fullmatch(r"LT-[A-Z]{3}-[A-Z]{3}-(XS|S|M|L|XL|2XL|3XL|4XL|OS)", variant.sku)


def test_skus_slugs_and_codes_are_unique() -> None:
    skus = [variant.sku for product in PRODUCTS for variant in product.variants()]
    assert len(set(skus)) == len(skus)
    assert len(PRODUCT_SLUGS) == len(PRODUCTS) == len({product.code for product in PRODUCTS})
    assert "LT-NST-INK-M" in skus


def test_there_are_six_tees_or_more_and_only_the_largest_sizes_cost_more() -> None:
    tees = [product for product in PRODUCTS if product.garment.key in {"tee", "womens_tee"}]
    assert len(tees) >= 6
    for tee in tees:
        dearer = {variant.size for variant in tee.variants() if variant.price_minor > tee.price_minor}
        assert dearer == {"2XL", "3XL", "4XL"}


def test_some_sizes_start_sold_out_and_some_low() -> None:
    stock = [variant.stock for product in PRODUCTS for variant in product.variants()]
    assert 3 <= stock.count(0) <= len(stock) // 10
    assert any(0 < units <= 3 for units in stock)


def test_colour_codes_names_and_hexes_are_well_formed_and_unique() -> None:
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour.hex) for colour in content.COLOURS)
    assert len({colour.code for colour in content.COLOURS}) == len(content.COLOURS)
    used = {way.colour for product in PRODUCTS for way in product.colourways}
    assert used == set(content.COLOURS)


def test_garments_worn_come_in_all_sizes_and_get_heavier_with_size() -> None:
    assert set(content.GARMENTS) == set(get_args(GarmentKey))
    for garment in content.GARMENTS.values():
        assert garment.sizes == (("One size",) if garment.key == "tote" else WORN_SIZES)
        assert len(garment.weights_grams) == len(garment.sizes)
        assert list(garment.weights_grams) == sorted(garment.weights_grams)


def test_size_charts_have_a_row_per_size_and_never_shrink() -> None:
    assert set(SIZE_CHARTS) == set(content.GARMENTS)
    for key, chart in SIZE_CHARTS.items():
        assert tuple(row.size for row in chart.rows) == content.GARMENTS[key].sizes
        assert all(len(row.measures_cm) == len(chart.columns) for row in chart.rows)
        for column in zip(*(row.measures_cm for row in chart.rows), strict=True):
            assert list(column) == sorted(column)
        assert chart.how_to_measure


# --- pledges, delivery, gifts -----------------------------------------------------------------------------


def pledges() -> list[Pledge]:
    return [product.pledge for product in PRODUCTS if product.pledge is not None]


def test_a_pledge_is_to_an_active_partner_in_one_form_with_dates_and_a_cap() -> None:
    for pledge in pledges():
        assert PARTNERS_BY_SLUG[pledge.partner_slug].status == "active"
        assert (pledge.amount_minor is None) != (pledge.basis_points is None)
        assert 0 < (pledge.amount_minor or pledge.basis_points or 0) <= 10_000
        assert pledge.starts_on < pledge.ends_on
        assert pledge.cap_minor > 0


def test_a_fixed_pledge_is_less_than_the_price_and_some_products_carry_none() -> None:
    for product in PRODUCTS:
        if product.pledge is not None and product.pledge.amount_minor is not None:
            assert product.pledge.amount_minor < product.price_minor
    assert 0 < len(pledges()) < len(PRODUCTS)


def test_a_country_belongs_to_one_zone_and_rates_are_positive() -> None:
    countries = [country for zone in ZONES for country in zone.countries]
    assert len(set(countries)) == len(countries)
    assert all(re.fullmatch(r"[A-Z]{2}", country) for country in countries)
    assert {"US", "CA", "GB", "DE", "IE"} <= set(countries)
    assert all(zone.rate_minor > 0 for zone in ZONES)
    assert all(zone.free_over_minor is None or zone.free_over_minor > zone.rate_minor for zone in ZONES)


def test_the_delivery_page_states_the_rates_and_times_of_the_zones() -> None:
    body = read_text(folder="pages", slug="delivery-and-returns")
    for zone in ZONES:
        assert f"${zone.rate_minor / 100:.2f}" in body
        assert zone.estimate in body
        if zone.free_over_minor is not None:
            assert f"${zone.free_over_minor / 100:.2f}" in body


def test_gift_choices_lie_between_the_minimum_and_the_maximum() -> None:
    choices = content.GIFT_CHOICES
    assert list(choices.presets_minor) == sorted(set(choices.presets_minor))
    assert all(choices.minimum_minor <= preset <= choices.maximum_minor for preset in choices.presets_minor)
    assert all(step > 0 for step in choices.round_up_to_minor)
