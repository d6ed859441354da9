"""A payment processor in memory that behaves as Stripe does where the store can tell the difference.

Its pages live by the store's clock. Its answers can get lost: `fails("open_session", "before")` is down and does
nothing, `"after"` acts and then does not answer, `"refuses"` says no. What it would tell by webhook is kept in `news`
and delivered by nobody but the test.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from msgspec.structs import replace

from shop.core import clock
from shop.core.columns import Json
from shop.core.database import assert_no_transaction
from shop.core.money import Money
from shop.payments.connect import AccountReport
from shop.payments.gateway import ForgedEvent, ProcessorDown, ProcessorRefused, RefundRequest, SessionRequest
from shop.payments.monthly import MonthlyPage, MonthlyRequest
from shop.payments.reports import ChargeReport, EventReport, Move, PayoutReport, RefundReport, SessionReport, Taxed
from tests.support.account import Account, Charge
from tests.support.hosted_page import Page, report
from tests.support.monthly import MonthlyProcessor, Subscription

SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=24)
SIGNATURE = "t=now,v1=right"
Fault = Literal["before", "after", "refuses"]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Call:
    """What was asked, under which idempotency key or about which object."""

    name: str
    about: str


@dataclass
class Processor(MonthlyProcessor):
    """A `Gateway`. `watch` is called before and after each effect, with a name such as "refund:before"."""

    pages: dict[str, Page] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    news: deque[EventReport] = field(default_factory=deque)
    account: Account = field(default_factory=Account)
    refunds_become: str = "made"
    watch: Callable[[str], None] = lambda _moment: None
    monthly_pages: dict[str, MonthlyPage] = field(default_factory=dict)
    monthly_requests: dict[str, MonthlyRequest] = field(default_factory=dict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    accounts: dict[str, AccountReport] = field(default_factory=dict)
    _answers: dict[str, tuple[object, Any]] = field(default_factory=dict)
    _faults: dict[str, list[Fault]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    # What the store asks

    def open_session(self, request: SessionRequest) -> SessionReport:
        with self._asked("open_session", request.order_id):
            return self._once(f"session-{request.order_id}", request, lambda: self._open(request))

    def read_session(self, session_id: str) -> SessionReport:
        with self._asked("read_session", session_id):
            return report(self._page(session_id))

    def expire_session(self, session_id: str) -> SessionReport:
        with self._asked("expire_session", session_id):
            if session_id in self.monthly_pages:
                return self._expire_monthly(session_id)
            page = self._page(session_id)
            if page.state != "open":
                raise ProcessorRefused("Only open sessions can be expired.", code="session_not_open")
            self._expire(page)
            return report(page)

    def refund(self, request: RefundRequest) -> RefundReport:
        with self._asked("refund", request.id):
            return self._once(f"refund-{request.id}-{request.attempt}", request, lambda: self._refund(request))

    def read_charge(self, charge_id: str) -> ChargeReport:
        with self._asked("read_charge", charge_id):
            return self._charge(charge_id).report()

    def moves_since(self, since: datetime | None) -> Sequence[Move]:
        with self._asked("moves_since", ""):
            for page in self.pages.values():
                if page.money == "arrived" and page.amount and page.fee_booked:
                    self._charge(charge_of(page))
            return [move for move in self.account.moves if since is None or move.created_at >= since]

    def read_payout(self, payout_id: str) -> PayoutReport:
        with self._asked("read_payout", payout_id):
            return self.account.payouts[payout_id]

    def holdings(self) -> Mapping[str, int]:
        with self._asked("holdings", ""):
            return {"USD": sum(move.net for move in self.account.moves)}

    def lost_events(self, since: datetime) -> Sequence[EventReport]:
        """None: what tests lose is to be found without them."""
        with self._asked("lost_events", ""):
            return []

    def read_event(self, payload: bytes, signature: str) -> EventReport:
        if signature != SIGNATURE:
            raise ForgedEvent("This message is not from our payment processor.")
        told = json.loads(payload)
        return EventReport(told["id"], told["type"], told["data"]["object"]["id"], told)

    def read_account(self, account_id: str) -> AccountReport:
        with self._asked("read_account", account_id):
            if account_id not in self.accounts:
                raise ProcessorRefused("No such account.", code="account_invalid")
            return self.accounts[account_id]

    # What people and banks do

    def pays(self, session_id: str, *, email: str = "robin@example.org", amount: Money | None = None) -> None:
        """By card: the money is there at once."""
        page = self._filled_in(session_id, email)
        page.money, page.amount = "arrived", amount or page.total
        self._tell("checkout.session.completed", page)

    def pays_slowly(self, session_id: str, *, email: str = "robin@example.org") -> None:
        """By a method that takes days."""
        page = self._filled_in(session_id, email)
        page.money, page.amount = "moving", page.total
        self._tell("checkout.session.completed", page)

    def slow_money_arrives(self, session_id: str) -> None:
        page = self._page(session_id)
        assert page.money == "moving"
        page.money = "arrived"
        self._tell("checkout.session.async_payment_succeeded", page)

    def slow_money_fails(self, session_id: str) -> None:
        page = self._page(session_id)
        assert page.money == "moving"
        page.money = "failed"
        self._tell("checkout.session.async_payment_failed", page)

    def reckons_tax(self, session_id: str, *, items: tuple[int, ...], delivery: int) -> None:
        """The tax of a page whose address is known, in minor units by item."""
        self._page(session_id).taxed = Taxed(items, delivery)

    def books_fee(self, session_id: str, *, booked: bool = True) -> None:
        """Whether the fee of a payment is known yet."""
        self._page(session_id).fee_booked = booked

    def gives_back(self, session_id: str, minor: int, *, state: str = "made") -> str:
        """Somebody in the dashboard; the refund's id."""
        charge = self._charge(charge_of(self._page(session_id)))
        amount, stripe_id = (
            Money(min(minor, charge.left), charge.amount.currency),
            f"re_{len(charge.refunds)}_{charge.id}",
        )
        self.account.refunds(charge.id, amount, stripe_id, state=state, ours="", attempt=1)
        self._page(session_id).refunded += amount.minor
        self._tell_of(charge.id, "charge.refunded", stripe_id)
        return stripe_id

    def bank_says(self, session_id: str, stripe_id: str, state: str) -> None:
        """Of a refund: it is made, or it failed and the money is back."""
        page = self._page(session_id)
        before = self._charge(charge_of(page)).left
        self.account.bank_says(charge_of(page), stripe_id, state)
        page.refunded -= self._charge(charge_of(page)).left - before
        self._tell_of(charge_of(page), "refund.failed" if state == "failed" else "refund.updated", stripe_id + state)

    def is_disputed(self, session_id: str, minor: int | None = None) -> None:
        """The customer's bank takes the money, and Stripe its fee."""
        charge = self._charge(charge_of(self._page(session_id)))
        self.account.disputes(charge.id, Money(minor or charge.amount.minor, charge.amount.currency))
        self._tell_of(charge.id, "charge.dispute.created", "opened")

    def decides(self, session_id: str, *, won: bool) -> None:
        """The bank closes the dispute."""
        charge_id = charge_of(self._page(session_id))
        self.account.decides(charge_id, won=won)
        self._tell_of(charge_id, "charge.dispute.closed", "closed")

    def page_of(self, order_id: str) -> Page:
        """The page that was opened for an order, aged to this moment."""
        return self._page(f"cs_{order_id}")

    def fails(self, name: str, fault: Fault, *, times: int = 1) -> None:
        """The next `times` calls of this name go wrong."""
        self._faults.setdefault(name, []).extend([fault] * times)

    def forget_faults(self) -> None:
        """Whatever was to go wrong and did not yet."""
        self._faults.clear()

    def asked(self, name: str) -> list[str]:
        """What the calls of this name were about, oldest first."""
        return [call.about for call in self.calls if call.name == name]

    def told(self) -> list[EventReport]:
        """Everything there is to tell, taken from `news`; pages whose time is over are told as well."""
        self._age()
        taken = list(self.news)
        self.news.clear()
        return taken

    # How it works inside

    @contextmanager
    def _asked(self, name: str, about: str) -> Iterator[None]:
        """Note the call, then the fault that is due before or after what it does."""
        assert_no_transaction()
        with self._lock:
            self.calls.append(Call(name, about))
            due = self._faults.get(name)
            fault = due.pop(0) if due else None
            if fault == "refuses":
                raise ProcessorRefused("No.", code="refused")
            if fault == "before":
                raise ProcessorDown("down")
            self.watch(f"{name}:before")
            self._age()
            yield
            self.watch(f"{name}:after")
            if fault == "after":
                raise ProcessorDown("the answer was lost")

    def _once(self, key: str, asked: object, act: Callable[[], Answer]) -> Answer:
        """Idempotency as Stripe has it: the first answer again, never for other parameters; refusals are not kept."""
        if key not in self._answers:
            self._answers[key] = asked, act()
        first, answer = self._answers[key]
        if first != asked:
            raise ProcessorRefused("Keys can only be used with the same parameters.", code="idempotency_error")
        same: Answer = answer
        return same

    def _open(self, request: SessionRequest) -> SessionReport:
        if not SHORTEST <= request.expires_at - clock.now() <= LONGEST:
            raise ProcessorRefused("expires_at is 30 minutes to 24 hours ahead.", code="parameter_invalid")
        page = Page(f"cs_{request.order_id}", request)
        self.pages[page.id] = page
        return report(page)

    def _refund(self, request: RefundRequest) -> RefundReport:
        if request.intent_id.startswith("pi_in_"):
            return self._refund_month(request)
        page = next((one for one in self.pages.values() if one.intent_id == request.intent_id), None)
        if page is None or page.amount is None or page.money != "arrived":
            raise ProcessorRefused("No such payment.", code="resource_missing")
        if page.refunded + request.amount.minor > page.amount.minor:
            raise ProcessorRefused("More than is left of the payment.", code="charge_already_refunded")
        if self._charge(charge_of(page)).left < request.amount.minor:
            raise ProcessorRefused("More than is left of the payment.", code="charge_already_refunded")
        page.refunded += request.amount.minor
        told = {"state": self.refunds_become, "ours": request.id, "attempt": request.attempt}
        stripe_id = f"re_{request.id}_{request.attempt}"
        seen = self.account.refunds(charge_of(page), request.amount, stripe_id, **told)  # type: ignore[arg-type]  # as named
        self._tell_of(charge_of(page), "refund.created", stripe_id)
        return seen.report

    def _expire_monthly(self, session_id: str) -> SessionReport:
        page = self._monthly_page(session_id)
        if page.state != "open":
            raise ProcessorRefused("Only open sessions can be expired.", code="session_not_open")
        self.monthly_pages[session_id] = replace(page, state="expired", url=None)
        return SessionReport(session_id, None, None, "expired", False, False, None, None, None)

    def _refund_month(self, request: RefundRequest) -> RefundReport:
        charge_id = request.intent_id.replace("pi_", "ch_", 1)
        if self._charge(charge_id).left < request.amount.minor:
            raise ProcessorRefused("More than is left of the payment.", code="charge_already_refunded")
        told = {"state": self.refunds_become, "ours": request.id, "attempt": request.attempt}
        stripe_id = f"re_{request.id}_{request.attempt}"
        seen = self.account.refunds(charge_id, request.amount, stripe_id, **told)  # type: ignore[arg-type]  # as named
        self._tell_of(charge_id, "refund.created", stripe_id)
        return seen.report

    def _charge(self, charge_id: str) -> Charge:
        """Booked when first asked about."""
        if charge_id not in self.account.charges:
            page = next((one for one in self.pages.values() if charge_of(one) == charge_id), None)
            if page is None or page.amount is None or page.money != "arrived":
                raise ProcessorRefused("No such charge.", code="resource_missing")
            fee = page.amount.basis_points(290) + Money(30, page.amount.currency)
            self.account.pays(charge_id, page.request.order_id, page.amount, fee, page.intent_id)
        return self.account.charges[charge_id]

    def _page(self, session_id: str) -> Page:
        self._age()
        if session_id not in self.pages:
            raise ProcessorRefused("No such session.", code="resource_missing")
        return self.pages[session_id]

    def _filled_in(self, session_id: str, email: str) -> Page:
        page = self._page(session_id)
        assert page.state == "open", f"nobody can pay on a page that is {page.state}"
        page.state, page.email = "complete", email
        return page

    def _age(self) -> None:
        now: datetime = clock.now()
        for page in self.pages.values():
            if page.state == "open" and page.request.expires_at <= now:
                self._expire(page)

    def _expire(self, page: Page) -> None:
        page.state = "expired"
        self._tell("checkout.session.expired", page)

    def _tell(self, kind: str, page: Page) -> None:
        self.news.append(event_about(page.id, kind, f"evt_{kind.rpartition('.')[2]}_{page.id}"))

    def _tell_of(self, charge_id: str, kind: str, what: str) -> None:
        about: Json = {"id": charge_id, "charge": charge_id}
        event_id = f"evt_{kind}_{what}_{charge_id}"
        told: Json = {"id": event_id, "type": kind, "data": {"object": about}}
        self.news.append(EventReport(event_id, kind, charge_id, told))


def charge_of(page: Page) -> str:
    """The id of the charge that a page led to."""
    return f"ch_{page.id}"


def event_about(session_id: str, kind: str, event_id: str) -> EventReport:
    """What a webhook would say; the object in it is as bare as it is trusted."""
    told: Json = {"id": event_id, "type": kind, "data": {"object": {"id": session_id}}}
    return EventReport(id=event_id, kind=kind, object_id=session_id, payload=told)
