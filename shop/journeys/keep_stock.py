"""Staff put tees on the shelf, count them and correct the numbers; each change says who and why.

What arrives is kept for whoever waits for it in the same transaction, before any shopper sees it."""

from __future__ import annotations

from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Invalid
from shop.journeys.await_stock import serve_waiting
from shop.journeys.keep_restock import offer
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences
from shop.stock import operations as stock
from shop.stock.preorders import before_arrival, note_arrived
from shop.stock.queries import levels


@again
def receive_stock(*, variant_id: int, quantity: int, reason: str, actor: str) -> None:
    """Tees arrived. Raises Invalid and NotFound."""
    with transaction():
        before = _on_hand(variant_id)
        places = before_arrival([variant_id])
        stock.receive(variant_id=variant_id, quantity=quantity, reason=_said(reason), actor=actor)
        serve_waiting([variant_id], actor=actor)
        note_arrived(places)
        offer(variant_id)
        _audit(actor, "stock.received", variant_id, before, reason=reason)


@again
def adjust_stock(*, variant_id: int, change: int, reason: str, actor: str) -> None:
    """Correct what is on hand by a difference. Raises Invalid, NotFound, OutOfStock."""
    with transaction():
        before = _on_hand(variant_id)
        places = before_arrival([variant_id])
        stock.adjust(variant_id=variant_id, change=change, reason=_said(reason), actor=actor)
        serve_waiting([variant_id], actor=actor)
        note_arrived(places)
        offer(variant_id)
        _audit(actor, "stock.adjusted", variant_id, before, reason=reason)


@again
def count_stock(*, variant_id: int, counted: int, seen: int, reason: str, actor: str) -> None:
    """Set what is on hand to what was counted. Raises Invalid, NotFound, OutOfStock, StaleCount."""
    with transaction():
        before = _on_hand(variant_id)
        places = before_arrival([variant_id])
        stock.count(variant_id=variant_id, counted=counted, seen=seen, reason=_said(reason), actor=actor)
        serve_waiting([variant_id], actor=actor)
        note_arrived(places)
        offer(variant_id)
        _audit(actor, "stock.counted", variant_id, before, reason=reason)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Invalid("Say why in a few words; whoever asks later will thank you.", field="reason")
    return reason.strip()[:200]


def _on_hand(variant_id: int) -> dict[str, int]:
    return {"on hand": level.on_hand} if (level := levels([variant_id]).get(variant_id)) else {}


def _audit(actor: str, action: str, variant_id: int, before: dict[str, int], *, reason: str) -> None:
    told = differences(before, _on_hand(variant_id)) | {"reason": reason}
    audit(actor=actor, action=action, subject=f"variant {variant_id}", details=told)
