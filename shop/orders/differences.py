"""Dearer sizes in place of what was bought: what they cost more, who pays that, and what became of it.

Writes assume an open transaction.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, insert, select, update

from shop.core import clock
from shop.core.columns import AnyRow, AnySelect
from shop.core.database import rows_changed, session, table
from shop.core.errors import NotFound
from shop.core.money import Money
from shop.core.read_once import read_once
from shop.orders.models import Order, OrderDifference, OrderLine


class NewSize(Struct, frozen=True):
    """The variant that a line is to have."""

    variant_id: int
    sku: str
    colour: str
    size: str


class Costs(Struct, frozen=True):
    """What another size costs more, for all units: after discounts, its tax, and what that promises to a partner."""

    goods: Money
    tax: Money
    pledge: Money


class DifferenceFacts(Struct, frozen=True):
    """A difference as it stands. `order_id` is None where the store bears it; `state` is that of the order that pays.

    `left_minor` is what was paid of it and did not go back.
    """

    id: int
    sale_id: str
    line_id: int
    order_id: str | None
    from_variant_id: int
    new: NewSize
    quantity: int
    costs: Costs
    reason: str
    actor: str
    decided_at: datetime
    swapped_at: datetime | None
    number: str = ""
    state: str = ""
    total: Money | None = None
    pay_by: datetime | None = None
    left_minor: int = 0

    @property
    def waits(self) -> bool:
        """Whether the buyer was asked and has not answered."""
        return self.state == "awaiting_payment"

    @property
    def stands(self) -> bool:
        """Whether something was paid for it that did not go back."""
        return self.swapped_at is not None and self.left_minor > 0


def note_difference(
    *, sale_id: str, line_id: int, order_id: str | None, old: int, new: NewSize, quantity: int, costs: Costs,
    reason: str, actor: str,
) -> None:  # fmt: skip
    """Write down what another size costs more; without an order to pay it by, it is swapped and the store bears it."""
    session().execute(
        insert(table(OrderDifference)).values(
            sale_id=sale_id,
            line_id=line_id,
            order_id=order_id,
            from_variant_id=old,
            variant_id=new.variant_id,
            sku=new.sku,
            colour=new.colour,
            size=new.size,
            quantity=quantity,
            goods_minor=costs.goods.minor,
            tax_minor=costs.tax.minor,
            pledge_minor=costs.pledge.minor,
            reason=reason,
            actor=actor,
            decided_at=clock.now(),
            swapped_at=None if order_id else clock.now(),
        )
    )


def note_swapped(order_id: str) -> bool:
    """It was paid and its line has the new size; False when that was noted before."""
    waiting = update(OrderDifference).where(OrderDifference.order_id == order_id, OrderDifference.swapped_at.is_(None))
    return rows_changed(session().execute(waiting.values(swapped_at=clock.now()))) == 1


def promise_more(line_id: int, pledge: Money) -> None:
    """A line promises more, because more was paid for it."""
    line = update(OrderLine).where(OrderLine.id == line_id).execution_options(synchronize_session=False)
    session().execute(line.values(pledge_minor=OrderLine.pledge_minor + pledge.minor))


def difference_of(order_id: str) -> DifferenceFacts:
    """What an order of kind *difference* pays for; raises NotFound."""
    found = _found(_ALL.where(OrderDifference.order_id == order_id))
    if not found:
        raise NotFound("There is no such difference.")
    return found[0]


@read_once
def differences_of(sale_id: str) -> list[DifferenceFacts]:
    """Every difference of a sale, oldest first."""
    return _found(_ALL.where(OrderDifference.sale_id == sale_id))


def borne_of(sale_id: str) -> int:
    """What the store bears of a sale, in minor units: of each line the last swap counts, while it has that size."""
    if all(one.order_id is not None for one in differences_of(sale_id)):
        return 0  # none is borne, and the list is read for the same page and books anyway
    last = select(func.max(OrderDifference.id)).where(OrderDifference.swapped_at.is_not(None))
    wanted = (
        select(func.coalesce(func.sum(OrderDifference.goods_minor), 0))
        .join(OrderLine, OrderLine.id == OrderDifference.line_id)
        .where(
            OrderDifference.sale_id == sale_id,
            OrderDifference.order_id.is_(None),
            OrderDifference.variant_id == OrderLine.variant_id,
            OrderDifference.id.in_(last.group_by(OrderDifference.line_id)),
        )
    )
    return int(session().execute(wanted).scalar_one())


_PAYS = table(Order).alias("pays")
_ALL: AnySelect = (
    select(
        table(OrderDifference),
        table(Order).c.currency,
        _PAYS.c.number,
        _PAYS.c.state,
        _PAYS.c.total_minor,
        _PAYS.c.pay_by,
        (_PAYS.c.total_minor - _PAYS.c.returned_goods_minor - _PAYS.c.returned_tax_minor).label("left_minor"),
    )
    .join(table(Order), table(Order).c.id == OrderDifference.sale_id)
    .outerjoin(_PAYS, _PAYS.c.id == OrderDifference.order_id)
    .order_by(OrderDifference.id)
)


def _found(asked: AnySelect) -> list[DifferenceFacts]:
    return [_facts(row) for row in session().execute(asked)]


def _facts(row: AnyRow) -> DifferenceFacts:
    plain = "id sale_id line_id order_id from_variant_id quantity reason actor decided_at swapped_at pay_by".split()
    return DifferenceFacts(
        new=NewSize(row.variant_id, row.sku, row.colour, row.size),
        costs=Costs(*(Money(getattr(row, f"{part}_minor"), row.currency) for part in ("goods", "tax", "pledge"))),
        number=row.number or "",
        state=row.state or "",
        total=None if row.total_minor is None else Money(row.total_minor, row.currency),
        left_minor=row.left_minor or 0,
        **{name: getattr(row, name) for name in plain},
    )
