"""Writes of orders. All assume an open transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import insert, or_, select, update

from shop.core import clock, codes
from shop.core.columns import Json
from shop.core.database import rows_changed, session, table
from shop.core.errors import Conflict
from shop.core.languages import spoken
from shop.core.money import Money
from shop.orders.models import Order, OrderEvent, OrderLine, OrderWishes
from shop.orders.queries import number_taken
from shop.orders.rules import FIRST_STATE, MONEY_OF_LINE, NO_TAX, NO_WISHES, Line, OrderTax, Sums, Wishes, states_before


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


def place(new: NewOrder) -> str:
    """Write an order that awaits its payment; returns its id.

    The database refuses a second open order of the same cart (IntegrityError on uq_orders_open_cart).
    """
    order_id = codes.new_id()
    session().execute(
        insert(table(Order)).values(
            id=order_id,
            number=_fresh_number(),
            token=codes.new_token(),
            cart_id=new.cart_id,
            fingerprint=new.fingerprint,
            kind=new.kind,
            state=FIRST_STATE,
            currency=new.sums.goods.currency,
            **{f"{part}_minor": minor for part, minor in new.sums.minor_parts().items()},
            total_minor=new.sums.total.minor,
            country=new.country,
            delivery_name=new.delivery_name,
            pickup=new.pickup,
            adaptive_pricing=new.adaptive_pricing,
            live=new.live,
            **_tax(new.tax),
            note=new.note,
            language=spoken().code,
            pay_by=new.pay_by,
            placed_at=clock.now(),
        )
    )
    if new.lines:
        session().execute(insert(table(OrderLine)), [_row(order_id, line) for line in new.lines])
    if new.wishes:
        session().execute(insert(OrderWishes).values(order_id=order_id, **asdict(new.wishes)))
    return order_id


def become(order_id: str, state: str, *, reason: str | None = None) -> bool:
    """Move an order to `state` if it is in a state that leads there; False when it is not (any more)."""
    stamps = {"paid": "paid_at", "fulfilled": "fulfilled_at", "cancelled": "cancelled_at"}
    allowed = update(table(Order)).where(Order.id == order_id, Order.state.in_(states_before(state)))
    values: Json = {"state": state, stamps[state]: clock.now(), "cancel_reason": reason}
    return rows_changed(session().execute(allowed.values(**values))) == 1


def note_customer(order_id: str, *, email: str | None, ship_to: Json | None) -> None:
    """Keep who it is for and where it goes, as the payment page collected them."""
    theirs = update(table(Order)).where(Order.id == order_id)
    session().execute(theirs.values(email=email, ship_to=ship_to))


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
    session().execute(insert(table(OrderEvent)), said)


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


def _fresh_number() -> str:
    number = codes.new_order_number()
    while number_taken(number):
        number = codes.new_order_number()
    return number


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
