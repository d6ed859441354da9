"""Reads of stories that readers may meet, batched by ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from shop.campaigns.models import (
    Campaign,
    CampaignPartner,
    CampaignProduct,
    CampaignTopic,
    CampaignUpdate,
    RelatedCampaign,
)
from shop.campaigns.rules.content import stands
from shop.campaigns.rules.views import CampaignCard, CampaignDetail, News
from shop.core import clock
from shop.core.columns import AnySelect, UtcDateTime
from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.languages import ENGLISH, _, spoken
from shop.core.money import Money
from shop.core.phrases import phrase
from shop.core.wordings import Text, worded, words_of

CAMPAIGN, NEWS = "campaign", "news"  # their kinds among the wordings
TOPICS = "topics"  # a shelf of phrases
_COLUMNS = (
    Campaign.id,
    Campaign.slug,
    Campaign.title,
    Campaign.standfirst,
    Campaign.summary,
    Campaign.artwork,
    Campaign.sensitive,
    Campaign.published_at,
)
_MOMENT = bindparam("moment", type_=UtcDateTime())
_PUBLISHED = or_(Campaign.status == "published", and_(Campaign.status == "scheduled", Campaign.published_at <= _MOMENT))
_CARD = select(*_COLUMNS).where(_PUBLISHED)
_ORDER = (Campaign.position, Campaign.id)
_TOLD = (Campaign.body, Campaign.authors, Campaign.content_note, Campaign.faq)


def published(*, topic: str | None = None) -> list[CampaignCard]:
    """Published stories in the order staff gave them, those of one topic when asked."""
    wanted = _CARD.order_by(*_ORDER)
    if topic is not None:
        filed = select(CampaignTopic.campaign_id).where(CampaignTopic.topic == topic)
        wanted = wanted.where(Campaign.id.in_(filed))
    return _told(CampaignCard(*row) for row in _rows(wanted))


def topics() -> list[str]:
    """What published stories are about, by the alphabet."""
    wanted = select(CampaignTopic.topic).join(Campaign, Campaign.id == CampaignTopic.campaign_id).where(_PUBLISHED)
    return [str(row[0]) for row in _rows(wanted.distinct().order_by(CampaignTopic.topic))]


def topics_of(campaign_id: int) -> list[str]:
    """What one story is about, by the alphabet."""
    wanted = select(CampaignTopic.topic).where(CampaignTopic.campaign_id == campaign_id)
    return list(session().execute(wanted.order_by(CampaignTopic.topic)).scalars())


def campaign_named(slug: str) -> CampaignDetail:
    """A published or archived story by its slug; raises NotFound for drafts and strangers."""
    wanted = select(
        *_COLUMNS, *_TOLD, Campaign.status, Campaign.updated_at, Campaign.goal_minor, Campaign.goal_currency
    )
    row: Any = session().execute(wanted.where(Campaign.slug == slug)).one_or_none()
    if row is None or stands(row.status, row.published_at, clock.now()) not in ("published", "archived"):
        raise NotFound(_("There is no such story here (any more)."))
    detail = CampaignDetail(
        card=_told([CampaignCard(*row[: len(_COLUMNS)])])[0],
        body=row.body,
        archived=row.status == "archived",
        updated_at=row.updated_at,
        authors=row.authors,
        content_note=row.content_note,
        faq=row.faq,
        goal=None if row.goal_minor is None else Money(row.goal_minor, row.goal_currency),
    )
    return worded(CAMPAIGN, [detail], lambda one: one.card.id, ("body", "content_note", "faq"))[0]


def topic_said(topic: str) -> str:
    """A topic in the language spoken; addresses keep its English."""
    return phrase(TOPICS, topic)


def title_said(campaign_id: int, title: str) -> str:
    """A story's title in the language spoken."""
    if spoken() is ENGLISH:
        return title
    said = words_of(CAMPAIGN, campaign_id).get("title")
    return Text(said, spoken().code) if said else Text(title, ENGLISH.code)


def title_of(slug: str) -> str | None:
    """The title of a story that people can read; None for drafts and strangers."""
    shown = select(Campaign.id, Campaign.title).where(Campaign.slug == slug, Campaign.status != "draft")
    row = session().execute(shown).one_or_none()
    return None if row is None else title_said(row.id, row.title)


