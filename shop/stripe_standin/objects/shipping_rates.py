"""Delivery options: inline shipping rates, stored so that they can be expanded."""

from shop.stripe_standin.errors import ApiError, missing_parameter, resource_missing
from shop.stripe_standin.ids import new_id
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Store


def built_options(store: Store, options: list[Json], *, currency: str, now: int) -> list[Json]:
    """The session's `shipping_options`; raises ApiError (400) for another currency or an unknown rate."""
    return [
        _built_option(store, option, currency, now, f"shipping_options[{index}]")
        for index, option in enumerate(options)
    ]


def _built_option(store: Store, option: Json, currency: str, now: int, at: str) -> Json:
    rate = _rate(store, option, now, at)
    fixed = rate["fixed_amount"]
    if fixed["currency"] != currency:
        raise ApiError(
            f"The shipping rate is in {fixed['currency']}, but the line items are in {currency}.",
            param=f"{at}[shipping_rate_data][fixed_amount][currency]",
        )
    return {"shipping_amount": fixed["amount"], "shipping_rate": rate["id"]}


def _rate(store: Store, option: Json, now: int, at: str) -> Json:
    if ("shipping_rate" in option) == ("shipping_rate_data" in option):
        raise ApiError("Give one of shipping_rate and shipping_rate_data.", param=at)
    if "shipping_rate" in option:
        found = store.find(option["shipping_rate"], kind="shipping_rate")
        if found is None:
            raise resource_missing(
                noun="shipping rate", object_id=option["shipping_rate"], param=f"{at}[shipping_rate]"
            )
        return found.body
    data = option["shipping_rate_data"]
    if "fixed_amount" not in data:
        raise missing_parameter(f"{at}[shipping_rate_data][fixed_amount]")
    return store.insert(_built_rate(data, now))


def _built_rate(data: Json, now: int) -> Json:
    estimate = data.get("delivery_estimate")
    return {
        "id": new_id("shr"),
        "object": "shipping_rate",
        "active": True,
        "created": now,
        "delivery_estimate": estimate and {edge: estimate.get(edge) for edge in ("maximum", "minimum")},
        "display_name": data["display_name"],
        "fixed_amount": data["fixed_amount"],
        "livemode": False,
        "metadata": data.get("metadata", {}),
        "tax_behavior": data.get("tax_behavior", "unspecified"),
        "tax_code": data.get("tax_code"),
        "type": "fixed_amount",
    }
