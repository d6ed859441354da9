"""A campaign's story: its blocks, figures, sources, and what stands around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from shop.campaigns.queries.editing import Working
from shop.campaigns.rules import blocks as told
from shop.campaigns.rules.markdown import Prose, leads_away, prose_html
from shop.campaigns.rules.views import CampaignCard, CampaignDetail, ClaimView, HelplineView, News
from shop.core.formats import date_text
from shop.core.languages import _, lazy_gettext, ngettext
from shop.core.money import Money
from shop.giving.rules import PartnerCard
from shop.web.present import addresses, cards
from shop.web.present.helplines import helplines
from shop.web.view_models import blocks as shown
from shop.web.view_models import stories
from shop.web.view_models.parts import Link, ProductCard

OLD = lazy_gettext("The figure is older, or disputed; we have marked it for review.")
OWN = lazy_gettext("It is the organization’s own figure.")


def slugs_in(story: CampaignDetail) -> tuple[str, ...]:
    """Products that the story's shelves name, each once."""
    return tuple(dict.fromkeys(slug for one in story.blocks if isinstance(one, told.TeesBlock) for slug in one.slugs))


def keys_in(story: CampaignDetail) -> tuple[str, ...]:
    """Claims that the story cites, in the order of their footnotes."""
    return told.cited(story.blocks)


def blocks(
    story: CampaignDetail,
    *,
    claims: Mapping[str, ClaimView],
    products: Mapping[str, ProductCard],
    partners: Sequence[PartnerCard],
    lines: Sequence[HelplineView],
) -> tuple[shown.Block, ...]:
    """The story in order; figures that follow each other stand side by side, and what no longer exists is left out."""
    answer: list[shown.Block] = []
    for together, run in groupby(story.blocks, key=lambda one: isinstance(one, told.ClaimBlock)):
        if together:
            answer += _claims([one for one in run if isinstance(one, told.ClaimBlock)], claims)
        else:
            answer += [
                block for one in run if (block := _block(one, products=products, partners=partners, lines=lines))
            ]
    return tuple(answer)


def sources(story: CampaignDetail, claims: Mapping[str, ClaimView]) -> tuple[shown.Source, ...]:
    """The footnotes: who said it, when, when we looked, and why to read it with care."""
    return tuple(_source(number, claims[key]) for number, key in enumerate(keys_in(story), start=1) if key in claims)


def dates(story: CampaignDetail) -> str:
    """ "By Ada. November 16, 2026, updated November 20, 2026. 6 minutes to read." """
    by = _("By %(names)s", names=story.authors) if story.authors else ""
    published = date_text(story.card.published_at) if story.card.published_at else ""
    if published and story.updated_at.date() > story.card.published_at.date():  # type: ignore[union-attr]  # said above
        published = _("%(published)s, updated %(updated)s", published=published, updated=date_text(story.updated_at))
    reading = ngettext("%(num)s minute to read", "%(num)s minutes to read", story.reading_minutes)
    return ". ".join(part for part in (by, published, reading) if part)


def questions(story: CampaignDetail) -> tuple[shown.Question, ...]:
    return tuple(shown.Question(asked=one.asked, answer_html=one.answer) for one in story.questions)


def news(told_news: Sequence[News]) -> tuple[shown.NewsItem, ...]:
    return tuple(
        shown.NewsItem(title=one.title, told=date_text(one.told_on), body_html=prose_html(one.body))
        for one in told_news
    )


def topic_links(topics: Sequence[str], current: str | None = None) -> tuple[Link, ...]:
    return tuple(Link(label=one.capitalize(), url=addresses.topic(one), current=one == current) for one in topics)


def of_working(working: Working, currency: str) -> CampaignDetail:
    """A working copy as if it were published; raises nothing, as its blocks are read later."""
    content = working.content
    return CampaignDetail(
        card=CampaignCard(
            working.campaign_id,
            content.slug,
            content.title,
            content.standfirst,
            content.summary,
            content.artwork,
            content.sensitive,
            working.published_at,
        ),
        body=content.body,
        archived=False,
        updated_at=working.saved_at,
        authors=content.authors,
        content_note=content.content_note,
        faq=content.faq,
        goal=None if content.goal_minor is None else Money(content.goal_minor, currency),
    )


def share(story: CampaignDetail, url: str, neutral_url: str) -> stories.ShareLinks:
    slug = story.card.slug
    return stories.ShareLinks(
        url=url,
        title=story.card.title,
        mail_url=addresses.mail_to_a_friend(url),
        neutral_url=neutral_url,
        friend_url=addresses.send_to_friend(slug),
        qr_svg=addresses.campaign_qr(slug, "svg"),
        qr_png=addresses.campaign_qr(slug, "png"),
    )


def crumbs(section: str, url: str, title: str) -> tuple[Link, ...]:
    return (Link(label=section, url=url), Link(label=title, url="", current=True))


def _block(
    one: told.Block,
    *,
    products: Mapping[str, ProductCard],
    partners: Sequence[PartnerCard],
    lines: Sequence[HelplineView],
) -> shown.Block | None:
    match one:
        case Prose(html=html):
            return shown.ProseBlock(html=html)
        case told.TeesBlock(slugs=slugs):
            shelf = tuple(products[slug] for slug in slugs if slug in products)
            return shown.ShelfBlock(heading=_("Wear the story"), products=shelf) if shelf else None
        case told.PartnersBlock():
            return shown.PartnersBlock(partners=cards.partners(partners)) if partners else None
        case told.HelplinesBlock():
            return shown.HelplinesBlock(lines=helplines(lines)) if lines else None
        case told.NoteBlock(text=text, skip_to=skip_to):
            return shown.ContentNoteBlock(text=text, skip_to=skip_to)
        case told.CallBlock(text=text, url=url):
            return shown.CallBlock(text=text, url=url, away=leads_away(url))
        case _:
            return None


def _claims(run: Sequence[told.ClaimBlock], claims: Mapping[str, ClaimView]) -> list[shown.Block]:
    found = tuple(_claim(one.number, claims[one.key]) for one in run if one.key in claims)
    return [shown.ClaimsBlock(claims=found)] if found else []


def _claim(number: int, claim: ClaimView) -> shown.Claim:
    place = "" if claim.place.lower() == "not stated" else f"{claim.place}, "
    return shown.Claim(
        value=claim.value, text=claim.says, frame=f"{claim.claimant}. {place}{claim.period}.", number=number
    )


def _source(number: int, claim: ClaimView) -> shown.Source:
    cautions = (OWN if claim.self_reported else "", OLD if claim.needs_review else "")
    return shown.Source(
        number=number,
        title=claim.source_title,
        publisher="",
        url=claim.source_url,
        published=claim.source_dated(),
        checked=_("Read and checked %(date)s.", date=date_text(claim.checked_on)),
        caution=" ".join(str(one) for one in cautions if one),
    )
