"""Reads of claims, helplines and pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from sqlalchemy import or_, select

from shop.campaigns.models import Claim, Correction, Helpline, Page, Video
from shop.campaigns.rules.views import ClaimView, CorrectionView, HelplineView, PageCard, PageDetail, VideoView
from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.languages import _


def claims(keys: Iterable[str]) -> dict[str, ClaimView]:
    """Claims by key; unknown keys are absent."""
    names = [field.name for field in fields(ClaimView)]
    rows = session().execute(select(*(getattr(Claim, name) for name in names)).where(Claim.key.in_(list(keys))))
    return {row.key: ClaimView(**dict(zip(names, row, strict=True))) for row in rows}


def videos(keys: Iterable[str]) -> dict[str, VideoView]:
    """Films by key; unknown keys are absent."""
    names = [field.name for field in fields(VideoView)]
    rows = session().execute(select(*(getattr(Video, name) for name in names)).where(Video.key.in_(list(keys))))
    return {row.key: VideoView(**dict(zip(names, row, strict=True))) for row in rows}


def corrections(
    *, campaign_id: int | None = None, claim_keys: Iterable[str] = (), most: int = 200
) -> list[CorrectionView]:
    """What was put right, the newest first: all of it, or what concerns one story and the claims that it cites."""
    wanted = select(Correction.corrected_on, Correction.said, Correction.now, Correction.why)
    if campaign_id is not None:
        wanted = wanted.where(or_(Correction.campaign_id == campaign_id, Correction.claim_key.in_(list(claim_keys))))
    rows = session().execute(wanted.order_by(Correction.corrected_on.desc(), Correction.id.desc()).limit(most))
    return [CorrectionView(**row._mapping) for row in rows]


def helplines(*, country: str | None = None) -> list[HelplineView]:
    """Helplines in the order staff gave them, those of one country (ISO alpha-2) when asked."""
    names = [field.name for field in fields(HelplineView)]
    wanted = select(*(getattr(Helpline, name) for name in names)).order_by(Helpline.position, Helpline.id)
    rows = session().execute(wanted if country is None else wanted.where(Helpline.country == country.upper()))
    return [HelplineView(**dict(zip(names, row, strict=True))) for row in rows]


def page_named(slug: str) -> PageDetail:
    """A page by its slug; raises NotFound."""
    row = (
        session()
        .execute(select(Page.slug, Page.title, Page.summary, Page.body, Page.updated_on).where(Page.slug == slug))
        .one_or_none()
    )
    if row is None:
        raise NotFound(_("There is no such page here."))
    return PageDetail(**row._mapping)


def pages() -> list[PageCard]:
    """All pages in the order staff gave them."""
    rows = session().execute(select(Page.slug, Page.title, Page.summary).order_by(Page.position, Page.id))
    return [PageCard(slug=slug, title=title, summary=summary) for slug, title, summary in rows]
