"""Reads about our account at Stripe."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, func, or_, select

from shop.core.columns import AnyRow, AnySelect
from shop.core.database import session
from shop.core.mode import counted
from shop.core.money import Money
from shop.payments.models import Payment
from shop.payments.models.account import BalanceTransaction, Explanation, MoveOfTest, PayoutLine, StripePayout

# Of sums and lists: nothing of the test mode once there is real money.
COUNTED: ColumnElement[bool] = counted(BalanceTransaction.id.not_in(select(MoveOfTest.transaction_id)))
_UNEXPLAINED = Payment.id.is_(None) & Explanation.transaction_id.is_(None) & COUNTED
CAME_BACK = ("failed", "canceled")


class MoveFacts(Struct, frozen=True):
    """A transaction as kept, with what explains it: an order, or a journal entry with its reason."""

    id: str
    kind: str
    category: str
    amount: Money
    fee: Money
    net: Money
    source: str
    description: str
    created_at: datetime
    order_id: str | None
    entry: int | None
    reason: str | None
    actor: str | None

    @property
    def explained(self) -> bool:
        return self.order_id is not None or self.entry is not None


class PayoutFacts(Struct, frozen=True):
    """A payout to our bank; `carried` is the sum of its lines without its own, `failure` why the bank sent it back."""

    id: str
    amount: Money
    status: str
    arrives_on: date
    created_at: datetime
    lines: int
    carried: Money
    failure: str | None = None

    @property
    def came_back(self) -> bool:
        """Whether the money is at Stripe again."""
        return self.status in CAME_BACK

    @property
    def adds_up(self) -> bool:
        return self.carried == self.amount


def newest_move() -> datetime | None:
    """When the newest transaction that we keep was made."""
    return session().execute(select(func.max(BalanceTransaction.created_at)).where(COUNTED)).scalar_one()


def known_moves(ids: Iterable[str]) -> set[str]:
    """Those of the ids that we keep."""
    return set(session().scalars(select(BalanceTransaction.id).where(BalanceTransaction.id.in_(list(ids)))))


def payouts_to_read() -> list[str]:
    """Payouts that moved money and are not kept yet, or whose end we have not heard.

    One that was paid may still come back, days later; its money has then moved a second time.
    """
    again = select(BalanceTransaction.source).where(BalanceTransaction.kind.in_(("payout_failure", "payout_cancel")))
    paid = (StripePayout.status == "paid") & StripePayout.id.not_in(again)
    kept = select(StripePayout.id).where(or_(paid, StripePayout.status.in_(CAME_BACK)))
    about = select(BalanceTransaction.source).where(BalanceTransaction.kind.like("payout%"), COUNTED)
    return sorted(set(session().scalars(about.where(BalanceTransaction.source.not_in(kept)))))


def order_of_charge(charge_id: str) -> str | None:
    """Which order a charge paid for."""
    return session().execute(select(Payment.order_id).where(Payment.charge_id == charge_id)).scalar_one_or_none()


def net_by_currency() -> dict[str, int]:
    """What all kept transactions add up to."""
    moved = func.sum(BalanceTransaction.net_minor)
    rows = session().execute(
        select(BalanceTransaction.currency, moved).where(COUNTED).group_by(BalanceTransaction.currency)
    )
    return {currency: int(net) for currency, net in rows}


def net_by_order() -> dict[str, dict[str, int]]:
    """What the transactions behind each order add up to, by order id and currency."""
    rows = session().execute(
        select(Payment.order_id, BalanceTransaction.currency, func.sum(BalanceTransaction.net_minor))
        .join(Payment, Payment.charge_id == BalanceTransaction.charge_id)
        .where(COUNTED)
        .group_by(Payment.order_id, BalanceTransaction.currency)
    )
    sums: dict[str, dict[str, int]] = {}
    for order_id, currency, net in rows:
        sums.setdefault(order_id, {})[currency] = int(net)
    return sums


def net_by_entry() -> dict[int, int]:
    """What the transactions that each journal entry explains add up to."""
    rows = session().execute(
        select(Explanation.entry_position, func.sum(BalanceTransaction.net_minor))
        .join(BalanceTransaction, BalanceTransaction.id == Explanation.transaction_id)
        .where(COUNTED)
        .group_by(Explanation.entry_position)
    )
    return {entry: int(net) for entry, net in rows}


def unexplained_moves() -> list[MoveFacts]:
    """Transactions that neither an order nor an entry explains, oldest first."""
    return _moves(_UNEXPLAINED)


def count_unexplained() -> AnySelect:
    """The statement that counts them."""
    return _beside(select(func.count(BalanceTransaction.id))).where(_UNEXPLAINED)


def moves_apart() -> int:
    """How many transactions of the test mode are kept and count nowhere any more."""
    return session().execute(select(func.count()).select_from(BalanceTransaction).where(~COUNTED)).scalar_one()


def move(transaction_id: str) -> MoveFacts | None:
    """One transaction."""
    found = _moves(BalanceTransaction.id == transaction_id)
    return found[0] if found else None


def payout_moves(payout_id: str) -> list[MoveFacts]:
    """What a payout carried."""
    carried = select(PayoutLine.transaction_id).where(PayoutLine.payout_id == payout_id)
    return _moves(BalanceTransaction.id.in_(carried))


def payouts(*, limit: int = 50) -> list[PayoutFacts]:
    """Payouts to our bank, newest first."""
    apart = select(BalanceTransaction.source).where(BalanceTransaction.kind == "payout", ~COUNTED)
    net = func.coalesce(func.sum(BalanceTransaction.net_minor), 0)
    rows = session().execute(
        select(StripePayout, func.count(BalanceTransaction.id), net)
        .outerjoin(PayoutLine, PayoutLine.payout_id == StripePayout.id)
        .outerjoin(
            BalanceTransaction,
            (BalanceTransaction.id == PayoutLine.transaction_id) & (BalanceTransaction.source != StripePayout.id),
        )
        .where(StripePayout.id.not_in(apart))
        .group_by(StripePayout.id)  # its other columns follow from its key
        .order_by(StripePayout.created_at.desc(), StripePayout.id)
        .limit(limit)
    )
    return [
        PayoutFacts(
            id=row.id,
            amount=Money(row.amount_minor, row.currency),
            status=row.status,
            arrives_on=row.arrives_on,
            created_at=row.created_at,
            lines=lines,
            carried=Money(int(carried), row.currency),
            failure=row.failure,
        )
        for row, lines, carried in rows
    ]


def _moves(condition: ColumnElement[bool]) -> list[MoveFacts]:
    beside = (Payment.order_id, Explanation.entry_position, Explanation.reason, Explanation.actor)
    asked = _beside(select(BalanceTransaction, *beside)).where(condition)
    rows = session().execute(asked.order_by(BalanceTransaction.created_at, BalanceTransaction.id))
    return [_move(row) for row in rows]


def _beside(asked: AnySelect) -> AnySelect:
    """With the order or the entry that explains each."""
    of_orders = asked.outerjoin(Payment, Payment.charge_id == BalanceTransaction.charge_id)
    return of_orders.outerjoin(Explanation, Explanation.transaction_id == BalanceTransaction.id)


def _move(row: AnyRow) -> MoveFacts:
    txn, order_id, entry, reason, actor = row
    return MoveFacts(
        id=txn.id,
        kind=txn.kind,
        category=txn.category,
        amount=Money(txn.amount_minor, txn.currency),
        fee=Money(txn.fee_minor, txn.currency),
        net=Money(txn.net_minor, txn.currency),
        source=txn.source,
        description=txn.description,
        created_at=txn.created_at,
        order_id=order_id,
        entry=entry,
        reason=reason,
        actor=actor,
    )
