"""Shapes of the storefront's forms; what they mean is the rooms' to judge."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, ValidationError

from shop.cart.rules import LARGEST_NUMBER, MOST_OF_ONE
from shop.core.errors import Invalid
from shop.core.languages import _, lazy_gettext
from shop.delivery.rules import check_postcode
from shop.orders.rules import LONGEST_NOTE
from shop.web.view_models.parts import FieldError


def _plain(text: str | None) -> str | None:
    """Line ends as one character, as browsers count them; no NUL, which PostgreSQL cannot keep."""
    return text.replace("\r\n", "\n").replace("\x00", "") if text else text


class Words(StringField):
    """What somebody typed."""

    def __init__(self, *, validators: list[Any], **more: Any) -> None:
        super().__init__(validators=validators, filters=[_plain], **more)


class WholeNumber(IntegerField):
    """What is no number is told in the same words as a number out of range."""

    data: int | None

    def __init__(self, *, least: int, most: int, **more: Any) -> None:
        words = lazy_gettext("Choose from %(min)s to %(max)s.")
        self._bounds = {"min": least, "max": most}
        super().__init__(validators=[NumberRange(**self._bounds, message=words)], **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(self._words()) from error
        if self.data is not None and abs(self.data) > LARGEST_NUMBER:
            self.data = None  # WTForms' own check of the range cannot take it
            raise ValueError(self._words())

    def _words(self) -> str:
        return _("Choose from %(min)s to %(max)s.", **self._bounds)


class PublicForm(FlaskForm):
    """Without a token: no session is in play, and where the request comes from was checked before."""

    class Meta:
        csrf = False

    def first_errors(self) -> tuple[FieldError, ...]:
        """One sentence for each field that is wrong."""
        return tuple(FieldError(field=name, message=str(found[0])) for name, found in self.errors.items() if found)


class AddForm(PublicForm):
    """A colour and a size, or both at once as `choice` ("ink/M"), which is what a shelf in a story sends."""

    def __init__(self) -> None:
        given = MultiDict(request.form)
        colour, both, size = given.pop("choice", "").partition("/")
        super().__init__(formdata=given | {"colour": colour, "size": size} if both else given)

    product = Words(validators=[DataRequired(), Length(max=80)])
    colour = Words(validators=[DataRequired(lazy_gettext("Choose a colour.")), Length(max=40)])
    size = Words(validators=[DataRequired(lazy_gettext("Choose a size.")), Length(max=12)])
    quantity = WholeNumber(least=1, most=MOST_OF_ONE, default=1)


class QuantityForm(PublicForm):
    quantity = WholeNumber(least=0, most=MOST_OF_ONE)


class GiftForm(PublicForm):
    gift = Words(validators=[Length(max=20, message=lazy_gettext("Choose one of the amounts."))])
    own_amount = Words(validators=[Length(max=20, message=lazy_gettext("Enter an amount such as 5 or 12.50."))])
    fund = Words(validators=[Length(max=80, message=lazy_gettext("Choose where your gift goes."))])
    cover = BooleanField()
    tell = BooleanField()
    thank = BooleanField()


class CartGiftForm(GiftForm):
    checkout = BooleanField()  # the button that goes on from the cart


class DonateForm(GiftForm):
    often = Words(validators=[Length(max=10)])
    key = Words(validators=[Length(max=64)])
    campaign = Words(validators=[Length(max=80)])


class MonthlyAmountForm(PublicForm):
    own_amount = Words(
        validators=[
            DataRequired(lazy_gettext("Enter an amount such as 5 or 12.50.")),
            Length(max=20, message=lazy_gettext("Enter an amount such as 5 or 12.50.")),
        ]
    )


class CodeForm(PublicForm):
    code = Words(validators=[Length(max=60, message=lazy_gettext("A code is shorter. Check it for mistakes."))])


def _is_postcode(_form: PublicForm, field: Words) -> None:
    try:
        check_postcode(field.data or "")
    except Invalid as error:
        raise ValidationError(error.message) from error


class PlaceForm(PublicForm):
    """Where a cart goes, as far as prices depend on it."""

    country = Words(
        validators=[
            DataRequired(lazy_gettext("Choose a country.")),
            Length(min=2, max=2, message=lazy_gettext("Choose a country.")),
        ]
    )
    region = Words(validators=[Length(max=3)])
    postcode = Words(validators=[Length(max=12, message=lazy_gettext("A postcode is shorter.")), _is_postcode])
    way = Words(validators=[Length(max=9)])

    @property
    def rate_id(self) -> int:
        """The way that was chosen; 0 for none and for what is no number."""
        typed = self.way.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() else 0


class CheckoutForm(PlaceForm):
    note = Words(validators=[Length(max=LONGEST_NOTE, message=lazy_gettext("Keep the note under %(max)s characters."))])
    recipient = Words(validators=[])
    message = Words(validators=[])
    present = BooleanField()
    discreet = BooleanField()
    news = BooleanField()
    cart_version = Words(validators=[Length(max=64)])


class GuardedForm(PublicForm):
    """One that robots like to send. They fill in `website`, which people neither see nor reach."""

    website = Words(validators=[])

    @property
    def caught(self) -> bool:
        """A robot sent it: it is told that all went well, and nothing happens."""
        return bool(self.website.data)


class CancelForm(PublicForm):
    gift = Words(validators=[Length(max=10)])


class WithdrawForm(GuardedForm):
    name = Words(validators=[Length(max=120, message=lazy_gettext("Enter your name."))])
    number = Words(validators=[Length(max=60, message=lazy_gettext("An order number is shorter."))])
    email = Words(validators=[Length(max=254)])
    what = Words(validators=[Length(max=10)])
    words = Words(validators=[Length(max=1_000, message=lazy_gettext("Keep it under 1,000 characters."))])
    gift = Words(validators=[Length(max=10)])
    order = Words(validators=[Length(max=64)])
    back = Words(validators=[Length(max=1)])


class SignForm(GuardedForm):
    email = Words(validators=[DataRequired(lazy_gettext("Enter your e-mail address.")), Length(max=254)])


class NewsForm(SignForm):
    """As for signing: an address, and the robots' field."""


class RestockForm(SignForm):
    """An address, and what it waits for as "ink/M"."""

    choice = Words(validators=[DataRequired(lazy_gettext("Choose a size.")), Length(max=60)])


class FriendForm(GuardedForm):
    email = Words(validators=[DataRequired(lazy_gettext("Enter your friend’s e-mail address.")), Length(max=254)])
    note = Words(validators=[Length(max=1_000)])


class CommentForm(GuardedForm):
    name = Words(validators=[Length(max=200, message=lazy_gettext("Choose a shorter name."))])
    text = Words(validators=[DataRequired(lazy_gettext("Write something first.")), Length(max=20_000)])


class ContactForm(GuardedForm):
    email = Words(validators=[Length(max=254)])
    message = Words(validators=[DataRequired(lazy_gettext("Write something first.")), Length(max=20_000)])


class FindForm(PublicForm):
    email = Words(validators=[DataRequired(lazy_gettext("Enter your e-mail address.")), Length(max=254)])
