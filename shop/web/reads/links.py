"""Who stands behind a story: its partners, with what cards show of them."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from shop.campaigns.models import CampaignPartner
from shop.core.database import session
from shop.giving.models import Partner
from shop.giving.queries.partners import SHOWN, told
from shop.giving.rules import PartnerCard

_PARTNERS = (
    select(*(getattr(Partner, field) for field in PartnerCard.__struct_fields__))
    .join(CampaignPartner, CampaignPartner.partner_id == Partner.id)
    .where(CampaignPartner.campaign_id == bindparam("campaign_id"), SHOWN)
    .order_by(CampaignPartner.position)
)


def partners_behind(campaign_id: int) -> list[PartnerCard]:
    """The partners that the public sees, in the story's order."""
    return told(PartnerCard(*row) for row in session().execute(_PARTNERS, {"campaign_id": campaign_id}))
