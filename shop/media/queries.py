"""Reads of uploaded prints."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from shop.core.columns import AnyRow, AnySelect
from shop.core.database import session
from shop.core.errors import NotFound
from shop.media.models import UploadedArtwork
from shop.media.uploads.library import Placed

_PLACED = (
    UploadedArtwork.digest,
    UploadedArtwork.title,
    UploadedArtwork.description,
    UploadedArtwork.credit,
    UploadedArtwork.width_px,
    UploadedArtwork.height_px,
    UploadedArtwork.width_mm,
    UploadedArtwork.right_mm,
    UploadedArtwork.down_mm,
)


class ArtworkRow(Struct, frozen=True):
    """A print that staff brought."""

    id: int
    key: str
    added_by: str
    created_at: datetime
    placed: Placed


def uploaded() -> list[ArtworkRow]:
    """Every print, the newest first."""
    return [_row(row) for row in session().execute(_all().order_by(UploadedArtwork.id.desc()))]


def uploaded_artwork(artwork_id: int) -> ArtworkRow:
    """Raises NotFound."""
    row = session().execute(_all().where(UploadedArtwork.id == artwork_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such print.")
    return _row(row)


def _all() -> AnySelect:
    return select(
        UploadedArtwork.id, UploadedArtwork.key, UploadedArtwork.added_by, UploadedArtwork.created_at, *_PLACED
    )


def _row(row: AnyRow) -> ArtworkRow:
    return ArtworkRow(row[0], row[1], row[2], row[3], Placed(*row[4:]))
