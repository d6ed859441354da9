"""What a payment processor answers, in the store's own words: pages, refunds, disputes, moves, payouts, events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from shop.core.columns import Json
from shop.core.money import Money


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
