"""What `POST /v1/checkout/sessions` and its neighbours accept."""

from shop.stripe_standin.parameters.billing import RECURRING, SUBSCRIPTION_DATA
from shop.stripe_standin.parameters.common import EXPAND, FAR_FUTURE, Created, Currency, Metadata, listing
from shop.stripe_standin.parameters.kinds import (
    Choice,
    DecimalAmount,
    Email,
    Fields,
    Flag,
    Integer,
    ListOf,
    Text,
    Url,
)
from shop.stripe_standin.parameters.words import COUNTRIES, LOCALES, PAYMENT_METHODS

AUTO_REQUIRED = Choice(("auto", "required"))
ENABLED = Fields({"enabled": Flag()}, required=("enabled",))
TAX_BEHAVIOR = Choice(("exclusive", "inclusive", "unspecified"))
MESSAGE = Fields({"message": Text(1_200)}, required=("message",))

PRODUCT_DATA = Fields(
    {
        "name": Text(),
        "description": Text(40_000),
        "images": ListOf(Url(), most=8),
        "metadata": Metadata(),
        "tax_code": Text(),
        "unit_label": Text(12),
    },
    required=("name",),
    not_yet=("tax_details",),
)
PRICE_DATA = Fields(
    {
        "currency": Currency(),
        "product": Text(),
        "product_data": PRODUCT_DATA,
        "recurring": RECURRING,
        "tax_behavior": TAX_BEHAVIOR,
        "unit_amount": Integer(),
        "unit_amount_decimal": DecimalAmount(),
    },
    required=("currency",),
)
LINE_ITEM = Fields(
    {
        "adjustable_quantity": Fields(
            {"enabled": Flag(), "minimum": Integer(most=999_999), "maximum": Integer(least=1, most=999_999)},
            required=("enabled",),
        ),
        "metadata": Metadata(),
        "price": Text(),
        "price_data": PRICE_DATA,
        "quantity": Integer(least=1, most=999_999),
        "tax_rates": ListOf(Text(), most=10),
    }
)

ESTIMATE_EDGE = Fields(
    {"unit": Choice(("business_day", "day", "hour", "month", "week")), "value": Integer(least=1, most=9_999)},
    required=("unit", "value"),
)
SHIPPING_RATE_DATA = Fields(
    {
        "delivery_estimate": Fields({"minimum": ESTIMATE_EDGE, "maximum": ESTIMATE_EDGE}),
        "display_name": Text(100),
        "fixed_amount": Fields(
            {"amount": Integer(), "currency": Currency()},
            required=("amount", "currency"),
            not_yet=("currency_options",),
        ),
        "metadata": Metadata(),
        "tax_behavior": TAX_BEHAVIOR,
        "tax_code": Text(),
        "type": Choice(("fixed_amount",)),
    },
    required=("display_name",),
)
SHIPPING_OPTION = Fields({"shipping_rate": Text(), "shipping_rate_data": SHIPPING_RATE_DATA})

PAYMENT_INTENT_DATA = Fields(
    {
        "capture_method": Choice(("automatic", "automatic_async")),
        "description": Text(1_000),
        "metadata": Metadata(),
        "receipt_email": Email(),
        "setup_future_usage": Choice(("off_session", "on_session")),
        "statement_descriptor": Text(22),
        "statement_descriptor_suffix": Text(22),
        "transfer_group": Text(),
    },
    not_yet=("application_fee_amount", "on_behalf_of", "shipping", "transfer_data"),
)
CONSENT_COLLECTION = Fields(
    {
        "payment_method_reuse_agreement": Fields({"position": Choice(("auto", "hidden"))}, required=("position",)),
        "promotions": Choice(("auto", "none")),
        "terms_of_service": Choice(("none", "required")),
    }
)
METHOD_LIST = ListOf(Choice(PAYMENT_METHODS))

CREATE_SESSION = Fields(
    {
        **EXPAND,
        "adaptive_pricing": ENABLED,
        "allow_promotion_codes": Flag(),
        "allowed_payment_method_types": METHOD_LIST,
        "automatic_tax": ENABLED,
        "billing_address_collection": AUTO_REQUIRED,
        "cancel_url": Url(),
        "client_reference_id": Text(200),
        "consent_collection": CONSENT_COLLECTION,
        "currency": Currency(),
        "custom_text": Fields(
            dict.fromkeys(("after_submit", "shipping_address", "submit", "terms_of_service_acceptance"), MESSAGE)
        ),
        "customer": Text(),
        "customer_creation": Choice(("always", "if_required")),
        "customer_email": Email(),
        "excluded_payment_method_types": METHOD_LIST,
        "expires_at": Integer(most=FAR_FUTURE),
        "line_items": ListOf(LINE_ITEM),
        "locale": Choice(LOCALES),
        "metadata": Metadata(),
        "mode": Choice(("payment", "setup", "subscription")),
        "origin_context": Choice(("mobile_app", "web")),
        "payment_intent_data": PAYMENT_INTENT_DATA,
        "phone_number_collection": ENABLED,
        "shipping_address_collection": Fields(
            {"allowed_countries": ListOf(Choice(COUNTRIES), most=len(COUNTRIES))}, required=("allowed_countries",)
        ),
        "shipping_options": ListOf(SHIPPING_OPTION, most=5),
        "subscription_data": SUBSCRIPTION_DATA,
        "submit_type": Choice(("auto", "book", "donate", "pay", "subscribe")),
        "success_url": Url(),
        "ui_mode": Choice(("elements", "embedded_page", "form", "hosted_page")),
    },
    required=("mode",),
    not_yet=(
        "after_expiration", "branding_settings", "custom_fields", "customer_account", "customer_update", "discounts",
        "integration_identifier", "invoice_creation", "managed_payments", "name_collection", "optional_items",
        "payment_method_collection", "payment_method_configuration", "payment_method_data", "payment_method_options",
        "permissions", "redirect_on_completion", "return_url", "saved_payment_method_options", "setup_intent_data",
        "tax_id_collection", "wallet_options",
    ),
)  # fmt: skip
"""`payment_method_types` is deliberately absent: version 2026-10-28.endive removed it from requests."""

UPDATE_SESSION = Fields(
    {**EXPAND, "metadata": Metadata()},
    not_yet=("collected_information", "line_items", "payment_intent_data", "shipping_options"),
)

LIST_SESSIONS = listing(
    created=Created(),
    customer=Text(),
    customer_details=Fields({"email": Text()}, required=("email",)),
    payment_intent=Text(),
    payment_link=Text(),
    status=Choice(("complete", "expired", "open")),
    subscription=Text(),
)
