"""What must always hold, each by name: run by hand, every hour, and after every test that writes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, text

from shop.books.queries import verify_chain as verify_journal
from shop.core import clock
from shop.core.columns import UtcDateTime
from shop.core.database import end_read, session
from shop.journeys.laws import ORDERS, STOCK, Law
from shop.journeys.laws_of_gifts import GIFTS
from shop.journeys.laws_of_money import MONEY
from shop.journeys.laws_of_monthly import MONTHLY
from shop.journeys.laws_of_returns import RETURNS
from shop.journeys.laws_of_stock import KEPT
from shop.journeys.laws_of_stripe import STRIPE
from shop.journeys.laws_of_tax import TAX
from shop.payments.rules import GRACE
from shop.staff.queries import verify_chain as verify_audit

SHOWN = 20
LAWS = (STOCK, KEPT, ORDERS, MONEY, GIFTS, MONTHLY, RETURNS, TAX, STRIPE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One invariant: how many rows were looked at, and those that break it, in words (the first `SHOWN`)."""

    name: str
    checked: int
    broken: tuple[str, ...]


def findings() -> list[Finding]:
    """Check every invariant."""
    found = [_judge(name, law) for laws in LAWS for name, law in laws.items()]
    found += [_journal(), _files(), _audit()]
    end_read()
    return sorted(found, key=lambda finding: int("".join(filter(str.isdigit, finding.name.split()[0]))))


def broken() -> list[Finding]:
    """Only those that do not hold."""
    return [finding for finding in findings() if finding.broken]


def _judge(name: str, law: Law) -> Finding:
    checked = session().execute(text(f"SELECT COUNT(*) FROM {law.of}")).scalar_one()
    asked = text(law.broken)
    if ":overdue" in law.broken:
        asked = asked.bindparams(bindparam("overdue", clock.now() - GRACE, UtcDateTime()))
    return Finding(name, int(checked), tuple(str(row[0]) for row in session().execute(asked).fetchmany(SHOWN)))


def _journal() -> Finding:
    report = verify_journal()
    bad = () if report.broken_at is None else (f"entry {report.broken_at}",)
    return Finding("I6b the journal's hash chain is unbroken", report.entries, bad)


def _audit() -> Finding:
    entries = session().execute(text("SELECT COUNT(*) FROM audit_entries")).scalar_one()
    return Finding("I14 the audit log's hash chain is unbroken", int(entries), tuple(verify_audit()[:SHOWN]))


def _files() -> Finding:
    """SQLite can look at its own file; PostgreSQL enforces its keys itself and has no such question."""
    name = "I13 the database file is sound"
    if session().get_bind().dialect.name != "sqlite":
        return Finding(name, 0, ())
    answers = [str(row[0]) for row in session().execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
    answers += [f"{row[0]} row {row[1]}" for row in session().execute(text("PRAGMA foreign_key_check"))]
    return Finding(name, 1, tuple(answers[:SHOWN]))
