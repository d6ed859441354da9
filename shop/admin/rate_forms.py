"""The forms of tax and delivery, and what was typed as a rate."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from shop.admin.base_form import StaffForm
from shop.core.errors import Invalid
from shop.core.money import BadAmount, Money
from shop.delivery.countries import read_countries
from shop.delivery.rules import Rate as DeliveryRate
from shop.delivery.rules import ZoneView, read_postcode
from shop.tax.rules import PROVIDERS
from shop.tax.rules import Rate as TaxRate

HEAVIEST = 1_000_000  # grams


def _trimmed(text: str | None) -> str:
    return " ".join((text or "").split())


def _capitals(text: str | None) -> str:
    return _trimmed(text).upper()


class PolicyForm(StaffForm):
    """Who reckons the tax."""

    provider = SelectField("Who reckons", choices=[SelectChoice(value, label) for value, label in PROVIDERS.items()])
    inclusive = BooleanField("Prices have the tax in them")


class TaxRateForm(StaffForm):
    """A flat rate."""

    country = StringField("Country", [InputRequired("Enter its two letters."), Length(max=2)], filters=[_capitals])
    region = StringField("Region", [Optional(), Length(max=3)], filters=[_capitals])
    region_name = StringField("Its name", [Optional(), Length(max=80)], filters=[_trimmed])
    name = StringField("What it is called", [InputRequired("Such as VAT."), Length(max=40)], filters=[_trimmed])
    percent = StringField("Percent", [InputRequired("Such as 8.25."), Length(max=10)], filters=[_trimmed])
    on_delivery = BooleanField("On delivery too")
    source = StringField("Source", [InputRequired("Say where it was looked up."), Length(max=300)], filters=[_trimmed])
    looked_up = DateField("Looked up on", [InputRequired("Enter the day.")])


class DeliveryRateForm(StaffForm):
    """One way to get a parcel."""

    zone = SelectField("Zone", coerce=int)
    name = StringField("Name", [InputRequired("Give it a name."), Length(max=80)], filters=[_trimmed])
    price = StringField("Price", [Optional(), Length(max=20)], filters=[_trimmed])
    free_from = StringField("Free from goods of", [Optional(), Length(max=20)], filters=[_trimmed])
    from_grams = IntegerField("From grams", [Optional(), NumberRange(0, HEAVIEST, "Enter grams.")])
    to_grams = IntegerField("Below grams", [Optional(), NumberRange(1, HEAVIEST, "Enter grams.")])
    from_goods = StringField("From goods of", [Optional(), Length(max=20)], filters=[_trimmed])
    to_goods = StringField("Below goods of", [Optional(), Length(max=20)], filters=[_trimmed])
    postcodes = StringField("Only postcodes that begin with", [Optional(), Length(max=500)], filters=[_trimmed])
    pickup = BooleanField("Picked up, not sent")
    place = StringField("Where and when", [Optional(), Length(max=150)], filters=[_trimmed])
    estimate = StringField("How long it takes", [Optional(), Length(max=120)], filters=[_trimmed])


class ZoneForm(StaffForm):
    """Countries that parcels go to at one price; `seen` is the mark of what is changed."""

    seen = HiddenField(validators=[Optional(), Length(max=16)])
    name = StringField("Name", [InputRequired("Give it a name."), Length(max=80)], filters=[_trimmed])
    countries = TextAreaField("Countries", [InputRequired("Name one country at least."), Length(max=4_000)])
    price = StringField("Price", [Optional(), Length(max=20)], filters=[_trimmed])
    free_from = StringField("Free from goods of", [Optional(), Length(max=20)], filters=[_trimmed])
    estimate = StringField("How long it takes", [Optional(), Length(max=120)], filters=[_trimmed])
    note = StringField("What buyers there should know", [Optional(), Length(max=300)], filters=[_trimmed])


def zone_of(form: ZoneForm, currency: str, zone_id: int) -> ZoneView:
    """What was typed; raises Invalid beside the field that cannot be read."""
    free_from = form.free_from.data
    return ZoneView(
        id=zone_id,
        name=form.name.data,
        rate=_amount(form.price.data or "0", currency, "price"),
        free_from=_amount(free_from, currency, "free_from") if free_from else None,
        estimate=form.estimate.data,
        note=form.note.data or None,
        countries=read_countries(form.countries.data),
    )


def typed_zone(zone: ZoneView) -> dict[str, str]:
    """A zone as it stands in its form."""
    return {
        "seen": zone.mark,
        "name": zone.name,
        "countries": ", ".join(zone.countries),
        "price": f"{zone.rate.decimal():f}",
        "free_from": "" if zone.free_from is None else f"{zone.free_from.decimal():f}",
        "estimate": zone.estimate,
        "note": zone.note or "",
    }


def tax_rate_of(form: TaxRateForm) -> TaxRate:
    """What was typed; raises Invalid beside the field that cannot be read."""
    return TaxRate(
        id=0,
        country=form.country.data,
        region=form.region.data,
        region_name=form.region_name.data,
        name=form.name.data,
        basis_points=_basis_points(form.percent.data),
        on_delivery=bool(form.on_delivery.data),
        source=form.source.data,
        looked_up=form.looked_up.data,
    )


def delivery_rate_of(form: DeliveryRateForm, currency: str) -> DeliveryRate:
    """What was typed; raises Invalid beside the field that cannot be read."""
    starts = (read_postcode(start) for start in form.postcodes.data.split(","))
    free_from, to_goods = form.free_from.data, form.to_goods.data
    return DeliveryRate(
        id=0,
        name=form.name.data,
        price=_amount(form.price.data or "0", currency, "price"),
        free_from=_amount(free_from, currency, "free_from") if free_from else None,
        estimate=form.estimate.data,
        from_grams=form.from_grams.data or 0,
        to_grams=form.to_grams.data,
        from_goods=_amount(form.from_goods.data or "0", currency, "from_goods").minor,
        to_goods=_amount(to_goods, currency, "to_goods").minor if to_goods else None,
        postcodes=tuple(start for start in starts if start),
        pickup=bool(form.pickup.data),
        place=form.place.data,
    )


def _basis_points(typed: str) -> int:
    try:
        points = Decimal(typed.removesuffix("%").strip().replace(",", ".")) * 100
    except InvalidOperation as error:
        raise Invalid("Enter a percentage, such as 8.25.", field="percent") from error
    if not points.is_finite() or points != points.to_integral_value():
        raise Invalid("Enter a percentage with two digits behind the point at most.", field="percent")
    return int(points)


def _amount(typed: str, currency: str, field: str) -> Money:
    try:
        return Money.parse(typed, currency)
    except BadAmount as error:
        raise Invalid(str(error), field=field) from error
