"""Letters about monthly gifts: the card was refused, it ended, the way to its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from shop.brand.queries import brand
from shop.brand.rules import BrandView
from shop.core.columns import Json
from shop.core.database import end_read
from shop.core.formats import date_text, money_text
from shop.core.languages import _, language_named, speaking, spoken
from shop.giving.queries import funds_by_id
from shop.journeys.post_letter import post_letter
from shop.journeys.services import Services
from shop.mail.letters import MonthlyLetter, MonthlyLinks, Sender
from shop.monthly.queries import monthly_gift, running_of
from shop.monthly.rules import MonthlyFacts

Words = tuple[str, str, tuple[str, ...]]  # subject, heading, sentences


def write_monthly_letter(payload: Json, services: Services) -> None:
    """Keep the promise of a letter about a monthly gift. Without an address there is nobody to write to."""
    facts, kind, about = monthly_gift(str(payload["gift"])), str(payload["kind"]), brand()
    end_read()
    if facts.email is None or (kind == "monthly_refused" and not facts.running):
        return  # a card that is asked no more needs no new number
    with speaking(language_named(facts.language)):
        subject, given = monthly_letter(kind, facts, payload, about, services)
        key = str(payload.get("invoice") or facts.id)
        post_letter(kind, key, facts.email, subject, "monthly", given, services)


def monthly_letter(
    kind: str, facts: MonthlyFacts, payload: Json, about: BrandView, services: Services
) -> tuple[str, MonthlyLetter]:
    """Subject and facts of a letter about a monthly gift, in the language spoken."""
    subject, heading, sentences = _KINDS[kind](facts, payload)
    return subject, MonthlyLetter(
        brand=Sender(name=about.name, operator=about.operator),
        heading=heading,
        sentences=sentences,
        monthly_url=page_of(facts, services),
        contact=about.contact_email,
    )


def write_monthly_links(payload: Json, services: Services) -> None:
    """Keep the promise of `find_monthly`: mail the ways to somebody's monthly gifts, or nothing for a miss."""
    found, about = running_of(str(payload["email"])), brand()
    names = funds_by_id(fund_id for facts in found for fund_id, _weight in facts.shares)
    end_read()
    if not found or not (recipient := found[0].email):
        return
    with speaking(language_named(str(payload.get("language") or found[0].language))):
        rows = tuple(
            (_named(facts, {i: fund.name for i, fund in names.items()}), page_of(facts, services)) for facts in found
        )
        sender = Sender(name=about.name, operator=about.operator)
        given = MonthlyLinks(brand=sender, gifts=rows, contact=about.contact_email)
        subject = _("Your monthly gift")
        post_letter("monthly_links", str(payload["key"]), recipient, subject, "monthly_links", given, services)


def page_of(facts: MonthlyFacts, services: Services) -> str:
    """The address of its own page."""
    return f"{services.base_url}{spoken().prefix}/monthly/{facts.token}"


def _named(facts: MonthlyFacts, names: Mapping[int, str]) -> str:
    funds = ", ".join(names[fund_id] for fund_id, _weight in facts.shares if fund_id in names)
    return _("%(amount)s each month to %(funds)s", amount=money_text(facts.terms.gift), funds=funds)


def _refused(facts: MonthlyFacts, payload: Json) -> Words:
    day = date_text(datetime.fromisoformat(str(payload["next"])).date())
    return (
        _("Your card said no this month"),
        _("Your card said no this month"),
        (
            _(
                "Your monthly gift of %(amount)s could not be taken. That happens: cards run out or are replaced.",
                amount=money_text(facts.terms.total),
            ),
            _("We ask the card again on %(day)s. If it has a new number, its page takes it.", day=day),
            _("If giving does not fit any more, stop it there with one button. Nothing else follows from this."),
        ),
    )


def _ended(facts: MonthlyFacts, _payload: Json) -> Words:
    why = {
        "lapsed": _("The card was refused several times, so we have stopped asking it. Nothing is owed."),
        "fund_closed": _("The fund that it was for takes no gifts any more, so we have ended it."),
        "disputed": _("One of its payments was contested at the bank, so it has ended."),
    }.get(facts.end_reason or "", _("It has stopped, and nothing is taken any more."))
    return (
        _("Your monthly gift has ended"),
        _("Your monthly gift has ended"),
        (why, _("What you gave is where you sent it, and its receipts stay on its page. Thank you for every month.")),
    )


_KINDS: Mapping[str, Callable[[MonthlyFacts, Json], Words]] = {"monthly_refused": _refused, "monthly_ended": _ended}
