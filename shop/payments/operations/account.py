"""Writes about our account at Stripe: what moved, what was paid out, and what explains it. All are safe to repeat."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, select, update

from shop.core import clock
from shop.core.database import insert_once, session, table
from shop.payments.models.account import BalanceTransaction, Explanation, MoveOfTest, PayoutLine, StripePayout
from shop.payments.reports import Move, PayoutReport


def keep_move(move: Move, *, live: bool) -> bool:
    """Keep a balance transaction that was read with a key of this mode; False when it was known."""
    new = insert_once(
        BalanceTransaction,
        {
            "id": move.id,
            "kind": move.kind[:40],
            "category": move.category[:40],
            "amount_minor": move.amount,
            "fee_minor": move.fee,
            "net_minor": move.net,
            "currency": move.currency,
            "source": move.source,
            "charge_id": move.charge_id,
            "description": move.description,
            "created_at": move.created_at,
            "available_at": move.available_at,
        },
    )
    if new and not live:
        session().execute(insert(table(MoveOfTest)).values(transaction_id=move.id))
    return new


def explain(transaction_id: str, *, entry: int, reason: str, actor: str) -> bool:
    """Name the journal entry that posted a transaction; False when it was explained before."""
    said = {"transaction_id": transaction_id, "entry_position": entry, "reason": reason[:200], "actor": actor}
    return insert_once(Explanation, said | {"explained_at": clock.now()})


def keep_payout(payout: PayoutReport) -> None:
    """Keep how a payout stands, and which of the moves that we know it carried."""
    told = {"status": payout.status[:40], "arrives_on": payout.arrives_on, "failure": payout.failure}
    fixed = {"id": payout.id, "amount_minor": payout.amount.minor, "currency": payout.amount.currency}
    if not insert_once(StripePayout, fixed | told | {"created_at": payout.created_at}):
        changed = update(StripePayout).where(StripePayout.id == payout.id).values(**told)
        session().execute(changed.execution_options(synchronize_session=False))
    for transaction_id in _known(payout.moves):
        insert_once(PayoutLine, {"transaction_id": transaction_id, "payout_id": payout.id, "kept_at": clock.now()})


def _known(ids: Iterable[str]) -> list[str]:
    return list(session().scalars(select(BalanceTransaction.id).where(BalanceTransaction.id.in_(list(ids)))))
