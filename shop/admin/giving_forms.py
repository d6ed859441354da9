"""The forms of gifts: who the operator is, the amounts on offer, a new fund, a receipt once more."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from shop.admin.base_form import StaffForm
from shop.brand.rules import BrandView
from shop.core.errors import Invalid
from shop.core.money import BadAmount, Money
from shop.giving.queries import Setup
from shop.giving.routes import EXPLAINED, Operator
from shop.giving.rules import CardFee
from shop.journeys.keep_giving import Amounts


def _trimmed(text: str | None) -> str:
    return " ".join((text or "").split())


class GivingForm(StaffForm):
    """Amounts are typed as people write them; lists with commas between."""

    country = StringField(
        "Country of the operator", [Regexp(r"[A-Za-z]{2}$", message="Two letters, such as US.")], filters=[_trimmed]
    )
    registered = BooleanField("Stands in the government's register of charities")
    gift_agreement = BooleanField("Each gift is made under a gift agreement (asked for in Japan)")
    fee_percent = StringField("Card fee, percent", [InputRequired("Enter a percentage."), Length(max=10)])
    fee_fixed = StringField("Card fee, fixed part", [InputRequired("Enter an amount."), Length(max=20)])
    alone_least = StringField("Smallest gift by itself", [InputRequired("Enter an amount."), Length(max=20)])
    alone_presets = StringField("Offered by itself", [InputRequired("Enter some amounts."), Length(max=120)])
    least = StringField("Smallest gift beside tees", [InputRequired("Enter an amount."), Length(max=20)])
    presets = StringField("Offered beside tees", [Length(max=120)])
    steps = StringField("Round up to the next", [InputRequired("Enter some amounts."), Length(max=120)])
    most = StringField("Largest gift", [InputRequired("Enter an amount."), Length(max=20)])


class FundForm(StaffForm):
    """A new fund."""

    name = StringField("Name", [InputRequired("Give it a name."), Length(max=120)], filters=[_trimmed])
    slug = StringField(
        "Name in the books",
        [Length(max=80), Regexp(r"[a-z0-9]+(-[a-z0-9]+)*$", message="Small letters, digits and single dashes.")],
        filters=[_trimmed],
    )
    purpose = StringField("Purpose", [InputRequired("State what it is for."), Length(max=500)], filters=[_trimmed])
    route = SelectField("Route", choices=[SelectChoice(route, told[0]) for route, told in EXPLAINED.items()])


class ReissueForm(StaffForm):
    """Why a receipt is issued anew."""

    reason = StringField("Reason", [InputRequired("Say why in a few words."), Length(max=150)], filters=[_trimmed])


def filled(form: GivingForm, given: Setup, about: BrandView) -> GivingForm:
    """The form as things stand."""

    def money(minor: int) -> str:
        return f"{Money(minor, about.currency).decimal():f}"

    form.country.data = given.operator.country
    form.registered.data = given.operator.registered
    form.gift_agreement.data = given.operator.gift_agreement
    form.fee_percent.data = f"{Decimal(given.fee.points) / 100:f}"
    form.fee_fixed.data = money(given.fee.fixed)
    form.alone_least.data = money(given.alone_minimum)
    form.alone_presets.data = ", ".join(money(minor) for minor in given.alone_presets)
    form.least.data = money(about.gift_minimum.minor)
    form.presets.data = ", ".join(money(preset.minor) for preset in about.gift_presets)
    form.steps.data = ", ".join(money(step.minor) for step in about.round_up_steps)
    form.most.data = money(about.gift_maximum.minor)
    return form


def operator_of(form: GivingForm) -> Operator:
    """Who takes the gifts."""
    return Operator(form.country.data.upper(), bool(form.registered.data), bool(form.gift_agreement.data))


def fee_of(form: GivingForm, currency: str) -> CardFee:
    """Raises Invalid beside its field."""
    try:
        points = Decimal(form.fee_percent.data.strip().rstrip("%").strip()) * 100
    except InvalidOperation as error:
        raise Invalid("Enter a percentage such as 2.9.", field="fee_percent") from error
    if not points.is_finite() or points != points.to_integral_value() or not 0 <= points < 5_000:
        raise Invalid("Enter a percentage such as 2.9.", field="fee_percent")
    return CardFee(int(points), _amount(form, "fee_fixed", currency).minor)


def amounts_of(form: GivingForm, currency: str) -> Amounts:
    """Raises Invalid beside its field."""
    return Amounts(
        presets=_amounts(form, "presets", currency),
        least=_amount(form, "least", currency),
        most=_amount(form, "most", currency),
        steps=_amounts(form, "steps", currency),
        alone_presets=_amounts(form, "alone_presets", currency),
        alone_least=_amount(form, "alone_least", currency),
    )


def _amounts(form: GivingForm, name: str, currency: str) -> Sequence[Money]:
    typed = [one.strip() for one in (form[name].data or "").split(",") if one.strip()]
    return [_read(one, name, currency) for one in typed[:12]]


def _amount(form: GivingForm, name: str, currency: str) -> Money:
    return _read(form[name].data or "", name, currency)


def _read(typed: str, name: str, currency: str) -> Money:
    try:
        return Money.parse(typed, currency)
    except BadAmount as error:
        raise Invalid(str(error), field=name) from error
