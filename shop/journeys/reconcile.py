"""The sweep: what webhooks never told, what a crash left half done. Safe at any time, as often as you like."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from shop.core import clock
from shop.core.database import end_read
from shop.journeys.close_order import abandon
from shop.journeys.go_live import close_test_pages
from shop.journeys.keep_restock import keep_claims
from shop.journeys.receive_event import take_in
from shop.journeys.refund_order import make_refund
from shop.journeys.services import Services
from shop.journeys.settle_charge import settle_charge
from shop.journeys.settle_monthly import settle_monthly
from shop.journeys.settle_payment import settle_payment
from shop.journeys.stripe_account import keep_account
from shop.monthly.queries import of_order, to_be_asked
from shop.orders.queries import waiting_since
from shop.orders.queries.counted import live_of
from shop.payments.queries import (
    PaymentFacts,
    open_sessions,
    payments_without_fee,
    promised_refunds,
    session_of,
    unfinished_charges,
)
from shop.payments.rules import is_test

RETRIED = timedelta(days=3)  # how long Stripe tries to tell an event
NORMAL = timedelta(minutes=2)  # how long a page takes to open, seen from the order that waits for it
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Report:
    """How many of each were looked at; `troubles` are those that must be looked at again, in a sentence each."""

    pages: int = 0
    lost_pages: int = 0
    fees: int = 0
    refunds: int = 0
    events: int = 0
    moves: int = 0
    claims: int = 0
    monthly: int = 0
    tests: int = 0
    troubles: list[str] = field(default_factory=list)


def reconcile(services: Services) -> Report:
    """Ask Stripe about everything that is not finished. One failure stops nothing else; it is reported."""
    report = Report()
    if services.live:
        report.tests = _tried(close_test_pages, report)
    pages = [page.id for page in open_sessions()]
    waiting = [facts.id for facts in waiting_since(clock.now() - NORMAL)]
    delayed = {order_id: session_of(order_id) for order_id in waiting}
    end_read()
    lost = [order_id for order_id, page in delayed.items() if page is None]
    asked = dict.fromkeys(pages + [page.id for page in delayed.values() if page is not None])
    report.pages = _each(asked, lambda page_id: settle_payment(page_id, services), report)
    report.lost_pages = _each(lost, lambda order_id: abandon(order_id, reason="processor_down"), report)
    monthly, unbooked = _monthly_gifts(live=services.live), _pages_without_fee(live=services.live)
    report.monthly = _each(monthly, lambda gift_id: settle_monthly(gift_id, services), report)
    report.fees = _each(unbooked, lambda page_id: settle_payment(page_id, services), report)
    promised = [refund.id for refund in promised_refunds()]
    end_read()
    report.refunds = _each(promised, lambda refund_id: make_refund({"refund": refund_id}, services), report)
    report.refunds += _each(_unfinished_charges(), lambda charge_id: settle_charge(charge_id, services), report)
    report.events = _tried(lambda: _take_lost_events(services), report)
    report.moves = _tried(lambda: keep_account(services), report)
    report.claims = _tried(keep_claims, report)
    return report


def _take_lost_events(services: Services) -> int:
    """What no webhook of ours has taken, of the last days."""
    return sum(take_in(event) for event in services.gateway.lost_events(clock.now() - RETRIED))


def _unfinished_charges() -> list[str]:
    found = unfinished_charges()
    end_read()
    return found


def _monthly_gifts(*, live: bool) -> list[str]:
    """Those with news to be expected, and those with a month whose fee was not booked yet; tests only of a test key."""
    due = [facts.id for facts in to_be_asked(clock.now()) if not (live and is_test(facts.session_id))]
    unbooked = [of_order(payment.order_id) for payment in _unbooked(live=live)]
    end_read()
    return [*dict.fromkeys(due + [facts.id for facts in unbooked if facts is not None])]


def _pages_without_fee(*, live: bool) -> list[str]:
    found = [session_of(payment.order_id) for payment in _unbooked(live=live)]
    end_read()
    return [page.id for page in found if page is not None]


def _unbooked(*, live: bool) -> list[PaymentFacts]:
    found = payments_without_fee()
    known = live_of(one.order_id for one in found) if live else {one.order_id for one in found}
    return [one for one in found if one.order_id in known]


def _tried(act: Callable[[], int], report: Report) -> int:
    try:
        return act()
    except Exception as error:  # noqa: BLE001  # as below: told, and tried again at the next sweep
        end_read()
        log.warning("reconcile: %r", error)
        report.troubles.append(str(error))
        return 0


def _each(ids: Iterable[str], act: Callable[[str], object], report: Report) -> int:
    looked_at = 0
    for one in ids:
        looked_at += 1
        try:
            act(one)
        except Exception as error:  # noqa: BLE001  # whatever is wrong with one, the others must be looked at
            end_read()
            log.warning("reconcile %s: %r", one, error)
            report.troubles.append(f"{one}: {error}")
    return looked_at
