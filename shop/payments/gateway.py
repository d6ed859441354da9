"""What the store asks of a payment processor, in the store's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from shop.core.errors import ShopError, Unavailable
from shop.core.money import Money
from shop.payments.reports import ChargeReport, EventReport, Move, PayoutReport, RefundReport, SessionReport


class ProcessorDown(Unavailable):
    """The processor did not answer, or not usefully; whether it acted is unknown unless it says so later."""


class ProcessorBusy(Unavailable):
    """The very same request is being answered at this moment: whoever sent it first will have the answer."""


class ProcessorRefused(ShopError):
    """The processor understood and said no; it did nothing. `code` is its own word for why."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class ForgedEvent(ShopError):
    """A message that the processor did not sign, or signed too long ago."""


class Item(Struct, frozen=True):
    """A line of the hosted page. `taxable` is false for gifts; `note` stands below the name, empty for none."""

    name: str
    unit_price: Money
    quantity: int
    taxable: bool = True
    note: str = ""


class Delivery(Struct, frozen=True):
    """Where goods may go, and what that costs; without a country they are picked up and no address is asked for."""

    name: str
    price: Money
    country: str


class SessionRequest(Struct, frozen=True):
    """A hosted page to open. The same request with the same `order_id` always answers with the same page.

    `delivery` is None for a gift: nothing is sent, and the page's button says *donate*. `reckon_tax` asks the processor
    to find the tax and to add it, or to say what of the prices it is where they are `tax_inclusive`. The page speaks
    `language`.
    """

    order_id: str
    number: str
    items: Sequence[Item]
    delivery: Delivery | None
    success_url: str
    cancel_url: str
    expires_at: datetime
    reckon_tax: bool = False
    tax_inclusive: bool = False
    language: str = "en"
    adaptive_pricing: bool = False


class RefundRequest(Struct, frozen=True):
    """Money to give back; `id` and `attempt` are our own row's and make a second request harmless."""

    id: str
    order_id: str
    intent_id: str
    amount: Money
    attempt: int = 1


class PaymentGateway(Protocol):
    """Every call may raise ProcessorDown or ProcessorRefused, and asserts that no transaction is open."""

    def open_session(self, request: SessionRequest) -> SessionReport: ...

    def read_session(self, session_id: str) -> SessionReport: ...

    def expire_session(self, session_id: str) -> SessionReport: ...

    def refund(self, request: RefundRequest) -> RefundReport: ...

    def read_charge(self, charge_id: str) -> ChargeReport:
        """How a charge stands now, with its refunds and disputes."""
        ...

    def moves_since(self, since: datetime | None) -> Sequence[Move]:
        """Every balance transaction from a moment on, oldest first."""
        ...

    def read_payout(self, payout_id: str) -> PayoutReport: ...

    def holdings(self) -> Mapping[str, int]:
        """What the processor holds for us now by currency, in minor units, available or not yet."""
        ...

    def lost_events(self, since: datetime) -> Sequence[EventReport]:
        """Events that no webhook of ours has taken."""
        ...

    def read_event(self, payload: bytes, signature: str) -> EventReport:
        """Check a webhook's signature and age; raises ForgedEvent. Speaks to nobody."""
