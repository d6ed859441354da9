"""Monthly gifts at Stripe: Checkout in subscription mode, subscriptions, their invoices, the Billing Portal.

A subscription carries one price: the gift and what covers its fee together. How they divide stands in its metadata,
which Stripe copies onto each invoice (`parent.subscription_details.metadata`) as it is finalized.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import stripe

from shop.core.columns import Json
from shop.core.money import Money
from shop.payments import stripe_reports as reports
from shop.payments.monthly import (
    InvoiceSeen,
    MonthlyPage,
    MonthlyRequest,
    PaidInvoice,
    Split,
    SubscriptionChange,
    SubscriptionReport,
)
from shop.payments.stripe_asking import ask

if TYPE_CHECKING:  # as in stripe_gateway
    from stripe.params import InvoiceListParams
    from stripe.params.checkout import SessionCreateParams

NOT_TAXABLE = "txcd_00000000"  # Stripe's product tax code "Nontaxable"
STATES: dict[str, Any] = {
    "incomplete": "waiting",
    "incomplete_expired": "ended",
    "canceled": "ended",
    "past_due": "past_due",
    "unpaid": "past_due",
}
REASONS: dict[str | None, Any] = {
    "cancellation_requested": "asked",
    "payment_failed": "lapsed",
    "payment_disputed": "disputed",
}
BOOKED = ["latest_charge.balance_transaction"]


class StripeMonthly:
    """The part of the gateway that a `MonthlyGateway` names."""

    _client: stripe.StripeClient

    def open_monthly(self, request: MonthlyRequest) -> MonthlyPage:
        options: stripe.RequestOptions = {"idempotency_key": f"monthly-{request.gift_id}"}
        params = _params(request)
        return _page(ask(lambda: self._client.v1.checkout.sessions.create(params, options)).to_dict())

    def read_monthly_page(self, session_id: str) -> MonthlyPage:
        return _page(ask(lambda: self._client.v1.checkout.sessions.retrieve(session_id)).to_dict())

    def read_subscription(self, subscription_id: str) -> SubscriptionReport:
        wanted: InvoiceListParams = {"subscription": subscription_id, "limit": 100}
        told = ask(lambda: self._client.v1.subscriptions.retrieve(subscription_id)).to_dict()
        listed = ask(lambda: [one.to_dict() for one in self._client.v1.invoices.list(wanted).auto_paging_iter()])
        return _subscription(told, listed)

    def read_invoice(self, invoice_id: str) -> PaidInvoice:
        seen = _invoice(ask(lambda: self._client.v1.invoices.retrieve(invoice_id)).to_dict())
        about: Any = {"invoice": invoice_id, "status": "paid", "limit": 10}
        paid = ask(lambda: [one.to_dict() for one in self._client.v1.invoice_payments.list(about).data])
        intents = [str(one["payment"]["payment_intent"]) for one in paid if one["payment"].get("payment_intent")]
        if not intents:
            return PaidInvoice(seen, None)
        intent = ask(lambda: self._client.v1.payment_intents.retrieve(intents[0], {"expand": BOOKED}))
        return PaidInvoice(seen, reports.captured(intent.to_dict()))

    def invoice_of_intent(self, intent_id: str) -> str | None:
        about: Any = {"payment": {"type": "payment_intent", "payment_intent": intent_id}, "limit": 1}
        found = ask(lambda: [one.to_dict() for one in self._client.v1.invoice_payments.list(about).data])
        return str(found[0]["invoice"]) if found else None

    def change_subscription(self, change: SubscriptionChange) -> None:
        """The product stays; its price is made anew, and nothing is charged before the next month."""
        told = ask(lambda: self._client.v1.subscriptions.retrieve(change.subscription_id)).to_dict()
        (item,) = told["items"]["data"]
        options: stripe.RequestOptions = {"idempotency_key": f"monthly-change-{change.key}"}
        total = change.gift + change.fee_cover
        price: Any = {
            "currency": total.currency.lower(),
            "product": item["price"]["product"],
            "recurring": {"interval": "month"},
            "unit_amount": total.minor,
        }
        params: Any = {
            "items": [{"id": item["id"], "price_data": price}],
            "metadata": _told(change.gift, change.fee_cover),
            "proration_behavior": "none",
        }
        ask(lambda: self._client.v1.subscriptions.update(change.subscription_id, params, options))

    def end_subscription(self, subscription_id: str) -> None:
        ask(lambda: self._client.v1.subscriptions.cancel(subscription_id))

    def open_portal(self, customer_id: str, *, return_url: str, language: str) -> str:
        params: Any = {"customer": customer_id, "return_url": return_url, "locale": language}
        return str(ask(lambda: self._client.v1.billing_portal.sessions.create(params)).url)


def _params(request: MonthlyRequest) -> SessionCreateParams:
    total = request.gift + request.fee_cover
    product: Any = {"name": request.name, "tax_code": NOT_TAXABLE} | (
        {"description": request.note} if request.note else {}
    )
    ours = {"monthly": request.gift_id} | _told(request.gift, request.fee_cover)
    language: Any = request.language
    return {
        "mode": "subscription",
        "client_reference_id": request.gift_id,
        "metadata": {"monthly": request.gift_id},
        "subscription_data": {"metadata": ours, "description": request.name[:500]},
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": total.currency.lower(),
                    "unit_amount": total.minor,
                    "recurring": {"interval": "month"},
                    "product_data": product,
                },
            }
        ],
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "expires_at": int(request.expires_at.timestamp()),
        "locale": language,
    }


def _told(gift: Money, fee_cover: Money) -> dict[str, str]:
    return {"gift": str(gift.minor), "fee_cover": str(fee_cover.minor)}


def _split(metadata: Json | None, total: int) -> Split | None:
    """None where somebody changed the amount in Stripe's dashboard, so that what we told it is no longer so."""
    told = metadata or {}
    gift, cover = str(told.get("gift", "")), str(told.get("fee_cover", ""))
    if not (gift.isdecimal() and cover.isdecimal()) or int(gift) + int(cover) != total:
        return None
    return Split(int(gift), int(cover))


