"""Campaigns: the list, each story, working copies for those who were sent a link, and what we had to correct."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers import Response

from shop.brand.queries import brand
from shop.campaigns import queries
from shop.campaigns.queries import editing
from shop.campaigns.rules.views import CampaignCard
from shop.core.errors import NotFound
from shop.core.languages import _, lazy_gettext
from shop.giving.queries.partners import partners_named
from shop.web import security
from shop.web.kept import kept
from shop.web.present import addresses, cards, stories
from shop.web.public import meta, rendered, revalidated, settings
from shop.web.reads.links import partners_behind
from shop.web.story_page import TITLE, frames, story_page
from shop.web.view_models.stories import CampaignsPage, CorrectionsPage

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
        meta=meta(str(TITLE), addresses.CAMPAIGNS, str(ABOUT), indexed=topic is None),
        campaigns=cards.stories(queries.published(topic=topic)),
        topics=stories.topic_links(topics, topic),
        standfirst=str(ABOUT),
    )
    return rendered("campaigns/index.html", page)


@blueprint.get(f"{addresses.CAMPAIGNS}/<slug:slug>")
def show(slug: str) -> Response:
    """A published story; archived ones stay readable, former addresses lead on. Raises NotFound for others."""
    try:
        story = queries.campaign_named(slug)
    except NotFound:
        if now := editing.moved_to(slug):
            return redirect(addresses.campaign(now), 301)
        raise
    page = story_page(
        story,
        kicker=str(ARCHIVED) if story.archived else "",
        partners=partners_behind(story.card.id),
        related=_related(story.card.id),
    )
    answer = make_response(rendered("campaigns/campaign.html", page))
    security.let_frame(answer, frames(story), settings())
    return answer


@blueprint.get(f"{addresses.PREVIEWS}/<token>")
def preview(token: str) -> Response:
    """A working copy as its readers would have it. Raises NotFound, PreviewOver, BadBody."""
    working = editing.previewed(token)
    story = stories.of_working(working, brand().currency)
    page = story_page(
        story,
        kicker=str(PREVIEW),
        partners=partners_named(working.content.partners),
        related=list(queries.named(working.content.related).values()),
    )
    answer = make_response(rendered("campaigns/campaign.html", page))
    security.let_frame(answer, frames(story), settings())
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return answer


@blueprint.get(addresses.CORRECTIONS)
def corrections() -> str:
    """Everything that we told wrongly and put right, the newest first."""
    about = _("What we told wrongly, what we say now, and why. Nothing is ever taken off this page.")
    page = CorrectionsPage(
        meta=meta(_("Corrections"), addresses.CORRECTIONS, about),
        corrections=stories.corrections(queries.corrections()),
        standfirst=about,
    )
    return rendered("campaigns/corrections.html", page)


@kept
def _related(campaign_id: int) -> tuple[CampaignCard, ...]:
    return tuple(queries.related_to(campaign_id))
