"""What orders use of offers. All assume an open transaction.

A use is spent by guarded statements: the offer's row first, which also makes whoever else wants the same offer wait,
then the code's. Whoever comes second reads what the first one wrote, so a limit for each customer holds as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import ColumnElement, Update, func, or_, select, update

from shop.core import clock
from shop.core.database import insert_rows, rows_changed, session, table
from shop.core.errors import Conflict
from shop.core.languages import _
from shop.core.money import Money
from shop.core.prepared import prepared
from shop.discounts.models import Discount, DiscountCode, DiscountUse
from shop.discounts.queries.offers import theirs


class DiscountGone(Conflict):
    """Somebody else was faster with a code, or an offer ended between the page and the press."""

    def __init__(self) -> None:
        super().__init__(_("This discount was used up or ended a moment ago."), field="code")


class Spending(Struct, frozen=True):
    """An offer that an order uses, by which code, and what it takes off (of the goods, or of the delivery)."""

    discount_id: int
    code_id: int | None
    amount: Money


def spend(spendings: Sequence[Spending], *, customer: str) -> None:
    """Use offers up by one, in the order of their ids; raises DiscountGone, and the transaction takes all back."""
    moment = clock.now()
    for one in sorted(spendings, key=lambda spending: spending.discount_id):
        taken = update(Discount).where(
            Discount.id == one.discount_id,
            Discount.state == "active",
            or_(Discount.starts_at.is_(None), Discount.starts_at <= moment),
            or_(Discount.ends_at.is_(None), Discount.ends_at > moment),
        )
        _take(taken.where(_below(Discount)).values(uses=Discount.uses + 1))
        if one.code_id is not None:
            _take_code(one.code_id)
        _check_customer(one.discount_id, customer)


def note_uses(order_id: str, spendings: Iterable[Spending], *, customer: str) -> None:
    """Write down for which order `spend` was; apart from it, because the order row comes between."""
    alike = {"order_id": order_id, "customer": customer, "state": "spent", "spent_at": clock.now()}
    rows = [
        {
            "discount_id": one.discount_id,
            "code_id": one.code_id,
            "amount_minor": one.amount.minor,
            "currency": one.amount.currency,
        }
        for one in spendings
    ]
    insert_rows(DiscountUse, *(row | alike for row in rows))


def return_uses(order_id: str) -> None:
    """The order lapsed: what it used is free for others again. Safe to repeat."""
    for discount_id, code_id in _turn(order_id, "spent", "returned"):
        session().execute(update(Discount).where(Discount.id == discount_id).values(uses=Discount.uses - 1))
        if code_id is not None:
            session().execute(update(DiscountCode).where(DiscountCode.id == code_id).values(uses=DiscountCode.uses - 1))


def spend_again(order_id: str) -> None:
    """The money of a lapsed order came after all: its offers are used again, whatever their dates say now.

    Raises DiscountGone where somebody else has used up what was left.
    """
    for discount_id, code_id in _turn(order_id, "returned", "spent"):
        row = update(Discount).where(Discount.id == discount_id)
        _take(row.where(_below(Discount)).values(uses=Discount.uses + 1))
        if code_id is not None:
            _take_code(code_id)


def note_buyer(order_id: str, email: str | None) -> list[str]:
    """Keep by whom an order's offers were used; the names of those used more often than each customer may.

    The e-mail address is only known once it was paid, and what was quoted is what is charged: so it stands, and staff
    are told.
    """
    if not email:
        return []
    key = hashed(f"email:{email.strip().lower()}")
    if not rows_changed(_note_buyer(order_id, key)):
        return []
    of_order = select(DiscountUse.discount_id).where(DiscountUse.order_id == order_id)
    rows = session().execute(
        select(Discount.name)
        .join(DiscountUse, DiscountUse.discount_id == Discount.id)
        .where(Discount.id.in_(of_order), DiscountUse.state == "spent", DiscountUse.email_key == key)
        .group_by(Discount.id, Discount.name, Discount.most_per_customer)
        .having(func.count() > Discount.most_per_customer)
    )
    return list(rows.scalars())


@prepared
def _note_buyer(order_id: str, key: str) -> Update:
    return update(table(DiscountUse)).where(DiscountUse.order_id == order_id).values(email_key=key)


def hashed(who: str) -> str:
    """What is kept of a browser or an e-mail address."""
    return hashlib.sha256(f"discounts:{who}".encode()).hexdigest()


def _take(guarded: Update) -> None:
    if rows_changed(session().execute(guarded)) == 0:
        raise DiscountGone


def _take_code(code_id: int) -> None:
    row = update(DiscountCode).where(DiscountCode.id == code_id, _below(DiscountCode))
    _take(row.values(uses=DiscountCode.uses + 1))


def _below(table: type[Discount] | type[DiscountCode]) -> ColumnElement[bool]:
    return or_(table.most_uses.is_(None), table.uses < table.most_uses)


def _check_customer(discount_id: int, customer: str) -> None:
    """The row of the offer is ours by now, so nobody else can be between this count and our own use."""
    most = select(Discount.most_per_customer).where(Discount.id == discount_id)
    limit = session().execute(most).scalar_one()
    if limit is None:
        return
    used = select(func.count()).select_from(DiscountUse)
    if session().execute(used.where(DiscountUse.discount_id == discount_id, theirs(customer))).scalar_one() >= limit:
        raise DiscountGone


def _turn(order_id: str, before: str, after: str) -> list[tuple[int, int | None]]:
    turned = (
        update(DiscountUse)
        .where(DiscountUse.order_id == order_id, DiscountUse.state == before)
        .values(state=after, returned_at=clock.now() if after == "returned" else None)
        .returning(DiscountUse.discount_id, DiscountUse.code_id)
    )
    return sorted((row.discount_id, row.code_id) for row in session().execute(turned))
