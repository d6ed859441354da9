"""Writes of stories as readers have them. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec.structs import asdict
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from shop.campaigns.models import (
    Campaign,
    CampaignPartner,
    CampaignProduct,
    CampaignTopic,
    CampaignUpdate,
    FormerSlug,
    RelatedCampaign,
)
from shop.campaigns.operations.common import Taken, add, check_body, check_slug, count
from shop.campaigns.operations.editing import begin_draft, show_draft
from shop.campaigns.queries.stories import NEWS
from shop.campaigns.rules.content import COLUMNS, Content
from shop.core import clock
from shop.core.columns import Json
from shop.core.database import Base, insert_once, rows_changed, session
from shop.core.errors import Invalid
from shop.core.wordings import drop_wordings


def add_campaign(new: Content, *, by: str = "command line") -> int:
    """Add a draft after those there are, with its working copy; returns its id. What it links to is linked by journeys.

    Raises BadBody for a directive that cannot be read, UnknownClaim, Invalid for a slug that is no address, Taken.
    """
    check_slug(new.slug)
    check_body(new.body)
    draft = {"status": "draft", "published_at": None, "updated_at": clock.now(), "position": count(Campaign)}
    goal = {"goal_minor": None, "goal_currency": None}
    campaign_id = add(Campaign, _columns(new) | draft | goal, "slug")
    link_topics(campaign_id, new.topics)
    begin_draft(campaign_id, new, by=by)
    return campaign_id


def rewrite(campaign_id: int, content: Content, *, currency: str) -> None:
    """Give readers this text instead of the one before. A new slug leaves the old one leading here.

    Raises as `add_campaign` does.
    """
    check_slug(content.slug)
    check_body(content.body)
    _readdress(campaign_id, content.slug)
    goal = {"goal_minor": content.goal_minor, "goal_currency": currency if content.goal_minor else None}
    told = update(Campaign).where(Campaign.id == campaign_id)
    try:
        session().execute(told.values(**_columns(content), **goal, updated_at=clock.now()))
    except IntegrityError as error:  # two stories took one address in the same moment
        raise Taken(f"“{content.slug}” is taken already.", field="slug") from error
    link_topics(campaign_id, content.topics)
    show_draft(campaign_id)


def publish(campaign_id: int, *, at: datetime | None = None) -> None:
    """Show a draft from now on; `at` is the moment that readers are told, where it is another."""
    hidden = update(Campaign).where(
        Campaign.id == campaign_id, Campaign.status.in_(("draft", "in_review", "scheduled"))
    )
    moment = at or clock.now()
    session().execute(hidden.values(status="published", published_at=moment, updated_at=moment))
    show_draft(campaign_id)


def archive(campaign_id: int) -> None:
    """List a story no longer; whoever has its address can still read it."""
    shown = update(Campaign).where(Campaign.id == campaign_id, Campaign.status.in_(("published", "scheduled")))
    session().execute(shown.values(status="archived", updated_at=clock.now()))


def add_update(campaign_id: int, *, told_on: date, title: str, body: str, added_by: str) -> int:
    """Tell news under a story; returns its id. Raises Invalid without a title or words, BadBody for a directive."""
    if not title.strip() or not body.strip():
        raise Invalid("News has a title and a few words.", field="title" if not title.strip() else "body")
    row = CampaignUpdate(campaign_id=campaign_id, told_on=told_on, title=title, body=body, added_by=added_by)
    session().add(row)
    session().flush()
    return row.id


def remove_update(campaign_id: int, update_id: int) -> None:
    """Take news back, with what they say in other languages; nothing happens where there are none."""
    theirs = delete(CampaignUpdate).where(CampaignUpdate.id == update_id, CampaignUpdate.campaign_id == campaign_id)
    if rows_changed(session().execute(theirs)):
        drop_wordings(NEWS, update_id)


def link_products(campaign_id: int, product_ids: Sequence[int]) -> None:
    """Let these products, in this order, stand in the story instead of those before."""
    _link(CampaignProduct, campaign_id, "product_id", product_ids)


def link_partners(campaign_id: int, partner_ids: Sequence[int]) -> None:
    """Lead to these partners, in this order, instead of those before."""
    _link(CampaignPartner, campaign_id, "partner_id", partner_ids)


def link_related(campaign_id: int, related_ids: Sequence[int]) -> None:
    """Offer these stories, in this order, instead of those before; raises Invalid for the story itself."""
    if campaign_id in related_ids:
        raise Invalid("A story is not related to itself.", field="related")
    _link(RelatedCampaign, campaign_id, "related_id", related_ids)


def link_topics(campaign_id: int, topics: Sequence[str]) -> None:
    """File a story under these topics instead of those before."""
    session().execute(delete(CampaignTopic).where(CampaignTopic.campaign_id == campaign_id))
    if topics:
        session().execute(insert(CampaignTopic), [{"campaign_id": campaign_id, "topic": one} for one in topics])


def _columns(content: Content) -> Json:
    written = asdict(content)
    return {name: written[name] for name in COLUMNS}


def _readdress(campaign_id: int, slug: str) -> None:
    """Readers of the old address are led on; an address that leads to another story is not given away."""
    before = session().execute(select(Campaign.slug).where(Campaign.id == campaign_id)).scalar_one()
    holder = session().execute(select(Campaign.id).where(Campaign.slug == slug)).scalar_one_or_none()
    former = session().execute(select(FormerSlug.campaign_id).where(FormerSlug.slug == slug)).scalar_one_or_none()
    if (holder or campaign_id) != campaign_id or (former or campaign_id) != campaign_id:
        raise Taken(f"“{slug}” is taken already.", field="slug")
    session().execute(delete(FormerSlug).where(FormerSlug.slug == slug))
    if before != slug:
        insert_once(FormerSlug, {"slug": before, "campaign_id": campaign_id})


def _link(model: type[Base], campaign_id: int, column: str, ids: Sequence[int]) -> None:
    rows = [
        {"campaign_id": campaign_id, column: linked, "position": position}
        for position, linked in enumerate(dict.fromkeys(ids))
    ]
    session().execute(delete(model).filter_by(campaign_id=campaign_id))
    if rows:
        session().execute(insert(model), rows)
