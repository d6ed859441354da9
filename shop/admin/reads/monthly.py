"""Monthly gifts in rows for staff."""

from __future__ import annotations

from msgspec import Struct

from shop.core.money import Money
from shop.giving.queries import funds_by_id
from shop.monthly.queries import PAGE as PAGE
from shop.monthly.queries import board, months_paid, running_sums
from shop.monthly.rules import MonthlyFacts


class MonthlyRow(Struct, frozen=True):
    """A monthly gift, the funds it is for, and how many months were paid."""

    facts: MonthlyFacts
    funds: str
    months: int


class Together(Struct, frozen=True):
    """How many run, and what gifts they bring each month."""

    running: int
    each_month: tuple[Money, ...]


def monthly_gifts(*, page: int) -> list[MonthlyRow]:
    """Newest first, one more than a page; four statements."""
    found = board(page=page)
    names = funds_by_id({fund_id for facts in found for fund_id, _weight in facts.shares})
    paid = months_paid(facts.id for facts in found)
    return [
        MonthlyRow(facts, ", ".join(names[fund_id].name for fund_id, _weight in facts.shares), paid.get(facts.id, 0))
        for facts in found
    ]


def sums() -> Together:
    """One statement."""
    running, by_currency = running_sums()
    return Together(running, tuple(by_currency.values()))
