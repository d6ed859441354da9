"""One order with everything that belongs to it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from shop.core.money import Money
from shop.discounts.queries.offers import names_of
from shop.discounts.rules import Names
from shop.giving import queries as giving
from shop.giving.rules import FundShare
from shop.mail import queries as mail
from shop.mail.rules import LetterFacts
from shop.orders import queries as orders
from shop.orders.differences import DifferenceFacts, difference_of, differences_of
from shop.orders.rules import Event, Line, OrderFacts, Wishes
from shop.parcels import queries as parcels
from shop.parcels.rules import HoldFacts, ParcelFacts
from shop.payments import queries as payments
from shop.payments.queries import PaymentFacts, RefundFacts, SessionFacts
from shop.payments.queries.disputes import DisputeFacts, disputes_of
from shop.purchasing.queries import Expected, expected_for_all
from shop.stock.awaiting import awaited_by


class Moment(Struct, frozen=True):
    """Something on the timeline: an event, or a letter with its text."""

    happened_at: datetime
    event: Event | None = None
    letter: LetterFacts | None = None


class Missing(Struct, frozen=True):
    """Units of a line that are not there, and what is on its way of them."""

    line: Line
    units: int
    expected: list[Expected]


class Whole(Struct, frozen=True):
    """One order. `gifts` are the funds that share its gift; `partners` are names by slug.

    `differences` are what dearer sizes of a sale cost more; `sale` is what an order pays such a difference for.
    """

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
    parcels: list[ParcelFacts]
    hold: HoldFacts | None
    timeline: list[Moment]
    differences: list[DifferenceFacts]
    awaited: list[Missing]
    sale: OrderFacts | None

    @property
    def left(self) -> Money:
        """What was paid and not given back, nor decided to be."""
        return self.order.sums.total - self.order.returned.total

    @property
    def in_part(self) -> bool:
        """Whether some of it left and some did not."""
        return self.order.state == "paid" and any(one.state == "sent" for one in self.parcels)

    @property
    def to_pack(self) -> bool:
        """Whether something is left to pack, and may be."""
        there = sum(line.to_pack for line in self.lines) > sum(one.units for one in self.awaited)
        return self.order.state == "paid" and self.hold is None and there

    @property
    def untouched(self) -> bool:
        """Whether size and address may still be changed."""
        return self.order.state == "paid" and not any(line.packed_quantity for line in self.lines)

    @property
    def note_waits(self) -> bool:
        """Whether the buyer's note was not seen to yet."""
        read = any(one.event is not None and one.event.kind == "note_read" for one in self.timeline)
        return bool(self.order.note) and self.order.state == "paid" and not read


def whole(order_id: str) -> Whole:
    """Everything known of an order; what its history does not tell of is not asked for. Raises NotFound."""
    order, payment = orders.order(order_id), payments.payment_of(order_id)
    lines, events = orders.lines_of(order_id), orders.events_of(order_id)
    told = {event.kind for event in events}
    return Whole(
        order=order,
        lines=lines,
        awaited=_missing(order_id, lines) if order.state == "paid" else [],
        gifts=giving.gifts_of(order_id) if order.sums.gift else [],
        discounts=_discounts(order),
        wishes=orders.wishes_of(order_id),
        partners=giving.party_names(),
        session=None if payment else payments.session_of(order_id),
        payment=payment,
        refunds=payments.refunds_of(order_id) if order.returned.total else [],
        disputes=disputes_of(order_id) if payment else [],
        parcels=parcels.parcels_of(order_id) if any(line.packed_quantity for line in lines) else [],
        hold=parcels.holds_on([order_id]).get(order_id) if "held" in told else None,
        timeline=_timeline(order_id, events),
        differences=differences_of(order_id) if told & {"difference_asked", "difference_borne"} else [],
        sale=orders.order(difference_of(order_id).sale_id) if order.kind == "difference" else None,
    )


def _discounts(order: OrderFacts) -> Names:
    taken = order.sums.discount or not order.sums.delivery
    return names_of(order.id) if order.kind == "sale" and taken else Names()


def _missing(order_id: str, lines: list[Line]) -> list[Missing]:
    named = {line.variant_id: line for line in lines}
    awaited = {key: units for key, units in awaited_by([order_id]).get(order_id, {}).items() if key in named}
    expected = expected_for_all(awaited) if awaited else {}
    return [Missing(named[key], units, expected.get(key, [])) for key, units in awaited.items()]


def _timeline(order_id: str, events: list[Event]) -> list[Moment]:
    """Everything that happened and was written, newest first."""
    happened = [Moment(event.happened_at, event=event) for event in events]
    written = [Moment(letter.written_at, letter=letter) for letter in mail.letters_of(order_id)]
    return sorted((*happened, *written), key=lambda one: one.happened_at)[::-1]
