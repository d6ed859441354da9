"""Tables of comments."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Name, Stamp, TextKey, Word
from shop.core.database import Base


class CommentBoard(Base):
    """A story that takes comments, or did."""

    __tablename__ = "comment_boards"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True, autoincrement=False)
    open: Mapped[bool]
    counted: Mapped[bool]


class CommentRow(Base):
    """One comment. `network` is forgotten after a while; `token` lets its writer take it back."""

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'shown', 'refused')", name="state"),
        CheckConstraint("(state = 'waiting') = (decided_by IS NULL)", name="decided"),
        Index("ix_comments_campaign_id_state", "campaign_id", "state", "written_at"),
        Index("ix_comments_state", "state"),
    )

    id: Mapped[TextKey]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    name: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[Word]
    heavy: Mapped[bool]
    network: Mapped[Word | None]
    token: Mapped[str] = mapped_column(String(40), unique=True)
    written_at: Mapped[Stamp]
    decided_at: Mapped[Stamp | None]
    decided_by: Mapped[Name | None]
