"""What a packer needs: where things lie, what is to go into a parcel, what a scanned code means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import or_, select

from shop.admin.reads.board import Row, rows
from shop.brand.queries import NotSetUp, brand
from shop.catalogue.models import Colour, Product, Variant
from shop.core.database import session
from shop.orders.rules import Line
from shop.parcels import queries as parcels
from shop.parcels.rules import Sender, shelf_order

MOST = 100  # orders in one batch


class Pick(Struct, frozen=True):
    """A variant to take from the shelf: where it lies, how many, and for which orders."""

    variant_id: int
    place: str
    sku: str
    title: str
    options: str
    units: int
    orders: list[tuple[str, int]]


class Scanned(Struct, frozen=True):
    """What a code means: the variant's id, and its name in words."""

    variant_id: int
    name: str


def batch(order_ids: Sequence[str]) -> tuple[list[Row], list[Pick]]:
    """Orders that can be packed or sent, and what they need in the order of the shelf; nine statements."""
    found = [row for row in rows(list(dict.fromkeys(order_ids))[:MOST]) if row.order.state == "paid"]
    return found, picks(found)


def picks(found: Iterable[Row]) -> list[Pick]:
    """What is to be taken from the shelf for these orders, as one walks along it; two statements."""
    wanted: dict[int, list[tuple[str, Line]]] = {}
    for row in found:
        for line in row.lines:
            if row.hold is None and not row.awaited and line.to_pack:
                wanted.setdefault(line.variant_id, []).append((row.order.number, line))
    lies, shelf = parcels.places(wanted), _shelf(wanted)
    made = [_pick(variant_id, lies.get(variant_id, ""), lines) for variant_id, lines in wanted.items()]
    return sorted(made, key=lambda pick: (shelf_order(pick.place), shelf.get(pick.variant_id, (0, 0, 0, 0))))


def meaning(code: str) -> Scanned | None:
    """The variant with this barcode or SKU."""
    typed = code.strip()
    row = (
        session()
        .execute(
            select(Variant.id, Product.title, Colour.name, Variant.size)
            .join(Product, Product.id == Variant.product_id)
            .join(Colour, Colour.id == Variant.colour_id)
            .where(or_(Variant.barcode == typed, Variant.sku == typed.upper()))
            .limit(1)
        )
        .one_or_none()
    )
    return None if row is None else Scanned(row[0], f"{row[1]}, {row[2]} {row[3]}")


def sender() -> Sender:
    """What labels say; until somebody has said so, the operator's name and no address."""
    if (said := parcels.label_sender()) is not None:
        return said
    try:
        return Sender(name=brand().operator, plain_name="Sender", address="")
    except NotSetUp:
        return Sender(name="", plain_name="Sender", address="")


def _pick(variant_id: int, place: str, lines: list[tuple[str, Line]]) -> Pick:
    _, first = lines[0]
    return Pick(
        variant_id=variant_id,
        place=place,
        sku=first.sku,
        title=first.title,
        options=f"{first.colour}, {first.size}",
        units=sum(line.to_pack for _, line in lines),
        orders=[(number, line.to_pack) for number, line in lines],
    )


def _shelf(variant_ids: Iterable[int]) -> dict[int, tuple[int, int, int, int]]:
    """The order of the shop's own shelf, for what has no place."""
    found = session().execute(
        select(Variant.id, Product.position, Product.id, Colour.position, Variant.size_position)
        .join(Product, Product.id == Variant.product_id)
        .join(Colour, Colour.id == Variant.colour_id)
        .where(Variant.id.in_(list(variant_ids)))
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in found}
