"""The life of a monthly gift as data, and how what was paid is told apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from shop.core.money import Money

# A page that was given up may still be paid on: the news of its end and the payment can cross.
TRANSITIONS: Mapping[str, frozenset[str]] = {
    "awaiting_payment": frozenset({"active", "past_due", "ended", "abandoned"}),
    "abandoned": frozenset({"active", "past_due", "ended"}),
    "active": frozenset({"past_due", "ended"}),
    "past_due": frozenset({"active", "ended"}),
    "ended": frozenset(),
}
RUNNING = ("active", "past_due")


def states_before(state: str) -> list[str]:
    """From which states a monthly gift may become `state`."""
    return sorted(before for before, after in TRANSITIONS.items() if state in after)


class Terms(Struct, frozen=True):
    """What each month brings: the gift, and beside it what covers the card fee, which is no gift."""

    gift: Money
    fee_cover: Money

    @property
    def total(self) -> Money:
        return self.gift + self.fee_cover

    def of(self, paid: Money) -> Terms:
        """How another total is made up, one that was set in Stripe's dashboard, say: what covers the fee stays."""
        if paid == self.total:
            return self
        cover = self.fee_cover if paid.minor > self.fee_cover.minor else Money.zero(paid.currency)
        return Terms(paid - cover, cover)


class MonthlyFacts(Struct, frozen=True):
    """A monthly gift as it stands; `shares` are (fund id, weight) pairs."""

    id: str
    token: str
    form_key: str
    fingerprint: str
    state: str
    terms: Terms
    cover: bool
    origin: str
    thank_publicly: bool
    tell_partner: bool
    campaign_slug: str
    language: str
    email: str | None
    session_id: str | None
    page_url: str | None
    pay_by: datetime
    subscription_id: str | None
    customer_id: str | None
    chosen_at: datetime
    started_at: datetime | None
    next_on: datetime | None
    stops_on: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    shares: tuple[tuple[int, int], ...]

    @property
    def running(self) -> bool:
        return self.state in RUNNING

    @property
    def currency(self) -> str:
        return self.terms.gift.currency


class Happened(Struct, frozen=True):
    """One line of a monthly gift's history."""

    kind: str
    sentence: str
    actor: str
    happened_at: datetime
