"""Monthly gifts as the processor in memory keeps them: pages that start them, subscriptions, invoices, the portal."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from msgspec.structs import replace

from shop.core import clock
from shop.core.columns import Json
from shop.core.money import Money
from shop.payments.gateway import ProcessorRefused
from shop.payments.monthly import (
    InvoiceSeen,
    MonthlyPage,
    MonthlyRequest,
    PaidInvoice,
    Split,
    SubscriptionChange,
    SubscriptionReport,
)
from shop.payments.reports import Captured, EventReport
from tests.support.account import Account

MONTH = timedelta(days=30)
RETRY = timedelta(days=3)
MOST_TRIES = 4


@dataclass
class Invoice:
    """One month: its amounts, and how often the card was asked."""

    id: str
    gift: Money
    fee_cover: Money
    state: str = "open"
    attempts: int = 0
    next_try: datetime | None = None
    fee_booked: bool = True

    @property
    def total(self) -> Money:
        return self.gift + self.fee_cover


@dataclass
class Subscription:
    """A monthly gift at the processor, started by a page."""

    id: str
    request: MonthlyRequest
    gift: Money
    fee_cover: Money
    email: str
    next_on: datetime
    state: Literal["active", "past_due", "ended"] = "active"
    reason: Literal["asked", "lapsed", "disputed", "other"] = "other"
    card_works: bool = True
    invoices: list[Invoice] = field(default_factory=list)


class MonthlyProcessor:
    """The part of `Processor` that a `MonthlyGateway` names, and what people and banks do to it."""

    account: Account
    news: deque[EventReport]
    _asked: Callable[[str, str], AbstractContextManager[None]]
    _once: Callable[[str, object, Callable[[], Any]], Any]
    monthly_pages: dict[str, MonthlyPage]
    monthly_requests: dict[str, MonthlyRequest]
    subscriptions: dict[str, Subscription]

    # What the store asks

    def open_monthly(self, request: MonthlyRequest) -> MonthlyPage:
        with self._asked("open_monthly", request.gift_id):
            page: MonthlyPage = self._once(f"monthly-{request.gift_id}", request, lambda: self._open_monthly(request))
            return page

    def read_monthly_page(self, session_id: str) -> MonthlyPage:
        with self._asked("read_monthly_page", session_id):
            return self._monthly_page(session_id)

    def read_subscription(self, subscription_id: str) -> SubscriptionReport:
        with self._asked("read_subscription", subscription_id):
            one = self._subscription(subscription_id)
            return SubscriptionReport(
                id=one.id,
                gift_id=one.request.gift_id,
                customer_id=f"cus_{one.id}",
                state=one.state,
                reason=one.reason,
                total=one.gift + one.fee_cover,
                split=Split(one.gift.minor, one.fee_cover.minor),
                next_on=None if one.state == "ended" else one.next_on,
                stops_on=None,
                invoices=[self._seen(one, invoice) for invoice in one.invoices],
            )

    def read_invoice(self, invoice_id: str) -> PaidInvoice:
        with self._asked("read_invoice", invoice_id):
            one, invoice = self._invoice(invoice_id)
            if invoice.state != "paid":
                return PaidInvoice(self._seen(one, invoice), None)
            fee = self._fee(invoice) if invoice.fee_booked else None
            captured = Captured(f"pi_{invoice.id}", f"ch_{invoice.id}", invoice.total, fee)
            return PaidInvoice(self._seen(one, invoice), captured)

    def invoice_of_intent(self, intent_id: str) -> str | None:
        with self._asked("invoice_of_intent", intent_id):
            known = {f"pi_{invoice.id}": invoice.id for one in self.subscriptions.values() for invoice in one.invoices}
            return known.get(intent_id)

    def change_subscription(self, change: SubscriptionChange) -> None:
        with self._asked("change_subscription", change.subscription_id):
            self._once(f"change-{change.key}", change, lambda: self._changed(change))

    def end_subscription(self, subscription_id: str) -> None:
        with self._asked("end_subscription", subscription_id):
            one = self._subscription(subscription_id)
            if one.state == "ended":
                raise ProcessorRefused("It has ended.", code="resource_missing")
            self._ends(one, "asked")

    def open_portal(self, customer_id: str, *, return_url: str, language: str) -> str:
        with self._asked("open_portal", customer_id):
            return f"https://portal.test/{customer_id}?{language}"

    # What people and banks do

    def begins(self, session_id: str, *, email: str = "robin@example.org") -> Subscription:
        """Somebody pays on the page of a monthly gift."""
        page = self._monthly_page(session_id)
        assert page.state == "open", f"nobody can pay on a page that is {page.state}"
        request = self.monthly_requests[session_id]
        one = Subscription(
            f"sub_{request.gift_id}", request, request.gift, request.fee_cover, email, clock.now() + MONTH
        )
        self.subscriptions[one.id] = one
        self.monthly_pages[session_id] = MonthlyPage(session_id, None, "complete", one.id)
        self._bill(one)
        self._say("checkout.session.completed", session_id)
        return one

    def month_passes(self, subscription_id: str) -> Invoice:
        """The next month begins, and the card is asked."""
        one = self._subscription(subscription_id)
        one.next_on += MONTH
        return self._bill(one)

    def tries_again(self, subscription_id: str) -> None:
        """The processor asks a refused card again; after the last try it gives up."""
        one = self._subscription(subscription_id)
        self._ask_card(one, next(invoice for invoice in one.invoices if invoice.state == "open"))

    # How it works inside

    def _open_monthly(self, request: MonthlyRequest) -> MonthlyPage:
        page = MonthlyPage(f"cs_{request.gift_id}", f"https://pay.test/cs_{request.gift_id}", "open", None)
        self.monthly_pages[page.id], self.monthly_requests[page.id] = page, request
        return page

    def _monthly_page(self, session_id: str) -> MonthlyPage:
        if session_id not in self.monthly_pages:
            raise ProcessorRefused("No such session.", code="resource_missing")
        page = self.monthly_pages[session_id]
        if page.state == "open" and self.monthly_requests[session_id].expires_at <= clock.now():
            page = self.monthly_pages[session_id] = replace(page, state="expired", url=None)
        return page

    def _bill(self, one: Subscription) -> Invoice:
        invoice = Invoice(f"in_{len(one.invoices)}_{one.id}", one.gift, one.fee_cover)
        one.invoices.append(invoice)
        self._ask_card(one, invoice)
        return invoice

    def _ask_card(self, one: Subscription, invoice: Invoice) -> None:
        invoice.attempts += 1
        if one.card_works:
            invoice.state, invoice.next_try, one.state = "paid", None, "active"
            self.account.pays(f"ch_{invoice.id}", None, invoice.total, self._fee(invoice), f"pi_{invoice.id}")
            self._say("invoice.paid", invoice.id)
        elif invoice.attempts < MOST_TRIES:
            invoice.next_try, one.state = clock.now() + RETRY, "past_due"
            self._say("invoice.payment_failed", invoice.id, f"_{invoice.attempts}")
            self._say("customer.subscription.updated", one.id, f"_{len(one.invoices)}_{invoice.attempts}")
        else:
            invoice.state, invoice.next_try = "uncollectible", None
            self._say("invoice.payment_failed", invoice.id, f"_{invoice.attempts}")
            self._ends(one, "lapsed")

    def _ends(self, one: Subscription, reason: Literal["asked", "lapsed"]) -> None:
        one.state, one.reason = "ended", reason
        self._say("customer.subscription.deleted", one.id)

    def _changed(self, change: SubscriptionChange) -> None:
        one = self._subscription(change.subscription_id)
        one.gift, one.fee_cover = change.gift, change.fee_cover
        self._say("customer.subscription.updated", one.id, f"_{change.key}")

    def _seen(self, one: Subscription, invoice: Invoice) -> InvoiceSeen:
        split = Split(invoice.gift.minor, invoice.fee_cover.minor)
        return InvoiceSeen(
            invoice.id, one.id, invoice.state, invoice.total, split, invoice.attempts, invoice.next_try, one.email
        )

    def _fee(self, invoice: Invoice) -> Money:
        return invoice.total.basis_points(290) + Money(30, invoice.total.currency)

    def _subscription(self, subscription_id: str) -> Subscription:
        if subscription_id not in self.subscriptions:
            raise ProcessorRefused("No such subscription.", code="resource_missing")
        return self.subscriptions[subscription_id]

    def _invoice(self, invoice_id: str) -> tuple[Subscription, Invoice]:
        for one in self.subscriptions.values():
            for invoice in one.invoices:
                if invoice.id == invoice_id:
                    return one, invoice
        raise ProcessorRefused("No such invoice.", code="resource_missing")

    def _say(self, kind: str, about: str, mark: str = "") -> None:
        event_id = f"evt_{kind}{mark}_{about}"
        told: Json = {"id": event_id, "type": kind, "data": {"object": {"id": about}}}
        self.news.append(EventReport(event_id, kind, about, told))
