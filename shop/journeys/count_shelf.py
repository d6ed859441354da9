"""A shelf is counted: scan by scan or by hand, without seeing what should be there, then compared and posted."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from shop.catalogue.finding import variants_by_code
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import NotFound
from shop.counting import operations as counting
from shop.counting.queries import counted_in, take
from shop.journeys.change_stock import make_change
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences
from shop.stock.cells import Edit
from shop.stock.changes import Cause
from shop.stock.queries import levels


@again
def begin_count(*, name: str, actor: str) -> int:
    """Its id. Raises Invalid."""
    with transaction():
        take_id = counting.begin(name=name, actor=actor)
        told = begun({"name": name, "state": "open"})
        audit(actor=actor, action="count.begun", subject=f"count {take_id}", details=told)
    return take_id


@again
def scan(take_id: int, *, code: str, units: int = 1) -> int:
    """Count so many of what carries the code, a barcode or a SKU; the variant. Raises NotFound, Conflict, Invalid."""
    found = variants_by_code([code]).get(code.strip().upper())
    end_read()
    if found is None:
        raise NotFound(f"No tee of ours carries “{code.strip()[:40]}”. It was not counted.", field="code")
    variant_id, _ = found
    with transaction():
        counting.add(take_id, variant_id=variant_id, units=units, on_hand=_on_hand(variant_id))
    return variant_id


@again
def correct_count(take_id: int, corrections: Mapping[int, tuple[int, int]]) -> None:
    """Replace numbers by variant, (seen, counted). Raises Conflict when somebody else counted meanwhile, Invalid."""
    with transaction():
        for variant_id, (seen, counted) in sorted(corrections.items()):
            counting.correct(take_id, variant_id=variant_id, counted=counted, seen=seen, on_hand=_on_hand(variant_id))


@again
def post_count(take_id: int, *, none_of: Collection[int], actor: str) -> int | None:
    """Post the differences, and for `none_of` that there are none; the change's id. Raises Conflict, CellsShort."""
    about = take(take_id)
    with transaction():
        for variant_id in sorted(none_of):
            counting.correct(take_id, variant_id=variant_id, counted=0, seen=None, on_hand=_on_hand(variant_id))
        counting.end(take_id, to="posted")
        edits = [Edit(line.variant_id, "on_hand", line.variance) for line in counted_in(take_id) if line.variance]
        change_id = make_change(edits, Cause("counted", f"Count: {about.name}"[:200], actor, f"count {take_id}"))
        details = differences({"state": "open"}, {"state": "posted"}) | {"name": about.name, "differences": len(edits)}
        audit(actor=actor, action="count.posted", subject=f"count {take_id}", details=details)
    return change_id


@again
def drop_count(take_id: int, *, actor: str) -> None:
    """Forget what was counted; nothing of stock changes. Raises Conflict."""
    with transaction():
        counting.end(take_id, to="dropped")
        told = differences({"state": "open"}, {"state": "dropped"})
        audit(actor=actor, action="count.dropped", subject=f"count {take_id}", details=told)


def _on_hand(variant_id: int) -> int:
    return levels([variant_id])[variant_id].on_hand
