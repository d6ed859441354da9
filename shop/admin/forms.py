"""The forms of this door. They check shape only: what a value means, the rooms know."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import EmailField, HiddenField, IntegerField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import HiddenInput

from shop.admin.base_form import StaffForm
from shop.admin.words import said
from shop.staff.rules.permissions import READ_ONLY, ROLES

MOST = 100_000
_WHO = "Enter your e-mail address."


def _trimmed(text: str | None) -> str:
    return " ".join((text or "").split())


class SignInForm(StaffForm):
    """E-mail and password."""

    email = EmailField(
        "E-mail", [InputRequired(_WHO), Regexp(r"[^\x00-\x20\x7f]{3,254}$", message=_WHO)], filters=[_trimmed]
    )
    password = PasswordField("Password", [InputRequired("Enter your password."), Length(max=1_000)])


class CodeForm(StaffForm):
    """A code from the app, or a recovery code."""

    code = StringField("Code", [InputRequired("Enter a code."), Length(max=40, message="A code is shorter.")])


class PasswordForm(StaffForm):
    """One's password once more, before something that weakens the sign-in."""

    password = PasswordField("Your password", [InputRequired("Enter your password."), Length(max=1_000)])


class PasskeyForm(StaffForm):
    """What a browser answered, as the script puts it there; a new passkey may be called something."""

    credential = HiddenField(validators=[InputRequired("The browser gave no passkey."), Length(max=20_000)])
    label = StringField("Call it", [Optional(), Length(max=40)], filters=[_trimmed])


class NewPasswordForm(StaffForm):
    """A password in place of the one that is."""

    current = PasswordField("Your password now", [InputRequired("Enter your password."), Length(max=1_000)])
    chosen = PasswordField("The new one", [InputRequired("Enter a new password."), Length(max=1_000)])


class InviteForm(StaffForm):
    """Whom to ask, and what they may do."""

    email = EmailField("E-mail", [InputRequired(_WHO), Length(max=254)], filters=[_trimmed])
    role = SelectField("Role", default=READ_ONLY)

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.role.choices = [(role, said(role)) for role in ROLES]


class RoleForm(StaffForm):
    """What a member may do."""

    role = SelectField("Role")

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.role.choices = [(role, said(role)) for role in ROLES]


class JoinForm(StaffForm):
    """What a new colleague says of themselves."""

    name = StringField(
        "Your name", [InputRequired("Enter the name that colleagues know you by."), Length(max=80)], filters=[_trimmed]
    )
    password = PasswordField("A password", [InputRequired("Choose a password."), Length(max=1_000)])


class ChooseForm(StaffForm):
    """A new password, by a link."""

    password = PasswordField("A new password", [InputRequired("Choose a password."), Length(max=1_000)])


class SendForm(StaffForm):
    """Who carries a parcel, and its number; both may stay empty."""

    carrier = StringField(
        "Carrier", [Optional(), Length(max=80, message="Keep it to 80 characters.")], filters=[_trimmed]
    )
    tracking = StringField(
        "Tracking number", [Optional(), Length(max=80, message="Keep it to 80 characters.")], filters=[_trimmed]
    )


class StockForm(StaffForm):
    """A change of what is on hand, with its reason; `moves` names the field that holds the number."""

    moves: ClassVar[str]
    reason = StringField("Reason", filters=[_trimmed])

    def validate_reason(self, field: StringField) -> None:
        text: Any = field.data
        if not 0 < len(text) <= 200 or not text.isprintable():
            raise ValidationError("Say why in a few words, 200 characters at most.")


class ReceiveForm(StockForm):
    """More arrived."""

    moves = "quantity"
    quantity = IntegerField(
        "How many arrived", [InputRequired("Enter how many arrived."), NumberRange(1, MOST, "Enter 1 or more.")]
    )


class AdjustForm(StockForm):
    """The number is off by so many."""

    moves = "change"
    change = IntegerField(
        "Change by",
        [InputRequired("Enter by how many, such as 3 or -2."), NumberRange(-MOST, MOST, "That is too many.")],
    )


class CountForm(StockForm):
    """The shelf was counted; `seen` is what the page said was on hand."""

    moves = "counted"
    counted = IntegerField(
        "Counted", [InputRequired("Enter what you counted."), NumberRange(0, MOST, "Enter 0 or more.")]
    )
    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(-MOST, MOST * 1_000)])
