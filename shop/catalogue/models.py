"""Tables of the catalogue."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import CurrencyCode, Key, Minor, Name, Stamp, Word
from shop.core.database import Base


class Product(Base):
    """A design on a garment. `artwork` and `garment` are keys of the renderer; `story` is Markdown.

    `supplier_states` is what the maker of the garment says of it and we cannot prove; None where it says nothing.
    `certifications` name what was certified and by whom; `most_each` is how many one person may have, None for any.
    A published product whose `published_at` lies ahead is *scheduled*: it is shown from then on.
    """

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'published', 'retired')", name="status"),
        CheckConstraint("price_from_minor > 0", name="price_from"),
        Index("ix_products_shelf", "status", "position", "id"),
    )

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[Name]
    summary: Mapped[str] = mapped_column(Text)
    story: Mapped[str] = mapped_column(Text)
    garment: Mapped[Word]
    artwork: Mapped[Word]
    artwork_credit: Mapped[Name]
    fabric: Mapped[Name]
    weight_gsm: Mapped[int]
    origin: Mapped[Name]
    print_method: Mapped[Name]
    care: Mapped[str] = mapped_column(Text)
    fit_note: Mapped[str] = mapped_column(Text)
    supplier_states: Mapped[str | None] = mapped_column(Text)
    certifications: Mapped[str | None] = mapped_column(Text)
    most_each: Mapped[int | None]
    status: Mapped[Word]
    position: Mapped[int]
    price_from_minor: Mapped[Minor]
    currency: Mapped[CurrencyCode]
    published_at: Mapped[Stamp | None]
    created_at: Mapped[Stamp]
    updated_at: Mapped[Stamp]


class Colour(Base):
    """A colour that a product comes in; `slug` is how links and forms name it, `cloth` its sRGB hex."""

    __tablename__ = "product_colours"
    __table_args__ = (UniqueConstraint("product_id", "slug"),)

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    slug: Mapped[Word]
    name: Mapped[Word]
    cloth: Mapped[str] = mapped_column(String(7))
    position: Mapped[int]


class FormerAddress(Base):
    """A slug that a product had before: whoever still has it is led to the product."""

    __tablename__ = "former_product_slugs"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)


class Variant(Base):
    """One size in one colour: what is priced, counted and bought.

    `compare_at_minor` is an earlier, higher price that was really asked; `cost_minor` what one costs the operator.
    """

    __tablename__ = "variants"
    __table_args__ = (
        UniqueConstraint("product_id", "colour_id", "size"),
        CheckConstraint("price_minor > 0", name="price"),
        CheckConstraint("weight_grams > 0", name="weight"),
    )

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    colour_id: Mapped[int] = mapped_column(ForeignKey("product_colours.id"), index=True)
    sku: Mapped[str] = mapped_column(String(40), unique=True)
    size: Mapped[str] = mapped_column(String(12))
    size_position: Mapped[int]
    price_minor: Mapped[Minor]
    currency: Mapped[CurrencyCode]
    compare_at_minor: Mapped[int | None] = mapped_column(BigInteger)
    cost_minor: Mapped[int | None] = mapped_column(BigInteger)
    barcode: Mapped[str | None] = mapped_column(String(40), unique=True)
    weight_grams: Mapped[int]
    active: Mapped[bool]


class Collection(Base):
    """Products that staff chose to show together, under an address of their own; hidden until it is published."""

    __tablename__ = "collections"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[Name]
    standfirst: Mapped[str] = mapped_column(Text)
    published: Mapped[bool]
    position: Mapped[int]
    updated_at: Mapped[Stamp]


class CollectionProduct(Base):
    """A product in a collection."""

    __tablename__ = "collection_products"

    collection_id: Mapped[int] = mapped_column(ForeignKey("collections.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, index=True)
    position: Mapped[int]


class CatalogueMark(Base):
    """One row that is another one after every change of the catalogue: who has seen it need not read it all again."""

    __tablename__ = "catalogue_mark"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[Key]
    mark: Mapped[str] = mapped_column(String(32))


class SizeChart(Base):
    """A garment laid flat. `rows` are [size, [millimetres in the order of `columns`]], smallest size first."""

    __tablename__ = "size_charts"

    garment: Mapped[str] = mapped_column(String(40), primary_key=True)
    columns: Mapped[list[str]] = mapped_column(JSON)
    rows: Mapped[list[tuple[str, list[int]]]] = mapped_column(JSON)
    how_to_measure: Mapped[list[str]] = mapped_column(JSON)
    tolerance_note: Mapped[str] = mapped_column(Text)
