"""The forms of plain pages: the page itself, and what it says in another language."""

from __future__ import annotations

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from shop.admin.base_form import StaffForm
from shop.admin.story_forms import line, lines
from shop.campaigns.rules.pages import LONGEST_BODY, LONGEST_SUMMARY, LONGEST_TITLE, PageText


class SeenForm(StaffForm):
    """`seen` is the revision that the page showed; 0 where there was none."""

    seen = IntegerField(widget=HiddenInput(), validators=[NumberRange(0, 2**31 - 1)], default=0)

    def show(self, revision: int) -> None:
        """The page shows this revision now, whatever was sent."""
        self.seen.data, self.seen.raw_data = revision, None


class PageForm(SeenForm):
    """A page in English."""

    title = StringField("Title", [InputRequired("Give it a title."), Length(max=LONGEST_TITLE)], filters=[line])
    slug = StringField("Address", [InputRequired("Give it an address."), Length(max=80)], filters=[line])
    summary = TextAreaField("In one sentence", [Optional(), Length(max=LONGEST_SUMMARY)], filters=[line])
    body = TextAreaField("Text", [InputRequired("Write something."), Length(max=LONGEST_BODY)], filters=[lines])
    position = IntegerField("Place in menus", [InputRequired("Give it a place."), NumberRange(0, 9_999)])

    def text(self) -> PageText:
        return PageText(
            slug=self.slug.data,
            title=self.title.data,
            summary=self.summary.data or "",
            body=self.body.data,
            position=self.position.data,
        )


class WordingForm(SeenForm):
    """The same in another language; what is left empty stays English."""

    title = StringField("Title", [Optional(), Length(max=LONGEST_TITLE)], filters=[line])
    summary = TextAreaField("In one sentence", [Optional(), Length(max=LONGEST_SUMMARY)], filters=[line])
    body = TextAreaField("Text", [Optional(), Length(max=LONGEST_BODY)], filters=[lines])

    def texts(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in ("title", "summary", "body")}
