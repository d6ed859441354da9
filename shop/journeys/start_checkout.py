"""From a cart to the hosted payment page: place the order and hold the stock, open the page, keep its address.

    transaction (hold, place)  ->  Stripe, with our order's id as idempotency key  ->  transaction (keep the page)

A cart has at most one order awaiting payment (the database says so). Pressing twice, coming back, or a second tab
find that order and its page; a cart that changed meanwhile closes the old page first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from shop.cart.rules import Cart, fingerprint
from shop.core import clock
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Invalid, ShopError, Unavailable
from shop.discounts.operations import DiscountGone, note_uses, spend
from shop.giving.operations import promise_pledges, record_gift
from shop.journeys.close_order import abandon, close_order
from shop.journeys.payment_page import page_request
from shop.journeys.quote import Quote, customer_of, quote
from shop.journeys.services import Services
from shop.orders.operations import NewOrder, place, record
from shop.orders.queries import locked, open_order_of, paid_order_of
from shop.orders.rules import LONGEST_NOTE, OrderFacts, pledges_of
from shop.payments.gateway import ProcessorDown, ProcessorRefused, SessionReport
from shop.payments.operations import record_session
from shop.payments.queries import session_of
from shop.payments.rules import hold_until, pay_by
from shop.stock.operations import OutOfStock, hold, note_hold

TRIES = 4
ENOUGH_TIME = timedelta(minutes=2)  # a page that ends sooner is not worth sending anybody to


class CartProblem(Conflict):
    """Something in the cart cannot be bought as it is; the cart page says what."""


class AlreadyPaid(ShopError):
    """This cart was paid for; `token` opens its order's page."""

    def __init__(self, token: str) -> None:
        super().__init__("This cart has been paid for already.")
        self.token = token


@dataclass(frozen=True, slots=True)
class Started:
    """Where to send the visitor, and the order that waits for them."""

    url: str
    order_id: str


def start_checkout(cart: Cart, *, country: str, note: str, services: Services) -> Started:
    """Answer with the payment page of this cart.

    Raises Invalid (empty cart, unknown country, long note), CartProblem, OutOfStock and DiscountGone (nothing is
    held then), AlreadyPaid, and Unavailable when Stripe does not answer (nothing is held, the cart is whole).
    """
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"Keep the note under {LONGEST_NOTE} characters.", field="note")
    for _ in range(TRIES):
        asked = quote(cart, country=country)
        mark = fingerprint(asked.version, asked.country, asked.sums, note)
        if waiting := _waiting_order(cart.id):
            if _still_good(waiting, mark):
                return _open_page(waiting.id, services)
            close_order(waiting.id, reason="replaced", services=services)
            continue  # what it held is free again, tees and pledges, so the cart is priced afresh
        try:
            return _open_page(_place(asked, note, mark, customer=customer_of(cart)), services)
        except (IntegrityError, OutOfStock, DiscountGone) as lost:
            # Another press of the same button may have been first: then its order is the one to pay.
            end_read()
            if open_order_of(cart.id) is None:
                raise _kind(lost) from lost
    raise Unavailable("Your cart is being changed in another window. Please try again in a moment.")


def _waiting_order(cart_id: str) -> OrderFacts | None:
    """The unpaid order of this cart; raises AlreadyPaid where it was paid, or a slow payment is on its way."""
    if paid := paid_order_of(cart_id):
        raise AlreadyPaid(paid.token)
    waiting = open_order_of(cart_id)
    if waiting and (page := session_of(waiting.id)) and page.state == "complete":
        raise AlreadyPaid(waiting.token)
    return waiting


def _still_good(waiting: OrderFacts, mark: str) -> bool:
    """Whether the order is for the very same cart, and its page lives long enough to be paid on."""
    return waiting.fingerprint == mark and waiting.pay_by > clock.now() + ENOUGH_TIME


def _place(asked: Quote, note: str, mark: str, *, customer: str) -> str:
    _check(asked)
    wants = {line.variant.id: line.quantity for line in asked.lines}
    page_ends = pay_by(clock.now())
    with transaction():
        hold(wants)
        spend(spendings := asked.spendings(), customer=customer)
        order_id = place(
            NewOrder(
                cart_id=asked.cart_id,
                fingerprint=mark,
                sums=asked.sums,
                country=asked.country,
                delivery_name=asked.zone.name,
                note=note.strip(),
                pay_by=page_ends,
                lines=(lines := asked.order_lines()),
            )
        )
        note_uses(order_id, spendings, customer=customer)
        note_hold(order_id, wants, until=hold_until(page_ends))
        promise_pledges(pledges_of(lines))
        if asked.sums.gift and asked.fund and asked.gift_choice:
            record_gift(order_id=order_id, fund_id=asked.fund.id, amount=asked.sums.gift, origin=asked.gift_choice.kind)
        record(order_id, "placed", "The order was placed and its tees are held.", actor="customer")
    return order_id


def _check(asked: Quote) -> None:
    if not asked.lines:
        raise Invalid("Your cart is empty.", field="cart")
    if asked.problems:
        raise CartProblem(asked.problems[0])


def _open_page(order_id: str, services: Services) -> Started:
    """The order's page: the one we know, or the one that Stripe opens (or has opened) under the order's id."""
    if (known := session_of(order_id)) is not None:
        return Started(known.url, order_id)
    request = page_request(order_id, services)
    end_read()
    try:
        report = services.gateway.open_session(request)
    except (ProcessorDown, ProcessorRefused) as error:
        abandon(order_id, reason="processor_down")
        raise Unavailable(
            "The payment page cannot be opened just now, so nothing was ordered. "
            "Your cart is as you left it; please try again in a few minutes."
        ) from error
    return Started(_keep_page(report, order_id), order_id)


def _keep_page(report: SessionReport, order_id: str) -> str:
    with transaction():
        facts = locked(order_id)
        if facts.state == "awaiting_payment" and report.url:
            record_session(session_id=report.id, order_id=order_id, url=report.url, expires_at=facts.pay_by)
            return report.url
    # Meanwhile another press of the button gave this order up; its page will be closed by the promise it made.
    raise Unavailable("Your cart is being changed in another window. Please try again in a moment.")


def _kind(lost: Exception) -> Exception:
    if isinstance(lost, OutOfStock | DiscountGone):
        return lost
    return Unavailable("Your cart is being changed in another window. Please try again in a moment.")
