"""What staff change of a product that is there: its words, its address, its hour, its colours, sizes and prices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import Update, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from shop.catalogue.models import Colour, FormerAddress, Product, Variant
from shop.catalogue.operations.mark import note_change
from shop.catalogue.operations.products import NewProduct
from shop.catalogue.rules import barcode_fits, taken
from shop.catalogue.search.index import index_products
from shop.core import clock
from shop.core.columns import AnySelect, Json
from shop.core.database import rows_changed, session
from shop.core.errors import Invalid, NotFound
from shop.core.money import Money

LONGEST_SIZE = 12
MOST_PRICE = 100_000_000  # minor units: a typing mistake of some zeros too many stops here


class VariantTerms(Struct, frozen=True):
    """Everything of a variant that staff may set; `compare_at` and `cost` are in its product's currency."""

    variant_id: int
    sku: str
    price: Money
    compare_at: Money | None
    cost: Money | None
    barcode: str | None
    weight_grams: int
    active: bool


def change_product(product_id: int, facts: NewProduct) -> Json:
    """Say something else of a product, its address included; the former address goes on leading here.

    Returns what was said before, by the names of `NewProduct`. Raises NotFound, and Invalid beside `slug` when the
    address is another's, or was.
    """
    said = [getattr(Product, field) for field in NewProduct.__struct_fields__]
    before = session().execute(select(*said).where(Product.id == product_id).with_for_update()).one_or_none()
    if before is None:
        raise NotFound("There is no such product.")
    if facts.slug != before.slug:
        _move(product_id, before.slug, facts.slug)
    _set(product_id, **asdict(facts))
    index_products([product_id])
    return dict(before._mapping)


def free_address(slug: str) -> None:
    """Let a new product have an address that only led on; raises Invalid, beside `slug`, when another has it."""
    if session().execute(select(Product.id).where(Product.slug == slug)).first():
        raise taken()
    session().execute(delete(FormerAddress).where(FormerAddress.slug == slug))


def schedule(product_id: int, *, at: datetime | None) -> None:
    """Show a product from a moment on, at once without one. Raises Invalid when it has nothing to sell."""
    sold = select(func.count()).where(Variant.product_id == product_id, Variant.active)
    if not session().execute(sold).scalar_one():
        raise Invalid("A product needs something to sell before it can be shown: a colour and a size.")
    _set(product_id, status="published", published_at=at or clock.now())


def withdraw(product_id: int, *, to: str) -> None:
    """Take a product off the shelf: `retired` keeps its page and says so, `draft` hides it."""
    if to not in ("retired", "draft"):
        raise Invalid("A product is withdrawn to draft, or retired.")
    _set(product_id, status=to)


def add_colour(product_id: int, *, slug: str, name: str, cloth: str) -> int:
    """One more colour, after the others, without sizes; its id. Raises Invalid beside `name`."""
    last = select(func.coalesce(func.max(Colour.position), -1) + 1).where(Colour.product_id == product_id)
    values = {"product_id": product_id, "slug": slug, "name": name, "cloth": cloth}
    known = select(Colour.id).where(Colour.product_id == product_id, Colour.slug == slug)
    if session().execute(known).first():
        raise Invalid("This product comes in that colour already.", field="name")
    added = insert(Colour).values(**values, position=last.scalar_subquery()).returning(Colour.id)
    colour_id = session().execute(added).scalar_one()
    index_products([product_id])
    note_change()
    return colour_id


class Like(Struct, frozen=True):
    """What another size of a colour begins with."""

    product: str
    colour_id: int
    size_position: int
    price: Money
    weight_grams: int


def like_of(product_id: int, colour: str, size: str) -> Like:
    """Terms for one more size of a colour (its slug). Raises NotFound, and Invalid for a size that it has."""
    ours = Variant.product_id == product_id
    rows: AnySelect = (
        select(Product.slug, Colour.id, Variant.price_minor, Variant.currency, Variant.weight_grams)
        .join(Colour, Colour.product_id == Product.id)
        .join(Variant, Variant.colour_id == Colour.id)
        .where(Product.id == product_id, Colour.slug == colour)
    )
    first = session().execute(rows.order_by(Variant.size_position, Variant.id).limit(1)).one_or_none()
    if first is None:
        raise NotFound("There is no such colour.")
    if not 0 < len(size) <= LONGEST_SIZE or not size.isprintable():
        raise Invalid("Enter a size such as 2XL.", field="size")
    if session().execute(select(Variant.id).where(Variant.colour_id == first[1], Variant.size == size)).first():
        raise Invalid("This colour comes in that size already.", field="size")
    known = session().execute(select(func.min(Variant.size_position)).where(ours, Variant.size == size)).scalar()
    last = session().execute(select(func.max(Variant.size_position)).where(ours)).scalar() or 0
    place = last + 1 if known is None else int(known)
    return Like(first[0], first[1], place, Money(first[2], first[3]), first[4])


