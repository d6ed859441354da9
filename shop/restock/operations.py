"""Writes of who waits. All assume an open transaction; what they say of units is the stock room's to hold or free.

Every step is a guarded statement: it moves a request only from the state before, and says which ones it moved.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Executable, delete, select, update

from shop.core import clock, codes
from shop.core.database import insert_once, rows_changed, session, table
from shop.core.prepared import prepared
from shop.restock.models import RestockRequest
from shop.restock.rules import CLAIM, CONFIRM_WITHIN, KEPT_AFTER, address_key

_FORGOTTEN: dict[str, Any] = {"email": None, "address_key": None}


def ask(*, variant_id: int, email: str, language: str) -> bool:
    """An address asks for a variant; False when it does already."""
    return insert_once(
        RestockRequest,
        {
            "id": codes.new_id(),
            "variant_id": variant_id,
            "email": email,
            "address_key": address_key(email),
            "language": language,
            "token": codes.new_token(),
            "state": "asked",
            "asked_at": clock.now(),
        },
    )


def confirm(token: str) -> bool:
    """Its owner pressed the button and stands in line now; False when there is nothing (any more) to confirm."""
    young = RestockRequest.asked_at > clock.now() - CONFIRM_WITHIN
    asked = update(RestockRequest).where(RestockRequest.token == token, RestockRequest.state == "asked", young)
    return rows_changed(session().execute(asked.values(state="waiting", confirmed_at=clock.now()))) == 1


def tell_next(variant_id: int, units: int) -> list[str]:
    """The first `units` in line have a claim each from now on; the ids of their requests."""
    line = select(RestockRequest.id).where(RestockRequest.variant_id == variant_id, RestockRequest.state == "waiting")
    first = line.order_by(RestockRequest.confirmed_at, RestockRequest.id).limit(units)
    theirs = update(table(RestockRequest)).where(
        RestockRequest.id.in_(first.scalar_subquery()), RestockRequest.state == "waiting"
    )
    told = theirs.values(state="told", ends_at=clock.now() + CLAIM).returning(table(RestockRequest).c.id)
    return sorted(session().execute(told).scalars())


def take(tokens: Iterable[str], variant_ids: Iterable[int]) -> dict[str, int]:
    """An order takes the claims behind these tokens: the variant by request id, of those that were still good."""
    if not (claimed := list(tokens)):
        return {}
    own = RestockRequest.token.in_(claimed) & RestockRequest.variant_id.in_(list(variant_ids))
    return _turn("told", own & (RestockRequest.ends_at > clock.now()), state="taken", **_FORGOTTEN)


def note_order(request_ids: Iterable[str], order_id: str) -> None:
    """Which order took them; apart from `take`, because the order's row comes between."""
    if taken := list(request_ids):
        theirs = update(RestockRequest).where(RestockRequest.id.in_(taken))
        session().execute(theirs.values(order_id=order_id))


def give_back(order_id: str) -> dict[str, int]:
    """The order came to nothing: claims with time left are good again; the variant by request id.

    Those whose time is over have lapsed.
    """
    if not any(_of_order(order_id)):
        return {}
    own, now = RestockRequest.order_id == order_id, clock.now()
    good = _turn("taken", own & (RestockRequest.ends_at > now), state="told")
    _turn("taken", own, state="lapsed")
    return good


def take_again(order_id: str) -> dict[str, int]:
    """The order is paid after all: it has the claims again that it gave back; the variant by request id."""
    return _turn("told", RestockRequest.order_id == order_id, state="taken", **_FORGOTTEN)


def lapse_overdue(variant_ids: Iterable[int]) -> dict[str, int]:
    """Claims for these variants whose time is over; the variant by request id."""
    over = (RestockRequest.ends_at <= clock.now()) & RestockRequest.variant_id.in_(list(variant_ids))
    return _turn("told", over, state="lapsed", **_FORGOTTEN)


def end(token: str) -> tuple[bool, int | None]:
    """Its owner wants it no more: whether there was anything to end, and the variant of which a unit is free again."""
    freed = _turn("told", RestockRequest.token == token, state="lapsed", **_FORGOTTEN)
    if freed:
        return True, next(iter(freed.values()))
    gone = [_turn(state, RestockRequest.token == token, state="lapsed", **_FORGOTTEN) for state in ("waiting", "asked")]
    return any(gone), None


def erase(email: str) -> tuple[int, list[int]]:
    """Everything of an address goes, at its owner's wish: how many requests, and the variants of freed units."""
    own = RestockRequest.address_key == address_key(email)
    freed = _turn("told", own, state="lapsed", **_FORGOTTEN)
    others = [_turn(state, own, state="lapsed", **_FORGOTTEN) for state in ("asked", "waiting")]
    return len(freed) + sum(map(len, others)), sorted(freed.values())


def forget_old() -> None:
    """Remove what nobody confirmed in time, and ended requests once they tell staff nothing more."""
    now = clock.now()
    late = (RestockRequest.state == "asked") & (RestockRequest.asked_at <= now - CONFIRM_WITHIN)
    over = RestockRequest.state.in_(("taken", "lapsed")) & (RestockRequest.asked_at <= now - KEPT_AFTER)
    session().execute(delete(RestockRequest).where(late | over))


def _turn(before: str, which: ColumnElement[bool], **values: Any) -> dict[str, int]:
    row = table(RestockRequest).c
    moved = update(table(RestockRequest)).where(RestockRequest.state == before, which)
    return dict(session().execute(moved.values(**values).returning(row.id, row.variant_id)).all())


@prepared
def _of_order(order_id: str) -> Executable:
    return select(RestockRequest.id).where(RestockRequest.order_id == order_id)
