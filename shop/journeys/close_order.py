"""An order that will not be paid: its page is closed at Stripe first, and only then is its stock given back."""

from __future__ import annotations

from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.outbox import promise
from shop.journeys.payment_page import page_request
from shop.journeys.services import Services
from shop.journeys.settle_payment import give_up, settle_payment, settle_report
from shop.orders.queries import locked, order
from shop.payments.gateway import ProcessorRefused
from shop.payments.queries import session_of
from shop.payments.reports import SessionReport


def close_order(order_id: str, *, reason: str, services: Services) -> None:
    """Close an unpaid order. If Stripe will not close its page, whatever became of it is settled instead.

    Raises ProcessorDown and changes nothing when Stripe does not answer.
    """
    page = session_of(order_id)
    if order(order_id).live != services.live:  # Stripe would not find it: it was opened with another key
        _give_up(order_id, reason=reason)
        return
    if page is None:
        abandon(order_id, reason=reason)
        return
    _close_page(page.id, services, reason=reason)


@again
def _give_up(order_id: str, *, reason: str) -> None:
    with transaction():
        give_up(locked(order_id), reason=reason)


@again
def abandon(order_id: str, *, reason: str) -> None:
    """Give up an order whose page nobody was sent to: its stock is free at once.

    Stripe may still have opened a page whose answer was lost, so closing that is promised in the same transaction.
    """
    with transaction():
        facts = locked(order_id)
        if session_of(order_id) is None and give_up(facts, reason=reason):
            promise("close_page", key=order_id, payload={"order": order_id})


def close_lost_page(payload: Json, services: Services) -> None:
    """Keep `abandon`'s promise: ask for the page again under the same key, which answers with the one there is, or
    opens one that nobody sees; then close it. Stripe refusing to open it so late means that there never was one.
    """
    order_id = str(payload["order"])
    request = page_request(order_id, services)
    end_read()
    try:
        report = services.gateway.open_session(request)
    except ProcessorRefused:
        return
    _close_page(report.id, services, reason="processor_down")


def _close_page(session_id: str, services: Services, *, reason: str) -> None:
    end_read()
    try:
        report: SessionReport = services.gateway.expire_session(session_id)
    except ProcessorRefused:
        settle_payment(session_id, services)
        return
    settle_report(report, reason=reason)
