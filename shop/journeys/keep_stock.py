"""Staff put tees on the shelf, count them and correct the numbers; each change says who and why.

What arrives is kept for whoever waits for it in the same transaction, before any shopper sees it."""

from __future__ import annotations

from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.journeys.keep_restock import offer
from shop.staff.operations import record as audit
from shop.stock import operations as stock


def receive_stock(*, variant_id: int, quantity: int, reason: str, actor: str) -> None:
    """Tees arrived. Raises Invalid and NotFound."""
    with transaction():
        stock.receive(variant_id=variant_id, quantity=quantity, reason=_said(reason), actor=actor)
        offer(variant_id)
        _audit(actor, "stock.received", variant_id, quantity=quantity, reason=reason)


def adjust_stock(*, variant_id: int, change: int, reason: str, actor: str) -> None:
    """Correct what is on hand by a difference. Raises Invalid, NotFound, OutOfStock."""
    with transaction():
        stock.adjust(variant_id=variant_id, change=change, reason=_said(reason), actor=actor)
        offer(variant_id)
        _audit(actor, "stock.adjusted", variant_id, change=change, reason=reason)


def count_stock(*, variant_id: int, counted: int, seen: int, reason: str, actor: str) -> None:
    """Set what is on hand to what was counted. Raises Invalid, NotFound, OutOfStock, StaleCount."""
    with transaction():
        stock.count(variant_id=variant_id, counted=counted, seen=seen, reason=_said(reason), actor=actor)
        offer(variant_id)
        _audit(actor, "stock.counted", variant_id, counted=counted, seen=seen, reason=reason)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Invalid("Say why in a few words; whoever asks later will thank you.", field="reason")
    return reason.strip()[:200]


def _audit(actor: str, action: str, variant_id: int, **details: int | str) -> None:
    audit(actor=actor, action=action, subject=f"variant {variant_id}", details=dict(details))
