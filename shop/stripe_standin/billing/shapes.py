"""Subscriptions, invoices and their payments: their shapes, without any decision."""

from shop.stripe_standin.ids import new_id, random_text
from shop.stripe_standin.shapes import Json

_UNSET_ON_SUBSCRIPTION = dict.fromkeys(
    (
        "application", "application_fee_percent", "billing_cycle_anchor_config", "billing_thresholds", "cancel_at",
        "canceled_at", "customer_account", "days_until_due", "default_source", "ended_at",
        "next_pending_invoice_item_invoice", "on_behalf_of", "pause_collection", "pending_invoice_item_interval",
        "pending_setup_intent", "pending_update", "schedule", "test_clock", "transfer_data", "trial_end", "trial_start",
    )
)  # fmt: skip
_UNSET_ON_INVOICE = dict.fromkeys(
    (
        "account_name", "account_tax_ids", "application", "automatically_finalizes_at", "custom_fields",
        "customer_account", "customer_address", "customer_name", "customer_phone", "customer_shipping",
        "default_payment_method", "default_source", "description", "due_date", "footer", "from_invoice",
        "hosted_invoice_url", "invoice_pdf", "last_finalization_error", "latest_revision", "next_payment_attempt",
        "on_behalf_of", "receipt_number", "rendering", "shipping_cost", "shipping_details", "statement_descriptor",
        "test_clock", "webhooks_delivered_at",
    )
)  # fmt: skip
_NO_CANCELLATION = dict.fromkeys(("comment", "feedback", "reason"))
_NO_TAX = {"disabled_reason": None, "enabled": False, "liability": None, "provider": None, "status": None}
_NO_TRANSITION = dict.fromkeys(("finalized_at", "marked_uncollectible_at", "paid_at", "voided_at"))
SELF = {"type": "self"}


def subscription(*, customer: str, method: str, line: Json, data: Json, starts: int, ends: int) -> Json:
    """A running subscription with one item; `data` is the session's `subscription_data`."""
    subscription_id = new_id("sub")
    return {
        "id": subscription_id,
        "object": "subscription",
        **_UNSET_ON_SUBSCRIPTION,
        "automatic_tax": {"disabled_reason": None, "enabled": False, "liability": None},
        "billing_cycle_anchor": starts,
        "billing_mode": {"type": "classic"},
        "billing_schedules": [],
        "cancel_at_period_end": False,
        "cancellation_details": dict(_NO_CANCELLATION),
        "collection_method": "charge_automatically",
        "created": starts,
        "currency": line["currency"],
        "customer": customer,
        "default_payment_method": method,
        "default_tax_rates": [],
        "description": data.get("description"),
        "discounts": [],
        "invoice_settings": {"account_tax_ids": None, "issuer": SELF},
        "items": {
            "object": "list",
            "data": [_item(subscription_id, line, starts, ends)],
            "has_more": False,
            "url": f"/v1/subscription_items?subscription={subscription_id}",
        },
        "latest_invoice": None,
        "livemode": False,
        "metadata": data.get("metadata", {}),
        "payment_settings": {"payment_method_options": None, "payment_method_types": None},
        "start_date": starts,
        "status": "active",
        "trial_settings": None,
    }


def _item(subscription_id: str, line: Json, starts: int, ends: int) -> Json:
    return {
        "id": new_id("si"),
        "object": "subscription_item",
        "billing_thresholds": None,
        "created": starts,
        "current_period_end": ends,
        "current_period_start": starts,
        "discounts": [],
        "metadata": {},
        "price": line["price"],
        "quantity": line["quantity"],
        "subscription": subscription_id,
        "tax_rates": [],
    }


def invoice(body: Json, *, reason: str, email: str | None, now: int) -> Json:
    """A finalized invoice for the item's current period, not paid yet."""
    (item,) = body["items"]["data"]
    invoice_id, amount = new_id("in"), item["price"]["unit_amount"] * item["quantity"]
    lines = [_line(invoice_id, body, item, amount)]
    about = {"metadata": dict(body["metadata"]), "subscription": body["id"]}
    return {
        "id": invoice_id,
        "object": "invoice",
        **_UNSET_ON_INVOICE,
        **_amounts(amount),
        "account_country": "US",
        "attempt_count": 0,
        "attempted": False,
        "auto_advance": True,
        "automatic_tax": dict(_NO_TAX),
        "billing_reason": reason,
        "collection_method": "charge_automatically",
        "created": now,
        "currency": body["currency"],
        "customer": body["customer"],
        "customer_email": email,
        "customer_tax_exempt": "none",
        "customer_tax_ids": [],
        "default_tax_rates": [],
        "discounts": [],
        "effective_at": now,
        "issuer": SELF,
        "lines": {"object": "list", "data": lines, "has_more": False, "url": f"/v1/invoices/{invoice_id}/lines"},
        "livemode": False,
        "metadata": {},
        "number": f"{random_text(8).upper()}-0001",
        "parent": {"quote_details": None, "subscription_details": about, "type": "subscription_details"},
        "payment_settings": {"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        "period_end": now,
        "period_start": now,
        "status": "open",
        "status_transitions": {**_NO_TRANSITION, "finalized_at": now},
    }


def _amounts(amount: int) -> Json:
    nothing = ("amount_overpaid", "amount_paid", "amount_paid_off_stripe", "amount_shipping", "ending_balance",
               "post_payment_credit_notes_amount", "pre_payment_credit_notes_amount", "starting_balance")  # fmt: skip
    all_of_it = ("amount_due", "amount_remaining", "subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax")
    lists = ("total_discount_amounts", "total_pretax_credit_amounts", "total_taxes")
    return dict.fromkeys(nothing, 0) | dict.fromkeys(all_of_it, amount) | {name: [] for name in lists}


def _line(invoice_id: str, subscription_body: Json, item: Json, amount: int) -> Json:
    price = item["price"]
    about = {
        "invoice_item": None,
        "proration": False,
        "proration_details": None,
        "subscription": subscription_body["id"],
        "subscription_item": item["id"],
    }
    return {
        "id": new_id("il"),
        "object": "line_item",
        "amount": amount,
        "currency": subscription_body["currency"],
        "description": subscription_body["description"],
        "discount_amounts": [],
        "discountable": True,
        "discounts": [],
        "invoice": invoice_id,
        "livemode": False,
        "metadata": dict(subscription_body["metadata"]),
        "parent": {
            "invoice_item_details": None,
            "subscription_item_details": about,
            "type": "subscription_item_details",
        },
        "period": {"end": item["current_period_end"], "start": item["current_period_start"]},
        "pretax_credit_amounts": [],
        "pricing": {
            "price_details": {"price": price["id"], "product": price["product"]},
            "type": "price_details",
            "unit_amount_decimal": price["unit_amount_decimal"],
        },
        "quantity": item["quantity"],
        "subscription": subscription_body["id"],
        "subtotal": amount,
        "taxes": [],
    }


def invoice_payment(invoice_body: Json, intent_id: str, *, now: int) -> Json:
    """The link between an invoice and the intent that is to pay it."""
    return {
        "id": new_id("inpay"),
        "object": "invoice_payment",
        "amount_paid": None,
        "amount_requested": invoice_body["amount_due"],
        "created": now,
        "currency": invoice_body["currency"],
        "invoice": invoice_body["id"],
        "is_default": True,
        "livemode": False,
        "payment": {"payment_intent": intent_id, "type": "payment_intent"},
        "status": "open",
        "status_transitions": {"canceled_at": None, "paid_at": None},
    }
