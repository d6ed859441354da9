"""Tables of what stories stand on: claims, helplines, and pages of plain prose."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import Key, Name, Word
from shop.core.database import Base


class Claim(Base):
    """A cited figure: what is said, by whom, of where and when, and the source a reader can open.

    Where `source_date_precision` is "month" the source names no day. `needs_review` flags an old or disputed one.
    `archived_sha256` is the hash of a copy that we keep; a `hidden` one is left out of stories.
    """

    __tablename__ = "claims"
    __table_args__ = (CheckConstraint("source_date_precision IN ('day', 'month')", name="precision"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(80), unique=True)
    value: Mapped[Word]
    unit: Mapped[Name]
    says: Mapped[str] = mapped_column(Text)
    place: Mapped[Name]
    period: Mapped[Name]
    claimant: Mapped[Name]
    self_reported: Mapped[bool]
    needs_review: Mapped[bool]
    source_title: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str] = mapped_column(Text)
    source_date: Mapped[date]
    source_date_precision: Mapped[Word]
    checked_on: Mapped[date]
    next_review: Mapped[date]
    staff_notes: Mapped[str] = mapped_column(Text)
    archived_url: Mapped[str | None] = mapped_column(Text)
    archived_sha256: Mapped[str | None] = mapped_column(String(64))
    checked_by: Mapped[Name]
    hidden: Mapped[bool]


@append_only
class Correction(Base):
    """Something that readers were told wrongly; none is ever taken back.

    It concerns a claim (else `claim_key` is empty) or a story.
    """

    __tablename__ = "corrections"

    id: Mapped[Key]
    claim_key: Mapped[str] = mapped_column(String(80), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    corrected_on: Mapped[date] = mapped_column(index=True)
    said: Mapped[str] = mapped_column(Text)
    now: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    entered_by: Mapped[Name]


class Video(Base):
    """A film in a story. Captions were seen and a transcript is here before it can be entered."""

    __tablename__ = "videos"
    __table_args__ = (CheckConstraint("provider IN ('youtube', 'vimeo', 'file')", name="provider"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[Name]
    provider: Mapped[Word]
    source: Mapped[str] = mapped_column(String(80))
    publisher: Mapped[Name]
    length: Mapped[Word]
    transcript: Mapped[str] = mapped_column(Text)
    artwork: Mapped[Word]


class Helpline(Base):
    """A service to call or text in one country. Never an emergency service; None where it has no such way in."""

    __tablename__ = "helplines"
    __table_args__ = (UniqueConstraint("country", "name"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(80), unique=True)
    country: Mapped[str] = mapped_column(String(2))
    name: Mapped[Name]
    serves: Mapped[str] = mapped_column(Text)
    phone: Mapped[Word]
    text: Mapped[Word | None]
    tty: Mapped[Word | None]
    chat_url: Mapped[str | None] = mapped_column(Text)
    report_url: Mapped[str | None] = mapped_column(Text)
    hours: Mapped[Name]
    languages: Mapped[Name | None]
    source_url: Mapped[str] = mapped_column(Text)
    last_checked: Mapped[date]
    position: Mapped[int]


class Page(Base):
    """Plain prose under its own address: about, delivery and returns, privacy, accessibility, help."""

    __tablename__ = "pages"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[Name]
    summary: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    updated_on: Mapped[date]
    position: Mapped[int]
    revision: Mapped[int]
    changed_by: Mapped[Name]
