"""`POST /v1/checkout/sessions`: check what the schema cannot, add up, and open the session."""

from shop.stripe_standin.errors import ApiError, missing_parameter, not_yet, resource_missing
from shop.stripe_standin.ids import new_session_id
from shop.stripe_standin.money import smallest_charge, written
from shop.stripe_standin.objects.balance import make_due
from shop.stripe_standin.objects.line_items import built_lines
from shop.stripe_standin.objects.shipping_rates import built_options
from shop.stripe_standin.objects.tax import shipping_tax, taxed_lines
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Store
from shop.stripe_standin.world import Call

SHORTEST, LONGEST = 30 * 60, 24 * 60 * 60
"""Seconds that a session may stay open: https://docs.stripe.com/api/checkout/sessions/create"""

OFFERED_METHODS = ["card", "us_bank_account"]


def create_session(call: Call) -> Json:
    """Open a session; raises ApiError (400) for what Stripe would refuse or the stand-in lacks."""
    asked, store, now = call.params, call.world.store, call.world.clock.now()
    _check_shape(asked)
    expires_at = _expiry(asked, now)
    _check_customer(store, asked)
    lines = built_lines(store, asked["line_items"], now=now)
    currency = lines[0]["currency"]
    if asked.get("currency", currency) != currency:
        raise ApiError("The price specified must be in the session's currency.", param="currency")
    if _reckons_tax(asked):
        lines = taxed_lines(store, lines)
    options = built_options(store, asked.get("shipping_options", []), currency=currency, now=now)
    session_id = new_session_id()
    session = _built(asked, session_id, now) | {
        "currency": currency,
        "expires_at": expires_at,
        "payment_method_types": _methods(asked),
        "shipping_options": options,
        "url": f"{call.world.settings.base_url}/pay/{session_id}",
        **totals(store, lines, options[0] if options else None, taxed=_reckons_tax(asked)),
    }
    _check_total(session["amount_total"], currency)
    told = {name: asked.get(name, {}) for name in ("payment_intent_data", "subscription_data")}
    store.insert(session, private={"lines": lines, **told})
    make_due(store, session_id, "expire", expires_at)
    return session


def totals(store: Store, lines: list[Json], option: Json | None, *, taxed: bool) -> Json:
    """Every sum of a session for its lines and the chosen delivery, in minor units; `taxed` with automatic_tax."""
    subtotal = sum(line["amount_subtotal"] for line in lines)
    shipping = option["shipping_amount"] if option else 0
    cost = {"amount_subtotal": shipping, "amount_tax": 0, "amount_total": shipping}
    if taxed:
        cost |= shipping_tax(store, option)
    return {
        "amount_subtotal": subtotal,
        "amount_total": sum(line["amount_total"] for line in lines) + cost["amount_total"],
        "shipping_cost": option and {**cost, "shipping_rate": option["shipping_rate"]},
        "total_details": {
            "amount_discount": 0,
            "amount_shipping": shipping,
            "amount_tax": sum(line["amount_tax"] for line in lines) + cost["amount_tax"],
        },
    }


def _reckons_tax(asked: Json) -> bool:
    enabled: bool = asked.get("automatic_tax", {}).get("enabled", False)
    return enabled


def _check_shape(asked: Json) -> None:
    if asked["mode"] == "setup":
        raise not_yet("mode=setup")
    _check_mode(asked)
    if asked.get("ui_mode", "hosted_page") != "hosted_page":
        raise not_yet(f"ui_mode={asked['ui_mode']}")
    for name in ("line_items", "success_url"):
        if name not in asked:
            raise missing_parameter(name)
    for pair in (("customer", "customer_email"), ("allowed_payment_method_types", "excluded_payment_method_types")):
        if all(name in asked for name in pair):
            raise ApiError(
                f"You may only specify one of these parameters: {', '.join(pair)}.",
                code="parameters_exclusive",
                param=pair[1],
            )


