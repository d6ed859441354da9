"""Writes of campaigns. All assume an open transaction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import delete, func, insert, select, update

from shop.campaigns.models import Campaign, CampaignPartner, CampaignProduct, Claim, Helpline, Page, RelatedCampaign
from shop.campaigns.queries import claims
from shop.campaigns.rules.blocks import blocks_of, cited
from shop.campaigns.rules.views import ClaimView, HelplineView, PageDetail
from shop.core import clock
from shop.core.columns import Json
from shop.core.database import Base, insert_once, session
from shop.core.errors import Conflict, Invalid

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class UnknownClaim(Invalid):
    """A body cites claims that nobody has entered; `keys` says which."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(f"There is no claim with the key {', '.join(keys)}: enter it first.", field="body")
        self.keys = tuple(keys)


class Taken(Conflict):
    """Another has that slug or key already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCampaign:
    """A story as staff write it; `body` is Markdown with directives, `artwork` the renderer's key of its poster."""

    slug: str
    title: str
    standfirst: str
    summary: str
    body: str
    artwork: str
    sensitive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim(ClaimView):
    """A claim with what only staff read of it."""

    staff_notes: str = ""


def add_campaign(new: NewCampaign) -> int:
    """Add a draft after those there are; returns its id.

    Raises BadBody for a directive that cannot be read, UnknownClaim, Invalid for a slug that is no address, Taken.
    """
    _check_slug(new.slug)
    _check_body(new.body)
    draft = {"status": "draft", "published_at": None, "updated_at": clock.now()}
    return _add(Campaign, asdict(new) | draft | {"position": _count(Campaign)}, "slug")


def publish(campaign_id: int, *, at: datetime | None = None) -> None:
    """Show a draft from now on; `at` is the moment that readers are told, where it is another."""
    draft = update(Campaign).where(Campaign.id == campaign_id, Campaign.status == "draft")
    moment = at or clock.now()
    session().execute(draft.values(status="published", published_at=moment, updated_at=moment))


def archive(campaign_id: int) -> None:
    """List a story no longer; whoever has its address can still read it."""
    shown = update(Campaign).where(Campaign.id == campaign_id, Campaign.status == "published")
    session().execute(shown.values(status="archived", updated_at=clock.now()))


def link_products(campaign_id: int, product_ids: Sequence[int]) -> None:
    """Let these products, in this order, stand in the story instead of those before."""
    _link(CampaignProduct, campaign_id, "product_id", product_ids)


def link_partners(campaign_id: int, partner_ids: Sequence[int]) -> None:
    """Lead to these partners, in this order, instead of those before."""
    _link(CampaignPartner, campaign_id, "partner_id", partner_ids)


def link_related(campaign_id: int, related_ids: Sequence[int]) -> None:
    """Offer these stories, in this order, instead of those before; raises Invalid for the story itself."""
    if campaign_id in related_ids:
        raise Invalid("A story is not related to itself.", field="related")
    _link(RelatedCampaign, campaign_id, "related_id", related_ids)


def add_claim(new: NewClaim) -> int:
    """Add a claim; returns its id. Raises Invalid where its source cannot be opened or is dated after it was read."""
    _check_slug(new.key, field="key")
    _check_address(new.source_url, field="source_url")
    if not new.source_title.strip() or not new.claimant.strip():
        raise Invalid("A claim says who claims it, and names its source.", field="source_title")
    if not new.source_date <= new.checked_on < new.next_review:
        raise Invalid("A source is read after it appeared, and read again after that.", field="next_review")
    return _add(Claim, asdict(new), "key")


def add_helpline(new: HelplineView) -> int:
    """Add a helpline after those there are; returns its id. Raises Invalid without a number or with a bad address."""
    _check_slug(new.key, field="key")
    if not any(sign.isdigit() for sign in new.phone):
        raise Invalid("Enter the number that people can call.", field="phone")
    for field in ("chat_url", "report_url", "source_url"):
        if (address := getattr(new, field)) is not None:
            _check_address(address, field=field)
    return _add(Helpline, asdict(new) | {"position": _count(Helpline)}, "key")


def add_page(new: PageDetail) -> int:
    """Add a page after those there are; returns its id. Raises as `add_campaign` does."""
    _check_slug(new.slug)
    _check_body(new.body)
    return _add(Page, asdict(new) | {"position": _count(Page)}, "slug")


def _add(model: type[Campaign | Claim | Helpline | Page], values: Json, unique: str) -> int:
    if not insert_once(model, values):
        raise Taken(f"“{values[unique]}” is taken already.", field=unique)
    return session().execute(select(model.id).where(getattr(model, unique) == values[unique])).scalar_one()


def _link(model: type[Base], campaign_id: int, column: str, ids: Sequence[int]) -> None:
    rows = [
        {"campaign_id": campaign_id, column: linked, "position": position}
        for position, linked in enumerate(dict.fromkeys(ids))
    ]
    session().execute(delete(model).filter_by(campaign_id=campaign_id))
    if rows:
        session().execute(insert(model), rows)


def _count(model: type[Base]) -> int:
    return session().execute(select(func.count()).select_from(model)).scalar_one()


def _check_body(body: str) -> None:
    keys = cited(blocks_of(body))
    known = claims(keys)
    if missing := [key for key in keys if key not in known]:
        raise UnknownClaim(missing)


def _check_slug(slug: str, *, field: str = "slug") -> None:
    if not _SLUG.fullmatch(slug) or len(slug) > 80:
        raise Invalid("Use small letters, digits and single hyphens, 80 at most, such as look-closer.", field=field)


def _check_address(url: str, *, field: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or any(sign.isspace() for sign in url):
        raise Invalid("Enter an address that a reader can open, beginning with https://.", field=field)
