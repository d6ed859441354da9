"""Every law sees what breaks it: the controls of `flask --app app check`.

The damage is done to copies without constraints, as somebody with the database's password could do it, and is
forgotten at the end of the check.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select, text, update

from shop.cart.rules import GiftChoice
from shop.catalogue.models import Variant
from shop.core import codes
from shop.core.columns import Json
from shop.core.database import end_read, session, transaction
from shop.journeys import check_invariants
from shop.journeys.ask_difference import ask_difference
from shop.journeys.ask_return import Statement, withdraw
from shop.journeys.change_stock import change_stock_cells, undo_stock_change
from shop.journeys.check_invariants import Finding
from shop.journeys.fulfil_order import fulfil_order
from shop.journeys.keep_orders import swap_size
from shop.journeys.keep_restock import ask_for_restock, confirm_restock
from shop.journeys.refund_order import refund_order
from shop.journeys.start_gift import NewGift
from shop.journeys.start_monthly import start_monthly
from shop.orders.queries import lines_of
from shop.restock.models import RestockRequest
from shop.stock.cells import Edit
from tests.support.factories import Shelf, Shopper, add_offer
from tests.support.held_clock import HeldClock
from tests.support.partners import pay_polaris
from tests.support.shadows import shadow
from tests.support.till import Till

OTHERS = ("I6b", "I13", "I14")
DAMAGE = {
    "I1 held": "UPDATE stock_levels SET held = -1",
    "I1 available": "UPDATE stock_levels SET held = on_hand + 1",
    "I2 on hand": "UPDATE stock_levels SET on_hand = on_hand + 1",
    "I2 unavailable": "UPDATE stock_levels SET unavailable = 1",
    "I2 movement": "DELETE FROM stock_movements WHERE kind = 'sold'",
    "I2b": "UPDATE stock_levels SET quality_hold = 1",
    "I2c": "DELETE FROM stock_movements WHERE kind = 'adjusted' AND on_hand_change < 0",
    "I2d": "INSERT INTO purchase_lines VALUES (1, 1, 1, 1, 1, 1, 0)",
    "I3a": "UPDATE stock_levels SET held = held + 1",
    "I3b": "UPDATE stock_levels SET committed = committed + 1",
    "I3c": "UPDATE stock_reservations SET state = 'released' WHERE state = 'shipped'",
    "I3d": "UPDATE stock_reservations SET quantity = quantity + 1 WHERE state = 'committed'",
    "I3e": "UPDATE restock_requests SET variant_id = 1 WHERE state = 'taken'",
    "I3f packed": "UPDATE order_lines SET packed_quantity = packed_quantity - 1 WHERE packed_quantity > 1",
    "I3f sent": "UPDATE parcels SET state = 'opened'",
    "I3g": "UPDATE orders SET state = 'paid' WHERE state = 'fulfilled'",
    "I3h": "UPDATE stock_reservations SET awaited = 1 WHERE state <> 'committed'",
    "I3i": "UPDATE stock_levels SET preordered = preorder_cap + 1",
    "I3j": "UPDATE stock_levels SET preordered = 1, preorder_cap = 1",
    "I3k": "UPDATE stock_reservations SET preordered = awaited + 1",
    "I3l": "UPDATE stock_reservations SET awaited = 1, preordered = 1 WHERE state = 'committed'",
    "I4": "UPDATE stock_movements SET on_hand_change = -99 WHERE kind = 'sold'",
    "I5a gone": "DELETE FROM payments",
    "I5a less": "UPDATE payments SET amount_minor = amount_minor - 1",
    "I5a currency": "UPDATE payments SET currency = 'EUR'",
    "I5a twice": "INSERT INTO payments SELECT * FROM payments",
    "I5b": "UPDATE order_lines SET total_minor = total_minor + 1",
    "I5c": "UPDATE gifts SET amount_minor = amount_minor + 1",
    "I5c gone": "DELETE FROM gifts",
    "I5d": "UPDATE order_lines SET discount_minor = discount_minor + 1",
    "I5e": "DELETE FROM discount_uses",
    "I5f": "UPDATE order_lines SET tax_minor = tax_minor + 1",
    "I6a": "UPDATE postings SET amount_minor = amount_minor + 1 WHERE account = 'goods_revenue'",
    "I6b": "UPDATE journal_entries SET memo = 'Other'",
    "I6c": "DELETE FROM test_entries",
    "I6d": "UPDATE postings SET entry_position = 999 WHERE account = 'goods_revenue'",
    "I7a": "UPDATE postings SET amount_minor = amount_minor - 1 WHERE account = 'donations_payable'",
    "I7j": "UPDATE receipts SET state = 'void'",
    "I7k": "UPDATE receipts SET number = number + 1",
    "I7h": "UPDATE postings SET party = 'else' WHERE account = 'donations_payable'",
    "I7i": "UPDATE orders SET fee_cover_minor = 1 WHERE paid_at IS NOT NULL",
    "I7b": "UPDATE postings SET party = 'else' WHERE account = 'pledge_payable'",
    "I7c": "UPDATE payments SET fee_minor = fee_minor + 1",
    "I7d": "UPDATE pledges SET pledged_minor = pledged_minor + 1",
    "I7f": "UPDATE orders SET returned_gift_minor = 1",
    "I7g": "UPDATE order_lines SET returned_quantity = 1",
    "I7t": "UPDATE orders SET tax_minor = tax_minor + 1",
    "I7p": "UPDATE explanations SET entry_position = 1",
    "I7q": "INSERT INTO disputes SELECT 'du', order_id, 'ch', 1, 'USD', 'r', 's', 1 = 1, NULL, captured_at, "
    "amount_minor + 1, 0, 1 FROM payments",
    "I7r": "UPDATE balance_transactions SET net_minor = net_minor + 1",
    "I7s": "UPDATE partner_payouts SET amount_minor = amount_minor + 1",
    "I7u": "UPDATE partner_payouts SET party = 'else'",
    "I8": "INSERT INTO payments SELECT * FROM payments",
    "I9a": "UPDATE stock_reservations SET expires_at = '2020-01-01 00:00:00' WHERE state = 'held'",
    "I9b": "UPDATE orders SET pay_by = '2020-01-01 00:00:00' WHERE state = 'awaiting_payment'",
    "I9c": "UPDATE restock_requests SET ends_at = '2020-01-01 00:00:00' WHERE state = 'told'",
    "I10a": "UPDATE outbox_jobs SET state = 'waiting', leased_until = '2020-01-01 00:00:00'",
    "I10b": "INSERT INTO letters SELECT * FROM letters",
    "I11": "DELETE FROM outbox_jobs WHERE kind = 'letter'",
    "I12": "UPDATE orders SET number = 'K7M-4QF9'",
    "I14": "UPDATE audit_entries SET actor = 'eve'",
    "I15a discount": "UPDATE discounts SET uses = 9",
    "I15a code": "UPDATE discount_codes SET uses = 9",
    "I15b discount": "UPDATE discounts SET uses = uses - 1",
    "I15b code": "UPDATE discount_codes SET uses = uses - 1",
    "I15c": "UPDATE discount_uses SET state = 'returned'",
    "I16": "UPDATE variants SET price_minor = price_minor - 1",
    "I17a month": "DELETE FROM monthly_payments",
    "I17a payment": "DELETE FROM payments",
    "I17b": "UPDATE monthly_gifts SET state = 'awaiting_payment', pay_by = '2020-01-01 00:00:00'",
    "I17c": "DELETE FROM monthly_shares",
    "I18": "DELETE FROM outbox_jobs WHERE kind = 'return_letter'",
    "I19a kind": "UPDATE orders SET kind = 'difference' WHERE kind = 'gift'",
    "I19a swapped": "UPDATE order_differences SET swapped_at = NULL",
    "I19b": "UPDATE postings SET amount_minor = amount_minor + 1 WHERE account = 'price_differences'",
    "I19c": "INSERT INTO order_differences SELECT * FROM order_differences",
    "I17d": "DELETE FROM outbox_jobs WHERE kind = 'monthly_letter'",
}


@pytest.fixture
def lived(shopper: Shopper, shelf: Shelf, till: Till) -> Shopper:
    """A shop with an order that was sent, one that is paid, and one that waits."""
    shopper.gives(500).buys("TEE-M", 2)
    fulfil_order(order_id=shopper.order_id, actor="robin")
    add_offer(code="SPRING", most_uses=3, code_uses=1)
    Shopper(till).types("SPRING").buys("TEE-S")
    Shopper(till).puts("TEE-L").checks_out()
    _claims(shelf.variants["TEE-L"], till)
    till.processor.account.pays_out()
    till.sweeps()
    till.processor.account.pays_out()
    till.sweeps()
    pay_polaris(500)
    undo_stock_change(change_stock_cells([Edit(1, "on_hand", 3)], reason="Found", actor="Kim") or 0, actor="Kim")
    gives_for_a_month(till)
    _differences(shelf, till)
    return shopper


def _claims(variant_id: int, till: Till) -> None:
    """Two waited: one has an order, for one a unit is kept."""
    for name in ("ana", "ben"):
        ask_for_restock(variant_id=variant_id, email=f"{name}@example.org", address=None)
    tokens = list(session().scalars(select(RestockRequest.token).order_by(RestockRequest.id)))
    for token in tokens:
        confirm_restock(token)
    first = Shopper(till).puts("TEE-L")
    first.cart = first.cart.claiming(tokens[0])
    first.checks_out()


def _differences(shelf: Shelf, till: Till) -> None:
    """One dearer size was paid for, one is borne by the store, and one buyer is asked."""
    with transaction():
        dear = shelf.variants["TEE-L"]
        session().execute(update(Variant).where(Variant.id == dear).values(price_minor=2_900))
    for ends in ("paid", "borne", "asked"):
        order_id = Shopper(till).buys("TEE-S").order_id
        about: Json = {"order_id": order_id, "line_id": lines_of(order_id)[0].id, "variant_id": dear}
        seen = shelf.variants["TEE-S"]
        end_read()
        if ends == "borne":
            swap_size(**about, seen=seen, settle="waive", may_refund=True, reason="Ours", actor="robin")
            continue
        asked = ask_difference(**about, seen=seen, may_ask=True, actor="robin", services=till.services)
        if ends == "paid":
            till.processor.pays(till.processor.page_of(asked.order_id).id)
            till.catches_up()


def gives_for_a_month(till: Till) -> None:
    """And a monthly gift that was stopped after its first month."""
    url = start_monthly(NewGift(codes.new_token(), GiftChoice("own", 1_000)), services=till.services)
    one = till.processor.begins(url.rpartition("/")[2])
    till.processor.end_subscription(one.id)
    withdraw(Statement("Robin", "none", "robin@example.org", True, ""), address=None)
    till.catches_up()


def broken_after(damage: str) -> dict[str, Finding]:
    """The laws that are broken once the damage is done, by their numbers; nothing of it stays."""
    for table in sorted({word for word in damage.replace("(", " ").split() if word in TABLES}):
        shadow(table)
    session().execute(text(damage))
    return {finding.name.split()[0]: finding for finding in check_invariants.broken()}


TABLES = (
    "stock_levels stock_movements stock_reservations payments refunds orders order_lines gifts postings "
    "receipts journal_entries pledges outbox_jobs letters audit_entries variants discounts discount_codes "
    "discount_uses disputes balance_transactions explanations partner_payouts restock_requests purchase_lines "
    "test_entries monthly_gifts monthly_shares monthly_payments parcels order_differences"
).split()


def test_a_shop_that_lived_breaks_no_law(lived: Shopper) -> None:
    findings = check_invariants.findings()
    assert [finding for finding in findings if finding.broken] == []
    numbers = [finding.name.split()[0] for finding in findings]
    assert numbers == sorted(numbers, key=lambda number: int("".join(filter(str.isdigit, number))))
    assert {finding.name.split()[0]: finding.checked for finding in findings}["I5a"] == 10


def test_each_broken_law_is_named(lived: Shopper) -> None:
    """All in one test, because the shop must have lived for each and nothing of the damage stays."""
    assert [name for name, damage in DAMAGE.items() if name.split()[0] not in broken_after(damage)] == []
    assert check_invariants.broken() == []


def test_more_given_back_than_was_paid_is_named(lived: Shopper, till: Till) -> None:
    refund_order(order_id=lived.order_id, reason="Asked", actor="robin")
    till.works()
    assert "I7e" in broken_after("UPDATE refunds SET amount_minor = amount_minor + 1")


@pytest.mark.only_on("sqlite")
def test_a_row_that_hangs_in_the_air_is_named(lived: Shopper) -> None:
    session().execute(text("PRAGMA defer_foreign_keys = ON"))
    session().execute(text("UPDATE gifts SET fund_id = 999"))
    assert [finding.name.split()[0] for finding in check_invariants.broken() if "gifts" in str(finding.broken)] == [
        "I13"
    ]


def test_every_law_has_its_control() -> None:
    laws = {name.split()[0] for name in check_invariants.LAWS}
    assert laws | set(OTHERS) == {name.split()[0] for name in DAMAGE} | {"I7e", "I13"}


def test_at_most_twenty_of_a_kind_are_told(lived: Shopper) -> None:
    shadow("stock_levels")
    more = " UNION ALL ".join([f"SELECT 1000 + {number}, 1, -1, 0, 0, 0" for number in range(30)])
    session().execute(
        text(f"INSERT INTO stock_levels (variant_id, product_id, on_hand, held, committed, unavailable) {more}")
    )
    found = {finding.name.split()[0]: finding for finding in check_invariants.broken()}
    assert len(found["I1"].broken) == check_invariants.SHOWN


def test_a_slow_payment_may_keep_its_hold_for_days(shopper: Shopper, held_clock: HeldClock) -> None:
    shopper.puts("TEE-M").checks_out().pays_slowly().comes_back()
    held_clock.forward(days=5)
    assert check_invariants.broken() == []
    end_read()


def test_an_order_whose_page_ended_long_ago_is_named(shopper: Shopper, till: Till, held_clock: HeldClock) -> None:
    shopper.puts("TEE-M").checks_out()
    held_clock.forward(hours=2)
    assert {finding.name.split()[0] for finding in check_invariants.broken()} == {"I9a", "I9b"}
    till.sweeps()
    assert check_invariants.broken() == []
