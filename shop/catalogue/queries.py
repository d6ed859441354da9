"""Reads of the catalogue: columns into frozen rows, a fixed number of statements however many products there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from shop.catalogue.models import (
    CatalogueMark,
    Colour,
    FormerAddress,
    Product,
    SizeChart,
    Variant,
)
from shop.catalogue.rules import ProductDetail, SizeChartView, SizeRow, VariantInCart
from shop.core import clock
from shop.core.columns import AnyRow, AnySelect, UtcDateTime
from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.core.money import Money
from shop.core.prepared import prepared
from shop.core.wordings import worded


def on_shelf(moment: Any) -> ColumnElement[bool]:
    """Published by then: what is to be published later is on the shelf when its time has come, without any job."""
    return and_(Product.status == "published", Product.published_at <= moment)


PRODUCT = "product"  # their kind among the wordings
PRODUCT_WORDS = (
    *("title", "summary", "story", "fabric", "origin", "print_method", "care", "fit_note"),
    *("supplier_states", "certifications", "artwork_credit"),
)
ON_SHELF = on_shelf(bindparam("moment", type_=UtcDateTime()))


def product_named(slug: str) -> ProductDetail:
    """A published or retired product by its slug, in the language spoken; raises NotFound for drafts and strangers."""
    row = _detail(slug, clock.now()).one_or_none()
    if row is None:
        raise NotFound(_("There is no such tee here (any more)."))
    *texts, minor, currency = row
    found = ProductDetail(Money(minor, currency), *texts)
    return worded(PRODUCT, [found], lambda one: one.id, PRODUCT_WORDS)[0]


def variants_in_cart(variant_ids: Iterable[int]) -> dict[int, VariantInCart]:
    """Variants by id, with the product they belong to; `buyable` is false once either was withdrawn."""
    return {found.id: found for found in map(_in_cart, _with_ids(list(variant_ids)))}


def variant_chosen(*, slug: str, colour: str, size: str) -> VariantInCart:
    """The variant that a product page's choice means; raises NotFound."""
    row = _chosen(slug, colour, size).one_or_none()
    if row is None:
        raise NotFound(_("This tee does not come in that size and colour."))
    return _in_cart(row)


def all_variants(*, product_ids: Iterable[int] | None = None) -> list[VariantInCart]:
    """Every variant in the order of products, colours and sizes, for staff; narrowed by product when asked."""
    wanted = _IN_CART.order_by(Product.position, Product.id, Colour.position, Variant.size_position)
    return [_in_cart(row) for row in _run(wanted if product_ids is None else wanted.where(Product.id.in_(product_ids)))]


def titles() -> dict[int, str]:
    """The titles of all products that are or were sold, by id, in the order of the shelf."""
    rows = session().execute(
        select(Product.id, Product.title).where(Product.status != "draft").order_by(Product.position, Product.id)
    )
    return dict(rows.all())


def size_chart(garment: str) -> SizeChartView | None:
    """The measures of a garment; None where no chart is kept."""
    row = session().execute(select(SizeChart).where(SizeChart.garment == garment)).scalar_one_or_none()
    if row is None:
        return None
    return SizeChartView(
        garment=row.garment,
        columns=tuple(row.columns),
        rows=tuple(SizeRow(size, tuple(measures)) for size, measures in row.rows),
        how_to_measure=tuple(row.how_to_measure),
        tolerance_note=row.tolerance_note,
    )


def garments_charted() -> list[str]:
    """Garments that have a size chart."""
    return list(session().execute(select(SizeChart.garment).order_by(SizeChart.garment)).scalars())


def moved_to(slug: str) -> str | None:
    """The address that a product has now which had this one before."""
    now = select(Product.slug).join(FormerAddress, FormerAddress.product_id == Product.id)
    return session().execute(now.where(FormerAddress.slug == slug)).scalar_one_or_none()


def ids_by_slug(slugs: Iterable[str]) -> dict[str, int]:
    """Ids of products of any status; strangers are absent."""
    return dict(session().execute(select(Product.slug, Product.id).where(Product.slug.in_(list(slugs)))).all())


