"""Tables of uploaded pictures; their pixels lie on disk."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.columns import Key, Name, Stamp
from shop.core.database import Base


class UploadedArtwork(Base):
    """A print that staff brought. `key` is the renderer's for its present size, place and words, and changes with them.

    `digest` names its PNG; lengths are in mm on the garment, `right_mm` and `down_mm` from where prints usually hang.
    """

    __tablename__ = "uploaded_artworks"
    __table_args__ = (
        CheckConstraint("width_mm BETWEEN 40 AND 400", name="width"),
        CheckConstraint("right_mm BETWEEN -150 AND 150 AND down_mm BETWEEN -150 AND 250", name="place"),
    )

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(40), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    title: Mapped[Name]
    description: Mapped[str] = mapped_column(Text)
    credit: Mapped[Name]
    width_px: Mapped[int]
    height_px: Mapped[int]
    width_mm: Mapped[int]
    right_mm: Mapped[int]
    down_mm: Mapped[int]
    added_by: Mapped[Name]
    created_at: Mapped[Stamp]
    updated_at: Mapped[Stamp]
