"""A sale is many small statements, and on SQLite one writer at a time runs them: their number is held here.

Whoever needs one more raises the number and says in the commit what it is for. docs/performance.md has the times.
"""

from __future__ import annotations

from tests.support.factories import Shelf, Shopper
from tests.support.till import Till
from tests.web.counting import statements

PLACING, SETTLING = 14, 18  # two of these begin the journal


def test_placing_an_order_takes_few_statements(shopper: Shopper, shelf: Shelf, till: Till) -> None:
    Shopper(till).puts("TEE-S").checks_out()  # what is read once until staff change it
    shopper.puts("TEE-M")
    with statements() as sent:
        shopper.checks_out()
    assert len(sent) <= PLACING, "\n".join(sent)


def test_settling_an_order_takes_few_statements(shopper: Shopper, till: Till) -> None:
    shopper.puts("TEE-M").checks_out().pays()
    with statements() as sent:
        shopper.comes_back()
    assert shopper.order.state == "paid"
    assert len(sent) <= SETTLING, "\n".join(sent)
