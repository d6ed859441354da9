"""Line items with their inline prices and products."""

from decimal import Decimal

from shop.stripe_standin.errors import ApiError, empty_parameter, missing_parameter, resource_missing
from shop.stripe_standin.ids import new_id
from shop.stripe_standin.money import rounded
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Store


def built_lines(store: Store, lines: list[Json], *, now: int) -> list[Json]:
    """Items for the lines of a request, in order; stores each inline product so that it can be expanded.

    Raises ApiError (400) for a missing quantity or price, a price id (the stand-in has no catalogue),
    or lines in more than one currency.
    """
    if not lines:
        raise empty_parameter("line_items")
    items = [_built_line(store, line, f"line_items[{index}]", now) for index, line in enumerate(lines)]
    currencies = {item["currency"] for item in items}
    if len(currencies) > 1:
        raise ApiError("The price specified must have the same currency for each line item.", param="line_items")
    return items


def _built_line(store: Store, line: Json, at: str, now: int) -> Json:
    price_data = _price_data(line, at)
    if "quantity" not in line:
        raise missing_parameter(f"{at}[quantity]")
    unit = _unit_amount(price_data, f"{at}[price_data]")
    product = _product(store, price_data, f"{at}[price_data]", now)
    amount = rounded(unit * line["quantity"])
    price = _price(price_data, unit, product["id"], now)
    return {
        "id": new_id("li"),
        "object": "item",
        "adjustable_quantity": _adjustable(line.get("adjustable_quantity")),
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": price_data["currency"],
        "description": product["name"],
        "metadata": line.get("metadata", {}),
        "price": price,
        "quantity": line["quantity"],
    }


def _price_data(line: Json, at: str) -> Json:
    if "price" in line and "price_data" in line:
        raise ApiError("You may only specify one of these parameters: price, price_data.",
                       code="parameters_exclusive", param=at)  # fmt: skip
    if "price" in line:
        raise resource_missing(noun="price", object_id=line["price"], param=f"{at}[price]")
    if line.get("tax_rates"):
        raise resource_missing(noun="tax rate", object_id=line["tax_rates"][0], param=f"{at}[tax_rates][0]")
    if "price_data" not in line:
        raise missing_parameter(f"{at}[price_data]")
    found: Json = line["price_data"]
    return found


def _unit_amount(price_data: Json, at: str) -> Decimal:
    given = [name for name in ("unit_amount", "unit_amount_decimal") if name in price_data]
    if len(given) != 1:
        code = "parameters_exclusive" if given else "parameter_missing"
        raise ApiError("Give one of unit_amount and unit_amount_decimal.", code=code, param=f"{at}[unit_amount]")
    return Decimal(price_data[given[0]])


def _product(store: Store, price_data: Json, at: str, now: int) -> Json:
    if ("product" in price_data) == ("product_data" in price_data):
        code = "parameters_exclusive" if "product" in price_data else "parameter_missing"
        raise ApiError("Give one of product and product_data.", code=code, param=f"{at}[product]")
    if "product" in price_data:
        found = store.find(price_data["product"], kind="product")
        if found is None:
            raise resource_missing(noun="product", object_id=price_data["product"], param=f"{at}[product]")
        return found.body
    data = price_data["product_data"]
    return store.insert(
        {
            "id": new_id("prod"),
            "object": "product",
            "active": False,
            "created": now,
            "default_price": None,
            "description": data.get("description"),
            "images": data.get("images", []),
            "livemode": False,
            "marketing_features": [],
            "metadata": data.get("metadata", {}),
            "name": data["name"],
            "package_dimensions": None,
            "shippable": None,
            "statement_descriptor": None,
            "tax_code": data.get("tax_code"),
            "unit_label": data.get("unit_label"),
            "updated": now,
            "url": None,
        }
    )


def recurring_price(price_data: Json, *, product_id: str, now: int) -> Json:
    """A price of its own for a subscription that is changed."""
    return _price(price_data, _unit_amount(price_data, "price_data"), product_id, now)


def _recurring(price_data: Json) -> Json | None:
    asked = price_data.get("recurring")
    if asked is None:
        return None
    count = asked.get("interval_count", 1)
    return {"interval": asked["interval"], "interval_count": count, "meter": None, "usage_type": "licensed"}


def _price(price_data: Json, unit: Decimal, product_id: str, now: int) -> Json:
    whole = unit == unit.to_integral_value()
    return {
        "id": new_id("price"),
        "object": "price",
        "active": False,
        "billing_scheme": "per_unit",
        "created": now,
        "currency": price_data["currency"],
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": product_id,
        "recurring": _recurring(price_data),
        "tax_behavior": price_data.get("tax_behavior", "unspecified"),
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "recurring" if price_data.get("recurring") else "one_time",
        "unit_amount": int(unit) if whole else None,
        "unit_amount_decimal": f"{unit:f}",
    }


def _adjustable(asked: Json | None) -> Json | None:
    if not asked or not asked["enabled"]:
        return None
    return {"enabled": True, "maximum": asked.get("maximum", 99), "minimum": asked.get("minimum", 0)}
