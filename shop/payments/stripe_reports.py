"""What Stripe's objects say, read into the store's own words. Plain dictionaries in, frozen reports out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from shop.core.columns import Json
from shop.core.money import Money
from shop.payments.reports import (
    Captured,
    ChargeReport,
    DisputeSeen,
    Move,
    PayoutReport,
    RefundReport,
    RefundSeen,
    SessionReport,
)

REFUND_STATES: dict[str, Any] = {"succeeded": "made", "pending": "pending", "requires_action": "pending"}

# What the sweep asks for when webhooks were lost; Stripe takes 20 kinds at most. `payout.paid` and `.failed` are heard
# as well: the sweep finds payouts among what moved.
LISTENED_TO = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "payment_intent.payment_failed",
    "radar.early_fraud_warning.created",
    "account.updated",
    "invoice.paid",
    "invoice.payment_failed",
    "customer.subscription.updated",
    "customer.subscription.deleted",
)


def refund_report(refund: Json) -> RefundReport:
    """A refund's id, state, and why it failed."""
    return RefundReport(
        refund["id"], REFUND_STATES.get(refund.get("status") or "", "failed"), refund.get("failure_reason")
    )


def charge_report(charge: Json, refunds: Sequence[Json], disputes: Sequence[Json]) -> ChargeReport:
    """A charge with everything that came after it."""
    return ChargeReport(
        id=charge["id"],
        order_id=(charge.get("metadata") or {}).get("order"),
        intent_id=charge.get("payment_intent"),
        refunds=[_refund_seen(refund) for refund in sorted(refunds, key=lambda one: (one["created"], one["id"]))],
        disputes=[_dispute_seen(dispute) for dispute in sorted(disputes, key=lambda one: (one["created"], one["id"]))],
    )


def move(txn: Json) -> Move:
    """A balance transaction whose `source` is expanded."""
    source = txn.get("source")
    return Move(
        id=txn["id"],
        kind=txn["type"],
        category=txn["reporting_category"],
        amount=txn["amount"],
        fee=txn["fee"],
        net=txn["net"],
        currency=txn["currency"].upper(),
        source=source["id"] if isinstance(source, dict) else str(source or ""),
        charge_id=_charge_behind(source),
        description=txn.get("description") or "",
        created_at=moment(txn["created"]),
        available_at=moment(txn["available_on"]),
    )


def payout_report(payout: Json, moves: Sequence[Json]) -> PayoutReport:
    """A payout and the ids of what it carried."""
    return PayoutReport(
        id=payout["id"],
        amount=Money(payout["amount"], payout["currency"].upper()),
        status=payout["status"],
        arrives_on=moment(payout["arrival_date"]).date(),
        created_at=moment(payout["created"]),
        moves=[one["id"] for one in moves],
        failure=payout.get("failure_message") or payout.get("failure_code"),
    )


def moment(seconds: int) -> datetime:
    """Unix seconds as Stripe counts, aware and in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def _charge_behind(source: Any) -> str | None:
    """Of the charge itself, of a refund of it, of a dispute about it."""
    if not isinstance(source, dict):
        return None
    if source.get("object") == "charge":
        return str(source["id"])
    charge = source.get("charge")
    return charge["id"] if isinstance(charge, dict) else charge


def _refund_seen(refund: Json) -> RefundSeen:
    told = refund.get("metadata") or {}
    attempt = str(told.get("attempt", ""))
    return RefundSeen(
        stripe_id=refund["id"],
        amount=Money(refund["amount"], refund["currency"].upper()),
        report=refund_report(refund),
        ours=str(told.get("refund", "")),
        attempt=int(attempt) if attempt.isdecimal() else 1,
    )


def _dispute_seen(dispute: Json) -> DisputeSeen:
    moved: list[Json] = dispute["balance_transactions"]
    due_by = dispute["evidence_details"].get("due_by")
    return DisputeSeen(
        id=dispute["id"],
        amount=Money(dispute["amount"], dispute["currency"].upper()),
        reason=dispute["reason"],
        status=dispute["status"],
        due_by=moment(due_by) if due_by else None,
        opened_at=moment(dispute["created"]),
        withdrawn=-sum(one["amount"] for one in moved),
        fee=sum(one["fee"] for one in moved),
        moves=len(moved),
    )


def captured(intent: Any, presented: Any = None) -> Captured | None:
    """The money that an intent took, once it has."""
    if not isinstance(intent, dict) or intent.get("status") != "succeeded":
        return None
    currency = intent["currency"].upper()
    charge = intent.get("latest_charge")
    booked = charge.get("balance_transaction") if isinstance(charge, dict) else None
    return Captured(
        intent_id=intent["id"],
        charge_id=charge["id"] if isinstance(charge, dict) else charge,
        amount=Money(intent["amount_received"], currency),
        fee=Money(booked["fee"], booked["currency"].upper()) if isinstance(booked, dict) else None,
        presented=_presented(presented),
    )


def _presented(told: Any) -> Money | None:
    """What the customer paid in a currency of their own (adaptive pricing); the store is paid in its own."""
    return Money(told["presentment_amount"], told["presentment_currency"].upper()) if isinstance(told, dict) else None


def failed(intent: Any) -> bool:
    """A slow method that came to nothing leaves its intent asking for another one, or cancelled."""
    return isinstance(intent, dict) and intent.get("status") in ("requires_payment_method", "canceled")


def session_report(told: Json) -> SessionReport:
    """How a session stands now. Whatever else another version of Stripe leaves out, its id and status it tells."""
    customer = told.get("customer_details") or {}
    collected = told.get("collected_information") or {}
    complete = told["status"] == "complete"
    return SessionReport(
        live=bool(told.get("livemode")),
        id=told["id"],
        order_id=told.get("client_reference_id"),
        url=told.get("url"),
        state=told["status"],
        settled=complete and told.get("payment_status") != "unpaid",
        failed=complete and failed(told.get("payment_intent")),
        captured=_taken(told),
        email=customer.get("email"),
        ship_to=collected.get("shipping_details"),
    )


def _taken(told: Json) -> Captured | None:
    """From the intent itself; where only its id is told, a paid session's total (the charge and its fee come later)."""
    intent = told.get("payment_intent")
    if not isinstance(intent, str):
        return captured(intent, told.get("presentment_details"))
    if told.get("payment_status") != "paid":
        return None
    total = Money(told["amount_total"], told["currency"].upper())
    return Captured(intent, None, total, None, _presented(told.get("presentment_details")))
