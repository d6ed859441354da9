"""Forms about prints."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from shop.admin.base_form import StaffForm

MM, SIDEWAYS, UPRIGHT = "Enter millimetres.", "From -150 to 150 mm.", "From -150 to 250 mm."


class ArtworkForm(StaffForm):
    """A new print."""

    file = FileField("File")
    title = StringField("Name", [InputRequired("Give it a name."), Length(max=200)])
    description = StringField("What it shows", [InputRequired("Say what it shows."), Length(max=200)])
    credit = StringField("Drawn by", [InputRequired("Say who drew it."), Length(max=200)])


class PlaceForm(StaffForm):
    """How large a print is and where it hangs; `seen` is the key that the page showed."""

    seen = HiddenField()
    width_mm = IntegerField("Width in mm", [InputRequired(MM), NumberRange(40, 400, "From 40 to 400 mm.")])
    right_mm = IntegerField(
        "Moved right by, in mm", [InputRequired(MM), NumberRange(-150, 150, "From -150 to 150 mm.")]
    )
    down_mm = IntegerField("Moved down by, in mm", [InputRequired(MM), NumberRange(-150, 250, UPRIGHT)])
    description = StringField("What it shows", [InputRequired("Say what it shows."), Length(max=200)])


class WearForm(StaffForm):
    """Which product carries it."""

    product = SelectField("Product", coerce=int, validate_choice=False)
