"""Reads of claims and films for those who keep them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import select

from shop.campaigns.models import Campaign, Claim, Video
from shop.campaigns.rules.blocks import BadBody, blocks_of, cited
from shop.campaigns.rules.kinds import Block
from shop.campaigns.rules.views import ClaimView, VideoView
from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.errors import NotFound


class KeptClaim(Struct, frozen=True, kw_only=True):
    """A claim with what only staff read of it."""

    id: int
    view: ClaimView
    staff_notes: str
    checked_by: str


def all_claims() -> list[KeptClaim]:
    """Every claim, the one due for review first."""
    order = (Claim.needs_review.desc(), Claim.next_review, Claim.id)
    return _claims(select(*_CLAIM).order_by(*order))


def claim_with(claim_id: int) -> KeptClaim:
    """One claim; raises NotFound."""
    found = _claims(select(*_CLAIM).where(Claim.id == claim_id))
    if not found:
        raise NotFound("There is no such claim.")
    return found[0]


def all_videos() -> list[tuple[int, VideoView]]:
    """Every film with its id, by title."""
    return _videos(select(Video.id, *_VIDEO).order_by(Video.title, Video.id))


def video_with(video_id: int) -> VideoView:
    """One film; raises NotFound."""
    found = _videos(select(Video.id, *_VIDEO).where(Video.id == video_id))
    if not found:
        raise NotFound("There is no such video.")
    return found[0][1]


def stories_citing(key: str) -> list[tuple[int, str]]:
    """Id and title of the stories that readers can open and that cite a claim."""
    seen = select(Campaign.id, Campaign.title, Campaign.body).where(
        Campaign.status.in_(("published", "scheduled", "archived")), Campaign.body.contains(f"[[claim {key}")
    )
    rows = session().execute(seen.order_by(Campaign.position))
    return [(campaign_id, title) for campaign_id, title, body in rows if key in cited(_blocks(body))]


_CLAIM_NAMES = list(ClaimView.__struct_fields__)
_CLAIM = (Claim.id, Claim.staff_notes, Claim.checked_by, *(getattr(Claim, name) for name in _CLAIM_NAMES))
_VIDEO_NAMES = list(VideoView.__struct_fields__)
_VIDEO = tuple(getattr(Video, name) for name in _VIDEO_NAMES)


def _claims(wanted: AnySelect) -> list[KeptClaim]:
    found = []
    for claim_id, notes, by, *told in session().execute(wanted):
        view = ClaimView(**dict(zip(_CLAIM_NAMES, told, strict=True)))
        found.append(KeptClaim(id=claim_id, view=view, staff_notes=notes, checked_by=by))
    return found


def _videos(wanted: AnySelect) -> list[tuple[int, VideoView]]:
    rows = session().execute(wanted)
    return [(row[0], VideoView(**dict(zip(_VIDEO_NAMES, row[1:], strict=True)))) for row in rows]


def _blocks(body: str) -> Sequence[Block]:
    try:
        return blocks_of(body)
    except BadBody:
        return ()
