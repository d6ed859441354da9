"""What runs low, from how many on, and who wants to know; and how long a size was gone from the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from math import ceil

from msgspec import Struct
from sqlalchemy import delete, func, or_, select, update

from shop.core import clock
from shop.core.columns import AnySelect, UtcDateTime
from shop.core.database import insert_once, session
from shop.core.errors import Invalid
from shop.stock.models import LowAlert, StockLevel, StockMovement, StockThreshold, StockWatcher
from shop.stock.queries import AVAILABLE
from shop.stock.rules import LOW, MOST_AT_ONCE

SOLD_OVER = timedelta(days=28)
MOST_DAYS = 365
THRESHOLD = func.coalesce(
    select(StockThreshold.low_at).where(StockThreshold.variant_id == StockLevel.variant_id).scalar_subquery(), LOW
)
RUNS_LOW = AVAILABLE <= THRESHOLD


class Threshold(Struct, frozen=True):
    """`low_at` units, or as many as are sold in `cover_days`."""

    low_at: int
    cover_days: int | None = None


class LowLevel(Struct, frozen=True):
    """A variant that runs low."""

    variant_id: int
    available: int
    low_at: int


class Gone(Struct, frozen=True):
    """How long none of a variant was on the shelf within a time, and in how many stretches."""

    variant_id: int
    time: timedelta
    stretches: int
    now: bool


def running_low(*, limit: int | None = None) -> list[LowLevel]:
    """Everything at or below its threshold, or the first of it, the fewest first."""
    asked = select(StockLevel.variant_id, AVAILABLE, THRESHOLD).where(RUNS_LOW)
    return [LowLevel(*row) for row in session().execute(asked.order_by(AVAILABLE, StockLevel.variant_id).limit(limit))]


def thresholds(variant_ids: Iterable[int]) -> dict[int, Threshold]:
    """Thresholds of their own, by variant."""
    asked = select(StockThreshold.variant_id, StockThreshold.low_at, StockThreshold.cover_days)
    rows = session().execute(asked.where(StockThreshold.variant_id.in_(list(variant_ids))))
    return {variant_id: Threshold(low_at, days) for variant_id, low_at, days in rows}


def set_thresholds(wanted: Mapping[int, Threshold | None], *, uncounted: AnySelect) -> None:
    """In the open transaction; None gives a variant the store's own number again. Raises Invalid.

    `uncounted` are the ids of orders whose units are not counted as sold, such as tests.
    """
    for variant_id, threshold in sorted(wanted.items()):
        session().execute(delete(StockThreshold).where(StockThreshold.variant_id == variant_id))
        if threshold is None:
            continue
        if not (0 <= threshold.low_at <= MOST_AT_ONCE and 0 < (threshold.cover_days or 1) <= MOST_DAYS):
            raise Invalid(f"Enter from 0 to {MOST_AT_ONCE:,} units, or from 1 to {MOST_DAYS} days.")
        values = {"variant_id": variant_id, "low_at": threshold.low_at, "cover_days": threshold.cover_days}
        insert_once(StockThreshold, values)
    renew_cover(uncounted=uncounted)


def renew_cover(*, uncounted: AnySelect) -> None:
    """In the open transaction: thresholds in days become units, from what was sent in the last `SOLD_OVER`."""
    days = dict(
        session()
        .execute(
            select(StockThreshold.variant_id, StockThreshold.cover_days).where(StockThreshold.cover_days.is_not(None))
        )
        .all()
    )
    if not days:
        return
    sent = select(StockMovement.variant_id, -func.sum(StockMovement.on_hand_change)).where(
        StockMovement.variant_id.in_(list(days)),
        StockMovement.kind == "sold",
        StockMovement.moved_at > clock.now() - SOLD_OVER,
        or_(StockMovement.order_id.is_(None), StockMovement.order_id.not_in(uncounted)),
    )
    units = dict(session().execute(sent.group_by(StockMovement.variant_id)).all())
    for variant_id, cover in days.items():
        needed = ceil(int(units.get(variant_id, 0)) * int(cover or 0) / SOLD_OVER.days)
        mine = update(StockThreshold).where(StockThreshold.variant_id == variant_id, StockThreshold.low_at != needed)
        session().execute(mine.values(low_at=needed))


def note_low(variant_ids: Iterable[int]) -> list[int]:
    """In the open transaction: those that were not told about since they last recovered; each is told by one sweep."""
    moment = clock.now()
    return [key for key in sorted(variant_ids) if insert_once(LowAlert, {"variant_id": key, "since": moment})]


def forget_recovered(low: Iterable[int]) -> None:
    """In the open transaction: whatever is not among those that run low may cross again."""
    session().execute(delete(LowAlert).where(LowAlert.variant_id.not_in(list(low))))


def told_low() -> set[int]:
    """What was told about and has not recovered."""
    return set(session().execute(select(LowAlert.variant_id)).scalars())


def watchers() -> dict[int, tuple[bool, bool]]:
    """(at once, daily) by member."""
    rows = session().execute(select(StockWatcher.member_id, StockWatcher.at_once, StockWatcher.daily))
    return {member_id: (at_once, daily) for member_id, at_once, daily in rows}


def set_watchers(wanted: Mapping[int, tuple[bool, bool]]) -> None:
    """In the open transaction: exactly these, from now on."""
    session().execute(delete(StockWatcher))
    for member_id, (at_once, daily) in sorted(wanted.items()):
        if at_once or daily:
            insert_once(StockWatcher, {"member_id": member_id, "at_once": at_once, "daily": daily})


def gone_since(since: datetime) -> list[Gone]:
    """By variant, the longest first: how long on hand was none from `since` to now, read from the movements."""
    of, by = StockMovement.variant_id, StockMovement.id
    next_at = func.lead(StockMovement.moved_at, type_=UtcDateTime()).over(partition_by=of, order_by=by)
    steps = select(
        StockMovement.variant_id,
        StockMovement.moved_at,
        func.sum(StockMovement.on_hand_change).over(partition_by=of, order_by=by).label("on_hand"),
        next_at.label("until"),
    ).subquery()
    empty = select(steps.c.variant_id, steps.c.moved_at, steps.c.until).where(steps.c.on_hand == 0)
    now, found, ended = clock.now(), dict[int, Gone](), dict[int, datetime | None]()
    for variant_id, begun, until in session().execute(empty.order_by(steps.c.variant_id, steps.c.moved_at)):
        time = (until or now) - max(begun, since)
        if time > timedelta():
            before = found.get(variant_id, Gone(variant_id, timedelta(), 0, now=False))
            another = ended.get(variant_id) != begun  # a movement of what is unavailable does not bring anything back
            found[variant_id] = Gone(variant_id, before.time + time, before.stretches + another, now=until is None)
        ended[variant_id] = until
    return sorted(found.values(), key=lambda one: (-one.time, one.variant_id))
