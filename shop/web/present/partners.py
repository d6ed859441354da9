"""A partner's page: what is known, what is not, and since when."""

from __future__ import annotations

from urllib.parse import urlsplit

from shop.core.formats import date_text
from shop.core.languages import _
from shop.giving.rules import PartnerCard
from shop.web.present import cards
from shop.web.view_models.shelf import Fact


def facts(card: PartnerCard) -> tuple[Fact, ...]:
    """What a reader can check. What staff have not found out yet is said to be so, never left to be guessed."""
    unknown = str(cards.UNVERIFIED)
    registration = f"{card.registry_name}: {card.registry_number}" if card.registry_number else unknown
    rows = {
        _("Legal name"): card.legal_name or unknown,
        _("Place"): card.place,
        _("Founded"): str(card.founded or ""),
        _("Registration"): registration,
        _("Last checked"): date_text(card.verified_on) if card.verified_on else unknown,
    }
    return tuple(Fact(label=label, value=value) for label, value in rows.items() if value)


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
    return card.website, (urlsplit(card.website).hostname or card.website).removeprefix("www.")
