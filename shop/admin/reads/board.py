"""Orders by what needs doing: each list is a condition, counted in one statement and shown fifty at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import Struct, field
from sqlalchemy import ColumnElement, and_, case, func, or_, select

from shop.brand.queries import NotSetUp, brand
from shop.core import clock
from shop.core.database import session
from shop.core.zones import today_in
from shop.orders import queries as orders
from shop.orders.models import Order, OrderEvent, OrderLine, OrderWishes
from shop.orders.queries.counted import COUNTED
from shop.orders.queries.search import matching
from shop.orders.rules import Line, OrderFacts, promised_day
from shop.parcels import queries as parcels
from shop.parcels.models import Hold, Parcel
from shop.parcels.rules import HoldFacts, ParcelFacts
from shop.payments.models import Dispute, Refund
from shop.returns.models import Delay, Return
from shop.returns.queries import delays_of
from shop.staff.queries.desks import Desk, desk_of
from shop.stock.awaiting import awaited_by
from shop.stock.models import Reservation

PAGE = 50
LATE_AFTER = timedelta(days=3)  # the order page says "mostly within two working days"
STATES = ("awaiting_payment", "paid", "fulfilled", "cancelled")
Condition = Callable[[], ColumnElement[bool]]


class Row(Struct, frozen=True):
    """An order on the board with what a packer must know; `awaited` are units that are not there, by variant.

    `leaves_by`: the day that was promised for pre-ordered units, or told since; None for an order without any.
    """

    order: OrderFacts
    lines: list[Line]
    parcels: list[ParcelFacts]
    hold: HoldFacts | None
    present: bool
    discreet: bool
    awaited: Mapping[int, int] = field(default_factory=dict)
    leaves_by: date | None = None

    @property
    def units(self) -> int:
        """Units that still have to leave, or all once nothing has."""
        return sum(line.to_send for line in self.lines) or sum(line.quantity for line in self.lines)

    @property
    def shown(self) -> list[Line]:
        """The lines, those with missing units first."""
        return sorted(self.lines, key=lambda line: line.variant_id not in self.awaited)

    @property
    def can_pack(self) -> bool:
        """Whole, by one press: nothing of it is missing."""
        free = self.order.state == "paid" and self.hold is None and not self.awaited
        return free and any(line.to_pack for line in self.lines)

    @property
    def packed(self) -> ParcelFacts | None:
        """The parcel that waits to be sent."""
        waits = self.order.state == "paid" and self.hold is None
        return next((one for one in self.parcels if waits and one.state == "packed"), None)

    def leaves(self, line: Line) -> int:
        """Units of a line that leave next: those in the packed parcel, or else all that have not left."""
        return self.packed.units.get(line.id, 0) if self.packed else line.to_send

    @property
    def in_part(self) -> bool:
        """Whether some of it left and some did not."""
        return self.order.state == "paid" and any(one.state == "sent" for one in self.parcels)

    @property
    def late(self) -> bool:
        """By the day that was promised, where one was; else paid too long ago."""
        paid_at = self.order.paid_at
        if self.leaves_by is not None:
            return self.order.state == "paid" and self.leaves_by < _today()
        return self.order.state == "paid" and paid_at is not None and paid_at < clock.now() - LATE_AFTER


class Board(Struct, frozen=True):
    """One page of a list, with the counts of all of them, and what its reader chose for themselves."""

    rows: list[Row]
    counts: Mapping[str, int]
    more: bool
    desk: Desk


def board(*, name: str, search: str, page: int, member_id: int) -> Board:
    """The list of that name; nine statements, however many orders there are."""
    wanted = select(Order.id).where(Order.kind == "sale", COUNTED, *([_searched(search)] if search else []))
    if name in LISTS:
        wanted = wanted.where(LISTS[name][1]())
    elif name in STATES:
        wanted = wanted.where(Order.state == name)
    oldest_first = name in LISTS and name not in ("disputes", "refunds", "returns")
    ordered: tuple[Any, ...] = (Order.paid_at, Order.id)
    if name == "stock":
        ordered = (case((_late(), 0), else_=1), *ordered)
    elif not oldest_first:
        ordered = (Order.placed_at.desc(), Order.id.desc())
    found = session().execute(wanted.order_by(*ordered).limit(PAGE + 1).offset((page - 1) * PAGE)).scalars().all()
    return Board(rows(list(found[:PAGE])), counts(), len(found) > PAGE, desk_of(member_id))


def rows(order_ids: list[str]) -> list[Row]:
    """Orders in this order; seven statements, and one where something is pre-ordered."""
    known = orders.orders_named(order_ids)
    lines, packed = orders.lines_of_all(order_ids), parcels.parcels_of_all(order_ids)
    days = _days(lines)
    held, wished, missing = parcels.holds_on(order_ids), _wishes(order_ids), awaited_by(order_ids)
    return [
        Row(
            order=known[one],
            lines=lines.get(one, []),
            parcels=packed.get(one, []),
            hold=held.get(one),
            present=wished.get(one, (False, False))[0],
            discreet=wished.get(one, (False, False))[1],
            awaited=missing.get(one, {}),
            leaves_by=days.get(one),
        )
        for one in order_ids
        if one in known
    ]


def _days(lines: Mapping[str, list[Line]]) -> dict[str, date]:
    """By when orders with pre-ordered units leave that have not left: as promised, or as told since."""
    waits = {key: [one for one in found if one.to_send] for key, found in lines.items()}
    days = {key: day for key, found in waits.items() if (day := promised_day(found))}
    told = delays_of(days) if days else {}
    return {key: max(day, told.get(key, day)) for key, day in days.items()}


def _today() -> date:
    """The day where the store is."""
    try:
        return today_in(brand().time_zone)
    except NotSetUp:
        return clock.now().date()


def _searched(words: str) -> ColumnElement[bool]:
    """What an order itself says, or the tracking number of one of its parcels, with spaces or without."""
    number = "".join(words.split()).upper()
    parcel = Order.id == Parcel.order_id
    return or_(
        matching(words), select(Parcel.id).where(parcel, func.replace(Parcel.tracking, " ", "") == number).exists()
    )


def counts() -> dict[str, int]:
    """How many orders each list and each state has; one statement."""
    columns = {name: condition() for name, (_, condition) in LISTS.items()}
    columns |= {state: Order.state == state for state in STATES}
    sums = [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in columns.items()]
    row = session().execute(select(func.count().label("all"), *sums).where(Order.kind == "sale", COUNTED)).one()
    return {name: int(number or 0) for name, number in row._mapping.items()}


def _wishes(order_ids: list[str]) -> dict[str, tuple[bool, bool]]:
    asked = select(OrderWishes.order_id, OrderWishes.present, OrderWishes.discreet)
    found = session().execute(asked.where(OrderWishes.order_id.in_(order_ids)))
    return {row.order_id: (row.present, row.discreet) for row in found}


def _held(*kinds: str) -> ColumnElement[bool]:
    open_holds = select(Hold.order_id).where(Hold.released_at.is_(None))
    return Order.id.in_(open_holds.where(Hold.kind.in_(kinds)) if kinds else open_holds)


def _unpacked() -> ColumnElement[bool]:
    left = OrderLine.quantity - OrderLine.returned_quantity - OrderLine.packed_quantity
    return select(OrderLine.id).where(OrderLine.order_id == Order.id, left > 0).exists()


def _awaits() -> ColumnElement[bool]:
    """Units of it were lost after it was sold, and what comes next is theirs."""
    return select(Reservation.id).where(Reservation.order_id == Order.id, Reservation.awaited > 0).exists()


def _to_pack() -> ColumnElement[bool]:
    return and_(Order.state == "paid", ~_held(), ~_awaits(), _unpacked())


def _packed() -> ColumnElement[bool]:
    waiting = select(Parcel.id).where(Parcel.order_id == Order.id, Parcel.state == "packed").exists()
    return and_(Order.state == "paid", ~_held(), waiting)


def _questions() -> ColumnElement[bool]:
    read = select(OrderEvent.id).where(OrderEvent.order_id == Order.id, OrderEvent.kind == "note_read").exists()
    return and_(Order.state == "paid", or_(_held("question"), and_(Order.note != "", ~read)))


def _refunds() -> ColumnElement[bool]:
    return Order.id.in_(select(Refund.order_id).where(Refund.state.in_(("promised", "pending", "failed"))))


def _returns() -> ColumnElement[bool]:
    return Order.id.in_(select(Return.order_id).where(Return.state.in_(("asked", "approved"))))


def _late() -> ColumnElement[bool]:
    """Paid too long ago, or past the day that was promised; unless its buyer was told of a day to come."""
    today = _today()
    told = select(Delay.order_id).where(Delay.leaves_by >= today)
    left = OrderLine.quantity - OrderLine.returned_quantity - OrderLine.sent_quantity
    promised = select(OrderLine.id).where(OrderLine.order_id == Order.id, left > 0)
    passed = or_(Order.paid_at < clock.now() - LATE_AFTER, promised.where(OrderLine.ships_by < today).exists())
    to_come = promised.where(OrderLine.ships_by >= today).exists()
    return and_(Order.state == "paid", passed, ~to_come, Order.id.not_in(told))


# Key: label, condition.
LISTS: Mapping[str, tuple[str, Condition]] = {
    "to_pack": ("To pack", _to_pack),
    "packed": ("Packed, to send", _packed),
    "stock": ("Waiting for stock", lambda: and_(Order.state == "paid", or_(_held("stock"), _awaits()))),
    "hold": ("On hold", lambda: and_(Order.state == "paid", _held("address", "payment", "other"))),
    "questions": ("Questions", _questions),
    "returns": ("Returns", _returns),
    "refunds": ("Money on its way back", _refunds),
    "disputes": ("Disputes", lambda: Order.id.in_(select(Dispute.order_id).where(Dispute.closed.is_(False)))),
    "late": ("Late", _late),
}
