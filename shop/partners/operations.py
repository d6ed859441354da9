"""Writes of partners' profiles. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, update

from shop.core import clock
from shop.core.database import insert_once, rows_changed, session
from shop.core.errors import Conflict, Invalid
from shop.partners.models import PartnerEvent, PartnerLink, PartnerProfile
from shop.partners.rules import Link, Profile


class ProfileChanged(Conflict):
    """Somebody else saved this partner first."""

    def __init__(self) -> None:
        super().__init__("Somebody else saved this partner first. What you typed is still here: look, and save again.")


def save_profile(partner_id: int, profile: Profile, *, seen: int) -> None:
    """Put a profile in place of the one that was `seen` (0: there was none). Raises ProfileChanged, Invalid."""
    signed, expires = profile.agreement_signed_on, profile.agreement_expires_on
    if signed and expires and expires <= signed:
        raise Invalid("An agreement expires after it is signed.", field="agreement_expires_on")
    values = {
        "works_on": ", ".join(profile.works_on),
        "works_in": ", ".join(profile.works_in),
        "agreement": profile.agreement,
        "agreement_signed_on": profile.agreement_signed_on,
        "agreement_expires_on": profile.agreement_expires_on,
        "status_since": profile.status_since,
        "version": seen + 1,
    }
    if seen == 0:
        if not insert_once(PartnerProfile, {"partner_id": partner_id} | values):
            raise ProfileChanged
        return
    ours = update(PartnerProfile).where(PartnerProfile.partner_id == partner_id, PartnerProfile.version == seen)
    if rows_changed(session().execute(ours.values(**values))) == 0:
        raise ProfileChanged


def note(partner_id: int, *, kind: str, words: str, by: str) -> None:
    """Add to a partner's history."""
    session().execute(
        insert(PartnerEvent).values(partner_id=partner_id, kind=kind, words=words, by=by, happened_at=clock.now())
    )


def keep_links(partner_id: int, links: Iterable[Link]) -> None:
    """These and no others; what is known of one that stays is kept. Raises Invalid for what cannot be opened."""
    wanted = {link.url: link.label for link in links}
    if wrong := [url for url in wanted if not url.startswith(("https://", "http://")) or len(url) > 500]:
        raise Invalid(f"“{wrong[0][:80]}” is no address that a reader can open.", field="links")
    gone = delete(PartnerLink).where(PartnerLink.partner_id == partner_id, PartnerLink.url.not_in(list(wanted)))
    session().execute(gone)
    for url, label in wanted.items():
        unseen = {"checked_at": None, "works": None, "problem": ""}
        if not insert_once(PartnerLink, {"partner_id": partner_id, "url": url, "label": label} | unseen):
            same = update(PartnerLink).where(PartnerLink.partner_id == partner_id, PartnerLink.url == url)
            session().execute(same.values(label=label))


def note_link(link_id: int, *, works: bool, problem: str, at: datetime) -> None:
    """How a link was found."""
    seen = update(PartnerLink).where(PartnerLink.id == link_id)
    session().execute(seen.values(works=works, problem=problem[:200], checked_at=at))
