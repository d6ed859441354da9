"""Staff write a story, keep what it was, and take it from draft to archive; each press says who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from shop.brand.queries import brand
from shop.campaigns import operations as campaigns
from shop.campaigns.queries import editing, ids_of
from shop.campaigns.rules.content import Content
from shop.campaigns.rules.writing import check_complete, shelved
from shop.catalogue.queries import product_ids
from shop.core import clock
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Forbidden, Invalid
from shop.giving.queries.partners import partner_ids
from shop.journeys.keep_photographs import check_pictures
from shop.media.rules import artwork_keys
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences, ended


@again
def begin_story(content: Content, *, actor: str) -> int:
    """A new draft; returns its id. Raises Invalid, Taken."""
    with transaction():
        campaign_id = campaigns.add_campaign(content, by=actor)
        _audit(actor, "story.begun", content.slug, **begun(content.as_json()))
    return campaign_id


@again
def save_story(campaign_id: int, content: Content, *, seen: int, actor: str, keep: bool) -> int:
    """Save a working copy; returns its version. `keep` makes a revision of it. Raises SavedByAnother.

    A text that is the same stays that of who wrote it: to press a button is not to write.
    """
    now = editing.working(campaign_id)
    with transaction():
        before = editing.last_kept(campaign_id) if keep else {}
        if now.version == seen and now.content == content:
            version = seen
            if keep:
                campaigns.keep_draft(campaign_id)
        else:
            version = campaigns.save_draft(campaign_id, content, seen=seen, by=actor, keep=keep)
        if keep and before != content.as_json():
            told = differences(before, content.as_json())
            _audit(actor, "story.saved", content.slug, version=version, **told)
    return version


@again
def restore_story(campaign_id: int, *, number: int, seen: int, actor: str) -> int:
    """Make an old revision the working copy again; the newest stays among the revisions. Raises SavedByAnother."""
    old, was = editing.revision(campaign_id, number), editing.working(campaign_id).content
    with transaction():
        version = campaigns.save_draft(campaign_id, old, seen=seen, by=actor, keep=True)
        told = differences(was.as_json(), old.as_json())
        _audit(actor, "story.restored", old.slug, revision=number, version=version, **told)
    return version


@again
def step_story(campaign_id: int, *, to: str, seen: int, actor: str, at: datetime | None = None) -> None:
    """Take a story to another status; where readers will meet it, with the text of the version `seen`.

    `at` is when a scheduled one appears. Raises SavedByAnother, MovedOn, Forbidden where two people are needed, and
    Invalid, BadBody, UnknownClaim or Taken for a text that cannot stand before readers.
    """
    with transaction():
        writer = campaigns.hold_draft(campaign_id, seen=seen)
        now = editing.working(campaign_id)
        if to in ("published", "scheduled"):
            if editing.two_people() and writer == actor:
                raise Forbidden(f"Two people are needed: somebody other than {writer} publishes this.")
            _show(campaign_id, now.content)
        campaigns.step(campaign_id, to=to, at=_moment(to, at, first=now.published_at if now.read else None))
        told = differences({"status": now.status}, {"status": to, "from": at})
        _audit(actor, f"story.{to}", now.content.slug, version=seen, **told)


@again
def let_two_people_look(wanted: bool, *, actor: str) -> None:
    """From now on whoever publishes must be another than who wrote last, or no longer."""
    with transaction():
        told = differences({"two people": editing.two_people()}, {"two people": wanted})
        campaigns.ask_two_people(wanted)
        _audit(actor, "stories.rules", "two people", **told)


@again
def tell_news(campaign_id: int, *, title: str, body: str, actor: str) -> None:
    """Add news under a story, dated today. Raises Invalid, NotFound."""
    slug = editing.working(campaign_id).live_slug
    with transaction():
        campaigns.add_update(campaign_id, told_on=clock.now().date(), title=title, body=body, added_by=actor)
        _audit(actor, "story.news", slug, **begun({"title": title, "news": body}))


@again
def take_news_back(campaign_id: int, update_id: int, *, actor: str) -> None:
    """Remove news from under a story."""
    slug = editing.working(campaign_id).live_slug
    with transaction():
        gone = editing.news_kept(campaign_id, update_id)
        campaigns.remove_update(campaign_id, update_id)
        _audit(actor, "story.news_removed", slug, **ended(gone))


@again
def preview_story(campaign_id: int, *, actor: str) -> str:
    """The token of a link to the working copy: the one that works already, or a new one. Raises NotFound."""
    if token := editing.open_preview_of(campaign_id):
        return token
    slug = editing.working(campaign_id).live_slug
    with transaction():
        token = campaigns.open_preview(campaign_id, by=actor)
        _audit(actor, "story.previewed", slug, **begun({"preview": "open to whoever has the link"}))
    return token


@again
def end_previews(campaign_id: int, *, actor: str) -> None:
    """Every link to the working copy stops."""
    slug = editing.working(campaign_id).live_slug
    with transaction():
        campaigns.end_previews(campaign_id)
        _audit(actor, "story.previews_ended", slug, **ended({"preview": "open to whoever has the link"}))


def _show(campaign_id: int, content: Content) -> None:
    """The text and all that it leads to, before readers."""
    check_complete(content, artworks=artwork_keys())
    check_pictures(content.body)
    campaigns.rewrite(campaign_id, content, currency=brand().currency)
    tees = content.tees or shelved(content.body)
    campaigns.link_products(campaign_id, _known(tees, product_ids(tees), "tees", "tee"))
    campaigns.link_partners(campaign_id, _known(content.partners, partner_ids(content.partners), "partners", "partner"))
    campaigns.link_related(campaign_id, _known(content.related, ids_of(content.related), "related", "story"))


def _known(slugs: Iterable[str], ids: Mapping[str, int], field: str, kind: str) -> list[int]:
    if missing := [slug for slug in slugs if slug not in ids]:
        raise Invalid(f"There is no {kind} called {', '.join(missing)}.", field=field)
    return [ids[slug] for slug in slugs]


def _moment(to: str, at: datetime | None, *, first: datetime | None) -> datetime | None:
    """When readers meet it: at the time asked for, at once, or as long since as they did before."""
    if to == "published":
        return first or clock.now()
    if to != "scheduled":
        return None
    if at is None or at <= clock.now():
        raise Invalid("Choose a time that is still to come.", field="at")
    return at


def _audit(actor: str, action: str, slug: str, **details: Any) -> None:
    audit(actor=actor, action=action, subject=f"story {slug}", details=dict(details))
