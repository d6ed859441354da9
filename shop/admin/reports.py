"""Reports: sales, tax, discounts, refunds and margins by day, product, size, story and region; each as CSV too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from flask import request, url_for
from msgspec import Struct

from shop.admin import words
from shop.admin.answers import page
from shop.admin.periods import LENGTHS, Period, period_of
from shop.admin.reads import figures as read
from shop.admin.reads import funnel as steps
from shop.admin.reads import groups as sold
from shop.admin.routes import Answer, shows
from shop.admin.sheets import csv_answer
from shop.brand.queries import NotSetUp, brand
from shop.core import clock
from shop.core.errors import Conflict
from shop.core.mode import shown_live
from shop.staff.rules.permissions import Permission

SEE = Permission.SEE_REPORTS
BY = {
    "day": "Day",
    "visits": "Visits to orders",
    "product": "Product",
    "size": "Size",
    "campaign": "Story",
    "region": "Region",
}
OF = BY | {"visits": "Day"}
OF_DAYS = ("Goods", "Delivery", "Discounts", "Refunds", "Disputed", "Sales", "Tax", "Gifts", "Pledges", "Card fees")
OF_GROUPS = ("Units", "Came back", "Goods", "Discounts", "Refunds", "Net", "Tax", "Pledges", "Cost", "Margin")
UNITS = ("Units", "Came back", *steps.NAMES)


class Table(Struct, frozen=True):
    """A report: names of rows, columns of numbers (None: not known), and their sums where they add up."""

    by: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int | None]]]
    total: Sequence[int | None]


@shows("/reports", needs=SEE)
def reports() -> Answer:
    """One table at a time."""
    period, by, currency = asked_period(), _by(), _currency()
    return page(
        "admin/reports.html",
        table=_table(by, period),
        period=period,
        currency=currency,
        csv_url=url_for("admin.reports_csv") + "?" + urlencode({"by": by, **_query(period)}),
        query=_query(period),
        by=by,
        kinds=BY,
        row_name=OF[by],
        lengths=LENGTHS,
        units=UNITS,
        live=shown_live(),
    )


@shows("/reports.csv", needs=SEE)
def reports_csv() -> Answer:
    """The same as a file; amounts in the brand's currency with a point."""
    period, by = asked_period(), _by()
    currency = _currency()
    table = _table(by, period)
    names = [name if name in UNITS else f"{name} ({currency})" for name in table.columns]
    rows = [
        [name, *_cells(table.columns, numbers, currency)] for name, numbers in (*table.rows, ("Total", table.total))
    ]
    return csv_answer(f"{by}-{period.first}-{period.last}.csv", [OF[by], *names], rows)


def asked_period() -> Period:
    """The period that the address asks for."""
    return period_of(request.args, clock.now().date())


def _currency() -> str:
    try:
        return brand().currency
    except NotSetUp as missing:
        raise Conflict("Set the store up first: its currency decides the amounts here.") from missing


def _by() -> str:
    asked = request.args.get("by", "day")
    return asked if asked in BY else "day"


def _query(period: Period) -> dict[str, str]:
    return {"days": period.length, "from": str(period.first), "to": str(period.last)}


def _table(by: str, period: Period) -> Table:
    if by == "day":
        found = read.days(period)
        rows = [(str(day), _of_day(one)) for day, one in found.items() if one != read.Day()]
        return Table(by, OF_DAYS, rows, _of_day(sum(found.values(), read.Day())))
    if by == "visits":
        taken = steps.by_day(period)
        by_day = [(str(day), list(numbers)) for day, numbers in taken.items()]
        return Table(by, steps.NAMES, by_day, [sum(column) for column in zip(*taken.values(), strict=True)])
    parts = [*sold.groups(by, period), *_of_no_line(period)]
    once = parts if by != "campaign" else [*sold.groups("product", period), *_of_no_line(period)]
    total = [_sum(numbers) for numbers in zip(*map(_of_group, once), strict=True)]
    return Table(by, OF_GROUPS, [(one.name, _of_group(one)) for one in parts], total)


def _of_no_line(period: Period) -> list[sold.Group]:
    """What lowers sales and belongs to no line of an order."""
    off, taken = sold.Group("Money off without a return", refunds=sold.unassigned(period)), sold.by_banks(period)
    return [one for one in (off, taken) if one != sold.Group(one.name)]


def _of_day(day: read.Day) -> list[int | None]:
    return [
        day.goods,
        day.delivery,
        day.discounts,
        day.refunds,
        day.disputed,
        day.sales,
        day.tax,
        day.gifts,
        day.pledges,
        day.fees,
    ]


def _of_group(one: sold.Group) -> list[int | None]:
    cost = one.cost if one.costed == one.kept else None
    return [
        one.units,
        one.returned,
        one.goods,
        one.discounts,
        one.refunds,
        one.net,
        one.tax,
        one.pledges,
        cost,
        one.margin,
    ]


def _sum(numbers: Iterable[int | None]) -> int | None:
    """None where any of them is not known."""
    known = list(numbers)
    return None if None in known else sum(number or 0 for number in known)


def _cells(columns: Sequence[str], numbers: Sequence[int | None], currency: str) -> list[str]:
    return [
        "" if number is None else str(number) if name in UNITS else words.plain(number, currency)
        for name, number in zip(columns, numbers, strict=False)
    ]
