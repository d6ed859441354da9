"""What the store asks of a payment processor, in the store's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, Protocol

from msgspec import Struct

from shop.core.columns import Json
from shop.core.errors import ShopError, Unavailable
from shop.core.money import Money


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


class Captured(Struct, frozen=True):
    """Money taken. `fee` is None until it is booked, `presented` what was paid in another currency than the store's."""

    intent_id: str
    charge_id: str | None
    amount: Money
    fee: Money | None
    presented: Money | None = None

    @property
    def own_fee(self) -> Money | None:
        """A fee in another currency than the payment's comes with settlement in that one, and is not ours to mix."""
        return self.fee if self.fee is not None and self.fee.currency == self.amount.currency else None


class Taxed(Struct, frozen=True):
    """Tax that the processor reckoned, in minor units: of each item as they were sent, and of the delivery."""

    items: tuple[int, ...]
    delivery: int


class SessionReport(Struct, frozen=True):
    """What the processor says of a session now.

    `settled` means that the money is taken. A `complete` session without it waits for a slow method, unless `failed`.
    """

    id: str
    order_id: str | None
    url: str | None
    state: Literal["open", "complete", "expired"]
    settled: bool
    failed: bool
    captured: Captured | None
    email: str | None
    ship_to: Json | None
    taxed: Taxed | None = None
    live: bool = False


class RefundRequest(Struct, frozen=True):
    """Money to give back; `id` and `attempt` are our own row's and make a second request harmless."""

    id: str
    order_id: str
    intent_id: str
    amount: Money
    attempt: int = 1


class RefundReport(Struct, frozen=True):
    """What the processor says of a refund."""

    stripe_id: str
    state: Literal["made", "pending", "failed"]
    failure: str | None = None


class RefundSeen(Struct, frozen=True):
    """A refund as it stands at the processor. `ours` is our row's id and `attempt` its number, when we asked for it."""

    stripe_id: str
    amount: Money
    report: RefundReport
    ours: str
    attempt: int


class DisputeSeen(Struct, frozen=True):
    """A payment that the customer's bank contests. `withdrawn` is what it has taken by now, less what it gave back;
    `fee` what the processor kept for it; `moves` how often money moved.
    """

    id: str
    amount: Money
    reason: str
    status: str
    due_by: datetime | None
    opened_at: datetime
    withdrawn: int
    fee: int
    moves: int


class ChargeReport(Struct, frozen=True):
    """What became of a charge after it was paid. `order_id` is what we told the processor; a month's has none."""

    id: str
    order_id: str | None
    refunds: Sequence[RefundSeen]
    disputes: Sequence[DisputeSeen]
    intent_id: str | None = None


class Move(Struct, frozen=True):
    """A balance transaction: money that moved in our account at the processor, in minor units; net = amount - fee.

    `charge_id` is the charge behind it, for those that have one; `source` the object that moved it.
    """

    id: str
    kind: str
    category: str
    amount: int
    fee: int
    net: int
    currency: str
    source: str
    charge_id: str | None
    description: str
    created_at: datetime
    available_at: datetime


class PayoutReport(Struct, frozen=True):
    """Money on its way to our bank, with the ids of the moves it carries (its own among them).

    `failure` is why the bank sent it back, in the processor's words.
    """

    id: str
    amount: Money
    status: str
    arrives_on: date
    created_at: datetime
    moves: Sequence[str]
    failure: str | None = None


class EventReport(Struct, frozen=True):
    """A message whose signature was right."""

    id: str
    kind: str
    object_id: str
    payload: Json


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

    def ping(self) -> None:
        """Ask something harmless, to see whether the processor answers and knows our key."""
