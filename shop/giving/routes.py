"""Which way a gift may lawfully take: what Stripe allows, where, and who says so. Pure.

A *route* says whose money it is on its way to a fund. `own_fund`: the operator takes the gift for its own charitable
purpose. `merchant_pledge`: the operator gives of its own sales, and no customer gives. `connected_account`: the
partner is the merchant through an account of its own. `link_out`: the gift is made at the partner's own site.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

OWN_FUND, MERCHANT_PLEDGE, CONNECTED, LINK_OUT = ROUTES = (
    "own_fund",
    "merchant_pledge",
    "connected_account",
    "link_out",
)
REQUIREMENTS = "https://support.stripe.com/questions/requirements-for-accepting-tips-or-donations"
RESTRICTED = "https://stripe.com/legal/restricted-businesses"
CONNECT = "https://docs.stripe.com/connect/charges"
CHECKED = date(2026, 11, 25)


class Operator(Struct, frozen=True):
    """Who would take the gifts: its country (ISO 3166 alpha-2), whether it stands in the government's register of
    charities, and whether each gift is made under a gift agreement between payer and payee."""

    country: str
    registered: bool
    gift_agreement: bool


class Account(Struct, frozen=True):
    """A partner's own account as the processor last said; `due` is what is still asked of its owner."""

    id: str
    ready: bool
    due: tuple[str, ...] = ()


class Verdict(Struct, frozen=True):
    """Whether customers' gifts may be taken, why, and where that can be read; `checked` is when we last did."""

    lawful: bool
    why: str
    source: str = REQUIREMENTS
    checked: date = CHECKED


class CountryRule(Struct, frozen=True):
    """What Stripe says of one country. With both needs False nothing lifts the bar."""

    name: str
    why: str
    if_registered: bool = False
    if_agreed: bool = False


COUNTRY_RULES: Mapping[str, CountryRule] = {
    "AU": CountryRule(
        "Australia", "In Australia Stripe supports no gift that is apart from a good or service being sold."
    ),
    "HK": CountryRule("Hong Kong", "In Hong Kong Stripe supports no gifts."),
    "IN": CountryRule("India", "In India Stripe supports neither charities nor gifts to them."),
    "ID": CountryRule(
        "Indonesia",
        "In Indonesia Stripe supports gifts only to community organisations and social welfare institutions.",
        if_registered=True,
    ),
    "JP": CountryRule(
        "Japan",
        "In Japan Stripe supports no gifts to individuals, and any other only under a gift agreement.",
        if_registered=True,
        if_agreed=True,
    ),
    "SG": CountryRule(
        "Singapore",
        "In Singapore Stripe supports gifts only to charities and religious bodies registered with the government.",
        if_registered=True,
    ),
    "TH": CountryRule("Thailand", "In Thailand Stripe supports no gifts."),
}

EXPLAINED: Mapping[str, tuple[str, str, str]] = {
    OWN_FUND: (
        "Our own fund",
        "Gifts serve a charitable purpose of your own that you state and keep to. You may let others carry it out for "
        "you, but you take nothing on behalf of others.",
        REQUIREMENTS,
    ),
    MERCHANT_PLEDGE: (
        "Pledge from sales",
        "You give of your own money, so much of each sale. No customer gives, so nobody is asked for a gift and no "
        "receipt says that they gave.",
        RESTRICTED,
    ),
    CONNECTED: (
        "The partner's own account",
        "The partner is the merchant: it has a Stripe account of its own, connected to yours. Charging "
        "through it is not built yet, so nobody is asked for a gift on this route, however ready the account is.",
        CONNECT,
    ),
    LINK_OUT: (
        "Link to the partner",
        "People give at the partner's own site. Nothing passes through this store, and none of its totals count it.",
        RESTRICTED,
    ),
}


def verdict(route: str, *, purpose: str, operator: Operator, account: Account | None = None) -> Verdict:
    """Whether a fund on this route may be offered to customers for their gifts; `account` is the partner's own."""
    name, why, source = EXPLAINED[route]
    if route == CONNECTED:
        return Verdict(False, f"{_of_account(account)} {why}", source)
    if route != OWN_FUND:
        return Verdict(False, why, source)
    if not purpose.strip():
        return Verdict(False, "A gift must be for a stated charitable purpose, and this fund states none.")
    rule = COUNTRY_RULES.get(operator.country)
    if rule is not None and not _lifted(rule, operator):
        return Verdict(False, rule.why)
    return Verdict(True, f"{name}: {purpose}")


def _of_account(account: Account | None) -> str:
    if account is None:
        return "No account of the partner's is connected yet."
    if not account.ready:
        asked = ", ".join(account.due) or "its owner to finish the set-up"
        return f"Account {account.id} is not ready: Stripe still asks for {asked}."
    return f"Account {account.id} is ready at Stripe."


def _lifted(rule: CountryRule, operator: Operator) -> bool:
    """Whether the operator is what the rule lets through."""
    needs = ((rule.if_registered, operator.registered), (rule.if_agreed, operator.gift_agreement))
    return any(need for need, _ in needs) and all(met for need, met in needs if need)
