"""Times and words that payments keep to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from shop.core.money import Money

# Stripe allows 30 minutes to 24 hours; exactly 30 can lose the race with its clock, and a retry after a crash must
# still be allowed to open the same page (https://docs.stripe.com/api/checkout/sessions/create, `expires_at`).
PAY_WITHIN = timedelta(minutes=40)
# Stock is held longer than the page lives, because the news of a payment in the last second takes a moment.
HOLD_AFTER_PAGE = timedelta(minutes=10)
# How long after its end a hold or an order may still wait for the sweep to find it.
GRACE = timedelta(minutes=10)

# The least that a card can be charged, in minor units (https://docs.stripe.com/currencies, "Minimum charge amounts");
# for other currencies Stripe asks for about 50 US cents and says no by itself.
SMALLEST_CHARGE: Mapping[str, int] = {
    "USD": 50, "EUR": 50, "GBP": 30, "CAD": 50, "AUD": 50, "NZD": 50, "CHF": 50, "SGD": 50, "JPY": 50, "BRL": 50,
    "INR": 50, "DKK": 250, "NOK": 300, "SEK": 300, "MXN": 1_000, "HKD": 400, "PLN": 200, "CZK": 1_500, "AED": 200,
    "BGN": 100, "HUF": 17_500, "MYR": 200, "RON": 200, "THB": 1_000,
}  # fmt: skip


def smallest_charge(currency: str) -> Money:
    """The least that can be paid in a currency."""
    return Money(SMALLEST_CHARGE.get(currency, 1), currency)


def pay_by(placed_at: datetime) -> datetime:
    """When the payment page of an order placed now ends, in whole seconds as Stripe counts."""
    return (placed_at + PAY_WITHIN).replace(microsecond=0)


def hold_until(page_ends_at: datetime) -> datetime:
    """Until when the stock stays held."""
    return page_ends_at + HOLD_AFTER_PAGE


# What may become of a refund, as Stripe tells it: a pending one is made or fails, and even one that was made can come
# back later when the customer's bank refuses it (https://docs.stripe.com/refunds#failed-refunds).
REFUND_TRANSITIONS: Mapping[str, frozenset[str]] = {
    "promised": frozenset({"pending", "made", "failed"}),
    "pending": frozenset({"made", "failed"}),
    "made": frozenset({"failed"}),
    "failed": frozenset({"promised", "paid_otherwise"}),
    "paid_otherwise": frozenset(),
}
PARTS_OF_REFUND = ("goods", "discount", "delivery", "tax", "gift", "fee_cover")
ON_ITS_WAY = frozenset({"pending", "made"})  # money that left our account at Stripe


def refund_states_before(state: str) -> list[str]:
    """From which states a refund may come to `state`."""
    return sorted(before for before, after in REFUND_TRANSITIONS.items() if state in after)


def is_test(session_id: str | None) -> bool:
    """Whether a page was opened in Stripe's test mode, which its id says."""
    return session_id is not None and session_id.startswith("cs_test_")


# Stripe's words for a dispute that nothing more can come of (https://docs.stripe.com/api/disputes/object).
CLOSED = frozenset({"won", "lost", "warning_closed", "prevented"})
