"""Campaigns and what they ask."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import select

from shop.actions.queries import appeals, counts_of
from shop.actions.rules import AppealFacts, Counts
from shop.campaigns.models import Campaign
from shop.core.database import session
from shop.core.errors import NotFound


class CampaignName(Struct, frozen=True):
    """A campaign as staff pages name it."""

    id: int
    title: str
    status: str


class AppealRow(Struct, frozen=True):
    """A campaign, and its appeal with its counts where it has one."""

    campaign: CampaignName
    appeal: AppealFacts | None
    counts: Counts


def campaigns_and_appeals() -> list[AppealRow]:
    """Three statements; campaigns in the order of their lists."""
    asked = appeals()
    counts = counts_of(appeal.id for appeal in asked.values())
    named = _NAMES.order_by(Campaign.position, Campaign.id)
    rows = (CampaignName(*row) for row in session().execute(named))
    return [
        AppealRow(one, there := asked.get(one.id), counts[there.id] if there is not None else Counts()) for one in rows
    ]


def asked_campaign(campaign_id: int) -> CampaignName:
    """One campaign; raises NotFound."""
    row = session().execute(_NAMES.where(Campaign.id == campaign_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such campaign.")
    return CampaignName(*row)


_NAMES = select(Campaign.id, Campaign.title, Campaign.status)
