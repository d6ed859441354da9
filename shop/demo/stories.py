"""What the demo says: claims, helplines, campaigns, pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time

from msgspec.structs import asdict

from shop.campaigns import operations
from shop.campaigns.operations.pages import write_page
from shop.campaigns.rules.content import Content
from shop.campaigns.rules.pages import PageText
from shop.campaigns.rules.views import HelplineView
from shop.demo.content import CAMPAIGNS, CLAIMS, HELPLINES, PAGES, Campaign


def add_claims() -> int:
    for claim in CLAIMS:
        operations.add_claim(operations.NewClaim(**asdict(claim)))
    return len(CLAIMS)


def add_helplines() -> int:
    for line in HELPLINES:
        facts = asdict(line)
        del facts["country_name"]  # known from the country's code
        operations.add_helpline(HelplineView(**facts))
    return len(HELPLINES)


def add_pages() -> int:
    for position, page in enumerate(PAGES):
        write_page(PageText(page.slug, page.title, page.summary, page.body, position), actor="demo")
    return len(PAGES)


def add_campaigns(*, products: Mapping[str, int], partners: Mapping[str, int]) -> int:
    """Add the stories with what belongs to them, given the ids of products and partners by slug."""
    ids = {campaign.slug: _add(campaign) for campaign in CAMPAIGNS}
    for campaign in CAMPAIGNS:
        campaign_id = ids[campaign.slug]
        operations.link_products(campaign_id, [products[slug] for slug in campaign.product_slugs])
        operations.link_partners(campaign_id, [partners[slug] for slug in campaign.partner_slugs])
        operations.link_related(campaign_id, [ids[slug] for slug in campaign.related_slugs])
        if campaign.published:
            operations.publish(campaign_id, at=datetime.combine(campaign.published_on, time(), UTC))
    return len(ids)


def _add(campaign: Campaign) -> int:
    return operations.add_campaign(
        Content(
            slug=campaign.slug,
            title=campaign.title,
            standfirst=campaign.standfirst,
            summary=campaign.summary,
            body=campaign.body,
            artwork=campaign.poster_artwork,
            sensitive=campaign.sensitive,
            topics=campaign.topics,
            tees=campaign.product_slugs,
            partners=campaign.partner_slugs,
            related=campaign.related_slugs,
        )
    )
