"""Reads of appeals and signatures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import ColumnElement, case, func, select

from shop.actions.models import Appeal, Signature
from shop.actions.rules import AppealFacts, Cluster, Counts, SignatureFacts, address_key
from shop.core.columns import Json
from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.languages import _
from shop.core.phrases import phrased

APPEALS = "appeals"  # a shelf of phrases
_APPEAL = select(Appeal.id, Appeal.campaign_id, Appeal.ask, Appeal.goal, Appeal.open)
_SIGNATURE = select(
    Signature.id,
    Signature.appeal_id,
    Appeal.campaign_id,
    Signature.email,
    Signature.token,
    Signature.state,
    Signature.created_at,
).join(Appeal, Appeal.id == Signature.appeal_id)
Shared = Literal["network", "domain"]


def appeal_of(campaign_id: int) -> AppealFacts | None:
    """What a campaign asks for, if it asks."""
    row = session().execute(_APPEAL.where(Appeal.campaign_id == campaign_id)).one_or_none()
    return phrased(APPEALS, [AppealFacts(*row)], ("ask",))[0] if row else None


def appeal_counted(campaign_id: int) -> tuple[AppealFacts, Counts] | None:
    """The same with its signatures counted: one statement."""
    count = func.count(Signature.id)
    both = _APPEAL.add_columns(Signature.state, count).outerjoin(Signature, Signature.appeal_id == Appeal.id)
    grouped = both.where(Appeal.campaign_id == campaign_id).group_by(*_APPEAL.selected_columns, Signature.state)
    rows = [tuple(row) for row in session().execute(grouped)]
    if not rows:
        return None
    appeal = phrased(APPEALS, [AppealFacts(*rows[0][:-2])], ("ask",))[0]
    return appeal, Counts(**{state: number for *_appeal, state, number in rows if state})


def appeals() -> dict[int, AppealFacts]:
    """All of them, by campaign."""
    return {row.campaign_id: AppealFacts(*row) for row in session().execute(_APPEAL)}


def counts_of(appeal_ids: Iterable[int]) -> dict[int, Counts]:
    """Signatures by appeal and state; an appeal without any has zeros."""
    ids = list(appeal_ids)
    found: dict[int, dict[str, int]] = {one: {} for one in ids}
    grouped = select(Signature.appeal_id, Signature.state, func.count()).where(Signature.appeal_id.in_(ids))
    for appeal_id, state, count in session().execute(grouped.group_by(Signature.appeal_id, Signature.state)):
        found[appeal_id][state] = count
    return {one: Counts(**states) for one, states in found.items()}


def signature(signature_id: str) -> SignatureFacts | None:
    """One signature by its id, if it is still there."""
    row = session().execute(_SIGNATURE.where(Signature.id == signature_id)).one_or_none()
    return SignatureFacts(*row) if row else None


def signature_with_token(token: str) -> SignatureFacts:
    """The signature whose owner got this link; raises NotFound."""
    row = session().execute(_SIGNATURE.where(Signature.token == token)).one_or_none()
    if row is None:
        raise NotFound(_("This link does not work any more. You can sign again on the campaign’s page."))
    return SignatureFacts(*row)


def clusters(appeal_id: int, shared: Shared, *, limit: int = 10) -> list[Cluster]:
    """The networks or mail domains that most signatures of an appeal come from, the largest first."""
    column = Signature.network if shared == "network" else Signature.domain
    wanted = (
        select(column, _of("confirmed"), _of("pending"), _of("invalidated"), func.max(Signature.created_at))
        .where(Signature.appeal_id == appeal_id, column.is_not(None))
        .group_by(column)
        .order_by(func.count().desc(), column)
        .limit(limit)
    )
    return [
        Cluster(str(value), Counts(int(confirmed), int(pending), int(invalidated)), last_at)
        for value, confirmed, pending, invalidated, last_at in session().execute(wanted)
    ]


def known_of(email: str) -> list[Json]:
    """Everything kept of an address, for its owner."""
    kept = (Signature.email, Signature.state, Signature.network, Signature.created_at, Signature.confirmed_at)
    rows = session().execute(select(Appeal.ask, *kept).join(Appeal).where(Signature.address_key == address_key(email)))
    return [{**row._mapping} for row in rows]


def _of(state: str) -> ColumnElement[int]:
    return func.sum(case((Signature.state == state, 1), else_=0))