def related_to(campaign_id: int, *, most: int = 3) -> list[CampaignCard]:
    """Published stories offered at the end of another: those that staff chose, or else those that share its topics."""
    joined = _CARD.join(RelatedCampaign, RelatedCampaign.related_id == Campaign.id)
    chosen = list(_rows(joined.where(RelatedCampaign.campaign_id == campaign_id).order_by(RelatedCampaign.position)))
    return _told(CampaignCard(*row) for row in chosen or _rows(_alike(campaign_id).limit(most)))


def _alike(campaign_id: int) -> AnySelect:
    """Those with most topics in common first."""
    own = select(CampaignTopic.topic).where(CampaignTopic.campaign_id == campaign_id)
    shared = (
        select(CampaignTopic.campaign_id, func.count().label("topics"))
        .where(CampaignTopic.topic.in_(own), CampaignTopic.campaign_id != campaign_id)
        .group_by(CampaignTopic.campaign_id)
        .subquery()
    )
    return _CARD.join(shared, shared.c.campaign_id == Campaign.id).order_by(shared.c.topics.desc(), *_ORDER)


def news_of(campaign_id: int) -> list[News]:
    """What was told under a story, the newest first, in the language spoken."""
    wanted = select(CampaignUpdate.id, CampaignUpdate.told_on, CampaignUpdate.title, CampaignUpdate.body)
    told = wanted.where(CampaignUpdate.campaign_id == campaign_id)
    rows = session().execute(told.order_by(CampaignUpdate.told_on.desc(), CampaignUpdate.id.desc()))
    return worded(NEWS, [News(*row) for row in rows], lambda one: one.id, ("title", "body"))


def named(slugs: Iterable[str]) -> dict[str, CampaignCard]:
    """Published stories by slug; drafts and strangers are absent."""
    found = _told(CampaignCard(*row) for row in _rows(_CARD.where(Campaign.slug.in_(list(slugs)))))
    return {card.slug: card for card in found}


def card_shown(campaign_id: int) -> CampaignCard:
    """A story that can be read, by its id; raises NotFound for drafts and strangers."""
    row: Any = session().execute(select(*_COLUMNS, Campaign.status).where(Campaign.id == campaign_id)).one_or_none()
    if row is None or stands(row.status, row.published_at, clock.now()) not in ("published", "archived"):
        raise NotFound(_("There is no such story here (any more)."))
    return _told([CampaignCard(*row[: len(_COLUMNS)])])[0]


def cards_of(campaign_ids: Iterable[int]) -> dict[int, CampaignCard]:
    """Stories by id, whatever their state; unknown ids are absent."""
    return {row.id: CampaignCard(*row) for row in _rows(select(*_COLUMNS).where(Campaign.id.in_(list(campaign_ids))))}


def ids_of(slugs: Iterable[str]) -> dict[str, int]:
    """Stories by slug, drafts as well."""
    rows = session().execute(select(Campaign.slug, Campaign.id).where(Campaign.slug.in_(list(slugs))))
    return dict(rows.all())


def campaigns_of_products(product_ids: Iterable[int]) -> dict[int, CampaignCard]:
    """The first published story that each product stands in; products of none are absent."""
    joined: AnySelect = select(CampaignProduct.product_id, *_COLUMNS).join(
        Campaign, Campaign.id == CampaignProduct.campaign_id
    )
    wanted = joined.where(_PUBLISHED, CampaignProduct.product_id.in_(list(product_ids)))
    found: dict[int, CampaignCard] = {}
    for product_id, *card in _rows(wanted.order_by(*_ORDER)):
        found.setdefault(product_id, CampaignCard(*card))
    return dict(zip(found, _told(found.values()), strict=True))


def campaigns_of_partner(partner_id: int) -> list[CampaignCard]:
    """Published stories that lead to a partner."""
    joined = _CARD.join(CampaignPartner, CampaignPartner.campaign_id == Campaign.id)
    rows = _rows(joined.where(CampaignPartner.partner_id == partner_id).order_by(*_ORDER))
    return _told(CampaignCard(*row) for row in rows)


def _told(cards: Iterable[CampaignCard]) -> list[CampaignCard]:
    """In the language spoken, as far as somebody put them into it."""
    return worded(CAMPAIGN, list(cards), lambda one: one.id, ("title", "standfirst", "summary"))


def _rows(wanted: AnySelect) -> Any:
    """As of now: a scheduled story is published by the clock."""
    return session().execute(wanted, {"moment": clock.now()})
