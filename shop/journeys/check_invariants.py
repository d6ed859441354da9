"""What must always hold, each by name: run by hand, every hour, and after every test that writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from msgspec import Struct
from sqlalchemy import TextClause, bindparam, text

from shop.books.chain import verify_chain as verify_journal
from shop.core import clock
from shop.core.columns import UtcDateTime
from shop.core.database import end_read, session
from shop.journeys.laws import ORDERS, STOCK, Law
from shop.journeys.laws_of_differences import DIFFERENCES
from shop.journeys.laws_of_gifts import GIFTS
from shop.journeys.laws_of_money import MONEY
from shop.journeys.laws_of_monthly import MONTHLY
from shop.journeys.laws_of_preorders import PREORDERS
from shop.journeys.laws_of_returns import RETURNS
from shop.journeys.laws_of_stock import KEPT
from shop.journeys.laws_of_stripe import STRIPE
from shop.journeys.laws_of_tax import TAX
from shop.payments.rules import GRACE
from shop.staff.queries import verify_chain as verify_audit

SHOWN = 20
# Each is one statement, of which SQLite takes up to 500 parts (https://sqlite.org/limits.html).
BOOKS_OF_LAW: Sequence[Mapping[str, Law]] = (
    {**STOCK, **KEPT, **PREORDERS},
    {**ORDERS, **DIFFERENCES, **RETURNS, **TAX},
    {**MONEY, **GIFTS, **MONTHLY, **STRIPE},
)
LAWS: Mapping[str, Law] = {name: law for laws in BOOKS_OF_LAW for name, law in laws.items()}


def _question(laws: Mapping[str, Law]) -> TextClause:
    """One statement for a book of laws: the number of each that is broken, with a row that breaks it."""
    numbers = {name: number for number, name in enumerate(LAWS)}
    asked = " UNION ALL ".join(f"SELECT {numbers[name]}, b.* FROM ({law.broken}) AS b" for name, law in laws.items())
    overdue = [bindparam("overdue", type_=UtcDateTime())] if ":overdue" in asked else []
    return text(asked).bindparams(*overdue)


_QUESTIONS = tuple(_question(laws) for laws in BOOKS_OF_LAW)


class Finding(Struct, frozen=True):
    """One invariant: how many rows were looked at, and those that break it, in words (the first `SHOWN`)."""

    name: str
    checked: int
    broken: tuple[str, ...]


def findings() -> list[Finding]:
    """Check every invariant."""
    breaches, rows = _breaches(), _counts({law.of for law in LAWS.values()})
    found = [Finding(name, rows[law.of], tuple(breaches.get(name, ()))) for name, law in LAWS.items()]
    found += [_journal(), _files(), _audit()]
    end_read()
    return sorted(found, key=lambda finding: int("".join(filter(str.isdigit, finding.name.split()[0]))))


def broken() -> list[Finding]:
    """Only those that do not hold; nothing is counted for the rest."""
    found = _broken_laws()
    found += [finding for finding in (_journal(), _files(), _audit()) if finding.broken]
    end_read()
    return found


def broken_laws() -> list[Finding]:
    """The same without the database file and the two hash chains, which take as long again as all laws."""
    found = _broken_laws()
    end_read()
    return found


def _broken_laws() -> list[Finding]:
    breaches = _breaches()
    rows = _counts({LAWS[name].of for name in breaches})
    return [Finding(name, rows[LAWS[name].of], tuple(sentences)) for name, sentences in breaches.items()]


def _breaches() -> dict[str, list[str]]:
    """Laws that are broken, with the first rows that do."""
    names, found, told = list(LAWS), dict[str, list[str]](), {"overdue": clock.now() - GRACE}
    answers = (session().execute(question, told) for question in _QUESTIONS)
    for number, row in chain.from_iterable(answers):
        rows = found.setdefault(names[number], [])
        if len(rows) < SHOWN:
            rows.append(str(row))
    return found


def _counts(tables: Iterable[str]) -> dict[str, int]:
    """How many rows each table has, in one statement; none for no tables."""
    asked = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in sorted(tables))
    return dict(session().execute(text(asked)).all()) if asked else {}


def _journal() -> Finding:
    report = verify_journal()
    bad = () if report.broken_at is None else (f"entry {report.broken_at}",)
    return Finding("I6b the journal's hash chain is unbroken", report.entries, bad)


def _audit() -> Finding:
    count = _counts(["audit_entries"])["audit_entries"]
    return Finding("I14 the audit log's hash chain is unbroken", count, tuple(verify_audit()[:SHOWN]))


def _files() -> Finding:
    """SQLite can look at its own file; PostgreSQL enforces its keys itself and has no such question."""
    name = "I13 the database file is sound"
    if session().get_bind().dialect.name != "sqlite":
        return Finding(name, 0, ())
    answers = [str(row[0]) for row in session().execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
    answers += [f"{row[0]} row {row[1]}" for row in session().execute(text("PRAGMA foreign_key_check"))]
    return Finding(name, 1, tuple(answers[:SHOWN]))
