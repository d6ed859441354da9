"""Reads of payouts."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, func, select

from shop.core.database import session
from shop.core.errors import NotFound
from shop.core.money import Money
from shop.payouts.models import Document, PartnerPayout, PayoutShare


class PayoutFacts(Struct, frozen=True):
    """A payout as it stands. `contact`, `token` and `confirmed_by` are for staff and the partner alone."""

    id: str
    party: str
    kind: str
    amount: Money
    fee: Money
    paid_on: date
    reference: str
    document: str | None
    contact: str | None
    token: str
    entry_position: int
    recorded_by: str
    recorded_at: datetime
    confirmed_at: datetime | None
    confirmed_by: str | None
    voided_at: datetime | None
    void_reason: str | None


class ShareFacts(Struct, frozen=True):
    """What of a payout pays for an order."""

    party: str
    kind: str
    amount: Money
    paid_on: date
    document: str | None
    confirmed_at: datetime | None


class DocumentFacts(Struct, frozen=True):
    """A proof."""

    media_type: str
    content: bytes


def payouts(*, voided: bool = True) -> list[PayoutFacts]:
    """Newest first; those that were mistakes too, unless told otherwise."""
    return _payouts(None if voided else PartnerPayout.voided_at.is_(None))


def payout(payout_id: str) -> PayoutFacts | None:
    """One payout."""
    found = _payouts(PartnerPayout.id == payout_id)
    return found[0] if found else None


def payout_with_token(token: str) -> PayoutFacts:
    """The payout whose confirmation this token opens; raises NotFound, for one that was voided too."""
    found = _payouts((PartnerPayout.token == token) & PartnerPayout.voided_at.is_(None))
    if not found:
        raise NotFound("There is nothing to confirm at this address.")
    return found[0]


def paid_by_order(*, party: str, kind: str) -> dict[str, int]:
    """What standing payouts to a party paid for each order, in minor units."""
    rows = session().execute(
        select(PayoutShare.order_id, func.sum(PayoutShare.amount_minor))
        .join(PartnerPayout, PartnerPayout.id == PayoutShare.payout_id)
        .where(PartnerPayout.party == party, PartnerPayout.kind == kind, PartnerPayout.voided_at.is_(None))
        .group_by(PayoutShare.order_id)
    )
    return {order_id: int(minor) for order_id, minor in rows}


def shares_of_order(order_id: str) -> list[ShareFacts]:
    """Which payouts carried an order's share, oldest first."""
    rows = session().execute(
        select(PartnerPayout, PayoutShare.amount_minor)
        .join(PayoutShare, PayoutShare.payout_id == PartnerPayout.id)
        .where(PayoutShare.order_id == order_id, PartnerPayout.voided_at.is_(None))
        .order_by(PartnerPayout.paid_on, PartnerPayout.id)
    )
    return [
        ShareFacts(row.party, row.kind, Money(minor, row.currency), row.paid_on, row.document, row.confirmed_at)
        for row, minor in rows
    ]


def document(sha256: str) -> DocumentFacts:
    """A proof that a standing payout shows; raises NotFound."""
    shown = select(PartnerPayout.document).where(PartnerPayout.voided_at.is_(None))
    row = session().execute(
        select(Document.media_type, Document.content).where(Document.sha256 == sha256, Document.sha256.in_(shown))
    )
    found = row.one_or_none()
    if found is None:
        raise NotFound("There is no such document.")
    return DocumentFacts(*found)


def _payouts(condition: ColumnElement[bool] | None) -> list[PayoutFacts]:
    wanted = select(PartnerPayout).order_by(PartnerPayout.paid_on.desc(), PartnerPayout.id.desc())
    rows = session().scalars(wanted if condition is None else wanted.where(condition))
    apart = ("amount", "fee")
    return [
        PayoutFacts(
            amount=Money(row.amount_minor, row.currency),
            fee=Money(row.fee_minor, row.currency),
            **{name: getattr(row, name) for name in PayoutFacts.__struct_fields__ if name not in apart},
        )
        for row in rows
    ]
