"""What the store asks of a payment processor about gifts that are given every month, in the store's own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from msgspec import Struct

from shop.core.money import Money
from shop.payments.connect import AccountGateway
from shop.payments.gateway import PaymentGateway
from shop.payments.reports import Captured


class MonthlyRequest(Struct, frozen=True):
    """A hosted page that starts a monthly gift. The same request with the same `gift_id` answers with the same page.

    `gift` and `fee_cover` are asked for as one amount; `name` and `note` say what it is.
    """

    gift_id: str
    name: str
    note: str
    gift: Money
    fee_cover: Money
    success_url: str
    cancel_url: str
    expires_at: datetime
    language: str = "en"


class MonthlyPage(Struct, frozen=True):
    """How that page stands; `subscription_id` once it was paid on."""

    id: str
    url: str | None
    state: Literal["open", "complete", "expired"]
    subscription_id: str | None


class Split(Struct, frozen=True):
    """How an amount is made up, as we told the processor when we asked for it: in minor units."""

    gift: int
    fee_cover: int


class InvoiceSeen(Struct, frozen=True):
    """One month as it stands. `state` is draft, open, paid, uncollectible or void; `attempts` how often the card was
    asked, `next_try` when it will be again; `split` None where the amount is not the one we asked for.
    """

    id: str
    subscription_id: str | None
    state: str
    total: Money
    split: Split | None
    attempts: int
    next_try: datetime | None
    email: str | None


class PaidInvoice(Struct, frozen=True):
    """A month that was paid; `captured` is None where its money did not come by way of the processor."""

    seen: InvoiceSeen
    captured: Captured | None


class SubscriptionReport(Struct, frozen=True):
    """How a monthly gift stands at the processor; `gift_id` is what we told it, None when it is none of ours.

    *waiting* is one whose first payment is not made. `reason` says why it ended: asked, lapsed, disputed or other.
    `invoices` are oldest first.
    """

    id: str
    gift_id: str | None
    customer_id: str
    state: Literal["waiting", "active", "past_due", "ended"]
    reason: Literal["asked", "lapsed", "disputed", "other"]
    total: Money
    split: Split | None
    next_on: datetime | None
    stops_on: datetime | None
    invoices: Sequence[InvoiceSeen]


class SubscriptionChange(Struct, frozen=True):
    """Another amount from the next month on; `key` makes a second request harmless."""

    subscription_id: str
    gift: Money
    fee_cover: Money
    key: str


class MonthlyGateway(Protocol):
    """Every call may raise ProcessorDown or ProcessorRefused, and asserts that no transaction is open."""

    def open_monthly(self, request: MonthlyRequest) -> MonthlyPage: ...

    def read_monthly_page(self, session_id: str) -> MonthlyPage: ...

    def read_subscription(self, subscription_id: str) -> SubscriptionReport: ...

    def read_invoice(self, invoice_id: str) -> PaidInvoice:
        """A month with its payment, where there is one."""
        ...

    def invoice_of_intent(self, intent_id: str) -> str | None:
        """Which month a payment was for; None when it was for none."""
        ...

    def change_subscription(self, change: SubscriptionChange) -> None: ...

    def end_subscription(self, subscription_id: str) -> None:
        """Ask the card no more, from now on. Refused when it has ended."""
        ...

    def open_portal(self, customer_id: str, *, return_url: str, language: str) -> str:
        """The address of the processor's own page, where the giver changes the card or stops. It lives for minutes."""
        ...


class Gateway(PaymentGateway, MonthlyGateway, AccountGateway, Protocol):
    """All that the store asks of its processor."""
