"""Reads of campaigns, batched by ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from sqlalchemy import select

from shop.campaigns.models import Campaign, CampaignPartner, CampaignProduct, Claim, Helpline, Page, RelatedCampaign
from shop.campaigns.rules.views import CampaignCard, CampaignDetail, ClaimView, HelplineView, PageCard, PageDetail
from shop.core.columns import AnySelect
from shop.core.database import session
from shop.core.errors import NotFound

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
_PUBLISHED = Campaign.status == "published"
_CARD = select(*_COLUMNS).where(_PUBLISHED)
_ORDER = (Campaign.position, Campaign.id)


def published() -> list[CampaignCard]:
    """Published stories in the order staff gave them."""
    return [CampaignCard(*row) for row in session().execute(_CARD.order_by(*_ORDER))]


def cards_of(campaign_ids: Iterable[int]) -> dict[int, CampaignCard]:
    """Stories by id, whatever their state; unknown ids are absent."""
    rows = session().execute(select(*_COLUMNS).where(Campaign.id.in_(list(campaign_ids))))
    return {row.id: CampaignCard(*row) for row in rows}


def campaign_named(slug: str) -> CampaignDetail:
    """A published or archived story by its slug; raises NotFound for drafts and strangers."""
    wanted = select(*_COLUMNS, Campaign.body, Campaign.status, Campaign.updated_at)
    row = session().execute(wanted.where(Campaign.slug == slug, Campaign.status != "draft")).one_or_none()
    if row is None:
        raise NotFound("There is no such story here (any more).")
    *card, body, status, updated_at = row
    return CampaignDetail(CampaignCard(*card), body, status == "archived", updated_at)


def related_to(campaign_id: int) -> list[CampaignCard]:
    """Published stories offered at the end of another."""
    joined = _CARD.join(RelatedCampaign, RelatedCampaign.related_id == Campaign.id)
    rows = session().execute(
        joined.where(RelatedCampaign.campaign_id == campaign_id).order_by(RelatedCampaign.position)
    )
    return [CampaignCard(*row) for row in rows]


def campaigns_of_products(product_ids: Iterable[int]) -> dict[int, CampaignCard]:
    """The first published story that each product stands in; products of none are absent."""
    joined: AnySelect = select(CampaignProduct.product_id, *_COLUMNS).join(
        Campaign, Campaign.id == CampaignProduct.campaign_id
    )
    wanted = joined.where(_PUBLISHED, CampaignProduct.product_id.in_(list(product_ids)))
    found: dict[int, CampaignCard] = {}
    for product_id, *card in session().execute(wanted.order_by(*_ORDER)):
        found.setdefault(product_id, CampaignCard(*card))
    return found


def campaigns_of_partner(partner_id: int) -> list[CampaignCard]:
    """Published stories that lead to a partner."""
    joined = _CARD.join(CampaignPartner, CampaignPartner.campaign_id == Campaign.id)
    rows = session().execute(joined.where(CampaignPartner.partner_id == partner_id).order_by(*_ORDER))
    return [CampaignCard(*row) for row in rows]


def claims(keys: Iterable[str]) -> dict[str, ClaimView]:
    """Claims by key; unknown keys are absent."""
    names = [field.name for field in fields(ClaimView)]
    rows = session().execute(select(*(getattr(Claim, name) for name in names)).where(Claim.key.in_(list(keys))))
    return {row.key: ClaimView(**dict(zip(names, row, strict=True))) for row in rows}


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
        raise NotFound("There is no such page here.")
    return PageDetail(**row._mapping)


def pages() -> list[PageCard]:
    """All pages in the order staff gave them."""
    rows = session().execute(select(Page.slug, Page.title, Page.summary).order_by(Page.position, Page.id))
    return [PageCard(slug=slug, title=title, summary=summary) for slug, title, summary in rows]
