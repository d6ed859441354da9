"""Writes of orders. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict, replace
from sqlalchemy import Update, or_, select, update

from shop.core import clock, codes
from shop.core.columns import Json
from shop.core.database import insert_once, insert_rows, rows_changed, run, session, table
from shop.core.errors import Conflict
from shop.core.languages import spoken
from shop.core.money import Money
from shop.core.prepared import prepared
from shop.orders.models import Order, OrderEvent, OrderLine, OrderWishes
from shop.orders.rules import (
    FIRST_STATE,
    MONEY_OF_LINE,
    NO_TAX,
    NO_WISHES,
    Line,
    OrderFacts,
    OrderTax,
    Sums,
    Wishes,
    states_before,
)


class MoreThanIsLeft(Conflict):
    """More was to go back than is left of the order: somebody else was faster."""

    def __init__(self) -> None:
        super().__init__("Part of this was given back meanwhile. Look at what is left and decide again.")


class NewOrder(Struct, frozen=True):
    """What a cart becomes."""

    cart_id: str
    fingerprint: str
    sums: Sums
    country: str
    delivery_name: str
    note: str
    pay_by: datetime
    lines: Sequence[Line]
    kind: str = "sale"
    pickup: bool = False
    adaptive_pricing: bool = False
    tax: OrderTax = NO_TAX
    wishes: Wishes = NO_WISHES
    live: bool = False


def place(new: NewOrder, drawn: OrderFacts | None = None) -> OrderFacts:
    """Write an order that awaits its payment; returns it: as it was `drawn` before, but for a number that was taken.

    The database refuses a second open order of the same cart (IntegrityError on uq_orders_open_cart).
    """
    placed = drawn or draw(new)
    row = _row_of(placed)
    while not insert_once(Order, row, but_for="number"):
        row["number"] = codes.new_order_number()
    insert_rows(OrderLine, *(_row(placed.id, line) for line in new.lines))
    if new.wishes:
        insert_rows(OrderWishes, {"order_id": placed.id, **asdict(new.wishes)})
    return replace(placed, number=row["number"])


def draw(new: NewOrder) -> OrderFacts:
    """What `place` will write: the order with its id, number and token. Touches no database."""
    alike = "cart_id fingerprint kind sums tax country delivery_name pickup adaptive_pricing note pay_by live".split()
    return OrderFacts(
        id=codes.new_id(),
        number=codes.new_order_number(),
        token=codes.new_token(),
        state=FIRST_STATE,
        returned=new.sums - new.sums,
        language=spoken().code,
        placed_at=clock.now(),
        email=None,
        ship_to=None,
        paid_at=None,
        fulfilled_at=None,
        cancelled_at=None,
        cancel_reason=None,
        **{name: getattr(new, name) for name in alike},
    )


def _row_of(placed: OrderFacts) -> Json:
    apart = ("sums", "tax", "returned", "ship_to")
    plain = {name: getattr(placed, name) for name in OrderFacts.__struct_fields__ if name not in apart}
    minor = {f"{part}_minor": minor for part, minor in placed.sums.minor_parts().items()}
    return plain | minor | _tax(placed.tax) | {"currency": placed.currency, "total_minor": placed.sums.total.minor}


def become(order_id: str, state: str, *, reason: str | None = None) -> bool:
    """Move an order to `state` if it is in a state that leads there; False when it is not (any more)."""
    stamps = {"paid": "paid_at", "fulfilled": "fulfilled_at", "cancelled": "cancelled_at"}
    allowed = update(table(Order)).where(Order.id == order_id, Order.state.in_(states_before(state)))
    values: Json = {"state": state, stamps[state]: clock.now(), "cancel_reason": reason}
    return rows_changed(run(allowed.values(**values))) == 1


def accept(order_id: str, *, email: str | None, ship_to: Json | None) -> bool:
    """It is paid, for whom and whereto the payment page collected; False when it cannot become so (any more)."""
    return rows_changed(_accepted(order_id, states_before("paid"), clock.now(), email, ship_to)) == 1


@prepared
def _accepted(order_id: str, before: list[str], moment: datetime, email: str | None, ship_to: Json | None) -> Update:
    allowed = update(table(Order)).where(Order.id == order_id, Order.state.in_(before))
    return allowed.values(state="paid", paid_at=moment, cancel_reason=None, email=email, ship_to=ship_to)


def note_customer(order_id: str, *, email: str | None, ship_to: Json | None) -> None:
    """Keep who it is for and where it goes, as the payment page collected them."""
    theirs = update(table(Order)).where(Order.id == order_id)
    run(theirs.values(email=email, ship_to=ship_to))


def give_back(order_id: str, parts: Mapping[str, int]) -> None:
    """Count what goes back, by part in minor units; raises MoreThanIsLeft where less than that remains."""
    columns = {part: (getattr(Order, f"returned_{part}_minor"), getattr(Order, f"{part}_minor")) for part in parts}
    room = [returned + parts[part] <= whole for part, (returned, whole) in columns.items()]
    guarded = update(Order).where(Order.id == order_id, *room).execution_options(synchronize_session=False)
    raised = {returned: returned + parts[part] for part, (returned, _) in columns.items()}
    if rows_changed(session().execute(guarded.values(raised))) == 0:
        raise MoreThanIsLeft


def give_back_units(units: Mapping[int, int]) -> None:
    """Count units that go back, by line id, all or none; raises MoreThanIsLeft where fewer remain."""
    for line_id, quantity in sorted(units.items()):
        room = OrderLine.returned_quantity + quantity <= OrderLine.quantity
        guarded = update(OrderLine).where(OrderLine.id == line_id, room).execution_options(synchronize_session=False)
        raised = guarded.values(returned_quantity=OrderLine.returned_quantity + quantity)
        if rows_changed(session().execute(raised)) == 0:
            raise MoreThanIsLeft


def record(order_id: str, kind: str, sentence: str, *, actor: str) -> None:
    """Add a line to the timeline."""
    said = {"order_id": order_id, "kind": kind, "sentence": sentence, "actor": actor, "happened_at": clock.now()}
    insert_rows(OrderEvent, said)


def settle_tax(order_id: str, tax: OrderTax, *, added: Money, lines: Mapping[int, int]) -> None:
    """Keep the tax that the processor reckoned once it knew the address; `lines` are its minor units by line id."""
    row = (
        update(Order)
        .where(Order.id == order_id)
        .values(tax_minor=added.minor, total_minor=Order.total_minor - Order.tax_minor + added.minor, **_tax(tax))
    )
    session().execute(row.execution_options(synchronize_session=False))
    for line_id, minor in lines.items():
        session().execute(update(OrderLine).where(OrderLine.id == line_id).values(tax_minor=minor))


def _tax(tax: OrderTax) -> Json:
    return {f"tax_{name}": getattr(tax, name) for name in OrderTax.__struct_fields__}


def _row(order_id: str, line: Line) -> Json:
    apart = (*MONEY_OF_LINE, "id", "returned_quantity", "packed_quantity", "sent_quantity")
    plain = {name: getattr(line, name) for name in Line.__struct_fields__ if name not in apart}
    return plain | {
        "order_id": order_id,
        "unit_price_minor": line.unit_price.minor,
        "total_minor": line.total.minor,
        "discount_minor": line.discount.minor,
        "tax_minor": line.tax.minor,
        "pledge_minor": line.pledge.minor,
    }


def forget_people(*, before: datetime, most: int) -> int:
    """Orders placed before then stay in the books without who they were for; returns how many were changed."""
    known = or_(Order.email.is_not(None), Order.note != "")
    old = select(Order.id).where(Order.placed_at < before, Order.state != "awaiting_payment", known)
    ids = list(session().execute(old.order_by(Order.placed_at, Order.id).limit(most)).scalars())
    session().execute(update(Order).where(Order.id.in_(ids)).values(email=None, ship_to=None, note=""))
    session().execute(update(OrderWishes).where(OrderWishes.order_id.in_(ids)).values(recipient="", message=""))
    return len(ids)
