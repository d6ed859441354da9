"""Payment intents, charges, payment methods and customers: their shapes, without any decision."""

from shop.stripe_standin.ids import new_id, random_text
from shop.stripe_standin.shapes import Json

DELAYED_METHODS = ("us_bank_account", "sepa_debit", "bacs_debit", "acss_debit", "au_becs_debit", "customer_balance")
"""Methods that answer days later; Checkout completes before the money is known."""

DECLINED: Json = {
    "type": "card_error",
    "code": "card_declined",
    "decline_code": "generic_decline",
    "doc_url": "https://stripe.com/docs/error-codes/card-declined",
    "message": "Your card was declined.",
}
BOUNCED: Json = {
    "type": "invalid_request_error",
    "code": "payment_method_customer_decline",
    "message": "The customer's bank could not complete this payment.",
}


_UNSET_ON_INTENT = dict.fromkeys(
    (
        "application", "application_fee_amount", "automatic_payment_methods", "canceled_at", "cancellation_reason",
        "customer_account", "last_payment_error", "latest_charge", "next_action", "on_behalf_of", "payment_method",
        "payment_method_configuration_details", "processing", "review", "shipping", "source", "transfer_data",
    )
)  # fmt: skip
_WISHES = (
    "description", "receipt_email", "setup_future_usage", "statement_descriptor", "statement_descriptor_suffix",
    "transfer_group",
)  # fmt: skip
_UNSET_ON_CHARGE = dict.fromkeys(
    (
        "application", "application_fee", "application_fee_amount", "balance_transaction",
        "failure_balance_transaction", "failure_code", "failure_message", "on_behalf_of", "receipt_number",
        "receipt_url", "review", "source", "source_transfer", "transfer_data",
    )
)  # fmt: skip
_FROM_INTENT = (
    "amount", "currency", "customer", "description", "metadata", "receipt_email", "shipping", "statement_descriptor",
    "statement_descriptor_suffix", "transfer_group",
)  # fmt: skip


def payment_intent(session: Json, wishes: Json, *, now: int) -> Json:
    """A new intent for a session's total; `wishes` is its `payment_intent_data`."""
    intent_id = new_id("pi")
    return {
        "id": intent_id,
        "object": "payment_intent",
        **_UNSET_ON_INTENT,
        **{name: wishes.get(name) for name in _WISHES},
        "amount": session["amount_total"],
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "capture_method": wishes.get("capture_method", "automatic_async"),
        "client_secret": f"{intent_id}_secret_{random_text(25)}",
        "confirmation_method": "automatic",
        "created": now,
        "currency": session["currency"],
        "customer": session["customer"],
        "livemode": False,
        "metadata": wishes.get("metadata", {}),
        "payment_method_options": {},
        "payment_method_types": session["payment_method_types"],
        "status": "requires_payment_method",
    }


def charge(intent: Json, method: Json, *, status: str, now: int) -> Json:
    """One try at an intent: `status` is succeeded, pending or failed."""
    failed = status == "failed"
    return {
        "id": new_id("ch"),
        "object": "charge",
        **_UNSET_ON_CHARGE,
        **{name: intent[name] for name in _FROM_INTENT},
        "amount_captured": 0 if failed else intent["amount"],
        "amount_refunded": 0,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": None if failed else "TEST PAYMENT",
        "captured": not failed,
        "created": now,
        "disputed": False,
        "fraud_details": {},
        "livemode": False,
        "outcome": outcome(failed=failed),
        "paid": status == "succeeded",
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {"type": method["type"], method["type"]: _details(method)},
        "refunded": False,
        "status": status,
    }


def declined(intent: Json, method: Json, *, now: int) -> Json:
    """The charge of a card that said no; its intent says why, and waits for another method."""
    failed = charge(intent, method, status="failed", now=now) | {
        "failure_code": DECLINED["code"],
        "failure_message": DECLINED["message"],
    }
    intent |= {
        "last_payment_error": {**DECLINED, "charge": failed["id"]},
        "latest_charge": failed["id"],
        "status": "requires_payment_method",
    }
    return failed


def payment_method(kind: str, billing_details: Json, *, customer: str | None, now: int) -> Json:
    """What was paid with: the test card ending 4242, or a test account of a delayed kind."""
    return {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "limited",
        "billing_details": billing_details,
        "created": now,
        "customer": customer,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": kind,
        kind: dict(_CARD) if kind == "card" else {"last4": "6789"} if kind != "customer_balance" else {},
    }


def customer(*, email: str | None, name: str | None, phone: str | None, address: Json | None, now: int) -> Json:
    """Made by Checkout when `customer_creation` is always."""
    return {
        "id": new_id("cus"),
        "object": "customer",
        "address": address,
        "balance": 0,
        "created": now,
        "currency": None,
        "default_source": None,
        "delinquent": False,
        "description": None,
        "email": email,
        "invoice_prefix": random_text(8).upper(),
        "livemode": False,
        "metadata": {},
        "name": name,
        "phone": phone,
        "preferred_locales": ["en"],
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
    }


_CARD: Json = {
    "brand": "visa",
    "checks": {"address_line1_check": "pass", "address_postal_code_check": "pass", "cvc_check": "pass"},
    "country": "US",
    "display_brand": "visa",
    "exp_month": 12,
    "exp_year": 2040,
    "fingerprint": "standinTestCard1",
    "funding": "credit",
    "generated_from": None,
    "last4": "4242",
    "networks": {"available": ["visa"], "preferred": None},
    "regulated_status": "unregulated",
    "three_d_secure_usage": {"supported": True},
    "wallet": None,
}
_ONLY_ON_METHODS = ("display_brand", "generated_from", "networks", "three_d_secure_usage")


def _details(method: Json) -> Json:
    kept = {name: value for name, value in method[method["type"]].items() if name not in _ONLY_ON_METHODS}
    return kept | ({"network": "visa", "three_d_secure": None} if method["type"] == "card" else {})


def outcome(*, failed: bool) -> Json:
    """What the network said of a try."""
    return {
        "advice_code": "try_again_later" if failed else None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "declined_by_network" if failed else "approved_by_network",
        "reason": "generic_decline" if failed else None,
        "risk_level": "normal",
        "seller_message": "The bank did not return any further details." if failed else "Payment complete.",
        "type": "issuer_declined" if failed else "authorized",
    }
