"""From a cart to the hosted payment page: place the order and hold the stock, open the page, keep its address.

    transaction (hold, place)  ->  Stripe, with our order's id as idempotency key  ->  transaction (keep the page)

A cart has at most one order awaiting payment (the database says so). Pressing twice, coming back, or a second tab
find that order and its page; a cart that changed meanwhile closes the old page first.
"""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy.exc import IntegrityError

from shop.brand.queries import brand
from shop.cart.rules import Cart, fingerprint
from shop.core import clock
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Invalid, Unavailable
from shop.core.languages import _
from shop.core.mode import go_live
from shop.core.zones import today_in
from shop.discounts.operations.uses import DiscountGone, note_uses, spend
from shop.giving.operations import promise_pledges, record_gift
from shop.journeys.card_testing import Visitor, count_page
from shop.journeys.close_order import close_order
from shop.journeys.keep_restock import take_claims
from shop.journeys.open_page import Started, ask_for_page, open_page, still_good, waiting_order
from shop.journeys.order_words import placed_words
from shop.journeys.payment_page import describe_sale
from shop.journeys.quote import Quote, customer_of, quote_beside
from shop.journeys.services import Services
from shop.orders.operations import NewOrder, draw, place, record
from shop.orders.queries.carts import open_order_of, standing_of
from shop.orders.rules import LONGEST_NOTE, NO_WISHES, Wishes, check_wishes, pledges_of
from shop.payments.asked import keep_request
from shop.payments.gateway import SessionRequest
from shop.payments.queries.till import pays_in_own_currency
from shop.payments.rules import hold_until, pay_by
from shop.restock.operations import note_order
from shop.sharing.operations import note_source
from shop.stock.operations import OutOfStock
from shop.stock.operations.reservations import hold, note_hold

ELSEWHERE = "-"  # a region without a tax rate of its own
TRIES = 4


class CartProblem(Conflict):
    """Something in the cart cannot be bought as it is; the cart page says what."""


def start_checkout(
    cart: Cart,
    *,
    country: str,
    note: str,
    services: Services,
    wishes: Wishes = NO_WISHES,
    address: str | None = None,
    seen: str = "",
) -> Started:
    """Answer with the payment page of this cart; `seen` is the version of the quote that the button stood beside.

    Raises Invalid (empty cart, unknown country, long note), Conflict (prices, quantities or the gift are others than
    those seen), CartProblem, OutOfStock and DiscountGone (nothing is held then), UsedUp (too many pages from this
    `address` or browser), AlreadyPaid, and Unavailable when Stripe does not answer (nothing is held, the cart is
    whole).
    """
    if len(note) > LONGEST_NOTE:
        raise Invalid(_("Keep the note under %(max)s characters.", max=LONGEST_NOTE), field="note")
    check_wishes(wishes)
    for _try in range(TRIES):
        stands = standing_of(cart.id)
        asked = quote_beside(stands.waiting, cart, country=country)
        if seen and asked.version != seen:
            raise Conflict(_("Your cart changed in the meantime. Look at it once more, then continue."))
        mark = fingerprint(asked.version, asked.country, asked.region, asked.way.rate_id, asked.sums, note, wishes)
        if waiting := waiting_order(stands):
            if still_good(waiting, mark, live=services.live):
                return open_page(waiting.id, services)
            close_order(waiting.id, reason="replaced", services=services)
            seen = ""
            continue  # what it held is free again, tees and pledges, so the cart is priced afresh
        try:
            return ask_for_page(_place(asked, note, mark, wishes, cart, address, services), services)
        except (IntegrityError, OutOfStock, DiscountGone) as lost:
            # Another press of the same button may have been first: then its order is the one to pay.
            end_read()
            if open_order_of(cart.id) is None:
                raise _kind(lost) from lost
    raise Unavailable(_("Your cart is being changed in another window. Please try again in a moment."))


@again
def _place(
    asked: Quote, note: str, mark: str, wishes: Wishes, cart: Cart, address: str | None, services: Services
) -> SessionRequest:
    """What to ask the processor for. Everything is reckoned before the transaction, whose writers queue on SQLite."""
    _check(asked)
    customer, spendings = customer_of(cart), asked.spendings()
    wants, beyond = {line.variant.id: line.quantity for line in asked.lines}, asked.beyond()
    new, shares = _order(asked, mark, note, wishes, live=services.live), asked.gift.shares if asked.gift else ()
    page = describe_sale(drawn := draw(new), new.lines, shares, services)
    today = today_in(brand().time_zone)
    with transaction():
        if services.live:
            go_live()
        count_page(None if address is None else Visitor(address, cart.browser))
        claims, unclaimed = take_claims(cart.claims, wants)
        hold(unclaimed, beyond, today=today)
        spend(spendings, customer=customer)
        placed = place(new, drawn)
        note_uses(placed.id, spendings, customer=customer)
        note_source(placed.id, cart.source)
        note_hold(placed.id, wants, beyond, until=hold_until(new.pay_by))
        note_order(claims, placed.id)
        promise_pledges(pledges_of(new.lines))
        if gift := asked.gift:
            record_gift(order_id=placed.id, shares=shares, origin=gift.choice.kind, wish=gift.wish)
        record(placed.id, "placed", placed_words(asked.ships_by), actor="customer")
        keep_request(placed.id, page := replace(page, number=placed.number))
    return page


def _order(asked: Quote, mark: str, note: str, wishes: Wishes, *, live: bool) -> NewOrder:
    return NewOrder(
        cart_id=asked.cart_id,
        fingerprint=mark,
        sums=asked.sums,
        country=asked.country,
        delivery_name=asked.delivery_name,
        pickup=asked.way.pickup,
        adaptive_pricing=pays_in_own_currency(),
        tax=asked.order_tax(),
        wishes=wishes,
        note=note.strip(),
        pay_by=pay_by(clock.now()),
        lines=asked.order_lines(),
        live=live,
    )


def _check(asked: Quote) -> None:
    if not asked.lines:
        raise Invalid(_("Your cart is empty."), field="cart")
    if asked.regions and asked.region not in (*asked.regions, ELSEWHERE):
        raise Invalid(_("Choose the state or region: tax depends on it."), field="region")
    if asked.problems:
        raise CartProblem(asked.problems[0])


def _kind(lost: Exception) -> Exception:
    if isinstance(lost, OutOfStock | DiscountGone):
        return lost
    return Unavailable(_("Your cart is being changed in another window. Please try again in a moment."))
