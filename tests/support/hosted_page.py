"""A hosted payment page as the processor in memory keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shop.core.columns import Json
from shop.core.money import Money, total
from shop.payments.gateway import Captured, SessionReport, SessionRequest

SHIP_TO: Json = {
    "name": "Robin Vale",
    "address": {"line1": "1 Example Street", "city": "Springfield", "postal_code": "00000", "country": "US"},
}


@dataclass
class Page:
    """One hosted page. `money` is where the payment stands: none, on its way, arrived, or come to nothing."""

    id: str
    request: SessionRequest
    state: Literal["open", "complete", "expired"] = "open"
    money: Literal["none", "moving", "arrived", "failed"] = "none"
    amount: Money | None = None
    fee_booked: bool = True
    email: str | None = None
    refunded: int = 0

    @property
    def total(self) -> Money:
        sent = self.request.delivery
        sums = [item.unit_price * item.quantity for item in self.request.items] + ([sent.price] if sent else [])
        return total(sums, sums[0].currency)

    @property
    def intent_id(self) -> str:
        return f"pi_{self.id}"


def report(page: Page) -> SessionReport:
    """What the processor says of a page now."""
    return SessionReport(
        id=page.id,
        order_id=page.request.order_id,
        url=f"https://pay.test/{page.id}" if page.state == "open" else None,
        state=page.state,
        settled=page.money == "arrived",
        failed=page.money == "failed",
        captured=_captured(page),
        email=page.email,
        ship_to=SHIP_TO if page.email and page.request.delivery else None,
    )


def _captured(page: Page) -> Captured | None:
    if page.money != "arrived" or page.amount is None:
        return None
    fee = page.amount.basis_points(290) + Money(30, page.amount.currency)
    return Captured(page.intent_id, f"ch_{page.id}", page.amount, fee if page.fee_booked else None)
