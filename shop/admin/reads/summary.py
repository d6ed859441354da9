"""The first page's figures: a period beside the one it is compared with, as tiles, lines over days, and tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from shop.admin.charts import Chart, chart
from shop.admin.periods import Period
from shop.admin.reads import figures as read
from shop.admin.reads.figures import Day, Health
from shop.admin.reads.funnel import Funnel, funnel
from shop.brand.queries import NotSetUp, brand

Sold = tuple[int, int]  # orders, units
PLOTTED = (("sales", "Sales"), ("raised", "Raised for partners and funds"))


class Tile(Struct, frozen=True):
    """One figure; `before` is None where nothing is compared. Minor units, or plain numbers where `plain`."""

    label: str
    now: int
    before: int | None
    plain: bool = False

    @property
    def change(self) -> int | None:
        """In whole percent of what it was; None where there was nothing to compare with."""
        return None if not self.before else round((self.now - self.before) * 100 / abs(self.before))


class Plot(Struct, frozen=True):
    """A chart with the rows behind it: the day, its figure, the figure that it is compared with."""

    name: str
    label: str
    drawn: Chart
    rows: Sequence[tuple[date, int, int | None]]


class Figures(Struct, frozen=True):
    """Everything of it, in `currency`."""

    currency: str
    tiles: Sequence[Tile]
    plots: Sequence[Plot]
    health: Health
    funnel: Funnel


def figures(period: Period) -> Figures | None:
    """Five statements, or seven with a comparison; None before the store is set up."""
    try:
        currency = brand().currency
    except NotSetUp:
        return None
    now, before = read.days(period), read.days(period.before) if period.before else {}
    sold, sold_before = read.counts(period), read.counts(period.before) if period.before else (0, 0)
    plots = [_plot(name, label, period, now, before) for name, label in PLOTTED]
    steps = funnel(period, paid=sold[0], paid_before=sold_before[0])
    return Figures(currency, _tiles(now, before, sold, sold_before), plots, read.health(), steps)


def _tiles(now: dict[date, Day], before: dict[date, Day], sold: Sold, sold_before: Sold) -> list[Tile]:
    this, that = sum(now.values(), Day()), sum(before.values(), Day())
    (orders, units), (orders_before, units_before) = sold, sold_before
    compared = bool(before)

    def tile(label: str, one: int, other: int, *, plain: bool = False) -> Tile:
        return Tile(label, one, other if compared else None, plain)

    return [
        tile("Sales", this.sales, that.sales),
        tile("Orders", orders, orders_before, plain=True),
        tile("Tees", units, units_before, plain=True),
        tile("Gifts", this.gifts, that.gifts),
        tile("Raised", this.raised, that.raised),
        tile("Refunds", this.refunds, that.refunds),
    ]


def _plot(name: str, label: str, period: Period, now: dict[date, Day], before: dict[date, Day]) -> Plot:
    values = [int(getattr(day, name)) for day in now.values()]
    others = [int(getattr(day, name)) for day in before.values()]
    drawn = chart(values, others, first=f"{period.first:%d %b}", last=f"{period.last:%d %b %Y}")
    behind: Sequence[int | None] = others or [None] * len(values)
    return Plot(name, label, drawn, list(zip(now, values, behind, strict=True)))
