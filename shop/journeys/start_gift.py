"""From a gift form to the hosted payment page. A gift by itself is an order without goods, and takes the same way:

    transaction (place)  ->  Stripe, with our order's id as idempotency key  ->  transaction (keep the page)

The form carries a key of its own. It stands where a cart's id stands, so pressing twice opens one page and pays once.
"""

from __future__ import annotations

import re

from msgspec import Struct
from sqlalchemy.exc import IntegrityError

from shop.brand.queries import brand
from shop.cart.rules import GiftChoice, fingerprint
from shop.core import clock
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Invalid, Unavailable
from shop.core.languages import _
from shop.core.mode import go_live
from shop.core.money import Money
from shop.giving.operations import record_gift
from shop.giving.queries import gift_funds, setup
from shop.journeys.card_testing import GiftsPaused, Visitor, count_page
from shop.journeys.close_order import close_order
from shop.journeys.open_page import CHANGING, Started, ask_for_page, open_page, still_good, waiting_order
from shop.journeys.payment_page import describe_page
from shop.journeys.quote.gift import QuotedGift, limits_alone, quoted_gift
from shop.journeys.services import Services
from shop.orders.operations import NewOrder, place, record
from shop.orders.queries.carts import open_order_of, standing_of
from shop.orders.rules import Sums
from shop.payments.gateway import SessionRequest
from shop.payments.queries.till import till
from shop.payments.rules import pay_by

TRIES = 4
PREFIX = "gift-"  # no cart has an id like this
KEY = re.compile(r"[A-Za-z0-9_-]{22,56}")


class NoGifts(Conflict):
    """No fund may take a gift here now."""

    def __init__(self) -> None:
        super().__init__(_("We cannot take gifts just now."))


class NewGift(Struct, frozen=True):
    """A form that was sent: its own key, and what was chosen."""

    key: str
    choice: GiftChoice

    @property
    def cart_id(self) -> str:
        return f"{PREFIX}{self.key}"


def start_gift(form: NewGift, *, services: Services, visitor: Visitor | None = None) -> Started:
    """Answer with the payment page of this gift.

    Raises Invalid for an amount out of bounds, NoGifts, GiftsPaused, UsedUp (too many pages from there), AlreadyPaid,
    and Unavailable when Stripe does not answer.
    """
    check_form(form)
    for _try in range(TRIES):
        gift = quoted_alone(form.choice)
        mark = fingerprint(form.choice, gift.amount, gift.fee_cover)
        if waiting := waiting_order(standing_of(form.cart_id)):
            if still_good(waiting, mark, live=services.live):
                return open_page(waiting.id, services)
            close_order(waiting.id, reason="replaced", services=services)
            continue
        try:
            return ask_for_page(_place(form.cart_id, gift, mark, visitor, services), services)
        except IntegrityError:
            end_read()  # another press of the same button was first: then its order is the one to pay
            if open_order_of(form.cart_id) is None:
                break
    raise Unavailable(CHANGING)


def check_form(form: NewGift) -> None:
    """Raises Invalid for a key that is none of ours, and GiftsPaused."""
    if not KEY.fullmatch(form.key):
        raise Invalid(_("This form is not one of ours any more. Open the page again, please."), field="gift")
    if till().gifts_paused_at is not None:
        raise GiftsPaused


def quoted_alone(choice: GiftChoice) -> QuotedGift:
    """What a gift by itself comes to; raises Invalid for an amount out of bounds, and NoGifts."""
    about, given = brand(), setup()
    limits = limits_alone(about, given.alone_minimum, given.alone_presets)
    if not limits.least.minor <= choice.minor <= limits.most.minor or choice.kind == "round_up":
        raise Invalid(_("Choose one of the amounts."), field="gift")
    nothing = Money.zero(about.currency)
    gift = quoted_gift(choice, before=nothing, funds=gift_funds(), fee=given.fee, alone=True)
    if gift is None:
        raise NoGifts
    return gift


@again
def _place(cart_id: str, gift: QuotedGift, mark: str, visitor: Visitor | None, services: Services) -> SessionRequest:
    nothing = Money.zero(gift.amount.currency)
    sums = Sums(nothing, nothing, nothing, nothing, gift.amount, gift.fee_cover)
    new = NewOrder(
        cart_id=cart_id,
        fingerprint=mark,
        sums=sums,
        country="",
        delivery_name="",
        note="",
        pay_by=pay_by(clock.now()),
        lines=(),
        kind="gift",
        live=services.live,
    )
    with transaction():
        if services.live:
            go_live()
        count_page(visitor)
        placed = place(new)
        record_gift(order_id=placed.id, shares=gift.shares, origin=gift.choice.kind, wish=gift.wish)
        record(placed.id, "placed", "The gift was chosen and waits for its payment.", actor="customer")
        return describe_page(placed, services)