def _check_mode(asked: Json) -> None:
    """What belongs to one mode only; a subscription has one recurring line here."""
    monthly = asked["mode"] == "subscription"
    for name in (
        ("payment_intent_data", "submit_type", "customer_creation", "shipping_options")
        if monthly
        else ("subscription_data",)
    ):
        if name in asked:
            raise ApiError(f"You can not pass `{name}` in `{asked['mode']}` mode.", param=name)
    recurring = ["recurring" in line.get("price_data", {}) for line in asked.get("line_items", [])]
    if monthly and recurring not in ([True], []):
        raise not_yet("mode=subscription with more or other than one recurring line")
    if not monthly and any(recurring):
        raise ApiError("You specified `payment` mode but passed a recurring price.", param="line_items")


def _check_customer(store: Store, asked: Json) -> None:
    if "customer" in asked and store.find(asked["customer"], kind="customer") is None:
        raise resource_missing(noun="customer", object_id=asked["customer"], param="customer")


def _expiry(asked: Json, now: int) -> int:
    expires_at: int = asked.get("expires_at", now + LONGEST)
    if expires_at < now + SHORTEST:
        raise ApiError(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", param="expires_at"
        )
    if expires_at > now + LONGEST:
        raise ApiError(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", param="expires_at"
        )
    return expires_at


def _methods(asked: Json) -> list[str]:
    usual = OFFERED_METHODS if asked["mode"] == "payment" else OFFERED_METHODS[:1]
    offered = asked.get("allowed_payment_method_types", usual)
    left = [method for method in offered if method not in asked.get("excluded_payment_method_types", [])]
    if not left:
        raise ApiError("No valid payment method types for this Checkout Session.")
    return left


def _check_total(total: int, currency: str) -> None:
    """A total of nothing is allowed (Stripe's no-cost orders); between that and the smallest charge is not."""
    least = smallest_charge(currency)
    if 0 < total < least:
        raise ApiError(
            f"The Checkout Session's total amount due must add up to at least {written(least, currency)} {currency}",
            code="amount_too_small",
            param="line_items",
        )


_UNSET = dict.fromkeys(
    (
        "after_expiration", "client_secret", "collected_information", "consent", "currency_conversion",
        "customer_account", "customer_details", "integration_identifier", "invoice", "invoice_creation",
        "payment_intent", "payment_link", "payment_method_configuration_details", "permissions", "recovered_from",
        "saved_payment_method_options", "setup_intent", "subscription", "wallet_options",
    )
)  # fmt: skip
_ECHOED = (
    "allow_promotion_codes", "billing_address_collection", "cancel_url", "client_reference_id", "consent_collection",
    "customer", "customer_email", "locale", "origin_context", "shipping_address_collection", "submit_type",
    "success_url",
)  # fmt: skip
_TEXT_PLACES = ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")


def _built(asked: Json, session_id: str, now: int) -> Json:
    return {
        "id": session_id,
        "object": "checkout.session",
        **_UNSET,
        **{name: asked.get(name) for name in _ECHOED},
        "adaptive_pricing": asked.get("adaptive_pricing", {"enabled": False}),
        "automatic_tax": _automatic_tax(_reckons_tax(asked)),
        "created": now,
        "custom_fields": [],
        "custom_text": {place: asked.get("custom_text", {}).get(place) for place in _TEXT_PLACES},
        "customer_creation": _customer_creation(asked),
        "discounts": [],
        "livemode": False,
        "metadata": asked.get("metadata", {}),
        "mode": asked["mode"],
        "payment_method_collection": "always" if asked["mode"] == "subscription" else "if_required",
        "payment_method_options": {},
        "payment_status": "unpaid",
        "phone_number_collection": asked.get("phone_number_collection", {"enabled": False}),
        "status": "open",
        "ui_mode": "hosted_page",
    }


def _customer_creation(asked: Json) -> str | None:
    if "customer" in asked:
        return None
    return "always" if asked["mode"] == "subscription" else asked.get("customer_creation", "if_required")


def _automatic_tax(enabled: bool) -> Json:
    return {
        "enabled": enabled,
        "liability": {"type": "self"} if enabled else None,
        "provider": "stripe" if enabled else None,
        "status": "requires_location_inputs" if enabled else None,
    }
