"""A hosted payment page as the processor in memory keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shop.core.columns import Json
from shop.core.money import Money, total
from shop.payments.gateway import SessionRequest
from shop.payments.reports import Captured, SessionReport, Taxed

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
    taxed: Taxed | None = None
    presented: Money | None = None

    @property
    def total(self) -> Money:
        sent = self.request.delivery
        sums = [item.unit_price * item.quantity for item in self.request.items] + ([sent.price] if sent else [])
        return total([*sums, self._added(sums[0].currency)], sums[0].currency)

    def _added(self, currency: str) -> Money:
        """Tax on top, where the store asked for it to be reckoned."""
        added = self.taxed if self.request.reckon_tax and not self.request.tax_inclusive else None
        return Money(sum(added.items) + added.delivery if added else 0, currency)

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
        taxed=page.taxed if page.request.reckon_tax else None,
    )


def _captured(page: Page) -> Captured | None:
    if page.money != "arrived" or page.amount is None:
        return None
    fee = page.amount.basis_points(290) + Money(30, page.amount.currency)
    return Captured(page.intent_id, f"ch_{page.id}", page.amount, fee if page.fee_booked else None, page.presented)
