"""Pre-orders by staff: opened on a product's sizes with a cap and a day, moved to a later one, closed.

Whoever was promised an earlier day is told of the later one by the same letter as of any delay, with the same way out:
call it off for nothing (16 CFR 435.2(b)). The mails are promised with the change and written by the worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from shop.brand.queries import brand
from shop.core.again import again
from shop.core.clock import now
from shop.core.columns import Json
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Invalid
from shop.core.outbox import promise
from shop.core.zones import today_in
from shop.journeys.decide_return import tell_of_delay
from shop.journeys.services import Services
from shop.orders.queries import lines_of, lines_of_all
from shop.orders.rules import promised_day
from shop.returns.queries import delay_of
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences
from shop.stock import preorders
from shop.stock.operations import lock_levels
from shop.stock.preorders import Preorder
from shop.stock.rules import MOST_AT_ONCE

LONGEST_WAIT = timedelta(days=366)
LONGEST_REASON = 200
MOVED_MEANWHILE = "The day moved while your payment was on its way."  # the reason in a letter to whoever paid just then


class ChangedMeanwhile(Conflict):
    """Somebody changed the pre-order, or a delivery came, since it was shown."""

    def __init__(self) -> None:
        super().__init__(
            "The pre-order changed since you opened this page: somebody else kept it, or a delivery used up places."
            " Look at the numbers again; what you typed is still here."
        )


@again
def open_preorder(
    product_id: int,
    caps: Mapping[int, int],
    *,
    ships_by: date,
    order_until: date | None,
    reason: str,
    actor: str,
    seen: str = "",
) -> None:
    """Exactly these sizes (variants) may be pre-ordered from now on, so many of each; others of `caps` with 0 no more.

    `order_until` is the last day of ordering, the day they leave without one; `seen` is the mark of what was shown.
    Raises Invalid, CapBelowTaken, ChangedMeanwhile.
    """
    said = _said(reason)
    last = _last_day(ships_by, order_until)
    offered = {variant_id: cap for variant_id, cap in caps.items() if cap}
    if not offered:
        raise Invalid("Enter for at least one size how many may be pre-ordered.", field="caps")
    if too_many := next((one for one, cap in sorted(offered.items()) if cap > MOST_AT_ONCE), None):
        raise Invalid(f"At most {MOST_AT_ONCE:,} at once.", field=f"cap-{too_many}")
    with transaction():
        lock_levels(caps)
        before = preorders.preorders_of(caps)
        if seen and seen != preorders.mark_of(before):
            if _stands(before, offered, ships_by, last):  # pressed twice
                return
            raise ChangedMeanwhile
        preorders.close_places(one for one, known in before.items() if not caps[one] and known.ships_by)
        preorders.open_places(offered, ships_by=ships_by, order_until=last)
        moved = [one for one, known in before.items() if one in offered and _is_later(known, ships_by)]
        if moved:
            payload: Json = {"variants": moved, "by": ships_by.isoformat(), "why": said, "actor": actor}
            promise("preorder_moved", key=f"{product_id}:{ships_by}:{now().timestamp()}", payload=payload)
        _audit(product_id, "preorder.opened", before, preorders.preorders_of(caps), said, actor)


@again
def close_preorder(product_id: int, variant_ids: Sequence[int], *, reason: str, actor: str) -> bool:
    """No more are taken; what was promised still is. False where none was open. Raises Invalid."""
    said, ids = _said(reason), variant_ids
    with transaction():
        lock_levels(ids)
        before = preorders.preorders_of(ids)
        open_still = [one for one, known in before.items() if known.ships_by]
        if not open_still:
            return False
        preorders.close_places(open_still)
        _audit(product_id, "preorder.closed", before, preorders.preorders_of(ids), said, actor)
    return True


def tell_of_new_day(payload: Json, _services: Services) -> None:
    """Keep the promise of a later day: everybody who was promised an earlier one hears of it, once."""
    by, variants = date.fromisoformat(str(payload["by"])), [int(one) for one in payload["variants"]]
    known = [str(payload["order"])] if "order" in payload else preorders.orders_promised(variants)
    earlier = [one for one, lines in lines_of_all(known).items() if (day := promised_day(lines)) and day < by]
    earlier = [one for one in earlier if (told := delay_of(one)) is None or told.leaves_by < by]
    end_read()
    for order_id in earlier:
        try:
            tell_of_delay(order_id=order_id, leaves_by=by, reason=str(payload["why"]), actor=str(payload["actor"]))
        except Conflict:  # called off or sent meanwhile
            end_read()


def tell_if_moved(order_id: str, variants: Iterable[int]) -> None:
    """An order was just paid: where its day moved while the page was open, it is told, in the open transaction."""
    day = max(preorders.days_of(variants).values(), default=None)
    promised = promised_day(lines_of(order_id))
    if day and promised and promised < day:
        payload: Json = {"variants": [], "order": order_id, "by": day.isoformat()}
        payload |= {"why": MOVED_MEANWHILE, "actor": "system"}
        promise("preorder_moved", key=f"{order_id}:{day}", payload=payload)


def _said(reason: str) -> str:
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise Invalid("Say why in a few words; whoever was promised an earlier day reads it.", field="reason")
    return said


def _last_day(ships_by: date, order_until: date | None) -> date:
    today = today_in(brand().time_zone)
    if not today < ships_by <= today + LONGEST_WAIT:
        raise Invalid("Choose a day that is still to come, within a year.", field="ships_by")
    if order_until is not None and not today <= order_until <= ships_by:
        raise Invalid("The last day of ordering is today or later, and not after they leave.", field="order_until")
    return order_until or ships_by


def _stands(known: Mapping[int, Preorder], offered: Mapping[int, int], ships_by: date, last: date) -> bool:
    """Whether exactly this is open already."""
    now = {one: (it.cap, it.ships_by, it.order_until) for one, it in known.items() if it.ships_by}
    return now == {one: (cap, ships_by, last) for one, cap in offered.items()}


def _is_later(known: Preorder, ships_by: date) -> bool:
    return bool(known.taken and known.ships_by and known.ships_by < ships_by)


def _audit(
    product_id: int, action: str, before: Mapping[int, Preorder], after: Mapping[int, Preorder], why: str, actor: str
) -> None:
    told = differences(_told(before), _told(after)) | {"reason": why}
    audit(actor=actor, action=action, subject=f"product {product_id}", details=told)


def _told(known: Mapping[int, Preorder]) -> Json:
    said: Json = {}
    for variant_id, one in known.items():
        said[f"variant {variant_id} cap"] = one.cap
        said[f"variant {variant_id} ships by"] = one.ships_by
        said[f"variant {variant_id} order until"] = one.order_until
    return said
