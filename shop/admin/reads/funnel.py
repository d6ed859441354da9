"""How far visits come: counted steps, then the orders that were paid, for a period beside another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from sqlalchemy import func, select

from shop.admin.periods import Period
from shop.core.database import session
from shop.core.days import day_of
from shop.orders.models import Order
from shop.orders.queries.counted import COUNTED
from shop.visits import queries as visits
from shop.visits.rules import STEPS

WIDTH, BAR, GAP, LABEL = 420, 22, 14, 16  # of the drawing
PAID = "Orders paid"
NAMES = (*STEPS.values(), PAID)


class Step(Struct, frozen=True):
    """One step: how often, how often before (None: not compared), and both as bars of the drawing."""

    name: str
    now: int
    before: int | None
    share: int | None
    y: int
    width: float
    width_before: float


class Funnel(Struct, frozen=True):
    """The steps from above, and how tall the drawing is. `share` of a step is in percent of the visits."""

    steps: tuple[Step, ...]
    height: int

    @property
    def known(self) -> bool:
        return any(step.now or step.before for step in self.steps)


def funnel(period: Period, *, paid: int, paid_before: int) -> Funnel:
    """One statement; `paid` are the orders of the period and of the one before it."""
    before = period.before
    found = visits.counted(min(period.first, before.first) if before else period.first, period.last)
    now = [*_sums(found, period), paid]
    then = [*_sums(found, before), paid_before] if before else [0] * len(now)
    most = max((*now, *then, 1))
    tall = LABEL + BAR + GAP
    steps = tuple(
        Step(
            name=name,
            now=number,
            before=earlier if before else None,
            share=round(number * 100 / now[0]) if now[0] and at else None,
            y=at * tall,
            width=round(WIDTH * number / most, 1),
            width_before=round(WIDTH * earlier / most, 1) if before else 0,
        )
        for at, (name, number, earlier) in enumerate(zip(NAMES, now, then, strict=True))
    )
    return Funnel(steps, tall * len(steps))


def by_day(period: Period) -> dict[date, tuple[int, ...]]:
    """The steps of each day on which there was any, orders paid last; two statements."""
    found, day = visits.counted(period.first, period.last), day_of(Order.paid_at)
    within = (Order.kind == "sale", COUNTED, Order.paid_at >= period.since, Order.paid_at < period.until)
    paid = dict(session().execute(select(day, func.count()).where(*within).group_by(day)).all())
    rows = {
        one: (*(found.get((one, step), 0) for step in STEPS), int(paid.get(one.isoformat(), 0))) for one in period.days
    }
    return {one: numbers for one, numbers in rows.items() if any(numbers)}


def _sums(found: Mapping[tuple[date, str], int], period: Period) -> list[int]:
    return [
        sum(number for (day, one), number in found.items() if one == step and period.first <= day <= period.last)
        for step in STEPS
    ]
