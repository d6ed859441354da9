"""The books for treasurers: trial balance, the entries of an account, and files for other bookkeeping programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from urllib.parse import urlencode

from flask import request, url_for
from msgspec import Struct

from shop.admin.answers import page
from shop.admin.periods import LENGTHS, Period
from shop.admin.reports import asked_period
from shop.admin.routes import Answer, shows
from shop.admin.sheets import csv_answer
from shop.books import ledger
from shop.books.accounts import ACCOUNTS
from shop.core import clock
from shop.core.errors import NotFound
from shop.core.mode import shown_live
from shop.core.money import Money
from shop.orders.queries.search import numbers
from shop.staff.rules.permissions import Permission

SEE = Permission.SEE_MONEY
AT_ONCE = 100
MOST_PAGES = 10_000
Rows = Iterator[Sequence[object]]


class File(Struct, frozen=True):
    """A way out: what it is called, its columns, and its rows for a time."""

    label: str
    columns: tuple[str, ...]
    rows: Callable[[Period], Rows]


@shows("/books", needs=SEE)
def books() -> Answer:
    """What stood on every account before a time, what was put there within it, and what stands there after it."""
    period = asked_period()
    standings = ledger.trial_balance(period.since, period.until)
    return page(
        "admin/books.html",
        standings=standings,
        currencies=sorted({one.currency for one in standings}),
        period=period,
        lengths=LENGTHS,
        shortcuts=_shortcuts(clock.now().date()),
        files={kind: (one.label, _to("admin.books_csv", period, kind=kind)) for kind, one in FILES.items()},
        query=_query(period),
        accounts=ACCOUNTS,
        live=shown_live(),
    )


@shows("/books/<account>/<currency>", needs=SEE)
def one_account(account: str, currency: str) -> Answer:
    """Every posting of an account within a time, with the balance after each."""
    if account not in ACCOUNTS:
        raise NotFound("There is no such account.")
    period = asked_period()
    at = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    found = ledger.rows_of(account, currency, period.since, period.until, skip=(at - 1) * AT_ONCE, most=AT_ONCE + 1)
    return page(
        "admin/account.html",
        account=account,
        currency=currency,
        rows=found[:AT_ONCE],
        more=len(found) > AT_ONCE,
        numbers=numbers({one.order_id for one in found if one.order_id}),
        at=at,
        period=period,
        lengths=LENGTHS,
        query=_query(period),
        about=ACCOUNTS[account],
    )


@shows("/books.csv", needs=SEE)
def books_csv() -> Answer:
    """A time as a file, in the columns that the program it is for asks for."""
    kind, period = request.args.get("for", "journal"), asked_period()
    if kind not in FILES:
        raise NotFound("There is no such file.")
    file = FILES[kind]
    return csv_answer(f"{kind}-{period.first}-{period.last}.csv", file.columns, file.rows(period))


def _every_entry(period: Period) -> Rows:
    """One row a posting, with the hash that chains its entry to the one before; read piece by piece, however many."""
    rows = ledger.journal(period.since, period.until)
    while piece := list(islice(rows, ledger.AT_ONCE)):
        called = numbers({one.order_id for one in piece if one.order_id})
        yield from (_entry(one, called.get(one.order_id or "", "")) for one in piece)


def _entry(one: ledger.Row, order: str) -> Sequence[object]:
    return (
        one.position,
        f"{one.posted_at:%Y-%m-%dT%H:%M:%SZ}",
        ACCOUNTS[one.account].code,
        ACCOUNTS[one.account].name,
        one.party,
        order,
        one.memo,
        one.actor,
        *_sides(one.minor, one.currency),
        one.currency,
        one.hash,
    )


def _for_xero(period: Period) -> Rows:
    """Manual journals of Xero: same narration and date, one journal; a positive amount is a debit
    (https://help.xero.com/nz/ManualJournalsImport). The day comes before the month there."""
    for one in ledger.by_day(period.since, period.until):
        amount = _decimal(one.minor, one.currency)
        narration = f"Store, {one.day}, {one.currency}"
        yield narration, f"{_day(one):%d/%m/%Y}", one.party, ACCOUNTS[one.account].code, "Tax Exempt", amount


def _for_quickbooks(period: Period) -> Rows:
    """Journal entries of QuickBooks Online, which knows accounts by name (https://quickbooks.intuit.com/learn-support,
    "Import journal entries"). The month comes before the day there."""
    for one in ledger.by_day(period.since, period.until):
        number = f"{one.day}-{one.currency}"
        yield number, f"{_day(one):%m/%d/%Y}", ACCOUNTS[one.account].name, one.party, *_sides(one.minor, one.currency)


FILES: Mapping[str, File] = {
    "journal": File(
        "Every entry",
        ("Entry", "Posted", "Code", "Account", "Party", "Order", "Memo", "By", "Debit", "Credit", "Currency", "Hash"),
        _every_entry,
    ),
    "xero": File(
        "For Xero, by day",
        ("*Narration", "*Date", "Description", "*AccountCode", "*TaxRate", "*Amount"),
        _for_xero,
    ),
    "quickbooks": File(
        "For QuickBooks, by day",
        ("Journal No.", "Journal Date", "Account Name", "Description", "Debits", "Credits"),
        _for_quickbooks,
    ),
}


def _sides(minor: int, currency: str) -> tuple[Decimal | str, Decimal | str]:
    """Debit and credit, both without a sign; the other is empty."""
    amount = _decimal(abs(minor), currency)
    return (amount, "") if minor > 0 else ("", amount)


def _decimal(minor: int, currency: str) -> Decimal:
    return Money(minor, currency).decimal()


def _day(one: ledger.DaySum) -> date:
    return date.fromisoformat(one.day)


def _query(period: Period) -> dict[str, str]:
    return {"days": "custom", "from": str(period.first), "to": str(period.last)}


def _to(endpoint: str, period: Period, *, kind: str) -> str:
    return f"{url_for(endpoint)}?{urlencode({'for': kind, **_query(period)})}"


def _shortcuts(today: date) -> Iterable[tuple[str, str]]:
    """Times that accounts are closed for: their names, and where the books of them are."""
    month = today.replace(day=1)
    last = month - timedelta(days=1)
    times = {
        "This month": (month, today),
        "Last month": (last.replace(day=1), last),
        "This year": (today.replace(month=1, day=1), today),
        "Last year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
    for name, (first, until) in times.items():
        yield name, f"{url_for('admin.books')}?{urlencode({'days': 'custom', 'from': first, 'to': until})}"
