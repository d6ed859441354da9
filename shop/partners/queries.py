"""Reads of partners' profiles, batched by ids."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import or_, select

from shop.core.database import session
from shop.core.phrases import phrased
from shop.partners.models import PartnerEvent, PartnerLink, PartnerProfile
from shop.partners.rules import Event, Link, Profile, words_of

PARTNER_FACTS = "partners"  # a shelf of phrases


class DueLink(Struct, frozen=True):
    """A link that the worker is to open."""

    id: int
    url: str


def profiles(partner_ids: Iterable[int]) -> dict[int, Profile]:
    """By partner; those that nobody has written are absent."""
    rows = session().execute(select(PartnerProfile).where(PartnerProfile.partner_id.in_(list(partner_ids)))).scalars()
    found = {
        row.partner_id: Profile(
            version=row.version,
            works_on=words_of(row.works_on),
            works_in=words_of(row.works_in),
            agreement=row.agreement,
            agreement_signed_on=row.agreement_signed_on,
            agreement_expires_on=row.agreement_expires_on,
            status_since=row.status_since,
        )
        for row in rows
    }
    said = phrased(PARTNER_FACTS, list(found.values()), ("works_on", "works_in"))
    return dict(zip(found, said, strict=True))


def links(partner_ids: Iterable[int]) -> dict[int, list[Link]]:
    """By partner, in the order that they were entered."""
    wanted = select(
        PartnerLink.partner_id,
        PartnerLink.label,
        PartnerLink.url,
        PartnerLink.checked_at,
        PartnerLink.works,
        PartnerLink.problem,
    )
    found: dict[int, list[Link]] = {}
    rows = session().execute(wanted.where(PartnerLink.partner_id.in_(list(partner_ids))).order_by(PartnerLink.id))
    for partner_id, label, url, checked_at, works, problem in rows:
        found.setdefault(partner_id, []).append(Link(label, url, checked_at, works, problem))
    return {partner_id: phrased(PARTNER_FACTS, one, ("label",)) for partner_id, one in found.items()}


def history(partner_id: int, *, kind: str | None = None) -> list[Event]:
    """What changed, the newest first; of one kind when asked."""
    wanted = select(PartnerEvent.kind, PartnerEvent.words, PartnerEvent.by, PartnerEvent.happened_at)
    wanted = wanted.where(PartnerEvent.partner_id == partner_id)
    if kind is not None:
        wanted = wanted.where(PartnerEvent.kind == kind)
    rows = session().execute(wanted.order_by(PartnerEvent.id.desc()))
    return phrased(PARTNER_FACTS, [Event(*row) for row in rows], ("words",))


def due_links(*, before: datetime, limit: int) -> list[DueLink]:
    """Links that were never opened, or not since then; the longest unseen first."""
    due = or_(PartnerLink.checked_at.is_(None), PartnerLink.checked_at < before)
    wanted = select(PartnerLink.id, PartnerLink.url).where(due)
    rows = session().execute(wanted.order_by(PartnerLink.checked_at, PartnerLink.id).limit(limit))
    return [DueLink(*row) for row in rows]
