"""The journal: posted by difference, chained, and once however many post at once."""

from __future__ import annotations

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import func, select, text

from shop.books.chain import ChainReport, verify_chain
from shop.books.models import JournalEntry
from shop.books.operations import Unbalanced, post, settle
from shop.books.queries import balances, party_balances, posted_for
from shop.books.rules import Parts, SaleFacts
from shop.core.config import Settings
from shop.core.database import end_read, session, transaction
from shop.orders.operations import place
from tests.orders.making import new_order
from tests.support.at_once import at_once
from tests.support.factories import open_shop, usd
from tests.support.held_clock import HeldClock
from tests.support.shadows import shadow

pytestmark = pytest.mark.breaks_invariants("these books tell of payments that no other room knows")
SALE = SaleFacts(
    currency="USD",
    captured=3700,
    accepted=True,
    sold=Parts(goods=2500, delivery=500, gift=700),
    gifts={"open-fund": 700},
    pledges={"polaris": 500},
)


@pytest.fixture
def settings(held_clock: HeldClock, settings: Settings) -> Settings:
    """The clock comes before the store, so that it still stands when the store is checked after the test."""
    return settings


@pytest.fixture
def orders(app: Flask) -> list[str]:
    """Three orders to post for."""
    shelf = open_shop()
    with transaction():
        return [place(new_order(shelf.product_id, {shelf.variants["TEE-M"]: 1})).id for _ in range(3)]


def settled(order_id: str, facts: SaleFacts = SALE) -> bool:
    with transaction():
        return settle(order_id, facts, memo="Order", actor="stripe")


def entries() -> int:
    counted = session().scalar(select(func.count()).select_from(JournalEntry))
    end_read()
    return counted or 0


def verified() -> ChainReport:
    report = verify_chain()
    end_read()
    return report


def test_an_order_settled_twice_is_posted_once(orders: list[str]) -> None:
    assert (settled(orders[0]), settled(orders[0]), entries()) == (True, False, 1)


def test_a_fee_that_is_known_later_is_posted_as_the_difference(orders: list[str]) -> None:
    settled(orders[0])
    assert settled(orders[0], replace(SALE, fee=137))
    assert posted_for(orders[0])["processor_clearing", ""] == 3563
    assert last_postings() == {("processor_clearing", ""): -137, ("processor_fees", ""): 137}


def last_postings() -> dict[tuple[str, str], int]:
    rows = session().execute(
        text(
            "SELECT account, party, amount_minor FROM postings "
            "WHERE entry_position = (SELECT MAX(position) FROM journal_entries)"
        )
    )
    return {(account, party): minor for account, party, minor in rows}


def test_a_sale_given_back_leaves_nothing_owed(orders: list[str]) -> None:
    settled(orders[0])
    settled(orders[0], replace(SALE, refunded=3700, returned=SALE.sold, gifts={}, pledges={}))
    posted = posted_for(orders[0])
    assert ("donations_payable", "open-fund") not in posted
    assert ("pledge_payable", "polaris") not in posted


def test_twelve_who_settle_at_once_post_once(app: Flask, orders: list[str]) -> None:
    answers = at_once(app, 12, lambda _: settled(orders[0]))
    assert sorted(map(str, answers)) == ["False"] * 11 + ["True"]
    assert (entries(), verified()) == (1, ChainReport(1, None))


def test_three_orders_settled_at_once_make_one_chain(app: Flask, orders: list[str]) -> None:
    assert at_once(app, 3, lambda number: settled(orders[number])) == [True] * 3
    assert verified() == ChainReport(3, None)


def test_what_does_not_balance_is_never_written(orders: list[str]) -> None:
    for amounts in ({("bank", ""): 5}, {}):
        with pytest.raises(Unbalanced), transaction():
            post(amounts, currency="USD", memo="Wrong", actor="robin")
    with pytest.raises(Unbalanced):
        settled(orders[0], replace(SALE, captured=3699))
    assert entries() == 0


def test_all_accounts_together_are_nothing(orders: list[str]) -> None:
    for order_id in orders:
        settled(order_id)
    assert sum(balances().values()) == 0
    assert balances()["donations_payable", "open-fund", "USD"] == -2100


def test_a_payout_lowers_what_is_owed_and_not_what_was_raised(orders: list[str]) -> None:
    settled(orders[0])
    with transaction():
        position = post(
            {("pledge_payable", "polaris"): 200, ("bank", ""): -200}, currency="USD", memo="Payout", actor="robin"
        )
    assert position == 2
    owed = {(balance.party, balance.kind): (balance.raised, balance.paid, balance.owed) for balance in party_balances()}
    assert owed == {
        ("open-fund", "gifts"): (usd(700), usd(0), usd(700)),
        ("polaris", "pledges"): (usd(500), usd(200), usd(300)),
    }


DAMAGE = {
    "an amount was changed": ("UPDATE postings SET amount_minor = amount_minor + 1 WHERE entry_position = 2", 2),
    "a party was changed": ("UPDATE postings SET party = 'else' WHERE entry_position = 2 AND party = 'polaris'", 2),
    "a memo was changed": ("UPDATE journal_entries SET memo = 'Other' WHERE position = 3", 3),
    "a time was changed": ("UPDATE journal_entries SET posted_at = '2026-01-01 00:00:00' WHERE position = 1", 1),
    "the first entry is gone": ("DELETE FROM journal_entries WHERE position = 1", 1),
    "an entry in the middle is gone": ("DELETE FROM journal_entries WHERE position = 2", 2),
    "a posting is gone": ("DELETE FROM postings WHERE entry_position = 1 AND account = 'goods_revenue'", 1),
    "a posting was added": (
        "INSERT INTO postings (entry_position, account, party, amount_minor, currency) SELECT 3, 'bank', '', 1, 'USD'",
        3,
    ),
    "a hash was changed": (f"UPDATE journal_entries SET hash = '{'0' * 64}' WHERE position = 1", 1),
    "an entry was linked elsewhere": (
        "UPDATE journal_entries SET previous_hash = (SELECT hash FROM journal_entries WHERE position = 1) "
        "WHERE position = 3",
        3,
    ),
    "the memos of two entries were swapped": (
        "UPDATE journal_entries SET order_id = CASE position WHEN 1 THEN (SELECT order_id FROM journal_entries "
        "WHERE position = 2) ELSE (SELECT order_id FROM journal_entries WHERE position = 1) END "
        "WHERE position IN (1, 2)",
        1,
    ),
}


@pytest.mark.parametrize(("damage", "broken_at"), DAMAGE.values(), ids=DAMAGE)
def test_the_chain_shows_where(orders: list[str], damage: str, broken_at: int) -> None:
    """Damage as somebody with the database's password could do it."""
    for order_id in orders:
        settled(order_id)
    assert verified() == ChainReport(3, None)
    for table in ("journal_entries", "postings"):
        shadow(table)
    session().execute(text(damage))
    assert verified().broken_at == broken_at


def test_a_whole_swap_of_two_entries_shows(orders: list[str]) -> None:
    """Entry and postings change places together, each still whole in itself."""
    for order_id in orders:
        settled(order_id)
    shadow("journal_entries")
    shadow("postings")
    session().execute(text("UPDATE journal_entries SET position = 5 - position WHERE position IN (2, 3)"))
    session().execute(text("UPDATE postings SET entry_position = 5 - entry_position WHERE entry_position > 1"))
    assert verified().broken_at == 2
