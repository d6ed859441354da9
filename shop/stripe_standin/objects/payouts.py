"""Payouts: everything available leaves for the bank, and each payout knows what it carried."""

from collections.abc import Sequence
from sqlite3 import Row

from shop.stripe_standin.events import record_event
from shop.stripe_standin.ids import new_id
from shop.stripe_standin.objects.balance import record_move
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.world import World


def pay_out(world: World, *, pending: bool = False, slowly: bool = False) -> list[Json]:
    """One payout a currency of all that is available and was not paid out, with `pending` of that too.

    Needs a transaction. A currency with nothing, or less than nothing, waits. What failed before goes out again with
    the next. `slowly` leaves it in transit, as a bank does for a day or more, until it arrives or fails.
    """
    unpaid = world.store.rows(
        "SELECT id, json_extract(body, '$.currency') AS currency, json_extract(body, '$.net') AS net FROM object"
        " WHERE kind = 'balance_transaction' AND json_extract(body, '$.type') != 'payout'"
        " AND (? OR json_extract(body, '$.status') = 'available')"
        " AND id NOT IN (SELECT each.value FROM object AS paid, json_each(paid.private, '$.transactions') AS each"
        " WHERE paid.kind = 'payout') ORDER BY seq",
        (pending,),
    )
    currencies = sorted({row["currency"] for row in unpaid})
    made = [_begun(world, code, [row for row in unpaid if row["currency"] == code]) for code in currencies]
    begun = [payout for payout in made if payout is not None]
    return begun if slowly else [arrive(world, payout["id"]) for payout in begun]


def arrive(world: World, payout_id: str) -> Json:
    """It is at the bank. Needs a transaction; LookupError for an unknown one, ValueError unless it is on its way."""
    payout = _found(world, payout_id)
    if payout["status"] != "in_transit":
        raise ValueError(f"This payout is {payout['status']}.")
    payout |= {"status": "paid", "arrival_date": world.clock.now()}
    record_event(world, "payout.paid", world.store.save(payout))
    return payout


def fail_payout(world: World, payout_id: str) -> Json:
    """The bank sent it back, even after it was paid: the amount is in the balance again. Needs a transaction."""
    payout = _found(world, payout_id)
    if payout["status"] == "failed":
        raise ValueError("This payout failed before.")
    moved = record_move(world, payout, amount=payout["amount"], fee=0, kind="payout_failure")
    payout |= {
        "status": "failed",
        "failure_code": "account_closed",
        "failure_message": "The bank account has been closed.",
        "failure_balance_transaction": moved["id"],
    }
    record_event(world, "payout.failed", world.store.save(payout))
    return payout


def _found(world: World, payout_id: str) -> Json:
    found = world.store.find(payout_id, kind="payout")
    if found is None:
        raise LookupError(payout_id)
    return found.body


def _begun(world: World, currency: str, rows: Sequence[Row]) -> Json | None:
    amount = sum(row["net"] for row in rows)
    if amount <= 0:
        return None
    payout = _built(world, currency, amount)
    payout["balance_transaction"] = record_move(
        world, payout, amount=-amount, fee=0, kind="payout", description="STRIPE PAYOUT"
    )["id"]
    carried = [row["id"] for row in rows] + [payout["balance_transaction"]]
    world.store.insert(payout, private={"transactions": carried})
    record_event(world, "payout.created", payout)
    return payout


def _built(world: World, currency: str, amount: int) -> Json:
    now = world.clock.now()
    unset = (
        "application_fee", "application_fee_amount", "description", "destination", "failure_balance_transaction",
        "failure_code", "failure_message", "original_payout", "payout_method", "reversed_by", "statement_descriptor",
        "trace_id",
    )  # fmt: skip
    return {
        "id": new_id("po"),
        "object": "payout",
        **dict.fromkeys(unset),
        "amount": amount,
        "arrival_date": now,
        "automatic": True,
        "balance_transaction": None,
        "created": now,
        "currency": currency,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "reconciliation_status": "completed",
        "source_type": "card",
        "status": "in_transit",
        "type": "bank_account",
    }
