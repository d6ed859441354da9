"""What queries hand out: frozen rows without what only staff should read."""

from __future__ import annotations

from datetime import date, datetime

from babel import Locale
from babel.dates import format_date
from msgspec import Struct

from shop.campaigns.rules import blocks
from shop.campaigns.rules.kinds import Block, Question
from shop.core.formats import date_text
from shop.core.languages import spoken
from shop.core.money import Money


class CampaignCard(Struct, frozen=True):
    """A story as lists show it; `artwork` is the renderer's key of its poster."""

    id: int
    slug: str
    title: str
    standfirst: str
    summary: str
    artwork: str
    sensitive: bool
    published_at: datetime | None


class CampaignDetail(Struct, frozen=True):
    """A story to read. `archived` ones stay readable and are no longer listed."""

    card: CampaignCard
    body: str
    archived: bool
    updated_at: datetime
    authors: str = ""
    content_note: str = ""
    faq: str = ""
    goal: Money | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        return blocks.blocks_of(self.body)

    @property
    def reading_minutes(self) -> int:
        return blocks.reading_minutes(self.body)

    @property
    def questions(self) -> tuple[Question, ...]:
        return blocks.questions(self.faq)


class News(Struct, frozen=True):
    """Something told under a story; `body` is Markdown."""

    id: int
    told_on: date
    title: str
    body: str


class ClaimView(Struct, frozen=True, kw_only=True):
    """A cited figure. Where `source_date_precision` is "month" the source names no day.

    `self_reported` and `needs_review` are to be said beside it; a `hidden` one is left out of stories.
    """

    key: str
    value: str
    unit: str
    says: str
    place: str
    period: str
    claimant: str
    self_reported: bool
    needs_review: bool
    source_title: str
    source_url: str
    source_date: date
    source_date_precision: str
    checked_on: date
    next_review: date
    archived_url: str | None = None
    archived_sha256: str | None = None
    hidden: bool = False

    def due(self, today: date) -> bool:
        """Whether somebody should look at the source again."""
        return self.needs_review or self.next_review <= today

    def source_dated(self) -> str:
        """ "May 9, 2017", or "November 2022" where that is all the source says."""
        if self.source_date_precision == "month":
            return format_date(self.source_date, "MMMM y", locale=spoken().locale)
        return date_text(self.source_date)


class HelplineView(Struct, frozen=True, kw_only=True):
    """A service to turn to in one country (ISO 3166 alpha-2); None for a way in that it does not have."""

    key: str
    country: str
    name: str
    serves: str
    phone: str
    text: str | None
    tty: str | None
    chat_url: str | None
    report_url: str | None
    hours: str
    languages: str | None
    source_url: str
    last_checked: date

    @property
    def country_name(self) -> str:
        return str(Locale.parse(spoken().locale).territories.get(self.country, self.country))


class PageCard(Struct, frozen=True, kw_only=True):
    """A page as menus show it."""

    slug: str
    title: str
    summary: str


class PageDetail(Struct, frozen=True, kw_only=True):
    """A page to read."""

    slug: str
    title: str
    summary: str
    body: str
    updated_on: date

    @property
    def blocks(self) -> tuple[Block, ...]:
        return blocks.blocks_of(self.body)


class VideoView(Struct, frozen=True, kw_only=True):
    """A film: `provider` is youtube, vimeo or file, `source` its id there or the name of the file without an end.

    `transcript` is Markdown: whoever cannot hear, or would rather not watch, reads it.
    """

    key: str
    title: str
    provider: str
    source: str
    publisher: str
    length: str
    transcript: str
    artwork: str


class Film(VideoView, frozen=True, kw_only=True):
    """A film as readers have it; `captioned` is the language, beside English, that a file of ours has captions in."""

    id: int
    captioned: str = ""


class CorrectionView(Struct, frozen=True, kw_only=True):
    """Something that was told wrongly: what we said, what we say now, and why."""

    corrected_on: date
    said: str
    now: str
    why: str
