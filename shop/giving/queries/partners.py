"""Partners as the public and staff see them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from shop.core.columns import AnyRow
from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.core.phrases import phrased
from shop.core.wordings import worded
from shop.giving.models import Partner
from shop.giving.rules import NewPartner, PartnerCard

PARTNER = "partner"  # their kind among the wordings
PARTNER_FACTS = "partners"  # a shelf of phrases
_CARD = select(
    Partner.id,
    Partner.slug,
    Partner.name,
    Partner.legal_name,
    Partner.former_names,
    Partner.place,
    Partner.founded,
    Partner.registry_name,
    Partner.registry_number,
    Partner.blurb,
    Partner.story,
    Partner.website,
    Partner.status,
    Partner.verified_on,
).order_by(Partner.position, Partner.id)
SHOWN = Partner.status.in_(("active", "unverified"))


def partners() -> list[PartnerCard]:
    """Partners that the public sees, in their order."""
    return told(_card(row) for row in session().execute(_CARD.where(SHOWN)))


def partner_named(slug: str) -> PartnerCard:
    """One partner by slug, whatever its status (a page that was linked keeps telling the truth); raises NotFound."""
    row = session().execute(_CARD.where(Partner.slug == slug)).one_or_none()
    if row is None:
        raise NotFound(_("We have no partner of that name."))
    return told([_card(row)])[0]


def partner_facts(partner_id: int) -> NewPartner:
    """All that staff know of a partner; raises NotFound."""
    columns = [getattr(Partner, name) for name in NewPartner.__struct_fields__]
    row = session().execute(select(*columns).where(Partner.id == partner_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such partner.")
    return NewPartner(*row)


def all_partners() -> list[PartnerCard]:
    """Every partner, whatever its status, in their order."""
    return [_card(row) for row in session().execute(_CARD)]


def partner_ids(slugs: Iterable[str]) -> dict[str, int]:
    """Ids by slug, whatever their status; strangers are absent."""
    rows = session().execute(select(Partner.slug, Partner.id).where(Partner.slug.in_(list(slugs))))
    return dict(rows.all())


def partners_named(slugs: Iterable[str]) -> list[PartnerCard]:
    """Partners that the public sees, in the order of their slugs here; strangers are absent."""
    wanted = list(slugs)
    rows = session().execute(_CARD.where(SHOWN, Partner.slug.in_(wanted)))
    found = {card.slug: card for card in told(_card(row) for row in rows)}
    return [found[slug] for slug in wanted if slug in found]


def told(cards: Iterable[PartnerCard]) -> list[PartnerCard]:
    """In the language spoken, as far as somebody put them into it."""
    facts = phrased(PARTNER_FACTS, list(cards), ("place", "registry_name"))
    return worded(PARTNER, facts, lambda one: one.id, ("blurb", "story"))


def _card(row: AnyRow) -> PartnerCard:
    return PartnerCard(*row)
