"""Sales for tests of the back office: real journeys, with a payment processor that only remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from shop.cart.rules import Cart
from shop.catalogue.queries import all_variants
from shop.catalogue.rules import VariantInCart
from shop.core.money import Money
from shop.journeys.services import Services
from shop.journeys.settle_payment import settle_report
from shop.journeys.start_checkout import start_checkout
from shop.mail.post import FolderPost
from shop.payments.connect import AccountReport
from shop.payments.gateway import RefundRequest, SessionRequest
from shop.payments.reports import Captured, ChargeReport, EventReport, Move, PayoutReport, RefundReport, SessionReport
from tests.support.monthly import MonthlyProcessor
from tests.support.snapshots import demo_movement

ADDRESS = {
    "name": "Robin Vale",
    "address": {"line1": "1 Example Street", "city": "Springfield", "postal_code": "00000", "country": "US"},
}


class OpenHanded(MonthlyProcessor):
    """Opens every page that is asked for, and gives back whatever it is told to."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[SessionReport, Money]] = {}
        self.refunds_asked: list[str] = []
        self.live = False

    def open_session(self, request: SessionRequest) -> SessionReport:
        name = f"cs_test_{request.order_id}"
        sums = [item.unit_price * item.quantity for item in request.items]
        total = sum(sums, start=request.delivery.price if request.delivery else Money(0, "USD"))
        page = SessionReport(name, request.order_id, f"https://pay.test/{name}", "open", False, False, None, None, None)
        page = replace(page, live=self.live)
        self.pages[request.order_id] = (page, total)
        return page

    def read_session(self, session_id: str) -> SessionReport:
        return next(page for page, _ in self.pages.values() if page.id == session_id)

    def expire_session(self, session_id: str) -> SessionReport:
        return replace(self.read_session(session_id), state="expired")

    def refund(self, request: RefundRequest) -> RefundReport:
        self.refunds_asked.append(request.id)
        return RefundReport(f"re_{request.id}", "made")

    def read_charge(self, charge_id: str) -> ChargeReport:
        return ChargeReport(charge_id, None, [], [])

    def moves_since(self, since: datetime | None) -> Sequence[Move]:
        return []

    def read_payout(self, payout_id: str) -> PayoutReport:
        raise NotImplementedError

    def holdings(self) -> Mapping[str, int]:
        return {}

    def lost_events(self, since: datetime) -> Sequence[EventReport]:
        return []

    def read_event(self, payload: bytes, signature: str) -> EventReport:
        raise NotImplementedError

    def read_account(self, account_id: str) -> AccountReport:
        return AccountReport(account_id, "US", False, ("external_account",))


class Counter:
    """A stocked shop with a till: `sells` places an order, `takes_money_for` pays it."""

    def __init__(self, folder: Path, *, seeded: bool = False) -> None:
        if not seeded:
            demo_movement()
        self._gateway = OpenHanded()
        self._services = Services(self._gateway, FolderPost(folder), "http://shop.test", "hello@shop.test")
        self.tees = [variant for variant in all_variants() if variant.buyable]

    @property
    def services(self) -> Services:
        """What journeys are given here."""
        return self._services

    @property
    def refunds_asked(self) -> list[str]:
        """Refunds that the processor was asked for."""
        return self._gateway.refunds_asked

    def takes_real_money(self, live: bool) -> None:
        """Stripe's live key in place of its test key, or the other way round."""
        self._services = replace(self._services, live=live)
        self._gateway.live = live

    def page_of(self, order_id: str) -> SessionReport:
        """The payment page of an order, as it is."""
        return self._gateway.pages[order_id][0]

    def sells(self, tee: VariantInCart, units: int = 1, *, note: str = "") -> str:
        """An order that waits for its payment; its id."""
        cart = Cart.new().adding(tee.id, units, price=tee.price.minor)
        return start_checkout(cart, country="US", note=note, services=self._services).order_id

    def takes_money_for(self, order_id: str, *, email: str = "robin@example.org", fee: int = 123) -> None:
        """What Stripe would tell us of a payment."""
        page, total = self._gateway.pages[order_id]
        paid = Captured(f"pi_{order_id}", f"ch_{order_id}", total, Money(fee, total.currency))
        settle_report(replace(page, state="complete", settled=True, captured=paid, email=email, ship_to=ADDRESS))

    def lets_lapse(self, order_id: str) -> None:
        """The page ended without a payment."""
        settle_report(replace(self._gateway.pages[order_id][0], state="expired"))
