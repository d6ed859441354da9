"""Stripe's hosted page in Stripe's words: what is bought, where it may go, what its tax is found by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shop.payments.gateway import Delivery, Item, SessionRequest
from shop.payments.stripe_monthly import NOT_TAXABLE

if TYPE_CHECKING:  # as in stripe_gateway
    from stripe.params.checkout import (
        SessionCreateParams,
        SessionCreateParamsLineItem,
        SessionCreateParamsLineItemPriceData,
        SessionCreateParamsLineItemPriceDataProductData,
        SessionCreateParamsShippingOptionShippingRateData,
    )

SHIPPING = "txcd_92010001"  # Stripe's product tax code "Shipping"
_DONATED: SessionCreateParams = {"submit_type": "donate"}


def session_params(request: SessionRequest) -> SessionCreateParams:
    """Of the call that opens a page (https://docs.stripe.com/api/checkout/sessions/create)."""
    ours = {"order": request.order_id, "number": request.number}
    what = "Order" if request.delivery else "Gift"
    params: SessionCreateParams = {
        "mode": "payment",
        "client_reference_id": request.order_id,
        "metadata": ours,
        "payment_intent_data": {"metadata": ours, "description": f"{what} {request.number}"},
        "line_items": [_line(item, request) for item in request.items],
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "expires_at": int(request.expires_at.timestamp()),
        "locale": _locale(request.language),
    }
    if request.reckon_tax:
        params["automatic_tax"] = {"enabled": True}
    if request.adaptive_pricing:
        params["adaptive_pricing"] = {"enabled": True}
    return params | (_delivered(request.delivery, request) if request.delivery else _DONATED)


def _locale(language: str) -> Any:
    """Our codes of languages are among Stripe's locales."""
    return language


def _delivered(delivery: Delivery, request: SessionRequest) -> SessionCreateParams:
    """Goods go to an address in one country, at one price; what is picked up needs neither."""
    if not delivery.country:
        return {}
    price: SessionCreateParamsShippingOptionShippingRateData = {
        "type": "fixed_amount",
        "display_name": delivery.name,
        "fixed_amount": {"amount": delivery.price.minor, "currency": delivery.price.currency.lower()},
    }
    if request.reckon_tax:
        price["tax_code"] = SHIPPING
        price["tax_behavior"] = "inclusive" if request.tax_inclusive else "exclusive"
    return {
        "shipping_address_collection": {"allowed_countries": [delivery.country]},
        "shipping_options": [{"shipping_rate_data": price}],
    }


def _line(item: Item, request: SessionRequest) -> SessionCreateParamsLineItem:
    price: SessionCreateParamsLineItemPriceData = {
        "currency": item.unit_price.currency.lower(),
        "unit_amount": item.unit_price.minor,
        "product_data": _product(item),
    }
    if request.reckon_tax:
        price["tax_behavior"] = "inclusive" if request.tax_inclusive else "exclusive"
    return {"quantity": item.quantity, "price_data": price}


def _product(item: Item) -> SessionCreateParamsLineItemPriceDataProductData:
    told: SessionCreateParamsLineItemPriceDataProductData = {"name": item.name}
    if not item.taxable:
        told["tax_code"] = NOT_TAXABLE
    if item.note:
        told["description"] = item.note
    return told
