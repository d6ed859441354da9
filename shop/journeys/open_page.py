"""An order's payment page: the one there is, or the one that Stripe opens under the order's id.

What was placed by whoever presses first is found by whoever presses again; both are sent to the same page.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from shop.core import clock
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import ShopError, Unavailable
from shop.core.languages import _
from shop.journeys.close_order import abandon
from shop.journeys.payment_page import page_request
from shop.journeys.services import Services
from shop.orders.queries import locked
from shop.orders.rules import OrderFacts, Standing
from shop.payments.gateway import ProcessorDown, ProcessorRefused, SessionRequest
from shop.payments.operations import record_session
from shop.payments.queries import session_of
from shop.payments.reports import SessionReport

ENOUGH_TIME = timedelta(minutes=2)  # a page that ends sooner is not worth sending anybody to
CHANGING = "This is being changed in another window. Please try again in a moment."


class AlreadyPaid(ShopError):
    """This cart was paid for; `token` opens its order's page."""

    def __init__(self, token: str) -> None:
        super().__init__("This has been paid for already.")
        self.token = token


class Started(Struct, frozen=True):
    """Where to send the visitor, and the order that waits for them."""

    url: str
    order_id: str


def waiting_order(stands: Standing) -> OrderFacts | None:
    """The unpaid order of a cart; raises AlreadyPaid where it was paid, or a slow payment is on its way."""
    if stands.paid:
        raise AlreadyPaid(stands.paid.token)
    waiting = stands.waiting
    if waiting and (page := session_of(waiting.id)) and page.state == "complete":
        raise AlreadyPaid(waiting.token)
    return waiting


def still_good(waiting: OrderFacts, mark: str, *, live: bool) -> bool:
    """Whether the order is for the very same cart in the same mode, and its page lives long enough to be paid on."""
    return waiting.live == live and waiting.fingerprint == mark and waiting.pay_by > clock.now() + ENOUGH_TIME


def open_page(order_id: str, services: Services) -> Started:
    """Raises Unavailable, with nothing held any more, when Stripe does not answer."""
    if (known := session_of(order_id)) is not None:
        return Started(known.url, order_id)
    return ask_for_page(page_request(order_id, services), services)


def ask_for_page(request: SessionRequest, services: Services) -> Started:
    """The same for an order that was just placed, which has no page yet; raises Unavailable as `open_page`."""
    order_id = request.order_id
    end_read()
    try:
        report = services.gateway.open_session(request)
    except (ProcessorDown, ProcessorRefused) as error:
        abandon(order_id, reason="processor_down")
        raise Unavailable(
            _(
                "The payment page cannot be opened just now, so nothing was ordered. "
                "What you chose is as you left it; please try again in a few minutes."
            )
        ) from error
    return Started(_keep_page(report, order_id), order_id)


@again
def _keep_page(report: SessionReport, order_id: str) -> str:
    with transaction():
        facts = locked(order_id)
        if facts.state == "awaiting_payment" and report.url:
            record_session(session_id=report.id, order_id=order_id, url=report.url, expires_at=facts.pay_by)
            return report.url
    # Meanwhile another press of the button gave this order up; its page will be closed by the promise it made.
    raise Unavailable(CHANGING)
