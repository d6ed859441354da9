"""Disputes and fraud warnings: what banks do to a charge. Amount and fee leave the balance at once."""

from shop.stripe_standin.events import record_event
from shop.stripe_standin.ids import new_id
from shop.stripe_standin.objects.balance import record_move
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.world import World

DISPUTE_FEE = 1_500
"""15.00, as for an account in the United States; Stripe keeps it whoever wins."""

ANSWER_WITHIN = 9 * 24 * 60 * 60
FRAUD_TYPE = "unauthorized_use_of_card"
_NO_EVIDENCE = {"has_evidence": False, "past_due": False, "submission_count": 0, "enhanced_eligibility": {}}


def open_dispute(world: World, charge_id: str, *, amount: int | None = None, reason: str = "fraudulent") -> Json:
    """A customer's bank takes a payment back until it has decided. Needs a transaction.

    Raises LookupError for an unknown charge, ValueError when it was disputed before or never paid.
    """
    charge = _charge(world, charge_id)
    if charge["disputed"] or charge["status"] != "succeeded":
        raise ValueError("This charge cannot be disputed, or was before.")
    dispute = world.store.insert(_built(world, charge, amount or charge["amount"], reason))
    world.store.save(charge | {"disputed": True})
    record_event(world, "charge.dispute.created", dispute)
    _move(world, dispute, -dispute["amount"], fee=DISPUTE_FEE, category="dispute")
    record_event(world, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def answer_dispute(world: World, dispute_id: str) -> Json:
    """Evidence was handed in. Needs a transaction; raises LookupError and ValueError."""
    dispute = _open(world, dispute_id)
    dispute["evidence_details"] |= {"has_evidence": True, "submission_count": 1}
    return _become(world, dispute, "under_review", "charge.dispute.updated")


def close_dispute(world: World, dispute_id: str, *, won: bool) -> Json:
    """The bank has decided; who wins gets the amount back, not the fee. Needs a transaction."""
    dispute = _open(world, dispute_id)
    if won:
        _move(world, dispute, dispute["amount"], fee=0, category="dispute_reversal")
    _become(world, dispute, "won" if won else "lost", "charge.dispute.closed")
    if won:
        record_event(world, "charge.dispute.funds_reinstated", dispute)
    return dispute


def warn_of_fraud(world: World, charge_id: str) -> Json:
    """A card's issuer says that a payment may be fraud; no money moves. Needs a transaction."""
    charge = _charge(world, charge_id)
    warning = world.store.insert(
        {
            "id": new_id("issfr"),
            "object": "radar.early_fraud_warning",
            "actionable": not charge["refunded"] and not charge["disputed"],
            "charge": charge["id"],
            "created": world.clock.now(),
            "fraud_type": FRAUD_TYPE,
            "livemode": False,
            "payment_intent": charge["payment_intent"],
        }
    )
    record_event(world, "radar.early_fraud_warning.created", warning)
    return warning


def _charge(world: World, charge_id: str) -> Json:
    found = world.store.find(charge_id, kind="charge")
    if found is None:
        raise LookupError(charge_id)
    return found.body


def _open(world: World, dispute_id: str) -> Json:
    found = world.store.find(dispute_id, kind="dispute")
    if found is None:
        raise LookupError(dispute_id)
    if found.body["status"] in ("won", "lost"):
        raise ValueError(f"This dispute is {found.body['status']}.")
    return found.body


def _become(world: World, dispute: Json, status: str, event: str) -> Json:
    before, dispute["status"] = dispute["status"], status
    world.store.save(dispute)
    record_event(world, event, dispute, previous={"status": before})
    return dispute


def _move(world: World, dispute: Json, amount: int, *, fee: int, category: str) -> None:
    about = f"Chargeback {'reversal' if amount > 0 else 'withdrawal'} for {dispute['charge']}"
    moved = record_move(world, dispute, amount=amount, fee=fee, kind="adjustment", category=category, description=about)
    dispute["balance_transactions"] = [*dispute["balance_transactions"], moved]
    world.store.save(dispute)


def _built(world: World, charge: Json, amount: int, reason: str) -> Json:
    now = world.clock.now()
    return {
        "id": new_id("du"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {"enhanced_evidence": {}},
        "evidence_details": {**_NO_EVIDENCE, "due_by": now + ANSWER_WITHIN},
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": reason,
        "status": "needs_response",
    }
