"""Campaigns: the list, each story with what stands in it, and working copies for those who were sent a link."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers import Response

from shop.brand.queries import brand
from shop.campaigns import queries
from shop.campaigns.queries import editing
from shop.campaigns.rules.views import CampaignCard, CampaignDetail, ClaimView, News
from shop.core.errors import NotFound
from shop.core.languages import _, lazy_gettext
from shop.giving.queries import partners_named, pledges_for
from shop.giving.rules import PartnerCard
from shop.web.comments import comments_of
from shop.web.kept import kept
from shop.web.present import addresses, cards, pictures, stories
from shop.web.public import absolute, meta, rendered, revalidated
from shop.web.reads import shelf
from shop.web.reads.helplines import helplines
from shop.web.reads.links import partners_behind
from shop.web.view_models.parts import Meta
from shop.web.view_models.stories import CampaignPage, CampaignsPage
from shop.web.with_us import block_of

TITLE = lazy_gettext("Campaigns")
ABOUT = lazy_gettext("Stories told with care: what is known, who says so, who helps, and what you can safely do.")
ARCHIVED = lazy_gettext("An older story, kept as it was")
PREVIEW = lazy_gettext("A preview, not what readers have")
blueprint = Blueprint("campaigns", __name__)
blueprint.after_request(revalidated)


@blueprint.get(addresses.CAMPAIGNS)
def index() -> str:
    """All that is published; `?topic=` narrows it. Raises NotFound for a topic that nothing is filed under."""
    topic, topics = request.args.get("topic"), queries.topics()
    if topic is not None and topic not in topics:
        raise NotFound(_("There is no story on that."))
    page = CampaignsPage(
        meta=meta(TITLE, addresses.CAMPAIGNS, ABOUT, indexed=topic is None),
        campaigns=cards.stories(queries.published(topic=topic)),
        topics=stories.topic_links(topics, topic),
        standfirst=ABOUT,
    )
    return rendered("campaigns/index.html", page)


@blueprint.get(f"{addresses.CAMPAIGNS}/<slug:slug>")
def show(slug: str) -> str | Response:
    """A published story; archived ones stay readable, former addresses lead on. Raises NotFound for others."""
    try:
        story = queries.campaign_named(slug)
    except NotFound:
        if now := editing.moved_to(slug):
            return redirect(addresses.campaign(now), 301)
        raise
    campaign_id = story.card.id
    return rendered(
        "campaigns/campaign.html",
        _page(
            story,
            kicker=ARCHIVED if story.archived else "",
            partners=partners_behind(campaign_id),
            related=queries.related_to(campaign_id),
            news=_news(campaign_id),
        ),
    )


@blueprint.get(f"{addresses.PREVIEWS}/<token>")
def preview(token: str) -> Response:
    """A working copy as its readers would have it. Raises NotFound, PreviewOver, BadBody."""
    working = editing.previewed(token)
    story = stories.of_working(working, brand().currency)
    page = _page(
        story,
        kicker=str(PREVIEW),
        partners=partners_named(working.content.partners),
        related=list(queries.named(working.content.related).values()),
        news=queries.news_of(working.campaign_id),
    )
    answer = make_response(rendered("campaigns/campaign.html", page))
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return answer


def _page(
    story: CampaignDetail,
    *,
    kicker: str,
    partners: Sequence[PartnerCard],
    related: Sequence[CampaignCard],
    news: Sequence[News],
) -> CampaignPage:
    card, tees = story.card, shelf.named(stories.slugs_in(story))
    shown = cards.products(tees, pledges_for(one.product.id for one in tees))
    claims = dict(_claims(stories.keys_in(story)))
    products = {one.product.slug: product for one, product in zip(tees, shown, strict=True)}
    return CampaignPage(
        meta=_meta(card, indexed=not kicker),
        title=card.title,
        standfirst=card.standfirst,
        kicker=kicker,
        dates=stories.dates(story),
        note=story.content_note,
        topics=stories.topic_links(_topics(card.id)),
        picture=pictures.poster(card.artwork, tees),
        blocks=stories.blocks(story, claims=claims, products=products, partners=partners, lines=helplines()),
        questions=stories.questions(story),
        news=stories.news(news),
        sources=stories.sources(story, claims),
        share=stories.share(story, absolute(addresses.campaign(card.slug)), absolute(addresses.neutral(card.id))),
        with_us=block_of(card.id, card.slug),
        comments=comments_of(card.id, card.slug),
        pictures_off=request.args.get("pictures") == "off",
        related=cards.stories(related),
        breadcrumbs=stories.crumbs(TITLE, addresses.CAMPAIGNS, card.title),
    )


def _meta(card: CampaignCard, *, indexed: bool) -> Meta:
    return meta(
        card.title,
        addresses.campaign(card.slug),
        card.summary,
        kind="article",
        sensitive=card.sensitive,
        indexed=indexed,
        image_url=absolute(addresses.campaign_card(card.slug)),
        image_alt=card.title,
    )


@kept
def _news(campaign_id: int) -> tuple[News, ...]:
    return tuple(queries.news_of(campaign_id))


@kept
def _topics(campaign_id: int) -> tuple[str, ...]:
    return tuple(queries.topics_of(campaign_id))


@kept
def _claims(keys: tuple[str, ...]) -> tuple[tuple[str, ClaimView], ...]:
    return tuple(queries.claims(keys).items())
