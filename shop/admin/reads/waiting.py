"""What waits for somebody, counted in two statements, the most pressing first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, func, select

from shop.admin.reads.board import counts
from shop.campaigns.models import Claim, Helpline
from shop.comments.models import CommentRow
from shop.core import clock
from shop.core.columns import AnySelect
from shop.core.database import Base, session
from shop.journeys.remind_of_helplines import unchecked_since
from shop.payments.models import Dispute, FraudWarning
from shop.payments.queries.account import count_unexplained
from shop.payments.queries.disputes import TO_ANSWER
from shop.returns.models import Return
from shop.staff.rules.permissions import Permission

SOON = timedelta(days=3)  # until a bank wants its answer


class Kind(Struct, frozen=True):
    """What may wait: its words, the page where it is seen to, who sees that, and whether somebody is kept waiting.

    `count` makes the statement that counts them; without one they are orders on the board's list of that name.
    """

    label: str
    endpoint: str
    needs: Permission
    count: Callable[[], AnySelect] | None = None
    urgent: bool = True
    always: bool = False


class Task(Struct, frozen=True):
    """So many of a kind; `orders` is the list of the board, `by` when the first of them is due."""

    number: int
    kind: Kind
    orders: str = ""
    by: datetime | None = None

    @property
    def soon(self) -> bool:
        """Whether the first of them is due within days."""
        return self.by is not None and self.by < clock.now() + SOON


def tasks() -> list[Task]:
    """Those of which there are any; how many orders are to be packed is always said."""
    found, of_orders = _others(), counts()
    every = [
        Task(
            number=found[name] if kind.count else of_orders[name],
            kind=kind,
            orders="" if kind.count else name,
            by=found["answer_by"] if name == "disputes" else None,
        )
        for name, kind in KINDS.items()
    ]
    return [one for one in every if one.number or one.kind.always]


def _others() -> Mapping[str, Any]:
    asked = [kind.count().scalar_subquery().label(name) for name, kind in KINDS.items() if kind.count]
    first = select(func.min(Dispute.due_by)).where(TO_ANSWER).scalar_subquery().label("answer_by")
    return {**session().execute(select(*asked, first)).one()._mapping}


def _many(model: type[Base], condition: Callable[[], ColumnElement[bool]]) -> Callable[[], AnySelect]:
    return lambda: select(func.count()).select_from(model).where(condition())


def _of_orders(label: str, *, urgent: bool = True, always: bool = False) -> Kind:
    return Kind(label, "order_list", Permission.SEE_ORDERS, urgent=urgent, always=always)


KINDS: Mapping[str, Kind] = {
    "disputes": Kind("disputes to answer", "dispute_list", Permission.SEE_MONEY, _many(Dispute, lambda: TO_ANSWER)),
    "warnings": Kind(
        "fraud warnings",
        "dispute_list",
        Permission.SEE_MONEY,
        _many(FraudWarning, lambda: FraudWarning.settled_at.is_(None)),
    ),
    "late": _of_orders("late"),
    "to_pack": _of_orders("to pack", always=True),
    "packed": _of_orders("packed, to send"),
    "questions": _of_orders("with a question"),
    "asked": Kind(
        "returns to answer", "return_list", Permission.SEE_ORDERS, _many(Return, lambda: Return.state == "asked")
    ),
    "comments": Kind(
        "comments to read",
        "comment_queue",
        Permission.SEE_TAKING_PART,
        _many(CommentRow, lambda: CommentRow.state == "waiting"),
    ),
    "helplines": Kind(
        "helplines to check",
        "helpline_list",
        Permission.SEE_TAKING_PART,
        _many(Helpline, lambda: Helpline.last_checked < unchecked_since()),
    ),
    "claims": Kind(
        "cited figures to check again",
        "claim_list",
        Permission.SEE_STORIES,
        _many(Claim, lambda: Claim.next_review <= clock.now().date()),
    ),
    "moves": Kind("moves at Stripe to explain", "stripe_account", Permission.SEE_MONEY, count_unexplained),
    "stock": _of_orders("waiting for stock", urgent=False),
    "hold": _of_orders("on hold", urgent=False),
    "refunds": _of_orders("with money on its way back", urgent=False),
    "awaiting_payment": _of_orders("awaiting payment", urgent=False),
}
