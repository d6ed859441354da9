"""What the endpoints of subscriptions, invoices and the Billing Portal accept."""

from shop.stripe_standin.parameters.common import EXPAND, Created, Currency, Metadata, listing
from shop.stripe_standin.parameters.kinds import Choice, DecimalAmount, Fields, Flag, Integer, ListOf, Text, Url

RECURRING = Fields(
    {"interval": Choice(("day", "month", "week", "year")), "interval_count": Integer(least=1, most=36)},
    required=("interval",),
)
SUBSCRIPTION_DATA = Fields(
    {"description": Text(500), "metadata": Metadata()},
    not_yet=(
        "application_fee_percent", "billing_cycle_anchor", "billing_cycle_anchor_config", "billing_mode",
        "default_tax_rates", "invoice_settings", "on_behalf_of", "proration_behavior", "transfer_data", "trial_end",
        "trial_period_days", "trial_settings",
    ),
)  # fmt: skip
ITEM_PRICE = Fields(
    {
        "currency": Currency(),
        "product": Text(),
        "recurring": RECURRING,
        "unit_amount": Integer(),
        "unit_amount_decimal": DecimalAmount(),
    },
    required=("currency", "product", "recurring"),
    not_yet=("tax_behavior",),
)
UPDATE_SUBSCRIPTION = Fields(
    {
        **EXPAND,
        "cancel_at_period_end": Flag(),
        "items": ListOf(Fields({"id": Text(), "price_data": ITEM_PRICE}, not_yet=("deleted", "price", "quantity"))),
        "metadata": Metadata(),
        "proration_behavior": Choice(("always_invoice", "create_prorations", "none")),
    },
    not_yet=("cancel_at", "cancellation_details", "pause_collection", "trial_end"),
)
CANCEL_SUBSCRIPTION = Fields({**EXPAND}, not_yet=("cancellation_details", "invoice_now", "prorate"))
LIST_SUBSCRIPTIONS = listing(
    created=Created(),
    customer=Text(),
    status=Choice(
        ("active", "all", "canceled", "ended", "incomplete", "incomplete_expired", "past_due", "paused", "trialing",
         "unpaid")
    ),
)  # fmt: skip
LIST_INVOICES = listing(
    created=Created(),
    customer=Text(),
    status=Choice(("draft", "open", "paid", "uncollectible", "void")),
    subscription=Text(),
)
LIST_INVOICE_PAYMENTS = listing(
    created=Created(),
    invoice=Text(),
    payment=Fields(
        {"payment_intent": Text(), "type": Choice(("payment_intent", "payment_record"))},
        required=("type",),
        not_yet=("payment_record",),
    ),
    status=Choice(("canceled", "open", "paid")),
)
OPEN_PORTAL = Fields(
    {**EXPAND, "customer": Text(), "locale": Text(), "return_url": Url()},
    not_yet=("after_expiration", "configuration", "customer_account", "flow_data", "on_behalf_of"),
)