def known_slugs(slugs: Iterable[str]) -> set[str]:
    """Which of these slugs are taken, by products of any status."""
    return set(session().execute(select(Product.slug).where(Product.slug.in_(list(slugs)))).scalars())


def product_ids(slugs: Iterable[str]) -> dict[str, int]:
    """Ids by slug, whatever their status; strangers are absent."""
    rows = session().execute(select(Product.slug, Product.id).where(Product.slug.in_(list(slugs))))
    return dict(rows.all())


def cloths() -> frozenset[str]:
    """Every colour of cloth that any product comes in, as sRGB hex in lower case."""
    return frozenset(session().execute(select(func.lower(Colour.cloth)).distinct()).scalars())


def first_cloth(product_id: int) -> str:
    """The cloth (sRGB hex) of a product's first colour that is sold; empty where it has none."""
    sold = select(Colour.cloth).join(Variant, Variant.colour_id == Colour.id)
    first = sold.where(Colour.product_id == product_id, Variant.active).order_by(Colour.position, Colour.id).limit(1)
    return session().execute(first).scalar() or ""


def slugs_on_shelf(*, newest: int) -> list[str]:
    """Slugs of the products that came to the shelf last, the newest first."""
    shown = select(Product.slug).where(ON_SHELF).order_by(Product.published_at.desc(), Product.id.desc()).limit(newest)
    return list(session().execute(shown, {"moment": clock.now()}).scalars())


def product_ids_in(colours: Iterable[str]) -> list[int]:
    """Products that come in one of these colours, by its name."""
    wanted = select(Colour.product_id).where(Colour.name.in_(list(colours))).distinct().order_by(Colour.product_id)
    return list(session().execute(wanted).scalars())


def mark() -> str:
    """Another one after every change of the catalogue; empty while nothing was ever in it."""
    return session().execute(_MARK).scalar_one_or_none() or ""


@prepared
def _detail(slug: str, moment: datetime) -> AnySelect:
    return _DETAIL.where(Product.slug == slug, or_(Product.status == "retired", on_shelf(moment)))


@prepared
def _with_ids(variant_ids: list[int]) -> AnySelect:
    return _IN_CART.where(Variant.id.in_(variant_ids))


@prepared
def _chosen(slug: str, colour: str, size: str) -> AnySelect:
    return _IN_CART.where(Product.slug == slug, Colour.slug == colour, Variant.size == size)


def _run(statement: AnySelect) -> Iterable[AnyRow]:
    return session().execute(statement)


def _in_cart(row: AnyRow) -> VariantInCart:
    *texts, minor, currency, active, status, published_at = row
    on_shelf = status == "published" and published_at is not None and published_at <= clock.now()
    return VariantInCart(Money(minor, currency), active and on_shelf, *texts)


_IN_CART = (
    select(
        Variant.id,
        Variant.product_id,
        Product.slug,
        Product.title,
        Product.garment,
        Product.artwork,
        Colour.slug,
        Colour.name,
        Colour.cloth,
        Variant.size,
        Variant.sku,
        Variant.weight_grams,
        Product.most_each,
        Variant.price_minor,
        Variant.currency,
        Variant.active,
        Product.status,
        Product.published_at,
    )
    .join(Product, Product.id == Variant.product_id)
    .join(Colour, Colour.id == Variant.colour_id)
)
_MARK = select(CatalogueMark.mark).where(CatalogueMark.id == 1)
_DETAIL = select(
    Product.id,
    Product.slug,
    Product.title,
    Product.summary,
    Product.story,
    Product.garment,
    Product.artwork,
    Product.artwork_credit,
    Product.fabric,
    Product.weight_gsm,
    Product.origin,
    Product.print_method,
    Product.care,
    Product.fit_note,
    Product.supplier_states,
    Product.certifications,
    Product.most_each,
    Product.status,
    Product.price_from_minor,
    Product.currency,
)