def _page(told: Json) -> MonthlyPage:
    return MonthlyPage(told["id"], told.get("url"), told["status"], _id(told.get("subscription")))


def _id(told: Any) -> str | None:
    """An id, or that of an object in its place."""
    found: str | None = told["id"] if isinstance(told, dict) else told
    return found


def _invoice(told: Json) -> InvoiceSeen:
    about = (told.get("parent") or {}).get("subscription_details") or {}
    again = told.get("next_payment_attempt")
    return InvoiceSeen(
        id=told["id"],
        subscription_id=_id(about.get("subscription")),
        state=told.get("status") or "draft",
        total=Money(told["total"], told["currency"].upper()),
        split=_split(about.get("metadata"), told["total"]),
        attempts=told["attempt_count"],
        next_try=reports.moment(again) if again else None,
        email=told.get("customer_email"),
    )


def _subscription(told: Json, invoices: list[Json]) -> SubscriptionReport:
    items: list[Json] = told["items"]["data"]
    total = sum((one["price"]["unit_amount"] or 0) * one.get("quantity", 1) for one in items)
    state = STATES.get(told["status"], "active")
    stops = told.get("cancel_at") or (items[0]["current_period_end"] if told["cancel_at_period_end"] else None)
    return SubscriptionReport(
        id=told["id"],
        gift_id=told["metadata"].get("monthly"),
        customer_id=_id(told["customer"]) or "",
        state=state,
        reason=REASONS.get((told.get("cancellation_details") or {}).get("reason"), "other"),
        total=Money(total, told["currency"].upper()),
        split=_split(told["metadata"], total),
        next_on=None if state == "ended" or stops else reports.moment(items[0]["current_period_end"]),
        stops_on=reports.moment(stops) if stops else None,
        invoices=[_invoice(one) for one in reversed(invoices)],  # Stripe lists the newest first
    )
