"""The books as treasurers read them agree with the balances, whatever time is asked for."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask

from shop.books.accounts import ACCOUNTS, CLEARING, GOODS
from shop.books.ledger import by_day, journal, rows_of, trial_balance
from shop.books.queries import balances
from shop.core import clock
from shop.core.database import end_read
from tests.support.factories import Shopper, open_shop
from tests.support.held_clock import HeldClock
from tests.support.till import Till

DAY = timedelta(days=1)


@pytest.fixture
def sold(app: Flask, held_clock: HeldClock) -> None:
    """A sale with a gift on one day, another on the next."""
    open_shop()
    till = Till()
    Shopper(till).gives(500).buys("TEE-M", 2)
    held_clock.forward(days=1)
    Shopper(till).buys("TEE-S", 1)
    till.works()


def test_every_account_has_a_number_and_a_name_of_its_own() -> None:
    assert len({one.code for one in ACCOUNTS.values()}) == len({one.name for one in ACCOUNTS.values()}) == len(ACCOUNTS)


def test_a_trial_balance_is_what_the_balances_are_and_sums_to_nothing(sold: None) -> None:
    now = clock.now()
    today = trial_balance(now - timedelta(hours=1), now + DAY)
    whole = Counter[str]()
    for (account, _, _), minor in balances().items():
        whole[account] += minor
    assert {one.account: one.closing for one in today} == dict(whole)
    assert sum(one.opening for one in today) == sum(one.closing for one in today) == 0
    assert sum(one.debit for one in today) == sum(one.credit for one in today) > 0
    yesterday = {one.account: one.closing for one in trial_balance(now - 9 * DAY, now - timedelta(hours=1))}
    assert yesterday == {one.account: one.opening for one in today if one.opening}
    end_read()


def test_an_account_s_rows_lead_from_before_to_after(sold: None) -> None:
    now = clock.now()
    goods = next(one for one in trial_balance(now - timedelta(hours=1), now + DAY) if one.account == GOODS)
    (row,) = rows_of(GOODS, "USD", now - timedelta(hours=1), now + DAY)
    assert (row.balance - row.minor, row.balance) == (goods.opening, goods.closing)
    rows = rows_of(CLEARING, "USD", now - 9 * DAY, now + DAY)
    assert all(before.balance + after.minor == after.balance for before, after in pairwise(rows))
    assert rows_of(CLEARING, "USD", now - 9 * DAY, now + DAY, skip=1, most=1) == rows[1:2]
    end_read()


def test_files_hold_every_posting_and_each_day_sums_to_nothing(sold: None) -> None:
    now = clock.now()
    every = list(journal(now - 9 * DAY, now + DAY))
    entries = Counter[int]()
    for one in every:
        entries[one.position] += one.minor
    assert set(entries.values()) == {0}
    days = Counter[str]()
    for day in by_day(now - 9 * DAY, now + DAY):
        days[day.day] += day.minor
    assert list(days.values()) == [0, 0]
    assert [one.position for one in every] == sorted(one.position for one in every)
    end_read()
