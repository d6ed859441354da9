"""Tables of campaigns, by noun."""

from shop.campaigns.models.editing import Draft, EditorialRules, Preview, Revision
from shop.campaigns.models.facts import Claim, Correction, Helpline, Page, Video
from shop.campaigns.models.stories import (
    Campaign,
    CampaignPartner,
    CampaignProduct,
    CampaignTopic,
    CampaignUpdate,
    FormerSlug,
    RelatedCampaign,
)

__all__ = [
    "Campaign",
    "CampaignPartner",
    "CampaignProduct",
    "CampaignTopic",
    "CampaignUpdate",
    "Claim",
    "Correction",
    "Draft",
    "EditorialRules",
    "FormerSlug",
    "Helpline",
    "Page",
    "Preview",
    "RelatedCampaign",
    "Revision",
    "Video",
]
