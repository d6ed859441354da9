"""Writes of claims, helplines and pages. All assume an open transaction."""

from __future__ import annotations

import re
from datetime import date

from msgspec.structs import asdict
from sqlalchemy import delete, insert, update

from shop.campaigns.models import Claim, Correction, Helpline, Video
from shop.campaigns.operations.common import add, check_address, check_slug, count
from shop.campaigns.rules.films import fits
from shop.campaigns.rules.views import ClaimView, CorrectionView, HelplineView, VideoView
from shop.core import clock
from shop.core.database import rows_changed, session
from shop.core.errors import Invalid

LEAST_WORDS = 5  # of a transcript
_SHA256 = re.compile(r"[0-9a-f]{64}")


class NewClaim(ClaimView, frozen=True, kw_only=True):
    """A claim with what only staff read of it."""

    staff_notes: str = ""
    checked_by: str = ""


def add_claim(new: NewClaim) -> int:
    """Add a claim; returns its id. Raises Invalid where its source cannot be opened or is dated after it was read."""
    _check_claim(new)
    return add(Claim, asdict(new), "key")


def rewrite_claim(claim_id: int, new: NewClaim) -> None:
    """Put a claim in place of what it was; its key stays. Raises as `add_claim` does."""
    _check_claim(new)
    told = asdict(new)
    del told["key"]
    session().execute(update(Claim).where(Claim.id == claim_id).values(**told))


def check_again(claim_id: int, *, on: date, until: date, by: str) -> None:
    """Note that somebody opened the source and that it still says so."""
    seen = update(Claim).where(Claim.id == claim_id)
    session().execute(seen.values(checked_on=on, next_review=until, checked_by=by, needs_review=False))


def hide_claim(claim_id: int, *, hidden: bool) -> None:
    """Leave a claim out of stories, or let it stand in them again."""
    session().execute(update(Claim).where(Claim.id == claim_id).values(hidden=hidden))


def correct(*, claim_key: str = "", campaign_id: int | None = None, told: CorrectionView, by: str) -> None:
    """Tell readers for good what was wrong. Raises Invalid where it does not say what, and why."""
    for field in ("said", "now", "why"):
        if not getattr(told, field).strip():
            raise Invalid("A correction tells what we said, what we say now, and why.", field=field)
    row = asdict(told) | {"claim_key": claim_key, "campaign_id": campaign_id, "entered_by": by}
    session().execute(insert(Correction).values(**row))


def add_video(new: VideoView) -> int:
    """Add a film; returns its id. Raises Invalid without a transcript or with an id that is none, Taken."""
    _check_video(new)
    return add(Video, asdict(new), "key")


def rewrite_video(video_id: int, new: VideoView) -> None:
    """Put a film in place of what it was; its key stays. Raises as `add_video` does."""
    _check_video(new)
    told = asdict(new)
    del told["key"]
    session().execute(update(Video).where(Video.id == video_id).values(**told))


def _check_claim(new: NewClaim) -> None:
    check_slug(new.key, field="key")
    check_address(new.source_url, field="source_url")
    if new.archived_url:
        check_address(new.archived_url, field="archived_url")
    if new.archived_sha256 and not _SHA256.fullmatch(new.archived_sha256):
        raise Invalid("A SHA-256 has 64 characters, 0 to 9 and a to f.", field="archived_sha256")
    if not new.source_title.strip() or not new.claimant.strip():
        raise Invalid("A claim says who claims it, and names its source.", field="source_title")
    if not new.source_date <= new.checked_on < new.next_review:
        raise Invalid("A source is read after it appeared, and read again after that.", field="next_review")


def _check_video(new: VideoView) -> None:
    check_slug(new.key, field="key")
    if not fits(new.provider, new.source):
        raise Invalid("That is no video there. Paste its address, or the name of the file.", field="source")
    if len(new.transcript.split()) < LEAST_WORDS:
        raise Invalid("A film needs a transcript: whoever cannot hear reads it.", field="transcript")


def add_helpline(new: HelplineView) -> int:
    """Add a helpline after those there are; returns its id. Raises Invalid without a number or with a bad address."""
    _check_helpline(new)
    return add(Helpline, asdict(new) | {"position": count(Helpline)}, "key")


def change_helpline(new: HelplineView) -> bool:
    """What is known of a helpline now, by its key; False where there is none. Raises as `add_helpline` does."""
    _check_helpline(new)
    row = update(Helpline).where(Helpline.key == new.key)
    return rows_changed(session().execute(row.values(**asdict(new)))) == 1


def note_checked(key: str) -> bool:
    """Somebody called or opened a helpline today; False where there is none."""
    row = update(Helpline).where(Helpline.key == key)
    return rows_changed(session().execute(row.values(last_checked=clock.now().date()))) == 1


def remove_helpline(key: str) -> bool:
    """A helpline that is no more; False where there was none."""
    return rows_changed(session().execute(delete(Helpline).where(Helpline.key == key))) == 1


def _check_helpline(new: HelplineView) -> None:
    check_slug(new.key, field="key")
    if not any(sign.isdigit() for sign in new.phone):
        raise Invalid("Enter the number that people can call.", field="phone")
    for field in ("chat_url", "report_url", "source_url"):
        if (address := getattr(new, field)) is not None:
            check_address(address, field=field)
