"""The orders list and one order with everything that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from shop.core.money import Money
from shop.discounts.queries.offers import names_of
from shop.discounts.rules import Names
from shop.giving import queries as giving
from shop.giving.rules import FundShare
from shop.mail import queries as mail
from shop.mail.rules import LetterFacts
from shop.orders import queries as orders
from shop.orders.queries import PAGE
from shop.orders.rules import Event, Line, OrderFacts, Wishes
from shop.payments import queries as payments
from shop.payments.queries import PaymentFacts, RefundFacts, SessionFacts
from shop.payments.queries.disputes import DisputeFacts, disputes_of

STATES = ("awaiting_payment", "paid", "fulfilled", "cancelled")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An order on the list, with the units that are in it."""

    order: OrderFacts
    lines: list[Line]

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class Board:
    """One page of the list; `counts` has every state, also those with no order."""

    rows: list[BoardRow]
    counts: dict[str, int]
    more: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """One order. `gifts` are the funds that share its gift; `partners` are names by slug."""

    order: OrderFacts
    lines: list[Line]
    gifts: list[FundShare]
    discounts: Names
    wishes: Wishes
    partners: dict[str, str]
    session: SessionFacts | None
    payment: PaymentFacts | None
    refunds: list[RefundFacts]
    disputes: list[DisputeFacts]
    letters: list[LetterFacts]
    events: list[Event]

    @property
    def left(self) -> Money:
        """What was paid and not given back, nor decided to be."""
        return self.order.sums.total - self.order.returned.total


def board(*, state: str | None, search: str, page: int) -> Board:
    """Three statements, however many orders there are."""
    found = orders.board(state=state, search=search, page=page)
    lines = orders.lines_of_all(order.id for order in found)
    counts = orders.counts_by_state()
    rows = [BoardRow(order, lines.get(order.id, [])) for order in found]
    return Board(rows, {one: counts.get(one, 0) for one in STATES}, more=len(found) == PAGE)


def whole(order_id: str) -> Whole:
    """Everything known of an order; raises NotFound."""
    order = orders.order(order_id)
    return Whole(
        order=order,
        lines=orders.lines_of(order_id),
        gifts=giving.gifts_of(order_id),
        discounts=names_of(order_id),
        wishes=orders.wishes_of(order_id),
        partners=giving.party_names(),
        session=payments.session_of(order_id),
        payment=payments.payment_of(order_id),
        refunds=payments.refunds_of(order_id),
        disputes=disputes_of(order_id),
        letters=mail.letters_of(order_id),
        events=orders.events_of(order_id),
    )
