"""The forms of discounts, and what was typed as the terms of an offer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar, cast

from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from shop.admin.base_form import StaffForm
from shop.core.errors import Invalid
from shop.core.money import BadAmount, Money
from shop.core.zones import from_wall, on_wall
from shop.discounts.rules import KINDS, MOST_CODES, Kind, Terms

MOST = 1_000_000
ScopedForm = TypeVar("ScopedForm", "DiscountForm", "ScopeForm")
_WHOLE = "Enter a whole number of 1 or more."


def _trimmed(text: str | None) -> str:
    return " ".join((text or "").split())


def _number() -> list[object]:
    return [Optional(), NumberRange(1, MOST, _WHOLE)]


class DiscountForm(StaffForm):
    """A new offer. Which fields count depends on the kind."""

    name = StringField("Name", [InputRequired("Give it a name."), Length(max=120)], filters=[_trimmed])
    kind = SelectField("Kind", choices=[SelectChoice(kind, label) for kind, label in KINDS.items()])
    value = StringField("Percent or amount", [Optional(), Length(max=20)], filters=[_trimmed])
    buy_units = IntegerField("Buy", _number())
    get_units = IntegerField("Get for less", _number())
    minimum = StringField("From goods of", [Optional(), Length(max=20)], filters=[_trimmed])
    products = SelectMultipleField("Only for these", coerce=int)
    collections = SelectMultipleField("And all of these collections", coerce=int)
    automatic = BooleanField("Applies by itself, without a code")
    code = StringField("Code", [Optional(), Length(max=40)], filters=[_trimmed])
    code_uses = IntegerField("Uses of this code", _number())
    starts_at = StringField("Starts", [Optional(), Length(max=20)], filters=[_trimmed])
    ends_at = StringField("Ends", [Optional(), Length(max=20)], filters=[_trimmed])
    most_uses = IntegerField("Uses in all", _number())
    most_per_customer = IntegerField("Uses by each customer", _number())


class ScopeForm(StaffForm):
    """What an offer is for. `seen` is what it was for when the page was read."""

    seen = StringField(widget=HiddenInput(), validators=[Length(max=16)])
    products = SelectMultipleField("Only for these", coerce=int)
    collections = SelectMultipleField("And all of these collections", coerce=int)


class CodeForm(StaffForm):
    """One more code."""

    code = StringField("Code", [InputRequired("Enter a code."), Length(max=40)], filters=[_trimmed])
    most_uses = IntegerField("Uses", _number())


class BatchForm(StaffForm):
    """Codes for one use each."""

    batch = StringField("Name of the batch", [InputRequired("Name the batch."), Length(max=80)], filters=[_trimmed])
    prefix = StringField("Codes begin with", [Optional(), Length(max=19)], filters=[_trimmed])
    number = IntegerField(
        "How many", [InputRequired("Enter how many."), NumberRange(1, MOST_CODES, f"Enter 1 to {MOST_CODES}.")]
    )


def terms_of(form: DiscountForm, currency: str, zone: str) -> Terms:
    """What was typed, times by the clock of `zone`; raises Invalid beside the field that cannot be read."""
    kind = cast(Kind, form.kind.data)
    shares = kind in ("percent", "buy_get")
    return Terms(
        name=form.name.data,
        kind=kind,
        automatic=bool(form.automatic.data),
        basis_points=_basis_points(form.value.data) if shares else None,
        amount=_amount(form.value.data, currency, "value") if kind == "fixed" else None,
        buy_units=form.buy_units.data if kind == "buy_get" else None,
        get_units=form.get_units.data if kind == "buy_get" else None,
        minimum=_amount(form.minimum.data, currency, "minimum") if form.minimum.data else None,
        product_ids=frozenset(form.products.data or ()),
        collection_ids=frozenset(form.collections.data or ()),
        starts_at=_moment(form.starts_at.data, zone, "starts_at"),
        ends_at=_moment(form.ends_at.data, zone, "ends_at"),
        most_uses=form.most_uses.data,
        most_per_customer=form.most_per_customer.data,
    )


def copied(terms: Terms, zone: str) -> dict[str, object]:
    """What stands in the form of a new offer that begins as a copy; codes are nobody's twice."""
    amount = str(terms.amount.decimal()) if terms.amount else ""
    return {
        "name": terms.name,
        "kind": terms.kind,
        "value": f"{terms.basis_points / 100:g}" if terms.basis_points else amount,
        "buy_units": terms.buy_units,
        "get_units": terms.get_units,
        "minimum": str(terms.minimum.decimal()) if terms.minimum else "",
        "products": sorted(terms.product_ids),
        "collections": sorted(terms.collection_ids),
        "automatic": terms.automatic,
        "starts_at": _typed(terms.starts_at, zone),
        "ends_at": _typed(terms.ends_at, zone),
        "most_uses": terms.most_uses,
        "most_per_customer": terms.most_per_customer,
    }


def offered(form: ScopedForm, products: Mapping[int, str], collections: Mapping[int, str]) -> ScopedForm:
    """The form with the products and the collections that can be chosen."""
    form.products.choices = [SelectChoice(product_id, title) for product_id, title in products.items()]
    form.collections.choices = [SelectChoice(collection_id, title) for collection_id, title in collections.items()]
    return form


def _typed(moment: datetime | None, zone: str) -> str:
    return on_wall(moment, zone).strftime("%Y-%m-%dT%H:%M") if moment else ""


def _basis_points(typed: str) -> int:
    try:
        points = Decimal(typed.removesuffix("%").strip().replace(",", ".")) * 100
    except InvalidOperation as error:
        raise Invalid("Enter a percentage, such as 10 or 12.5.", field="value") from error
    if not points.is_finite() or points != points.to_integral_value() or abs(points) > MOST:
        raise Invalid("Enter a percentage with two digits behind the point at most.", field="value")
    return int(points)


def _amount(typed: str, currency: str, field: str) -> Money:
    try:
        return Money.parse(typed, currency)
    except BadAmount as error:
        raise Invalid(str(error), field=field) from error


def _moment(typed: str, zone: str, field: str) -> datetime | None:
    """As a browser's date-and-time field sends it."""
    if not typed:
        return None
    try:
        return from_wall(datetime.fromisoformat(typed), zone)
    except (ValueError, OverflowError) as error:
        raise Invalid("Enter a date and a time, such as 2026-12-01T09:00.", field=field) from error
