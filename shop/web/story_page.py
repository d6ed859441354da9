"""One story as a page: gathered here for readers and for previews alike."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request

from shop.brand.queries import brand
from shop.campaigns import queries
from shop.campaigns.rules.blocks import cited, videos
from shop.campaigns.rules.blocks import photographs as pictures_of
from shop.campaigns.rules.films import frames_of
from shop.campaigns.rules.views import (
    CampaignCard,
    CampaignDetail,
    ClaimView,
    CorrectionView,
    Film,
    News,
)
from shop.core.formats import money_text
from shop.core.languages import _, lazy_gettext
from shop.core.money import Money
from shop.giving.queries import pledges_for
from shop.giving.queries.partners import partners_named
from shop.giving.rules import PartnerCard
from shop.media.photos.queries import photographs
from shop.web.comments import comments_of
from shop.web.kept import kept
from shop.web.present import addresses, cards, pictures, stories, story_blocks
from shop.web.public import absolute, meta
from shop.web.reads import shelf
from shop.web.reads.choices import choices_of
from shop.web.reads.helplines import helplines
from shop.web.reads.raised import raised_by
from shop.web.view_models import blocks as shown
from shop.web.view_models.stories import CampaignPage, GiftAsk
from shop.web.with_us import block_of

TITLE = lazy_gettext("Campaigns")


def story_page(
    story: CampaignDetail, *, kicker: str, partners: Sequence[PartnerCard], related: Sequence[CampaignCard]
) -> CampaignPage:
    """`kicker` says that it is no ordinary story, and keeps it out of search engines. Raises BadBody."""
    card, tees = story.card, shelf.named(story_blocks.slugs_in(story.blocks))
    keys = cited(story.blocks)
    return CampaignPage(
        meta=meta(
            card.title,
            addresses.campaign(card.slug),
            card.summary,
            kind="article",
            sensitive=card.sensitive,
            indexed=not kicker,
            image_url=absolute(addresses.campaign_card(card.slug)),
            image_alt=card.title,
        ),
        title=card.title,
        standfirst=card.standfirst,
        kicker=kicker,
        dates=stories.dates(story),
        note=story.content_note,
        topics=stories.topic_links(_topics(card.id)),
        picture=pictures.poster(card.artwork, tees),
        blocks=story_blocks.blocks(story.blocks, _means(story, tees, partners)),
        questions=stories.questions(story),
        goal=_goal(story),
        news=stories.news(_news(card.id)),
        sources=stories.sources(story, _claims(keys)),
        corrections=stories.corrections(_corrections(card.id, keys)),
        corrections_url=addresses.CORRECTIONS,
        with_us=block_of(card.id, card.slug),
        comments=comments_of(card.id, card.slug),
        gift=GiftAsk(url=addresses.DONATE, campaign=card.slug, currency=brand().currency),
        pictures_off=request.args.get("pictures") == "off",
        share=stories.share(story, absolute(addresses.campaign(card.slug)), absolute(addresses.neutral(card.id))),
        related=cards.stories(related),
        breadcrumbs=stories.crumbs(str(TITLE), addresses.CAMPAIGNS, card.title),
    )


def frames(story: CampaignDetail) -> tuple[str, ...]:
    """Origins that the story's films may be framed from, once somebody presses."""
    return frames_of(one.provider for one in _videos(videos(story.blocks)).values())


def _means(story: CampaignDetail, tees: Sequence[shelf.Card], partners: Sequence[PartnerCard]) -> story_blocks.Means:
    claims, own = _claims(cited(story.blocks)), story_blocks.partners_in(story.blocks)
    return story_blocks.Means(
        body=story.body,
        claims=claims,
        numbers=stories.numbers(story, claims),
        tees=_tees(tees),
        partners=partners,
        named={one.slug: one for one in partners_named(own)} if own else {},
        videos=_videos(videos(story.blocks)),
        photographs=photographs(pictures_of(story.blocks)),
        lines=helplines(),
    )


def _tees(tees: Sequence[shelf.Card]) -> dict[str, shown.ShelfTee]:
    """Price, stock and pledge as they are now: nothing here is kept."""
    ids = [one.product.id for one in tees]
    terms, choices = pledges_for(ids), choices_of(ids)
    return {
        one.product.slug: story_blocks.tee(
            card, one.product.slug, choices.get(one.product.id, []), terms.get(one.product.id)
        )
        for one, card in zip(tees, cards.products(tees, terms), strict=True)
    }


def _goal(story: CampaignDetail) -> shown.Goal | None:
    """Shown where there is a goal, or something was raised."""
    if story.card.published_at is None:
        return None
    raised = _raised(story)
    if not raised and story.goal is None:
        return None
    goal = story.goal
    return shown.Goal(
        raised=money_text(raised),
        goal=money_text(goal) if goal else "",
        share=min(100, raised.minor * 100 // goal.minor) if goal else None,
        computed=_(
            "Added up from our books: what the tees in this story promised to partners in paid orders since it was "
            "published, refunds taken off, orders that await payment left out. Card fees are ours, not theirs."
        ),
    )


@kept
def _raised(story: CampaignDetail) -> Money:
    currency = story.goal.currency if story.goal else brand().currency
    assert story.card.published_at is not None  # noqa: S101  # the caller looked
    return raised_by(story.card.id, since=story.card.published_at, currency=currency)


@kept
def _news(campaign_id: int) -> tuple[News, ...]:
    return tuple(queries.news_of(campaign_id))


@kept
def _topics(campaign_id: int) -> tuple[str, ...]:
    return tuple(queries.topics_of(campaign_id))


@kept
def _claims(keys: tuple[str, ...]) -> dict[str, ClaimView]:
    """Without those that staff hid."""
    return {key: claim for key, claim in queries.claims(keys).items() if not claim.hidden}


@kept
def _videos(keys: tuple[str, ...]) -> dict[str, Film]:
    return queries.videos(keys) if keys else {}


@kept
def _corrections(campaign_id: int, keys: tuple[str, ...]) -> tuple[CorrectionView, ...]:
    return tuple(queries.corrections(campaign_id=campaign_id, claim_keys=keys))
