"""A partner's page: what is known, what is not, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from shop.core.formats import date_text
from shop.core.languages import _
from shop.core.wordings import like
from shop.giving.rules import PartnerCard
from shop.partners.rules import Event, Profile, matches
from shop.partners.rules import Link as KnownLink
from shop.web.present import cards
from shop.web.view_models.parts import Link
from shop.web.view_models.shelf import Fact


def facts(card: PartnerCard, profile: Profile) -> tuple[Fact, ...]:
    """What a reader can check. What staff have not found out yet is said to be so, never left to be guessed."""
    unknown = str(cards.UNVERIFIED)
    registry = card.registry_name or ""
    registration = like(registry, f"{registry}: {card.registry_number}") if card.registry_number else unknown
    rows = {
        _("Legal name"): card.legal_name or unknown,
        _("Place"): card.place,
        _("Works on"): _listed(profile.works_on),
        _("Works in"): _listed(profile.works_in),
        _("Founded"): str(card.founded or ""),
        _("Registration"): registration,
        _("Last checked"): date_text(card.verified_on) if card.verified_on else unknown,
    }
    if profile.agreement and profile.agreement_expires_on:
        until = date_text(profile.agreement_expires_on)
        rows[_("Agreement with us")] = _("On file, until %(date)s", date=until)
    elif profile.agreement:
        rows[_("Agreement with us")] = _("On file")
    return tuple(Fact(label=label, value=value) for label, value in rows.items() if value)


def _listed(words: Sequence[str]) -> str:
    return like(words[0], ", ".join(words)) if words else ""


def found(card: PartnerCard, profile: Profile, *, work: str, place: str) -> bool:
    """Whether a partner is one of those looked for, by what it does and by where."""
    does = (card.name, card.former_names, card.blurb, card.story, *profile.works_on)
    return matches(work, does) and matches(place, (card.place, *profile.works_in))


def links(card: PartnerCard, all_of_them: Sequence[KnownLink]) -> tuple[Link, ...]:
    """Other addresses of its own, those left out that did not open lately. None where we do not know who it is."""
    if card.status == "unverified":
        return ()
    return tuple(
        Link(label=like(one.label, f"{one.label} ({host(one.url)})"), url=one.url)
        for one in all_of_them
        if one.works is not False and one.url != card.website
    )


def history(events: Sequence[Event]) -> tuple[Fact, ...]:
    """When its status changed, and why."""
    return tuple(Fact(label=date_text(one.happened_at), value=one.words) for one in events)


def status_words(card: PartnerCard) -> str:
    """What the word beside the name means here."""
    return {
        "active": _("Staff looked at what this organization publishes on the date below. It has not endorsed us."),
        "unverified": _(
            "Staff have not been able to confirm this organization yet. Until they have, it carries no pledge, "
            "receives no money and we link to no site."
        ),
        "paused": _("No new pledges are made to this organization for now. What is owed to it stays owed."),
        "ended": _("We no longer work with this organization. The page stays so that what happened can be read."),
    }[card.status]


def site(card: PartnerCard) -> tuple[str, str]:
    """Address and host of its own site, both empty where we know none."""
    if not card.website or card.status == "unverified":
        return "", ""
    return card.website, host(card.website)


def host(url: str) -> str:
    """Where a link leads, in a word."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
