"""Campaigns: the list, and each story with its figures, sources, tees, partners and helplines."""

from __future__ import annotations

from flask import Blueprint

from shop.campaigns import queries
from shop.campaigns.rules.views import ClaimView, HelplineView
from shop.giving.queries import pledges_for
from shop.web.kept import kept
from shop.web.present import addresses, cards, pictures, stories
from shop.web.public import absolute, meta, rendered, revalidated
from shop.web.reads import shelf
from shop.web.reads.links import partners_behind
from shop.web.view_models.stories import CampaignPage, CampaignsPage
from shop.web.with_us import block_of

TITLE = "Campaigns"
ABOUT = "Stories told with care: what is known, who says so, who helps, and what you can safely do."
ARCHIVED = "An older story, kept as it was"
blueprint = Blueprint("campaigns", __name__)
blueprint.after_request(revalidated)


@blueprint.get(addresses.CAMPAIGNS)
def index() -> str:
    page = CampaignsPage(
        meta=meta(TITLE, addresses.CAMPAIGNS, ABOUT), campaigns=cards.stories(queries.published()), standfirst=ABOUT
    )
    return rendered("campaigns/index.html", page)


@blueprint.get(f"{addresses.CAMPAIGNS}/<slug:slug>")
def show(slug: str) -> str:
    """A published story; archived ones stay readable. Raises NotFound for drafts and strangers."""
    story = queries.campaign_named(slug)
    card, tees = story.card, shelf.named(stories.slugs_in(story))
    shown = cards.products(tees, pledges_for(one.product.id for one in tees))
    claims = dict(_claims(stories.keys_in(story)))
    blocks = stories.blocks(
        story,
        claims=claims,
        products={one.product.slug: product for one, product in zip(tees, shown, strict=True)},
        partners=partners_behind(card.id),
        lines=helplines(),
    )
    url = absolute(addresses.campaign(slug))
    page = CampaignPage(
        meta=meta(
            card.title,
            addresses.campaign(slug),
            card.summary,
            kind="article",
            sensitive=card.sensitive,
            indexed=not story.archived,
            image_url=absolute(addresses.campaign_card(slug)),
            image_alt=card.title,
        ),
        title=card.title,
        standfirst=card.standfirst,
        kicker=ARCHIVED if story.archived else "",
        dates=stories.dates(story),
        picture=pictures.poster(card.artwork, tees),
        blocks=blocks,
        sources=stories.sources(story, claims),
        share=stories.share(story, url),
        with_us=block_of(card.id, slug),
        related=cards.stories(queries.related_to(card.id)),
        breadcrumbs=stories.crumbs(TITLE, addresses.CAMPAIGNS, card.title),
    )
    return rendered("campaigns/campaign.html", page)


@kept
def helplines() -> tuple[HelplineView, ...]:
    return tuple(queries.helplines())


@kept
def _claims(keys: tuple[str, ...]) -> tuple[tuple[str, ClaimView], ...]:
    return tuple(queries.claims(keys).items())
