"""The demo's products with their stock and pledges, and the size charts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace

from shop.catalogue import operations as catalogue
from shop.catalogue.rules import CollectionFacts, SizeChartView, SizeRow
from shop.core import clock
from shop.core.money import Money
from shop.demo.content import BRAND, PARTNERS, PRODUCTS, SIZE_CHARTS, Colour, Pledge, Product, SizeChart
from shop.giving.operations import add_pledge
from shop.stock.operations import Opening, open_levels
from shop.stock.preorders import open_places

STOCK_REASON = "Opening stock of the demo"
PREORDERED, PLACES, LEAVES_IN = ("common-thread-tee", "Clay", "XL"), 24, timedelta(days=28)  # one that is gone
ACTOR = "demo"
COLLECTIONS = (
    (
        CollectionFacts("for-cool-evenings", "For cool evenings", "Hoodies and long sleeves.", True, 0),
        ("long_sleeve", "hoodie"),
    ),
    (
        CollectionFacts("first-prints", "First prints", "The tees this store began with.", True, 0),
        ("tee", "womens_tee"),
    ),
)
_ACTIVE = frozenset(partner.slug for partner in PARTNERS if partner.status == "active")


def add_products(partners: Mapping[str, int]) -> dict[str, int]:
    """Publish the shelf, given the partners' ids by slug; the products' ids by slug."""
    ids = publish_stocked(dict(enumerate(PRODUCTS, start=1)))
    for product in PRODUCTS:
        if product.pledge is not None and product.pledge.partner_slug in _ACTIVE:
            _pledge(product.pledge, ids[product.slug], partners[product.pledge.partner_slug])
    return ids


def publish_stocked(products: Mapping[int, Product]) -> dict[str, int]:
    """Publish content records by position, with their opening stock; ids by slug."""
    added = catalogue.add_published([_listing(product, position) for position, product in products.items()])
    stock = {variant.sku: variant.stock for product in products.values() for variant in product.variants()}
    openings = [
        Opening(variant_id, one.product_id, stock[sku]) for one in added for sku, variant_id in one.variants.items()
    ]
    open_levels(openings, reason=STOCK_REASON, actor=ACTOR)
    _open_preorder(products, {sku: variant_id for one in added for sku, variant_id in one.variants.items()})
    return {one.slug: one.product_id for one in added}


def _open_preorder(products: Mapping[int, Product], variants: Mapping[str, int]) -> None:
    slug, colour, size = PREORDERED
    for product in products.values():
        for one in product.variants():
            if (product.slug, one.colour.name, one.size) == (slug, colour, size):
                day = clock.now().date() + LEAVES_IN
                open_places({variants[one.sku]: PLACES}, ships_by=day, order_until=day)


def add_size_charts() -> int:
    for chart in SIZE_CHARTS.values():
        catalogue.set_size_chart(_chart(chart))
    return len(SIZE_CHARTS)


def add_collections(products: Mapping[str, int]) -> int:
    """What the demo's staff put together by hand, given the products' ids by slug."""
    for position, (facts, garments) in enumerate(COLLECTIONS, start=1):
        collection_id = catalogue.add_collection(replace(facts, position=position))
        chosen = (products[product.slug] for product in PRODUCTS if product.garment.key in garments)
        catalogue.fill_collection(collection_id, list(chosen))
    return len(COLLECTIONS)


def _listing(product: Product, position: int) -> catalogue.Listing:
    """A content record in the catalogue's words."""
    return catalogue.Listing(
        product=_facts(product, position),
        colours=[(_colour_slug(way.colour), way.colour.name, way.colour.hex) for way in product.colourways],
        variants=[
            catalogue.NewVariant(
                colour=_colour_slug(variant.colour),
                size=variant.size,
                size_position=product.garment.sizes.index(variant.size),
                sku=variant.sku,
                price=Money(variant.price_minor, BRAND.currency),
                weight_grams=variant.weight_grams,
            )
            for variant in product.variants()
        ],
    )


def _colour_slug(colour: Colour) -> str:
    return colour.name.lower().replace(" ", "-")


def _facts(product: Product, position: int) -> catalogue.NewProduct:
    garment = product.garment
    return catalogue.NewProduct(
        slug=product.slug,
        title=product.title,
        summary=product.summary,
        story=product.story,
        garment=garment.key,
        artwork=product.artwork,
        artwork_credit=f"Drawn for {BRAND.name}",
        fabric=garment.fabric,
        weight_gsm=garment.weight_gsm,
        origin=garment.origin,
        print_method=garment.print_method,
        care=" ".join(garment.care),
        fit_note=product.fit_note,
        supplier_states=garment.supplier_states,
        position=position,
    )


def _pledge(pledge: Pledge, product_id: int, partner_id: int) -> None:
    add_pledge(
        product_id=product_id,
        partner_id=partner_id,
        per_unit=None if pledge.amount_minor is None else Money(pledge.amount_minor, BRAND.currency),
        basis_points=pledge.basis_points,
        currency=BRAND.currency,
        starts_at=_midnight(pledge.starts_on),
        ends_at=_midnight(pledge.ends_on + timedelta(days=1)),
        cap=Money(pledge.cap_minor, BRAND.currency),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _chart(chart: SizeChart) -> SizeChartView:
    return SizeChartView(
        garment=chart.garment,
        columns=chart.columns,
        rows=tuple(SizeRow(row.size, tuple(length * 10 for length in row.measures_cm)) for row in chart.rows),
        how_to_measure=chart.how_to_measure,
        tolerance_note=chart.tolerance_note,
    )
