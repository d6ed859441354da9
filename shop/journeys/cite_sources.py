"""Staff enter figures with their sources, look at them again, and say in public what was wrong; films likewise."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import asdict

from shop.campaigns import operations as campaigns
from shop.campaigns.operations import NewClaim
from shop.campaigns.queries import editing
from shop.campaigns.queries import keeping as read
from shop.campaigns.queries.keeping import KeptClaim
from shop.campaigns.rules.views import ClaimView, CorrectionView, VideoView
from shop.core import clock
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.media.rules import artwork_keys
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences

REVIEWED_EVERY = timedelta(days=180)
_FIELDS = tuple(field for field in ClaimView.__struct_fields__)
_TOLD = ("value", "unit", "says", "place", "period", "claimant", "source_url")


@again
def enter_claim(new: NewClaim, *, actor: str) -> None:
    """Add a figure. Raises Invalid, Taken."""
    with transaction():
        campaigns.add_claim(new)
        _audit(actor, "claim.entered", f"claim {new.key}", begun(_whole(new)))


@again
def rewrite_claim(claim_id: int, new: NewClaim, *, why: str, actor: str) -> None:
    """Change a figure. Where readers met the old one, a public correction says what changed and `why`.

    Raises NotFound, and Invalid where the reason is missing.
    """
    kept = read.claim_with(claim_id)
    old = kept.view
    public = _said(old) != _said(new) and bool(read.stories_citing(old.key))
    if public and not why.strip():
        raise Invalid("Readers met the old figure: say why it changes. They will read it.", field="why")
    with transaction():
        campaigns.rewrite_claim(claim_id, new)
        if public:
            told = CorrectionView(corrected_on=clock.now().date(), said=_words(old), now=_words(new), why=why.strip())
            campaigns.correct(claim_key=old.key, told=told, by=actor)
        _audit(actor, "claim.changed", f"claim {old.key}", differences(_whole(kept), _whole(new)))


@again
def check_claim(claim_id: int, *, actor: str) -> None:
    """The source was opened today, and still says so; it is looked at again in half a year. Raises NotFound."""
    kept, today = read.claim_with(claim_id), clock.now().date()
    with transaction():
        campaigns.check_again(claim_id, on=today, until=today + REVIEWED_EVERY, by=actor)
        told = differences(_whole(kept), _whole(read.claim_with(claim_id)))
        _audit(actor, "claim.checked", f"claim {kept.view.key}", told)


@again
def hide_claim(claim_id: int, *, hidden: bool, actor: str) -> None:
    """Leave a figure out of every story, or let it stand again. Raises NotFound."""
    was = read.claim_with(claim_id).view
    with transaction():
        campaigns.hide_claim(claim_id, hidden=hidden)
        told = differences({"hidden": was.hidden}, {"hidden": hidden})
        _audit(actor, "claim.hidden" if hidden else "claim.shown", f"claim {was.key}", told)


@again
def correct_story(campaign_id: int, *, said: str, now: str, why: str, actor: str) -> None:
    """Say in public what a story told wrongly. Raises NotFound, Invalid."""
    slug = editing.working(campaign_id).live_slug
    told = CorrectionView(corrected_on=clock.now().date(), said=said, now=now, why=why)
    with transaction():
        campaigns.correct(campaign_id=campaign_id, told=told, by=actor)
        changed = differences({"told": said}, {"told": now}) | {"why": why}
        _audit(actor, "story.corrected", f"story {slug}", changed)


@again
def enter_video(new: VideoView, *, actor: str) -> None:
    """Add a film. Raises Invalid, Taken."""
    _check_poster(new)
    with transaction():
        campaigns.add_video(new)
        _audit(actor, "video.entered", f"video {new.key}", begun(asdict(new)))


@again
def rewrite_video(video_id: int, new: VideoView, *, actor: str) -> None:
    """Change a film. Raises NotFound, Invalid."""
    old = read.video_with(video_id)
    _check_poster(new)
    with transaction():
        campaigns.rewrite_video(video_id, new)
        _audit(actor, "video.changed", f"video {old.key}", differences(asdict(old), asdict(new)))


def _check_poster(new: VideoView) -> None:
    if new.artwork and new.artwork not in artwork_keys():
        raise Invalid("Choose one of the artworks.", field="artwork")


def _said(claim: ClaimView) -> tuple[str, ...]:
    return tuple(str(getattr(claim, name)) for name in _TOLD)


def _words(claim: ClaimView) -> str:
    """The figure as readers met it, with its source."""
    return f"{claim.value}: {claim.says} ({claim.claimant}, {claim.place}, {claim.period}; {claim.source_url})"


def _whole(claim: NewClaim | KeptClaim) -> Json:
    """All that is kept of a figure, for the audit log."""
    view = claim.view if isinstance(claim, KeptClaim) else claim
    return {name: getattr(view, name) for name in _FIELDS} | {"staff notes": claim.staff_notes}


def _audit(actor: str, action: str, subject: str, details: Json) -> None:
    audit(actor=actor, action=action, subject=subject[:200], details=details)
