"""Staff bring prints, size and place them, and put them on products; each change says who."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import asdict, replace

from shop.catalogue import prints
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.errors import Invalid
from shop.media import operations
from shop.media.queries import uploaded_artwork
from shop.media.uploads.library import Placed, keep_pixels, keep_placed
from shop.media.uploads.received import received_artwork
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences

USUAL_WIDTH = 280  # mm; a tee's print area is 320


@again
def add_artwork(folder: Path, data: bytes, *, title: str, description: str, credit: str, actor: str) -> int:
    """A new print from a PNG or a drawing; answers its id. Raises Invalid and Conflict."""
    received = received_artwork(data)
    placed = Placed(
        digest=keep_pixels(folder, received.content),
        title=_said(title, "title", "Give it a name."),
        description=_said(description, "description", "Say what it shows, for people who cannot see it."),
        credit=_said(credit, "credit", "Say who drew it."),
        width_px=received.width,
        height_px=received.height,
        width_mm=min(USUAL_WIDTH, USUAL_WIDTH * 4 * received.width // (3 * received.height)) or 1,
    )
    placed = replace(placed, width_mm=max(placed.width_mm, 40))
    keep_placed(folder, placed)
    with transaction():
        added = operations.add(placed, actor=actor)
        _audit(actor, "artwork.added", added, begun(asdict(placed)))
    return added


@again
def place_artwork(
    folder: Path,
    artwork_id: int,
    *,
    seen_key: str,
    width_mm: int,
    right_mm: int,
    down_mm: int,
    description: str,
    actor: str,
) -> None:
    """A print's new size, place and words, on every product that carries it. Raises NotFound, Invalid and Conflict."""
    before = uploaded_artwork(artwork_id)
    end_read()
    said = _said(description, "description", "Say what it shows, for people who cannot see it.")
    placed = replace(before.placed, width_mm=width_mm, right_mm=right_mm, down_mm=down_mm, description=said)
    if placed == before.placed:
        return
    key = keep_placed(folder, placed)
    with transaction():
        operations.place_anew(artwork_id, seen_key=seen_key, placed=placed)
        products = prints.put_in_place_of(seen_key, key=key, credit=placed.credit)
        told = differences(asdict(before.placed), asdict(placed))
        _audit(actor, "artwork.placed", artwork_id, told | {"products": products})


@again
def put_on_product(artwork_id: int, *, product_id: int, actor: str) -> None:
    """Let a product carry an uploaded print. Raises NotFound."""
    with transaction():
        row = uploaded_artwork(artwork_id)
        prints.put_on(product_id, key=row.key, credit=row.placed.credit)
        _audit(actor, "artwork.put_on", artwork_id, begun({"product": product_id, "print": row.key}))


def _said(text: str, field: str, otherwise: str) -> str:
    if not text.strip():
        raise Invalid(otherwise, field=field)
    return " ".join(text.split())[:200]


def _audit(actor: str, action: str, artwork_id: int, details: Json) -> None:
    audit(actor=actor, action=action, subject=f"artwork {artwork_id}", details=details)
