"""Forms about pictures of the library."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from shop.admin.base_form import StaffForm
from shop.admin.page_forms import SeenForm
from shop.admin.story_forms import line
from shop.core.languages import ENGLISH, KNOWN
from shop.media.photos.rules import LONGEST_ALT, LONGEST_NOTE, About

SAY = "Say in a few words what is to be seen, for people who cannot see it."


class AboutForm(SeenForm):
    """What is said of a picture; words in other languages come beside, by the code of the language."""

    alt = StringField("What is to be seen", [InputRequired(SAY), Length(3, LONGEST_ALT, SAY)], filters=[line])
    credit = StringField("Photograph by", [Optional(), Length(max=200)], filters=[line])
    permission = TextAreaField("Who allowed its use, and when", [Optional(), Length(max=LONGEST_NOTE)], filters=[line])

    def about(self) -> About:
        return About(self.alt.data, self.credit.data or "", self.permission.data or "")


class BringForm(AboutForm):
    """A new picture, for the library or at once for a product."""

    file = FileField("File")
    product = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(1, 10**9)])


class FocusForm(StaffForm):
    """The point that stays in sight."""

    focus_x = IntegerField("From the left, in hundredths", [InputRequired("Enter a number."), NumberRange(0, 100)])
    focus_y = IntegerField("From the top, in hundredths", [InputRequired("Enter a number."), NumberRange(0, 100)])


def other_languages() -> list[str]:
    """Codes of all but English."""
    return [code for code in KNOWN if code != ENGLISH.code]
