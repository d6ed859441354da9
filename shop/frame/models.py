"""The table of the frame."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Document, Name, Stamp, Word
from shop.core.database import Base


class FramePart(Base):
    """One part as staff set it; no row means as the store comes."""

    __tablename__ = "frame_parts"
    __table_args__ = (CheckConstraint("name IN ('header', 'footer', 'announcement', 'look', 'locales')", name="name"),)

    name: Mapped[Word] = mapped_column(primary_key=True)
    content: Mapped[Document]
    revision: Mapped[int]
    changed_by: Mapped[Name]
    changed_at: Mapped[Stamp]
