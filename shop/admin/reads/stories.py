"""What an editor has on the desk: the working copy, what may stand in it, and what was before."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import select

from shop.campaigns.models import Campaign, Claim, Video
from shop.campaigns.queries import editing, news_of
from shop.campaigns.queries.editing import Working
from shop.campaigns.rules.checks import Report, report
from shop.campaigns.rules.content import Content
from shop.campaigns.rules.views import News
from shop.catalogue.models import Product
from shop.core import clock
from shop.core.columns import AnySelect
from shop.core.database import session
from shop.giving.models import Partner
from shop.media.photos.queries import library
from shop.media.rules import artwork_keys

MOST = 300  # products offered for insertion; the others are written by hand


class Choices(Struct, frozen=True):
    """(slug or key, words) of all that a story can point to."""

    artworks: list[tuple[str, str]]
    photographs: list[tuple[str, str]]
    claims: list[tuple[str, str]]
    tees: list[tuple[str, str]]
    partners: list[tuple[str, str]]
    videos: list[tuple[str, str]]
    stories: list[tuple[str, str]]


class Desk(Struct, frozen=True):
    """A story on the desk; `preview` is the token of a link that still works, if there is one."""

    working: Working
    choices: Choices
    news: list[News]
    preview: str | None
    two_people: bool


def desk(campaign_id: int) -> Desk:
    """Raises NotFound."""
    working = editing.working(campaign_id)
    return Desk(
        working,
        choices(but=campaign_id),
        news_of(campaign_id),
        editing.open_preview_of(campaign_id),
        editing.two_people(),
    )


def choices(*, but: int) -> Choices:
    """What may stand in a story, the story itself left out."""
    claims = select(Claim.key, Claim.says).order_by(Claim.key)
    tees = select(Product.slug, Product.title).where(Product.status == "published")
    partners = select(Partner.slug, Partner.name).where(Partner.status != "ended").order_by(Partner.position)
    stories = select(Campaign.slug, Campaign.title).where(Campaign.id != but).order_by(Campaign.title)
    return Choices(
        artworks=[(key, key.replace("-", " ").capitalize()) for key in artwork_keys()],
        photographs=[(one.shown.key, one.about.alt) for one in library()],
        claims=_pairs(claims),
        tees=_pairs(tees.order_by(Product.position, Product.id).limit(MOST)),
        partners=_pairs(partners),
        videos=_pairs(select(Video.key, Video.title).order_by(Video.title)),
        stories=_pairs(stories),
    )


def checked(content: Content) -> Report:
    """The text as an editor would read it."""
    rows = session().execute(select(Claim.key, Claim.needs_review, Claim.next_review)).all()
    today = clock.now().date()
    due = {row.key for row in rows if row.needs_review or row.next_review <= today}
    return report(content, known_claims={row.key for row in rows}, due_claims=due)


def _pairs(wanted: AnySelect) -> list[tuple[str, str]]:
    return [(str(one), str(two)) for one, two in session().execute(wanted)]
