"""A campaign's story: its blocks, figures, sources, and what stands around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shop.campaigns.queries.editing import Working
from shop.campaigns.queries.stories import topic_said
from shop.campaigns.rules.blocks import cited
from shop.campaigns.rules.markdown import prose_html
from shop.campaigns.rules.views import CampaignCard, CampaignDetail, ClaimView, CorrectionView, News
from shop.core.formats import date_text
from shop.core.languages import _, lazy_gettext, ngettext
from shop.core.money import Money
from shop.core.wordings import like
from shop.web.present import addresses
from shop.web.view_models import blocks as shown
from shop.web.view_models import stories
from shop.web.view_models.parts import Link

OLD = lazy_gettext("The figure is older, or disputed; we have marked it for review.")
OWN = lazy_gettext("It is the organization’s own figure.")


def numbers(story: CampaignDetail, claims: Mapping[str, ClaimView]) -> dict[str, int]:
    """Footnotes by key, counted over the figures that are shown."""
    return {key: number for number, key in enumerate((one for one in cited(story.blocks) if one in claims), start=1)}


def sources(story: CampaignDetail, claims: Mapping[str, ClaimView]) -> tuple[shown.Source, ...]:
    """The footnotes: who said it, when, when we looked, and why to read it with care."""
    return tuple(_source(number, claims[key]) for key, number in numbers(story, claims).items())


def dates(story: CampaignDetail) -> str:
    """ "By Ada. November 16, 2026, updated November 20, 2026. 6 minutes to read." """
    by = _("By %(names)s", names=story.authors) if story.authors else ""
    began = story.card.published_at
    published = date_text(began) if began else ""
    if began and story.updated_at.date() > began.date():
        published = _("%(published)s, updated %(updated)s", published=published, updated=date_text(story.updated_at))
    reading = ngettext("%(num)s minute to read", "%(num)s minutes to read", story.reading_minutes)
    return ". ".join(part for part in (by, published, reading) if part)


def questions(story: CampaignDetail) -> tuple[shown.Question, ...]:
    return tuple(shown.Question(asked=one.asked, answer_html=one.answer) for one in story.questions)


def news(told_news: Sequence[News]) -> tuple[shown.NewsItem, ...]:
    return tuple(
        shown.NewsItem(title=one.title, told=date_text(one.told_on), body_html=like(one.body, prose_html(one.body)))
        for one in told_news
    )


def corrections(all_of_them: Sequence[CorrectionView]) -> tuple[shown.Correction, ...]:
    return tuple(
        shown.Correction(when=date_text(one.corrected_on), said=one.said, now=one.now, why=one.why)
        for one in all_of_them
    )


def topic_links(topics: Sequence[str], current: str | None = None) -> tuple[Link, ...]:
    return tuple(_topic(one, current) for one in topics)


def _topic(topic: str, current: str | None) -> Link:
    name = topic_said(topic)
    label = like(name, f"{name[:1].upper()}{name[1:]}")
    return Link(label=label, url=addresses.topic(topic), current=topic == current)


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
        copy_url=claim.archived_url or "",
    )