def add_variant(
    product_id: int, colour_id: int, *, size: str, size_position: int, sku: str, price: Money, weight_grams: int
) -> int:
    """One more size of a colour; its id. Its stock is to be opened by whoever adds it. Raises Invalid beside `sku`."""
    _check_price(price)
    known = select(Variant.id).where(Variant.sku == sku)
    if session().execute(known).first():
        raise Invalid("Another variant has this SKU.", field="sku")
    values = {"product_id": product_id, "colour_id": colour_id, "size": size, "size_position": size_position}
    terms = {"sku": sku, "price_minor": price.minor, "currency": price.currency, "weight_grams": weight_grams}
    variant_id = (
        session().execute(insert(Variant).values(**values, **terms, active=True).returning(Variant.id)).scalar_one()
    )
    _keep_lowest(product_id)
    return variant_id


def set_variants(product_id: int, terms: Sequence[VariantTerms]) -> None:
    """Set prices, SKUs and barcodes of a product's variants, all or none. Raises Invalid beside `price-ID` ..."""
    for one in terms:
        _check_terms(one)
    try:
        for one in terms:
            changed = _variant(one.variant_id, product_id).values(**_columns(one))
            if rows_changed(session().execute(changed)) == 0:
                raise NotFound("There is no such variant.")
    except IntegrityError as problem:
        raise Invalid("Two variants cannot have one SKU or one barcode.") from problem
    if not any(one.active for one in terms):
        raise Invalid("Leave at least one variant on sale, or retire the product.")
    _keep_lowest(product_id)


def terms_of(product_id: int) -> dict[str, object]:
    """For the audit log: what a product's variants cost and carry, by names such as "variant 7 price"."""
    wanted = select(Variant).where(Variant.product_id == product_id).order_by(Variant.id)
    return {
        f"variant {one.id} {name}": value
        for one in session().scalars(wanted)
        for name, value in {
            "SKU": one.sku,
            "price": one.price_minor,
            "earlier price": one.compare_at_minor,
            "cost": one.cost_minor,
            "barcode": one.barcode,
            "grams": one.weight_grams,
            "on sale": one.active,
        }.items()
    }


def standing_of(product_id: int) -> dict[str, object]:
    """For the audit log: whether and from when a product is on the shelf. Raises NotFound."""
    row = session().execute(select(Product.status, Product.published_at).where(Product.id == product_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such product.")
    return {"status": row.status, "shown from": row.published_at}


def _move(product_id: int, before: str, now: str) -> None:
    others = select(Product.id).where(Product.slug == now)
    former = select(FormerAddress.slug).where(FormerAddress.slug == now, FormerAddress.product_id != product_id)
    if session().execute(others).first() or session().execute(former).first():
        raise taken()
    session().execute(delete(FormerAddress).where(FormerAddress.slug == now))
    session().execute(insert(FormerAddress).values(slug=before, product_id=product_id))


def _set(product_id: int, **values: object) -> None:
    changed = update(Product).where(Product.id == product_id).values(**values, updated_at=clock.now())
    if rows_changed(session().execute(changed)) == 0:
        raise NotFound("There is no such product.")
    note_change()


def _keep_lowest(product_id: int) -> None:
    lowest = select(func.min(Variant.price_minor)).where(Variant.product_id == product_id, Variant.active)
    _set(product_id, price_from_minor=lowest.scalar_subquery())


def _variant(variant_id: int, product_id: int) -> Update:
    return update(Variant).where(Variant.id == variant_id, Variant.product_id == product_id)


def _columns(one: VariantTerms) -> dict[str, object]:
    return {
        "sku": one.sku,
        "price_minor": one.price.minor,
        "compare_at_minor": one.compare_at.minor if one.compare_at else None,
        "cost_minor": one.cost.minor if one.cost else None,
        "barcode": one.barcode,
        "weight_grams": one.weight_grams,
        "active": one.active,
    }


def _check_terms(one: VariantTerms) -> None:
    _check_price(one.price, field=f"price-{one.variant_id}")
    if one.compare_at is not None and one.compare_at.minor <= one.price.minor:
        raise Invalid("An earlier price is higher than the price.", field=f"compare_at-{one.variant_id}")
    if one.barcode is not None and not barcode_fits(one.barcode):
        raise Invalid(
            "A barcode is an EAN-13 whose last digit fits, or letters and figures for Code 128.",
            field=f"barcode-{one.variant_id}",
        )
    if not 0 < one.weight_grams <= 100_000:
        raise Invalid("A weight is 1 to 100,000 grams.", field=f"weight-{one.variant_id}")


def _check_price(price: Money, *, field: str = "price") -> None:
    if not 0 < price.minor <= MOST_PRICE:
        raise Invalid("A price is more than nothing.", field=field)
