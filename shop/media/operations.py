"""Writes of uploaded prints. All assume an open transaction."""

from __future__ import annotations

from msgspec.structs import asdict
from sqlalchemy import select, update

from shop.core import clock
from shop.core.database import insert_once, rows_changed, session
from shop.core.errors import Conflict
from shop.media.models import UploadedArtwork
from shop.media.uploads.library import Placed


def add(placed: Placed, *, actor: str) -> int:
    """A new print; answers its id. Raises Conflict where the very same stands there already."""
    moment = clock.now()
    row = {**asdict(placed), "key": placed.key, "added_by": actor, "created_at": moment, "updated_at": moment}
    if not insert_once(UploadedArtwork, row):
        raise Conflict("This very print is here already, with the same size and words.", field="file")
    found = session().execute(select(UploadedArtwork.id).where(UploadedArtwork.key == placed.key)).scalar_one()
    return int(found)


def place_anew(artwork_id: int, *, seen_key: str, placed: Placed) -> None:
    """Give a print its new size, place and words, if it is still as it was seen. Raises Conflict."""
    taken = update(UploadedArtwork).where(UploadedArtwork.id == artwork_id, UploadedArtwork.key == seen_key)
    values = {**asdict(placed), "key": placed.key, "updated_at": clock.now()}
    if rows_changed(session().execute(taken.values(**values))) != 1:
        raise Conflict("Somebody else changed this print meanwhile. Look at it again, then change it.")
