"""The forms of products and collections, and what was typed as a product, its prices and its hour."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from shop.admin.base_form import StaffForm
from shop.admin.reads.products import OneProduct, VariantRow
from shop.catalogue.operations import NewProduct, VariantTerms
from shop.catalogue.rules import CollectionFacts
from shop.core.errors import Invalid
from shop.core.money import BadAmount, Money
from shop.journeys.keep_products import NewColour, barcode_of
from shop.media.queries import uploaded
from shop.media.rules import GARMENT_NAMES, artwork_keys

SLUG = Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", message="Small letters, figures and hyphens, such as north-star-tee.")
HEX = Regexp(r"#[0-9a-fA-F]{6}\Z", message="Enter a colour such as #17181c.")
GARMENTS = [SelectChoice(key, name.capitalize()) for key, name in GARMENT_NAMES.items()]
RESERVED = frozenset({"collections", "search", "size-guides"})


def _trimmed(text: str | None) -> str:
    return " ".join((text or "").split())


def _text(label: str, *, most: int = 200, wanted: bool = True) -> StringField:
    rules = [InputRequired(f"{label} is needed.") if wanted else Optional(), Length(max=most)]
    return StringField(label, rules, filters=[_trimmed])


def _area(label: str, *, wanted: bool = True) -> TextAreaField:
    rules = [InputRequired(f"{label} is needed.") if wanted else Optional(), Length(max=20_000)]
    return TextAreaField(label, rules, filters=[lambda text: (text or "").replace("\r\n", "\n").replace("\0", "")])


class ProductForm(StaffForm):
    """What a product is. Its address is the end of its page's."""

    title = _text("Title")
    slug = StringField("Address", [InputRequired("An address is needed."), Length(max=80), SLUG], filters=[_trimmed])
    summary = _area("In one sentence")
    story = _area("Story")
    garment = SelectField(
        "Garment", choices=[SelectChoice(key, name.capitalize()) for key, name in GARMENT_NAMES.items()]
    )
    artwork = SelectField("Artwork", choices=lambda: artworks())
    artwork_credit = _text("Artwork by")
    fabric = _text("Fabric")
    weight_gsm = IntegerField("Weight, g/m²", [InputRequired("A weight is needed."), NumberRange(1, 2_000)])
    origin = _text("Made in")
    print_method = _text("Print")
    certifications = _area("Certified", wanted=False)
    care = _area("Care")
    fit_note = _area("Fit")
    supplier_states = _area("The supplier states", wanted=False)
    most_each = IntegerField("Most for each person", [Optional(), NumberRange(1, 10)])
    position = IntegerField("Place on the shelf", [InputRequired("A place is needed."), NumberRange(0, 1_000_000)])

    def facts(self) -> NewProduct:
        """What was typed; raises Invalid, beside `slug`, for an address that pages of the store have."""
        if self.slug.data in RESERVED:
            raise Invalid("A page of the store has this address.", field="slug")
        typed: dict[str, Any] = {one: self[one].data for one in NewProduct.__struct_fields__}
        for name in ("certifications", "supplier_states"):
            typed[name] = typed[name] or None
        return NewProduct(**typed)


class ColourForm(StaffForm):
    """A colour with its sizes, all at one price."""

    name = StringField("Colour", [InputRequired("Name the colour."), Length(max=40)], filters=[_trimmed])
    cloth = StringField("Cloth", [InputRequired("Enter its colour."), HEX], filters=[_trimmed])
    sizes = StringField("Sizes", [InputRequired("Enter sizes, smallest first."), Length(max=200)], filters=[_trimmed])
    price = StringField("Price", [InputRequired("Enter a price."), Length(max=20)], filters=[_trimmed])
    weight_grams = IntegerField("Weight of one, g", [InputRequired("Enter a weight."), NumberRange(1, 100_000)])

    def colour(self, currency: str, known: Mapping[str, int] | None = None) -> NewColour:
        """What was typed; sizes that the product has keep their place. Raises Invalid beside a field."""
        slug = "-".join(re.findall(r"[a-z0-9]+", self.name.data.lower()))
        sizes = list(dict.fromkeys(one.strip() for one in self.sizes.data.split(",") if one.strip()))
        if not slug or not sizes or any(len(size) > 12 for size in sizes):
            raise Invalid("Enter sizes with commas between them, such as S, M, L.", field="sizes")
        places = dict(known or {})
        for size in sizes:
            places.setdefault(size, max(places.values(), default=-1) + 1)
        price = amount(self.price.data, currency, field="price")
        placed = [(size, places[size]) for size in sizes]
        return NewColour(slug[:40], self.name.data, self.cloth.data.lower(), placed, price, self.weight_grams.data)


