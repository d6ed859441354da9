"""Tables of uploaded pictures; their pixels lie on disk."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
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


class LibraryPhotograph(Base):
    """A picture of the library. `digest` names its files, `focus_*` are hundredths from left and top.

    `alt` are its English words for those who cannot see it; `permission` says who allowed its use, and when.
    """

    __tablename__ = "photographs"
    __table_args__ = (
        CheckConstraint("focus_x BETWEEN 0 AND 100 AND focus_y BETWEEN 0 AND 100", name="focus"),
        CheckConstraint("length(alt) > 0", name="alt"),
    )

    id: Mapped[Key]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    width: Mapped[int]
    height: Mapped[int]
    focus_x: Mapped[int]
    focus_y: Mapped[int]
    alt: Mapped[str] = mapped_column(Text)
    credit: Mapped[Name]
    permission: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    added_by: Mapped[Name]
    added_at: Mapped[Stamp]


class ProductPhotograph(Base):
    """A photograph in a product's gallery, after its drawings."""

    __tablename__ = "product_photographs"

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    photograph_id: Mapped[int] = mapped_column(ForeignKey("photographs.id"), primary_key=True, index=True)
    position: Mapped[int]


class PartnerLogo(Base):
    """The logo on a partner's page; its picture notes the permission."""

    __tablename__ = "partner_logos"

    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), primary_key=True)
    photograph_id: Mapped[int] = mapped_column(ForeignKey("photographs.id"), index=True)
