"""Reads of campaigns, by noun and batched by ids."""

from shop.campaigns.queries.facts import captions, claims, corrections, helplines, videos
from shop.campaigns.queries.pages import page_named, pages
from shop.campaigns.queries.stories import (
    campaign_named,
    campaigns_of_partner,
    campaigns_of_products,
    card_shown,
    cards_of,
    ids_of,
    named,
    news_of,
    published,
    related_to,
    title_of,
    topics,
    topics_of,
)

__all__ = [
    "campaign_named",
    "campaigns_of_partner",
    "campaigns_of_products",
    "captions",
    "card_shown",
    "cards_of",
    "claims",
    "corrections",
    "helplines",
    "ids_of",
    "named",
    "news_of",
    "page_named",
    "pages",
    "published",
    "related_to",
    "title_of",
    "topics",
    "topics_of",
    "videos",
]