class ShowForm(StaffForm):
    """From when on a product is on the shelf."""

    at = StringField("From (UTC)", [Optional(), Length(max=30)], filters=[_trimmed])

    def moment(self) -> datetime | None:
        """None for at once; raises Invalid beside `at`."""
        if not self.at.data:
            return None
        try:
            return datetime.fromisoformat(self.at.data).replace(tzinfo=UTC)
        except ValueError as problem:
            raise Invalid("Enter a day and a time, such as 2026-12-01 09:00.", field="at") from problem


class CollectionForm(StaffForm):
    """Products shown together."""

    title = _text("Title")
    slug = StringField("Address", [InputRequired("An address is needed."), Length(max=80), SLUG], filters=[_trimmed])
    standfirst = _area("In one sentence", wanted=False)
    products = _area("Products", wanted=False)
    published = BooleanField("Shown to visitors")
    position = IntegerField("Place", [InputRequired("A place is needed."), NumberRange(0, 1_000_000)])

    def facts(self) -> CollectionFacts:
        return CollectionFacts(
            self.slug.data, self.title.data, self.standfirst.data, self.published.data, self.position.data
        )

    def slugs(self) -> list[str]:
        """The products' addresses, a line each."""
        return [line.strip() for line in self.products.data.splitlines() if line.strip()]


def artworks() -> list[SelectChoice]:
    """What a product can carry: the prints that staff brought, and those of the house."""
    brought = [SelectChoice(row.key, row.placed.title) for row in uploaded()]
    return [*brought, *(SelectChoice(key, key.replace("-", " ").capitalize()) for key in artwork_keys())]


def amount(typed: str, currency: str, *, field: str) -> Money:
    """Raises Invalid beside the field."""
    try:
        return Money.parse(typed, currency)
    except BadAmount as problem:
        raise Invalid(str(problem), field=field) from problem


def typed_terms(product: OneProduct, typed: Mapping[str, str], *, barcodes: bool) -> list[VariantTerms]:
    """The grid as it was sent; with `barcodes`, those without one get one of the store's own. Raises Invalid."""
    return [_terms(row, product.currency, typed, barcodes=barcodes) for row in product.variants]


def _terms(row: VariantRow, currency: str, typed: Mapping[str, str], *, barcodes: bool) -> VariantTerms:
    def said(name: str) -> str:
        return _trimmed(typed.get(f"{name}-{row.id}", ""))[:40]

    def maybe(name: str) -> Money | None:
        return amount(said(name), currency, field=f"{name}-{row.id}") if said(name) else None

    weight = said("weight")
    if not (weight.isascii() and weight.isdecimal()):
        raise Invalid("Enter a weight in grams.", field=f"weight-{row.id}")
    if not said("sku"):
        raise Invalid("A variant needs a SKU.", field=f"sku-{row.id}")
    return VariantTerms(
        variant_id=row.id,
        sku=said("sku"),
        price=amount(said("price"), currency, field=f"price-{row.id}"),
        compare_at=maybe("compare_at"),
        cost=maybe("cost"),
        barcode=said("barcode") or (barcode_of(row.id) if barcodes else None),
        weight_grams=int(weight),
        active=bool(said("active")),
    )
