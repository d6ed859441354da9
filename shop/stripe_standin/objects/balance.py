"""Balance transactions: what each charge and refund moved, with its fee; and the balance they add up to."""

from collections import defaultdict

from shop.stripe_standin.ids import new_id
from shop.stripe_standin.lists import Query, listed, page
from shop.stripe_standin.money import processing_fee
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Store
from shop.stripe_standin.world import Call, World

AVAILABLE_AFTER = 2 * 24 * 60 * 60
"""Two days, as for an account in the United States."""


def record_charge(world: World, charge: Json) -> Json:
    """Money in, less Stripe's fee. Returns the stored transaction."""
    return record_move(world, charge, amount=charge["amount"], fee=processing_fee(charge["amount"]), kind="charge")


def record_refund(world: World, refund: Json) -> Json:
    """Money back; the fee of the charge is kept by Stripe."""
    return record_move(world, refund, amount=-refund["amount"], fee=0, kind="refund")


def record_move(
    world: World, source: Json, *, amount: int, fee: int, kind: str, category: str = "", description: str | None = None
) -> Json:
    """Any other movement; `category` is its reporting category when that is another word than its type."""
    now = world.clock.now()
    body: Json = {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": now + AVAILABLE_AFTER,
        "balance_type": "payments",
        "created": now,
        "currency": source["currency"],
        "description": description or source.get("description"),
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [_fee_detail(fee, source["currency"])] if fee else [],
        "net": amount - fee,
        "reporting_category": category or kind,
        "source": source.get("id"),
        "status": "pending",
        "type": kind,
    }
    world.store.insert(body)
    make_due(world.store, body["id"], "become_available", body["available_on"])
    return body


def _fee_detail(fee: int, currency: str) -> Json:
    return {
        "amount": fee,
        "application": None,
        "currency": currency,
        "description": "Stripe processing fees",
        "type": "stripe_fee",
    }


def become_available(world: World, transaction_id: str) -> None:
    """Two days on, the money can be paid out."""
    found = world.store.find(transaction_id, kind="balance_transaction")
    if found is not None:
        world.store.save({**found.body, "status": "available"})


def make_due(store: Store, object_id: str, action: str, at: float) -> None:
    """Have the ticker do something to an object at a moment, in Unix seconds."""
    store.run("INSERT OR REPLACE INTO due (object_id, action, at) VALUES (?, ?, ?)", (object_id, action, at))


def list_transactions(call: Call) -> Json:
    """GET /v1/balance_transactions"""
    asked = call.params
    query = Query("balance_transaction").field("source", asked.get("source")).field("type", asked.get("type"))
    query.field("currency", asked.get("currency")).created(asked.get("created"))
    if "payout" in asked:
        paid = call.world.store.find(asked["payout"], kind="payout")
        carried = paid.private["transactions"] if paid else []
        query.where(f"id IN ({', '.join('?' * len(carried))})", *carried)
    found, has_more = page(call.world.store, query, asked)
    return listed([record.body for record in found], url=call.path, has_more=has_more)


def balance(call: Call) -> Json:
    """GET /v1/balance"""
    sums: dict[str, dict[str, int]] = {"available": defaultdict(int), "pending": defaultdict(int)}
    for row in call.world.store.rows(
        "SELECT json_extract(body, '$.status') AS status, json_extract(body, '$.currency') AS currency,"
        " SUM(json_extract(body, '$.net')) AS net FROM object WHERE kind = 'balance_transaction' GROUP BY 1, 2"
    ):
        sums[row["status"]][row["currency"]] += row["net"]
    currencies = sorted(sums["available"].keys() | sums["pending"].keys()) or ["usd"]
    return {
        "object": "balance",
        "livemode": False,
        **{
            state: [
                {"amount": sums[state][code], "currency": code, "source_types": {"card": sums[state][code]}}
                for code in currencies
            ]
            for state in ("available", "pending")
        },
    }
