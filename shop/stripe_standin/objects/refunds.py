"""Refunds: never more than what remains, and the fee is not given back."""

from shop.stripe_standin.errors import ApiError, resource_missing
from shop.stripe_standin.events import record_event
from shop.stripe_standin.ids import new_id
from shop.stripe_standin.money import written
from shop.stripe_standin.objects.balance import record_move, record_refund
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.world import Call, World


def create_refund(call: Call) -> Json:
    """POST /v1/refunds. Raises ApiError (400) when nothing, or not enough, remains to be refunded."""
    charge = _charge(call)
    amount = _amount(call, charge)
    return give_back(call.world, charge, amount, asked=call.params, origin=call.origin)


def give_back(
    world: World, charge: Json, amount: int, *, asked: Json, origin: Json | None = None, status: str = ""
) -> Json:
    """Make a refund of an amount that is known to remain. Needs a transaction.

    `status` is what it comes to; unless said, what the setting `refund_status` says (see `hooks`), else succeeded.
    """
    refund = _built(world, charge, amount, asked)
    comes_to = status or world.store.setting("refund_status", "succeeded")
    refund["status"] = "pending" if comes_to == "failed" else comes_to
    refund["balance_transaction"] = record_refund(world, refund)["id"]
    world.store.insert(refund)
    before = charge["amount_refunded"]
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    world.store.save(charge)
    record_event(world, "refund.created", refund, origin=origin)
    told = {"amount_refunded": before, "refunded": False}
    record_event(world, "charge.refunded", charge, origin=origin, previous=told)
    if refund["status"] == "succeeded":
        record_event(world, "refund.updated", refund, origin=origin, previous={"status": "pending"})
    return settle_refund(world, refund["id"], status="failed") if comes_to == "failed" else refund


def settle_refund(world: World, refund_id: str, *, status: str) -> Json:
    """What the customer's bank says later: `succeeded`, or `failed` and the money is back. Needs a transaction.

    Raises LookupError for an unknown refund and ValueError for one that cannot come to that any more.
    """
    found = world.store.find(refund_id, kind="refund")
    if found is None:
        raise LookupError(refund_id)
    refund = found.body
    if refund["status"] in ("failed", status):
        raise ValueError(f"This refund is {refund['status']}.")
    before, refund["status"] = refund["status"], status
    if status == "failed":
        _money_returned(world, refund)
    world.store.save(refund)
    record_event(world, "refund.updated", refund, previous={"status": before})
    if status == "failed":
        record_event(world, "refund.failed", refund)
    return refund


def _money_returned(world: World, refund: Json) -> None:
    """https://docs.stripe.com/refunds#failed-refunds: the amount comes back to the balance and to the charge."""
    refund["failure_reason"] = "expired_or_canceled_card"
    moved = record_move(world, refund, amount=refund["amount"], fee=0, kind="refund_failure")
    refund["failure_balance_transaction"] = moved["id"]
    charge = world.store.find(refund["charge"], kind="charge")
    if charge is not None:
        left = charge.body["amount_refunded"] - refund["amount"]
        world.store.save(charge.body | {"amount_refunded": left, "refunded": False})


def update_refund(call: Call) -> Json:
    """POST /v1/refunds/{refund}: metadata only, as at Stripe."""
    found = call.world.store.find(call.ids["id"], kind="refund")
    if found is None:
        raise resource_missing(noun="refund", object_id=call.ids["id"], param="refund", status=404)
    before = found.body["metadata"]
    refund = call.world.store.save({**found.body, "metadata": merged(before, call.params.get("metadata"))})
    record_event(call.world, "refund.updated", refund, origin=call.origin, previous={"metadata": before})
    return refund


def merged(metadata: dict[str, str], changes: dict[str, str] | None) -> dict[str, str]:
    """Metadata after an update: keys are added or replaced, and unset by an empty value."""
    if changes is None:
        return metadata
    if not changes:
        return {}
    return {key: value for key, value in {**metadata, **changes}.items() if value}


def _charge(call: Call) -> Json:
    asked, store = call.params, call.world.store
    if ("charge" in asked) == ("payment_intent" in asked):
        raise ApiError(
            "One of the following params should be provided for this request: payment_intent or charge.",
            code="parameter_missing" if "charge" not in asked else "parameters_exclusive",
        )
    if "payment_intent" in asked:
        intent = store.find(asked["payment_intent"], kind="payment_intent")
        if intent is None:
            raise resource_missing(noun="payment_intent", object_id=asked["payment_intent"], param="payment_intent")
        if intent.body["status"] != "succeeded":
            raise ApiError(
                f"This PaymentIntent ({intent.id}) does not have a successful charge to refund.",
                param="payment_intent",
            )
        asked = {"charge": intent.body["latest_charge"]}
    found = store.find(asked["charge"], kind="charge")
    if found is None:
        raise resource_missing(noun="charge", object_id=asked["charge"], param="charge")
    if found.body["status"] != "succeeded":
        raise ApiError(f"Charge {found.id} has not succeeded, so there is nothing to refund.", param="charge")
    return found.body


def _amount(call: Call, charge: Json) -> int:
    remaining = charge["amount"] - charge["amount_refunded"]
    if remaining == 0:
        raise ApiError(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount: int = call.params.get("amount", remaining)
    if amount > remaining:
        currency = charge["currency"]
        raise ApiError(
            f"Refund amount ({written(amount, currency)}) is greater than unrefunded amount on charge "
            f"({written(remaining, currency)})",
            param="amount",
        )
    return amount


def _built(world: World, charge: Json, amount: int, asked: Json) -> Json:
    method = charge["payment_method_details"]["type"]
    return {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": world.clock.now(),
        "currency": charge["currency"],
        "customer": charge["customer"],
        "customer_account": None,
        "destination_details": {"type": method, **({"card": {"type": "refund"}} if method == "card" else {})},
        "metadata": asked.get("metadata", {}),
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": asked.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }
