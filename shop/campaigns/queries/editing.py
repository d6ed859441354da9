"""Reads of the writing room."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from shop.campaigns.models import Campaign, CampaignUpdate, Draft, EditorialRules, FormerSlug, Preview, Revision
from shop.campaigns.rules.content import Content, from_json, stands
from shop.core import clock
from shop.core.columns import AnyRow, Json
from shop.core.database import session
from shop.core.errors import Kind, NotFound
from shop.core.languages import _


class PreviewOver(NotFound):
    """A link to a working copy that has expired."""

    kind = Kind.GONE


class Working(Struct, frozen=True):
    """A working copy, and where its story stands. `ahead` says that readers miss changes."""

    campaign_id: int
    live_slug: str
    status: str
    published_at: datetime | None
    updated_at: datetime
    version: int
    shown: int
    content: Content
    saved_by: str
    saved_at: datetime

    @property
    def ahead(self) -> bool:
        return self.version != self.shown

    @property
    def read(self) -> bool:
        """Whether anybody can open the story's address."""
        return self.status in ("published", "archived")


class Past(Struct, frozen=True):
    """A revision without its text."""

    number: int
    saved_by: str
    saved_at: datetime


_WORKING = select(
    Campaign.id,
    Campaign.slug,
    Campaign.status,
    Campaign.published_at,
    Campaign.updated_at,
    Draft.version,
    Draft.shown,
    Draft.content,
    Draft.saved_by,
    Draft.saved_at,
).join(Draft, Draft.campaign_id == Campaign.id)


def in_writing() -> list[Working]:
    """Every story, the one saved last first."""
    rows = session().execute(_WORKING.order_by(Draft.saved_at.desc(), Campaign.id.desc()))
    return [_working(row) for row in rows]


def working(campaign_id: int) -> Working:
    """A story's working copy; raises NotFound."""
    row = session().execute(_WORKING.where(Campaign.id == campaign_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such story.")
    return _working(row)


def previewed(token: str) -> Working:
    """What a preview link leads to; raises NotFound, and PreviewOver for one that has expired."""
    found = session().execute(select(Preview.campaign_id, Preview.expires_at).where(Preview.token == token))
    row = found.one_or_none()
    if row is None:
        raise NotFound(_("There is no such preview."))
    if row.expires_at <= clock.now():
        raise PreviewOver(_("This preview has expired. Ask whoever sent it for a new link."))
    return working(row.campaign_id)


def open_preview_of(campaign_id: int) -> str | None:
    """The link to a working copy that works longest, if one works."""
    running = select(Preview.token).where(Preview.campaign_id == campaign_id, Preview.expires_at > clock.now())
    return session().execute(running.order_by(Preview.expires_at.desc()).limit(1)).scalar_one_or_none()


def revisions(campaign_id: int) -> list[Past]:
    """What was saved by hand, the newest first."""
    wanted = select(Revision.number, Revision.saved_by, Revision.saved_at).where(Revision.campaign_id == campaign_id)
    return [Past(*row) for row in session().execute(wanted.order_by(Revision.number.desc()))]


def revision(campaign_id: int, number: int) -> Content:
    """The text of one; raises NotFound."""
    wanted = select(Revision.content).where(Revision.campaign_id == campaign_id, Revision.number == number)
    content = session().execute(wanted).scalar_one_or_none()
    if content is None:
        raise NotFound("There is no such revision.")
    return from_json(content)


def last_kept(campaign_id: int) -> Json:
    """What was saved by hand last, as JSON; nothing of a story that never was."""
    wanted = select(Revision.content).where(Revision.campaign_id == campaign_id).order_by(Revision.number.desc())
    return session().execute(wanted.limit(1)).scalar_one_or_none() or {}


def news_kept(campaign_id: int, update_id: int) -> Json:
    """What a piece of news says, before it goes."""
    wanted = select(CampaignUpdate.title, CampaignUpdate.body.label("news"), CampaignUpdate.told_on)
    row = (
        session()
        .execute(wanted.where(CampaignUpdate.id == update_id, CampaignUpdate.campaign_id == campaign_id))
        .one_or_none()
    )
    return row._asdict() if row else {}


def two_people() -> bool:
    """Whether whoever publishes must be another than who wrote last."""
    return bool(session().execute(select(EditorialRules.two_people)).scalar_one_or_none())


def moved_to(slug: str) -> str | None:
    """The address that a story has now, for one it had before; None for a stranger."""
    wanted = select(Campaign.slug).join(FormerSlug, FormerSlug.campaign_id == Campaign.id)
    return session().execute(wanted.where(FormerSlug.slug == slug)).scalar_one_or_none()


def _working(row: AnyRow) -> Working:
    campaign_id, slug, status, published_at, updated_at, version, shown, content, saved_by, saved_at = row
    return Working(
        campaign_id,
        slug,
        stands(status, published_at, clock.now()),
        published_at,
        updated_at,
        version,
        shown,
        from_json(content),
        saved_by,
        saved_at,
    )
