"""The forms on and about an order. They check shape only."""

from __future__ import annotations

from msgspec import Struct
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from shop.admin.base_form import StaffForm


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


class HoldForm(StaffForm):
    """Why an order must not leave yet."""

    kind = StringField("What it waits for")
    reason = StringField("Reason", [InputRequired("Say why in a few words.")], filters=[_line])


class NoteForm(StaffForm):
    """Words for colleagues."""

    note = TextAreaField("Note", [InputRequired("Write something."), Length(max=1_000, message="Keep it shorter.")])


class SwapForm(StaffForm):
    """Another size: `seen` is the variant that was shown, `confirm` the second press."""

    variant = IntegerField("In place of it", [InputRequired("Choose another size or colour.")])
    settle = StringField("The difference")
    reason = StringField("Why the store bears it", filters=[_line])
    seen = StringField(widget=HiddenInput())
    confirm = StringField(widget=HiddenInput())


class AddressForm(StaffForm):
    """Where a parcel goes; the country stays."""

    name = StringField("Name", filters=[_line])
    line1 = StringField("Street and number", filters=[_line])
    line2 = StringField("Further line", filters=[_line])
    city = StringField("Town", filters=[_line])
    state = StringField("State or region", filters=[_line])
    postal_code = StringField("Postcode", filters=[_line])
    phone = StringField("Phone", filters=[_line])
    seen = StringField(widget=HiddenInput())
    confirm = StringField(widget=HiddenInput())


class EditForms(Struct, frozen=True):
    """What the page of an order asks for beside sending."""

    hold: HoldForm
    note: NoteForm


def edit_forms(*, hold: HoldForm | None = None, note: NoteForm | None = None) -> EditForms:
    """Empty, but for the one that was sent."""
    return EditForms(hold=hold or HoldForm(formdata=None), note=note or NoteForm(formdata=None))
