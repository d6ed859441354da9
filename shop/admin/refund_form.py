"""The form of a refund: a number and a choice for each line of the order, and the amounts beside them."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from shop.admin.base_form import StaffForm
from shop.admin.reads.refund import Refundable
from shop.core import codes
from shop.core.errors import Invalid
from shop.core.money import BadAmount, Money
from shop.journeys.refund_plan import Wish

AMOUNTS = ("price", "delivery", "tax", "gift", "fee_cover")
STOCK = (("restocked", "Back on the shelf"), ("damaged", "Came back damaged"), ("kept", "Customer keeps it"))


class RefundForm(StaffForm):
    """What every order's form has; `refund_form` adds its lines. `key` makes a second press change nothing."""

    key = HiddenField(validators=[InputRequired(), Regexp(r"[0-9a-z]{26}$")])
    price = StringField("Off the price", [Optional(), Length(max=20)])
    delivery = StringField("Delivery", [Optional(), Length(max=20)])
    tax = StringField("Tax beyond that", [Optional(), Length(max=20)])
    gift = StringField("Gift", [Optional(), Length(max=20)])
    fee_cover = StringField("Card fee covered", [Optional(), Length(max=20)])
    reason = StringField(
        "Reason",
        [DataRequired("Say why in a few words; the customer may ask."), Length(max=150)],
        filters=[lambda typed: " ".join((typed or "").split())],
    )


def refund_form(whole: Refundable) -> RefundForm:
    """The form of this order, with what was sent in it."""
    fields: dict[str, Any] = {}
    for line in whole.lines:
        what = f"{line.title}, {line.colour}, {line.size}"
        fields[f"units_{line.id}"] = IntegerField(f"Units of {what}", [Optional()])
        fields[f"stock_{line.id}"] = StringField(f"What became of {what}", default="restocked")
    made: RefundForm = type("OrderRefundForm", (RefundForm,), fields)()
    made.key.data = made.key.data or codes.new_id()
    if whole.order.state != "fulfilled":
        for line in whole.lines:
            del made[f"stock_{line.id}"]
    return made


def filled_with(form: RefundForm, wish: Wish, currency: str) -> None:
    """Put a wish into the fields."""
    for line_id, units in wish.units.items():
        form[f"units_{line_id}"].data = units
    for name in AMOUNTS:
        if minor := getattr(wish, name):
            form[name].data = f"{Money(minor, currency).decimal():f}"


def wish_of(form: RefundForm, whole: Refundable) -> Wish:
    """What was typed; raises Invalid beside the field of an amount that is none."""
    ids = [line.id for line in whole.lines]
    amounts = {name: _amount(form[name].data, whole.order.currency, name) for name in AMOUNTS}
    return Wish(
        units={line_id: form[f"units_{line_id}"].data or 0 for line_id in ids},
        stock={line_id: form[f"stock_{line_id}"].data for line_id in ids if f"stock_{line_id}" in form},
        **amounts,
    )


def _amount(typed: str | None, currency: str, name: str) -> int:
    try:
        return Money.parse(typed, currency).minor if typed and typed.strip() else 0
    except BadAmount as error:
        raise Invalid(str(error), field=name) from error
