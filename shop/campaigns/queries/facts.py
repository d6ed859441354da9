"""Reads of claims and helplines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select

from shop.campaigns.models import Claim, Correction, Helpline, Video
from shop.campaigns.rules.views import ClaimView, CorrectionView, Film, HelplineView, VideoView
from shop.core.database import session
from shop.core.languages import spoken
from shop.core.phrases import phrased
from shop.core.wordings import kept_wording, worded, words_of

FILM = "film"  # their kind among the wordings
CLAIMS, HELPLINES, CORRECTIONS = "claims", "helplines", "corrections"  # shelves of phrases
CLAIM_WORDS = ("value", "says", "place", "period", "claimant")
HELPLINE_WORDS = ("name", "hours", "languages")
CORRECTION_WORDS = ("said", "now", "why")


def claims(keys: Iterable[str]) -> dict[str, ClaimView]:
    """Claims by key; unknown keys are absent."""
    names = list(ClaimView.__struct_fields__)
    rows = session().execute(select(*(getattr(Claim, name) for name in names)).where(Claim.key.in_(list(keys))))
    found = phrased(CLAIMS, [ClaimView(**dict(zip(names, row, strict=True))) for row in rows], CLAIM_WORDS)
    return {claim.key: claim for claim in found}


def videos(keys: Iterable[str]) -> dict[str, Film]:
    """Films by key, in the language spoken; unknown keys are absent."""
    names = list(VideoView.__struct_fields__)
    wanted = select(Video.id, *(getattr(Video, name) for name in names)).where(Video.key.in_(list(keys)))
    found = [_film(number, dict(zip(names, row, strict=True))) for number, *row in session().execute(wanted)]
    return {film.key: film for film in worded(FILM, found, lambda one: one.id, ("title", "length", "transcript"))}


def _film(number: int, told: dict[str, Any]) -> Film:
    captioned = told["provider"] == "file" and "captions" in words_of(FILM, number)
    return Film(**told, id=number, captioned=spoken().code if captioned else "")


def captions(source: str, language: str) -> str | None:
    """What a film of ours has as WebVTT in another language; English captions are a file beside it."""
    wanted = select(Video.id).where(Video.provider == "file", Video.source == source).order_by(Video.id).limit(1)
    number = session().execute(wanted).scalar_one_or_none()
    return None if number is None else kept_wording(FILM, number, language).texts.get("captions")


def corrections(
    *, campaign_id: int | None = None, claim_keys: Iterable[str] = (), most: int = 200
) -> list[CorrectionView]:
    """What was put right, the newest first: all of it, or what concerns one story and the claims that it cites."""
    wanted = select(Correction.corrected_on, Correction.said, Correction.now, Correction.why)
    if campaign_id is not None:
        wanted = wanted.where(or_(Correction.campaign_id == campaign_id, Correction.claim_key.in_(list(claim_keys))))
    rows = session().execute(wanted.order_by(Correction.corrected_on.desc(), Correction.id.desc()).limit(most))
    return phrased(CORRECTIONS, [CorrectionView(**row._mapping) for row in rows], CORRECTION_WORDS)


def helplines(*, country: str | None = None) -> list[HelplineView]:
    """Helplines in the order staff gave them, those of one country (ISO alpha-2) when asked."""
    names = list(HelplineView.__struct_fields__)
    wanted = select(*(getattr(Helpline, name) for name in names)).order_by(Helpline.position, Helpline.id)
    rows = session().execute(wanted if country is None else wanted.where(Helpline.country == country.upper()))
    return phrased(HELPLINES, [HelplineView(**dict(zip(names, row, strict=True))) for row in rows], HELPLINE_WORDS)
