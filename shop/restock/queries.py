"""Reads of who waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from shop.core import clock
from shop.core.columns import Json
from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.restock.models import RestockRequest
from shop.restock.rules import Demand, Request, address_key

_REQUEST = select(
    RestockRequest.id,
    RestockRequest.variant_id,
    func.coalesce(RestockRequest.email, ""),
    RestockRequest.language,
    RestockRequest.token,
    RestockRequest.state,
    RestockRequest.ends_at,
)


def restock_request(request_id: str) -> Request | None:
    """One request by its id, if it is still there."""
    return _one(RestockRequest.id == request_id)


def request_of(*, variant_id: int, email: str) -> Request | None:
    """The request of an address for a variant that has not ended."""
    own = (RestockRequest.variant_id == variant_id) & (RestockRequest.address_key == address_key(email))
    return _one(own & RestockRequest.state.in_(("asked", "waiting", "told")))


def open_requests_of(email: str) -> int:
    """For how many variants an address waits."""
    own = select(func.count()).where(RestockRequest.address_key == address_key(email))
    return session().execute(own).scalar_one()


def request_with_token(token: str) -> Request:
    """The request whose owner got this link; raises NotFound."""
    found = _one(RestockRequest.token == token)
    if found is None:
        raise NotFound(_("This link does not work any more. You can ask again at the tee’s page."))
    return found


def claimed_by(tokens: Iterable[str]) -> dict[int, int]:
    """Units by variant that are kept for the holders of these tokens now."""
    return dict(Counter(variant_id for variant_id, _ends_at in claims_of(tokens)))


def claims_of(tokens: Iterable[str]) -> list[tuple[int, datetime]]:
    """The variant and the end of each claim that these tokens hold now, the first to end first."""
    good = (RestockRequest.state == "told") & (RestockRequest.ends_at > clock.now())
    wanted = select(RestockRequest.variant_id, RestockRequest.ends_at).where(
        RestockRequest.token.in_(list(tokens)), good
    )
    rows = session().execute(wanted.order_by(RestockRequest.ends_at, RestockRequest.id))
    return [(variant_id, ends_at) for variant_id, ends_at in rows if ends_at is not None]


def claimed_variants(email: str) -> list[int]:
    """Variants of which one is kept for an address, overdue or not."""
    own = (RestockRequest.address_key == address_key(email)) & (RestockRequest.state == "told")
    return sorted(session().execute(select(RestockRequest.variant_id).where(own)).scalars())


def overdue() -> list[int]:
    """Variants of which units are kept for claims whose time is over."""
    over = (RestockRequest.state == "told") & (RestockRequest.ends_at <= clock.now())
    return sorted(session().execute(select(RestockRequest.variant_id).where(over).distinct()).scalars())


def waited_for(variant_ids: Iterable[int] | None = None) -> dict[int, int]:
    """How many stand in line, by variant; of all variants unless some are named."""
    counted = select(RestockRequest.variant_id, func.count()).where(RestockRequest.state == "waiting")
    if variant_ids is not None:
        counted = counted.where(RestockRequest.variant_id.in_(list(variant_ids)))
    grouped = counted.group_by(RestockRequest.variant_id).order_by(RestockRequest.variant_id)
    return dict(session().execute(grouped).all())


def demand(variant_ids: Iterable[int]) -> dict[int, Demand]:
    """What is wished for, by variant, without saying by whom; variants that nobody ever waited for are absent."""
    confirmed = select(RestockRequest.variant_id, RestockRequest.state, func.count()).where(
        RestockRequest.variant_id.in_(list(variant_ids)), RestockRequest.confirmed_at.is_not(None)
    )
    counts: dict[int, Counter[str]] = {}
    for variant_id, state, count in session().execute(
        confirmed.group_by(RestockRequest.variant_id, RestockRequest.state)
    ):
        counts.setdefault(variant_id, Counter())[state] = count
    return {key: Demand(one["waiting"], one["told"], one.total()) for key, one in counts.items()}


def known_of(email: str) -> list[Json]:
    """Everything kept of an address, for its owner."""
    kept = (RestockRequest.email, RestockRequest.variant_id, RestockRequest.state, RestockRequest.asked_at)
    rows = session().execute(
        select(*kept).where(RestockRequest.address_key == address_key(email)).order_by(RestockRequest.id)
    )
    return [{**row._mapping} for row in rows]


def _one(condition: ColumnElement[bool]) -> Request | None:
    row = session().execute(_REQUEST.where(condition)).one_or_none()
    return Request(*row) if row else None
