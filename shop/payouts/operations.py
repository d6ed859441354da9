"""Writes of payouts. All assume an open transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from sqlalchemy import insert, update

from shop.core import clock, codes
from shop.core.database import insert_once, rows_changed, session
from shop.core.errors import Invalid
from shop.core.money import Money
from shop.payouts.models import Document, PartnerPayout, PayoutShare
from shop.payouts.rules import LARGEST_PROOF, media_type_of


class NewPayout(Struct, frozen=True):
    """What staff enter of a transfer; `id` is the form's key, so that a second press finds the first."""

    id: str
    party: str
    kind: str
    amount: Money
    fee: Money
    paid_on: date
    reference: str
    document: str | None
    contact: str | None
    actor: str


def keep_document(content: bytes, *, actor: str) -> str:
    """Keep a proof; its SHA-256, the same for the same content. Raises Invalid beside `proof`."""
    if len(content) > LARGEST_PROOF:
        raise Invalid("Choose a file of at most 2 MB.", field="proof")
    name = hashlib.sha256(content).hexdigest()
    kept = {"sha256": name, "media_type": media_type_of(content), "content": content}
    insert_once(Document, kept | {"added_by": actor, "added_at": clock.now()})
    return name


def record_payout(new: NewPayout, *, entry: int, shares: Mapping[str, int]) -> None:
    """Write down a transfer with what it pays for. The same id twice breaks its key (IntegrityError)."""
    session().execute(
        insert(PartnerPayout).values(
            id=new.id,
            party=new.party,
            kind=new.kind,
            amount_minor=new.amount.minor,
            fee_minor=new.fee.minor,
            currency=new.amount.currency,
            paid_on=new.paid_on,
            reference=new.reference,
            document=new.document,
            contact=new.contact,
            token=codes.new_token(),
            entry_position=entry,
            recorded_by=new.actor,
            recorded_at=clock.now(),
        )
    )
    rows = [{"payout_id": new.id, "order_id": order_id, "amount_minor": minor} for order_id, minor in shares.items()]
    session().execute(insert(PayoutShare), rows)


def confirm(token: str, *, by: str) -> bool:
    """The partner says that the money came; False when that was said before, or there is nothing to confirm."""
    unsaid = update(PartnerPayout).where(
        PartnerPayout.token == token, PartnerPayout.confirmed_at.is_(None), PartnerPayout.voided_at.is_(None)
    )
    said = unsaid.values(confirmed_at=clock.now(), confirmed_by=by[:200] or None)
    return rows_changed(session().execute(said.execution_options(synchronize_session=False))) == 1


def void(payout_id: str, *, reason: str) -> bool:
    """It was a mistake; False when it was voided before."""
    stands = update(PartnerPayout).where(PartnerPayout.id == payout_id, PartnerPayout.voided_at.is_(None))
    voided = stands.values(voided_at=clock.now(), void_reason=reason[:200])
    return rows_changed(session().execute(voided.execution_options(synchronize_session=False))) == 1
