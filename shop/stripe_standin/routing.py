"""Every API endpoint the stand-in has, as data: method, path, what it accepts, what answers."""

from dataclasses import dataclass

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from shop.stripe_standin.billing.endpoints import (
    cancel_subscription,
    list_invoice_payments,
    list_invoices,
    list_subscriptions,
    open_portal,
    update_subscription,
)
from shop.stripe_standin.checkout.ending import expire_session
from shop.stripe_standin.checkout.opening import create_session
from shop.stripe_standin.checkout.sessions import list_line_items, list_sessions, retrieve_session, update_session
from shop.stripe_standin.errors import ApiError
from shop.stripe_standin.events import list_events, retrieve_event
from shop.stripe_standin.objects.balance import balance, list_transactions
from shop.stripe_standin.objects.refunds import create_refund, update_refund
from shop.stripe_standin.objects.retrieval import Handler, lister, retriever
from shop.stripe_standin.parameters import billing, checkout, reads
from shop.stripe_standin.parameters.kinds import Fields


@dataclass(frozen=True, eq=False)
class Endpoint:
    """One operation of the API; `<id>` in the path stands for an object's id."""

    method: str
    path: str
    parameters: Fields
    handler: Handler


SESSIONS, SUBSCRIPTIONS, ONE = "/v1/checkout/sessions", "/v1/subscriptions", "/<id>"
ENDPOINTS = (
    Endpoint("POST", SESSIONS, checkout.CREATE_SESSION, create_session),
    Endpoint("GET", SESSIONS, checkout.LIST_SESSIONS, list_sessions),
    Endpoint("GET", SESSIONS + ONE, reads.ONLY_EXPAND, retrieve_session),
    Endpoint("POST", SESSIONS + ONE, checkout.UPDATE_SESSION, update_session),
    Endpoint("POST", f"{SESSIONS}{ONE}/expire", reads.ONLY_EXPAND, expire_session),
    Endpoint("GET", f"{SESSIONS}{ONE}/line_items", reads.LIST_LINES, list_line_items),
    Endpoint("GET", "/v1/payment_intents", reads.LIST_PAYMENT_INTENTS,
             lister("payment_intent", {"customer": "customer"})),
    Endpoint("GET", "/v1/payment_intents" + ONE, reads.ONLY_EXPAND, retriever("payment_intent", param="intent")),
    Endpoint("GET", "/v1/charges", reads.LIST_CHARGES, lister("charge", {
        "customer": "customer", "payment_intent": "payment_intent", "transfer_group": "transfer_group"})),
    Endpoint("GET", "/v1/charges" + ONE, reads.ONLY_EXPAND, retriever("charge")),
    Endpoint("GET", "/v1/balance", reads.ONLY_EXPAND, balance),
    Endpoint("GET", "/v1/balance_transactions", reads.LIST_BALANCE_TRANSACTIONS, list_transactions),
    Endpoint("GET", "/v1/balance_transactions" + ONE, reads.ONLY_EXPAND, retriever("balance_transaction")),
    Endpoint("POST", "/v1/refunds", reads.CREATE_REFUND, create_refund),
    Endpoint("GET", "/v1/refunds", reads.LIST_REFUNDS,
             lister("refund", {"charge": "charge", "payment_intent": "payment_intent"})),
    Endpoint("GET", "/v1/refunds" + ONE, reads.ONLY_EXPAND, retriever("refund")),
    Endpoint("POST", "/v1/refunds" + ONE, reads.UPDATE_METADATA, update_refund),
    Endpoint("GET", "/v1/disputes", reads.LIST_DISPUTES,
             lister("dispute", {"charge": "charge", "payment_intent": "payment_intent"})),
    Endpoint("GET", "/v1/disputes" + ONE, reads.ONLY_EXPAND, retriever("dispute")),
    Endpoint("GET", "/v1/payouts", reads.LIST_PAYOUTS, lister("payout", {"status": "status"})),
    Endpoint("GET", "/v1/payouts" + ONE, reads.ONLY_EXPAND, retriever("payout")),
    Endpoint("GET", "/v1/events", reads.LIST_EVENTS, list_events),
    Endpoint("GET", "/v1/events" + ONE, reads.ONLY_EXPAND, retrieve_event),
    Endpoint("GET", SUBSCRIPTIONS, billing.LIST_SUBSCRIPTIONS, list_subscriptions),
    Endpoint("GET", SUBSCRIPTIONS + ONE, reads.ONLY_EXPAND, retriever("subscription")),
    Endpoint("POST", SUBSCRIPTIONS + ONE, billing.UPDATE_SUBSCRIPTION, update_subscription),
    Endpoint("DELETE", SUBSCRIPTIONS + ONE, billing.CANCEL_SUBSCRIPTION, cancel_subscription),
    Endpoint("GET", "/v1/invoices", billing.LIST_INVOICES, list_invoices),
    Endpoint("GET", "/v1/invoices" + ONE, reads.ONLY_EXPAND, retriever("invoice", param="invoice")),
    Endpoint("GET", "/v1/invoice_payments", billing.LIST_INVOICE_PAYMENTS, list_invoice_payments),
    Endpoint("POST", "/v1/billing_portal/sessions", billing.OPEN_PORTAL, open_portal),
    Endpoint("GET", "/v1/accounts" + ONE, reads.ONLY_EXPAND, retriever("account", param="account")),
    Endpoint("GET", "/v1/customers" + ONE, reads.ONLY_EXPAND, retriever("customer", param="customer")),
    Endpoint("GET", "/v1/payment_methods" + ONE, reads.ONLY_EXPAND, retriever("payment_method")),
    Endpoint("GET", "/v1/products" + ONE, reads.ONLY_EXPAND, retriever("product")),
    Endpoint("GET", "/v1/shipping_rates" + ONE, reads.ONLY_EXPAND, retriever("shipping_rate")),
)  # fmt: skip

_MAP = Map(
    [Rule(end.path, methods=[end.method], endpoint=end, strict_slashes=False) for end in ENDPOINTS],
    merge_slashes=False,
)
_ADAPTER = _MAP.bind("stand-in")


def matched(method: str, path: str) -> tuple[Endpoint, dict[str, str]]:
    """The endpoint and the ids in the path; raises ApiError (404) when the stand-in has none."""
    try:
        endpoint, ids = _ADAPTER.match(path, method=method)
    except HTTPException as error:
        raise ApiError(
            f"Unrecognized request URL ({method}: {path}). The stand-in has only the endpoints that the store uses.",
            status=404,
        ) from error
    return endpoint, dict(ids)
