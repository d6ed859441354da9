"""Staff keep what is known of partners up to date; what changed stays readable, and links are opened once a month."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct
from msgspec.structs import asdict, replace

from shop.core import clock
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import Invalid
from shop.giving import operations as giving
from shop.giving.queries import partners as giving_partners
from shop.giving.rules import NewPartner
from shop.partners import operations as partners
from shop.partners import queries
from shop.partners.opening import Opened, Opener, open_link
from shop.partners.rules import Link, Profile
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences

OPENED_EVERY = timedelta(days=30)
AT_ONCE = 20  # links in one round of the worker's
_LABELS = {
    "name": "name",
    "legal_name": "legal name",
    "former_names": "former names",
    "place": "place",
    "registry_name": "register",
    "registry_number": "registration",
    "blurb": "summary",
    "story": "description",
    "website": "website",
    "verified_on": "last check",
}


class Kept(Struct, frozen=True):
    """All that staff write of a partner; `why` says why its status changes."""

    facts: NewPartner
    profile: Profile
    links: tuple[Link, ...]
    why: str = ""


@again
def begin_partner(new: Kept, *, actor: str) -> int:
    """Add a partner with its profile; returns its id. Raises Invalid, Taken."""
    _check(new.facts)
    with transaction():
        partner_id = giving.add_partner(new.facts)
        since = replace(new.profile, status_since=clock.now().date())
        partners.save_profile(partner_id, since, seen=0)
        partners.keep_links(partner_id, _with_website(new))
        partners.note(partner_id, kind="status", words=f"Added as {new.facts.status}.", by=actor)
        told = begun(_told(new.facts, new.profile))
        audit(actor=actor, action="partner.added", subject=f"partner {new.facts.slug}", details=told)
    return partner_id


@again
def change_partner(partner_id: int, new: Kept, *, seen: int, actor: str) -> None:
    """Change what is known; a change of status needs a reason, which readers see.

    Raises NotFound, Invalid, ProfileChanged.
    """
    old = giving_partners.partner_facts(partner_id)
    _check(new.facts)
    moved = old.status != new.facts.status
    if moved and not new.why.strip():
        raise Invalid("Say why its status changes. Readers of its page see it.", field="why")
    with transaction():
        before = queries.profiles([partner_id]).get(partner_id) or Profile()
        since = clock.now().date() if moved else before.status_since
        partners.save_profile(partner_id, replace(new.profile, status_since=since), seen=seen)
        giving.change_partner(partner_id, replace(new.facts, slug=old.slug, position=old.position, links=old.links))
        partners.keep_links(partner_id, _with_website(new))
        _note_changes(partner_id, old, new, actor)
        told = differences(_told(old, before), _told(new.facts, new.profile))
        audit(actor=actor, action="partner.changed", subject=f"partner {old.slug}", details=told)


def open_links(opener: Opener = open_link) -> int:
    """Open each link that nobody opened for a month, some at a time; returns how many. Safe to repeat."""
    _take_websites_in()
    due = queries.due_links(before=clock.now() - OPENED_EVERY, limit=AT_ONCE)
    end_read()
    for link in due:
        _note_opened(link.id, opener(link.url))
    return len(due)


@again
def _note_opened(link_id: int, opened: Opened) -> None:
    with transaction():
        partners.note_link(link_id, works=opened.works, problem=opened.problem, at=clock.now())


@again
def _take_websites_in() -> None:
    """Partners that were added without a profile have a website all the same."""
    cards = giving_partners.partners()
    known = queries.links(card.id for card in cards)
    missing = [card for card in cards if card.website and card.id not in known]
    if missing:
        with transaction():
            for card in missing:
                partners.keep_links(card.id, [Link("Website", card.website or "")])


def _with_website(new: Kept) -> tuple[Link, ...]:
    own = (Link("Website", new.facts.website),) if new.facts.website else ()
    return (*own, *(link for link in new.links if link.url != new.facts.website))


def _told(facts: NewPartner, profile: Profile) -> dict[str, object]:
    """What the audit log compares: all that staff write but the place in the list and the version."""
    told = {**asdict(facts), **asdict(profile)}
    return {name: value for name, value in told.items() if name not in ("slug", "position", "links", "version")}


def _check(facts: NewPartner) -> None:
    if not facts.name.strip() or not facts.place.strip() or not facts.blurb.strip():
        raise Invalid("A partner has a name, a place, and a few words on what it does.", field="name")
    if facts.status == "active" and not (facts.registry_number and facts.verified_on):
        raise Invalid("Only a partner whose registration was looked up can be active.", field="verified_on")
    if facts.verified_on and facts.verified_on > clock.now().date():
        raise Invalid("That day is still to come.", field="verified_on")


def _note_changes(partner_id: int, old: NewPartner, new: Kept, actor: str) -> None:
    if old.status != new.facts.status:
        words = f"From {old.status} to {new.facts.status}. {new.why.strip()}"
        partners.note(partner_id, kind="status", words=words, by=actor)
    changed = [label for name, label in _LABELS.items() if getattr(old, name) != getattr(new.facts, name)]
    if changed:
        partners.note(partner_id, kind="changed", words=f"Changed: {', '.join(changed)}.", by=actor)
