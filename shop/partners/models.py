"""Tables of partners' profiles."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import Key, Name, Stamp, Word
from shop.core.database import Base


class PartnerProfile(Base):
    """`works_on` and `works_in` are words with commas between; the agreement is named by where it is filed.

    `version` counts up with every save, so that two who write at once notice.
    """

    __tablename__ = "partner_profiles"

    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), primary_key=True)
    version: Mapped[int]
    works_on: Mapped[str] = mapped_column(Text)
    works_in: Mapped[str] = mapped_column(Text)
    agreement: Mapped[str] = mapped_column(Text)
    agreement_signed_on: Mapped[date | None]
    agreement_expires_on: Mapped[date | None]
    status_since: Mapped[date | None]


@append_only
class PartnerEvent(Base):
    """Something that changed about a partner. Kind "status" is public; `words` say what, and why."""

    __tablename__ = "partner_events"

    id: Mapped[Key]
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)
    kind: Mapped[Word]
    words: Mapped[str] = mapped_column(Text)
    by: Mapped[Name]
    happened_at: Mapped[Stamp]


class PartnerLink(Base):
    """An address of a partner's; `works` is empty until the worker opened it, `problem` says what was wrong."""

    __tablename__ = "partner_links"
    __table_args__ = (UniqueConstraint("partner_id", "url"),)

    id: Mapped[Key]
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"))
    label: Mapped[Name]
    url: Mapped[str] = mapped_column(String(500))
    checked_at: Mapped[Stamp | None] = mapped_column(index=True)
    works: Mapped[bool | None]
    problem: Mapped[Name]
