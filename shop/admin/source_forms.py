"""Forms of claims, films and corrections: shape only."""

from __future__ import annotations

from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from shop.admin.base_form import StaffForm
from shop.admin.story_forms import line, lines
from shop.campaigns.operations import NewClaim
from shop.campaigns.rules.films import NAMES, source_of
from shop.campaigns.rules.views import VideoView
from shop.media.rules import artwork_keys

_SAY = "Fill this in."


class ClaimForm(StaffForm):
    """A cited figure."""

    key = StringField("Key", [InputRequired(_SAY), Length(max=80)], filters=[line])
    value = StringField("Value", [InputRequired(_SAY), Length(max=40)], filters=[line])
    unit = StringField("Unit", [InputRequired(_SAY), Length(max=200)], filters=[line])
    says = TextAreaField("The claim in a sentence", [InputRequired(_SAY), Length(max=500)], filters=[line])
    place = StringField("Place", [InputRequired(_SAY), Length(max=200)], filters=[line])
    period = StringField("Period", [InputRequired(_SAY), Length(max=200)], filters=[line])
    claimant = StringField("Who says so", [InputRequired(_SAY), Length(max=200)], filters=[line])
    self_reported = BooleanField("It is the organization’s own figure")
    needs_review = BooleanField("It is older, or disputed")
    source_title = StringField("Title of the source", [InputRequired(_SAY), Length(max=300)], filters=[line])
    source_url = StringField("Address of the source", [InputRequired(_SAY), Length(max=1_000)], filters=[line])
    source_date = DateField("Date of the source", [InputRequired("Enter a date.")])
    source_date_precision = SelectField("How exact that date is")
    archived_url = StringField("Address of an archived copy", [Length(max=1_000)], filters=[line])
    archived_sha256 = StringField("SHA-256 of a copy we keep", [Length(max=64)], filters=[line])
    checked_on = DateField("Read and checked on", [InputRequired("Enter a date.")])
    next_review = DateField("Look again on", [InputRequired("Enter a date.")])
    staff_notes = TextAreaField("Notes for staff", [Length(max=5_000)], filters=[lines])
    why = StringField("Why it changes", [Length(max=500)], filters=[line])

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.source_date_precision.choices = [("day", "The day is known"), ("month", "Only the month is known")]

    def claim(self, *, key: str | None = None, by: str, hidden: bool = False) -> NewClaim:
        """What was typed; `key` where it can not be changed any more."""
        told = {name: self[name].data for name in NewClaim.__struct_fields__ if name in self}
        told |= {"archived_url": self.archived_url.data or None, "archived_sha256": self.archived_sha256.data or None}
        return NewClaim(**told | {"key": key or self.key.data, "checked_by": by, "hidden": hidden})


class VideoForm(StaffForm):
    """A film, with its transcript."""

    key = StringField("Key", [InputRequired(_SAY), Length(max=80)], filters=[line])
    title = StringField("Title", [InputRequired(_SAY), Length(max=200)], filters=[line])
    provider = SelectField("Where it is")
    source = StringField("Its address there", [InputRequired(_SAY), Length(max=500)], filters=[line])
    publisher = StringField("Who made it", [InputRequired(_SAY), Length(max=200)], filters=[line])
    length = StringField("Length", [Length(max=40)], filters=[line])
    artwork = SelectField("Poster", validate_choice=False)
    captions = BooleanField(
        "I watched it: it has captions", [InputRequired("A film without captions shuts people out.")]
    )
    transcript = TextAreaField("Transcript", [InputRequired(_SAY), Length(max=100_000)], filters=[lines])

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.provider.choices = list(NAMES.items())
        drawn = [(key, key.replace("-", " ").capitalize()) for key in artwork_keys()]
        self.artwork.choices = [("", "Its title alone"), *drawn]

    def video(self, *, key: str | None = None) -> VideoView:
        """What was typed; an address that was pasted becomes the film's id."""
        told = {name: self[name].data for name in VideoView.__struct_fields__}
        told["artwork"] = self.artwork.data or ""
        told["source"] = source_of(self.provider.data, self.source.data)
        return VideoView(**told | {"key": key or self.key.data})


class CorrectionForm(StaffForm):
    """What a story told wrongly."""

    said = TextAreaField("What we said", [InputRequired(_SAY), Length(max=1_000)], filters=[line])
    now = TextAreaField("What we say now", [InputRequired(_SAY), Length(max=1_000)], filters=[line])
    why = TextAreaField("Why", [InputRequired(_SAY), Length(max=1_000)], filters=[line])
