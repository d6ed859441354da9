"""Tables of the writing room: working copies, what they were before, links to look at them, and the rules."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import Document, Key, Name, Stamp
from shop.core.database import Base


class Draft(Base):
    """The working copy of a story. `version` counts up with every save, so that two who write at once notice.

    `shown` is the version that readers have, 0 while they have none.
    """

    __tablename__ = "campaign_drafts"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    version: Mapped[int]
    shown: Mapped[int]
    content: Mapped[Document]
    saved_by: Mapped[Name]
    saved_at: Mapped[Stamp]


@append_only
class Revision(Base):
    """What a working copy was when somebody saved it by hand; `number` is its version then."""

    __tablename__ = "campaign_revisions"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: Mapped[Key]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    number: Mapped[int]
    content: Mapped[Document]
    saved_by: Mapped[Name]
    saved_at: Mapped[Stamp]


class Preview(Base):
    """A link by which somebody without a sign-in reads a working copy until `expires_at`.

    The token is kept readable: whoever reads it here can read the working copy itself here as well.
    """

    __tablename__ = "campaign_previews"
    __table_args__ = (Index("ix_campaign_previews_campaign", "campaign_id", "expires_at"),)

    id: Mapped[Key]
    token: Mapped[str] = mapped_column(String(40), unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    made_by: Mapped[Name]
    made_at: Mapped[Stamp]
    expires_at: Mapped[Stamp]


class EditorialRules(Base):
    """One row: whether whoever publishes must be another than who wrote last. Without the row: no."""

    __tablename__ = "editorial_rules"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[Key]
    two_people: Mapped[bool]
