"""The editor's form: shape only, and what was typed as a story's content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from shop.admin.base_form import StaffForm
from shop.admin.reads.stories import Choices
from shop.campaigns.rules.content import Content, in_order
from shop.core.money import BadAmount, Money

LONGEST_BODY = 200_000


def line(text: str | None) -> str:
    """One line without what a database refuses."""
    return " ".join((text or "").replace("\x00", "").split())


def lines(text: str | None) -> str:
    """Several lines, their ends as one character."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip("\n")


class NewStoryForm(StaffForm):
    """A story begins with its title."""

    title = StringField(
        "Title", [InputRequired("Give it a title; it can be changed."), Length(max=200)], filters=[line]
    )


class NewsForm(StaffForm):
    """News under a story."""

    title = StringField("What happened", [InputRequired("Say what happened."), Length(max=200)], filters=[line])
    body = TextAreaField("In a few sentences", [InputRequired("Tell it."), Length(max=5_000)], filters=[lines])


class StoryForm(StaffForm):
    """All of a story. `version` is the one that was on the page; `at` is when a scheduled story appears."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, 10**8)])
    title = StringField("Title", [Length(max=200)], filters=[line])
    slug = StringField("Address", [Length(max=80)], filters=[line])
    standfirst = TextAreaField("Standfirst", [Length(max=1_000)], filters=[line])
    summary = TextAreaField("Summary", [Length(max=500)], filters=[line])
    body = TextAreaField("Text", [Length(max=LONGEST_BODY)], filters=[lines])
    artwork = SelectField("Poster", validate_choice=True)
    sensitive = BooleanField("Offer the way to leave quickly")
    authors = StringField("Authors", [Length(max=200)], filters=[line])
    topics = StringField("Topics", [Length(max=300)], filters=[line])
    content_note = TextAreaField("Content note", [Length(max=500)], filters=[line])
    goal = StringField("Goal", [Length(max=20)], filters=[line])
    faq = TextAreaField("Questions and answers", [Length(max=20_000)], filters=[lines])
    tees = StringField("Tees", [Length(max=2_000)], filters=[line])
    partners = SelectMultipleField("Partners", validate_choice=False)
    related = SelectMultipleField("Related stories", validate_choice=False)
    at = DateTimeLocalField("Appears at (UTC)", format="%Y-%m-%dT%H:%M", validators=[Optional()])

    def __init__(self, choices: Choices, currency: str, **more: Any) -> None:
        super().__init__(**more)
        self._currency = currency
        self.artwork.choices = choices.artworks
        self.partners.choices = choices.partners
        self.related.choices = choices.stories

    def validate_goal(self, field: StringField) -> None:
        try:
            self._goal()
        except BadAmount as error:
            raise ValidationError(str(error)) from error

    def content(self) -> Content:
        """What was typed; only of a form that is valid."""
        return Content(
            slug=self.slug.data,
            title=self.title.data,
            standfirst=self.standfirst.data,
            summary=self.summary.data,
            body=self.body.data,
            artwork=self.artwork.data,
            sensitive=bool(self.sensitive.data),
            authors=self.authors.data,
            topics=in_order(self.topics.data.split(",")),
            content_note=self.content_note.data,
            goal_minor=self._goal(),
            faq=self.faq.data,
            tees=_slugs(self.tees.data),
            partners=tuple(dict.fromkeys(self.partners.data or ())),
            related=tuple(dict.fromkeys(self.related.data or ())),
        )

    def moment(self) -> datetime | None:
        """When a scheduled story appears."""
        typed: datetime | None = self.at.data
        return None if typed is None else typed.replace(tzinfo=UTC)

    def _goal(self) -> int | None:
        return Money.parse(self.goal.data, self._currency).minor or None if self.goal.data else None


def filled(choices: Choices, currency: str, content: Content, version: int) -> StoryForm:
    """The form as it stands for a working copy."""
    goal = "" if content.goal_minor is None else str(Money(content.goal_minor, currency).decimal())
    lists = {"topics": ", ".join(content.topics), "tees": " ".join(content.tees)}
    told = content.as_json() | lists | {"version": version, "goal": goal}
    return StoryForm(choices, currency, formdata=None, data=told)


def slug_of(title: str, taken: Sequence[str]) -> str:
    """An address for a title that nobody has yet."""
    wanted = "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:70].strip("-") or "story"
    slug, count = wanted, 1
    while slug in taken:
        count += 1
        slug = f"{wanted}-{count}"
    return slug


def _slugs(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text.lower())))
