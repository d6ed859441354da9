"""Tax as `automatic_tax` reckons it, with one invented rate: enough to see that a store adds up what it is told."""

from decimal import Decimal

from shop.stripe_standin.money import rounded
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Store

RATE = Decimal("0.10")
"""Ten percent everywhere, of everything that is not marked as nontaxable. Stripe knows thousands of rates."""

NOT_TAXABLE = "txcd_00000000"


def taxed_lines(store: Store, lines: list[Json]) -> list[Json]:
    """The items with their tax: on top of exclusive prices, within inclusive ones."""
    return [line | _taxed(line, _behaviour(line), _taxable(store, line)) for line in lines]


def shipping_tax(store: Store, option: Json | None) -> Json:
    """`amount_tax` and `amount_total` of the chosen delivery."""
    if option is None:
        return {"amount_tax": 0, "amount_total": 0}
    rate = store.find(option["shipping_rate"])
    behaviour = rate.body["tax_behavior"] if rate else "unspecified"
    taxed = _taxed({"amount_subtotal": option["shipping_amount"]}, behaviour, True)
    return {name: taxed[name] for name in ("amount_tax", "amount_total")}


def _taxed(line: Json, behaviour: str, taxable: bool) -> Json:
    subtotal = line["amount_subtotal"]
    if not taxable:
        return {"amount_tax": 0, "amount_total": subtotal}
    if behaviour == "inclusive":
        return {"amount_tax": subtotal - rounded(subtotal / (1 + RATE)), "amount_total": subtotal}
    tax = rounded(subtotal * RATE)
    return {"amount_tax": tax, "amount_total": subtotal + tax}


def _behaviour(line: Json) -> str:
    told: str = line["price"]["tax_behavior"]
    return told


def _taxable(store: Store, line: Json) -> bool:
    product = store.find(line["price"]["product"])
    return product is None or product.body["tax_code"] != NOT_TAXABLE
