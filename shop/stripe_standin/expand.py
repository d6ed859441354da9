"""`expand[]`: put whole objects where their ids stand, as deep as Stripe goes."""

from collections.abc import Callable, Mapping

from shop.stripe_standin.errors import ApiError
from shop.stripe_standin.lists import listed
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Store

DEEPEST = 4

EXPANDABLE: Mapping[str, frozenset[str]] = {
    "checkout.session": frozenset(
        ("customer", "invoice", "line_items", "payment_intent", "payment_link", "setup_intent", "subscription")
    ),
    "payment_intent": frozenset(
        ("application", "customer", "latest_charge", "on_behalf_of", "payment_method", "review")
    ),
    "charge": frozenset(
        (
            "application", "application_fee", "balance_transaction", "customer", "failure_balance_transaction",
            "on_behalf_of", "payment_intent", "refunds", "review", "source_transfer", "transfer",
        )
    ),
    "refund": frozenset(
        ("balance_transaction", "charge", "customer", "failure_balance_transaction", "payment_intent",
         "payment_method", "source_transfer_reversal", "transfer_reversal")
    ),
    "balance_transaction": frozenset(("source",)),
    "dispute": frozenset(("charge", "payment_intent")),
    "payout": frozenset(("balance_transaction", "failure_balance_transaction")),
    "payment_method": frozenset(("customer",)),
    "price": frozenset(("product",)),
    "subscription": frozenset(("customer", "default_payment_method", "latest_invoice")),
    "invoice": frozenset(("customer",)),
    "invoice_payment": frozenset(("invoice",)),
    "": frozenset(("shipping_rate",)),
}  # fmt: skip
"""By kind of object; the empty name stands for groups that are no objects, such as `shipping_cost`."""


def expanded(store: Store, body: Json, paths: list[str]) -> Json:
    """The body with each path expanded; raises ApiError (400) for what cannot be."""
    for index, path in enumerate(paths):
        steps = path.split(".")
        if len(steps) > DEEPEST + (steps[0] == "data"):
            raise ApiError(f"You cannot expand more than {DEEPEST} levels of a property.", param=f"expand[{index}]")
        _expand(store, body, steps, path, f"expand[{index}]")
    return body


def _expand(store: Store, here: Json, steps: list[str], path: str, at: str) -> None:
    step, rest = steps[0], steps[1:]
    include = _INCLUDED.get((here.get("object", ""), step))
    if include is not None and step not in here:
        here[step] = include(store, here)
    if step not in here:
        raise _refusal(path, at)
    here[step] = _resolved(store, here, step, path, at)
    if rest:
        _expand_below(store, here[step], rest, path, at)
    elif isinstance(here[step], list):
        raise _refusal(path, at)


def _expand_below(store: Store, value: object, rest: list[str], path: str, at: str) -> None:
    for below in value if isinstance(value, list) else [value]:
        if isinstance(below, dict):
            _expand(store, below, rest, path, at)
        elif below is not None:
            raise _refusal(path, at)


def _resolved(store: Store, here: Json, step: str, path: str, at: str) -> object:
    value = here[step]
    if step in EXPANDABLE.get(here.get("object", ""), frozenset()):
        found = store.find(value) if isinstance(value, str) else None
        return value if found is None else found.body
    if isinstance(value, (dict, list)) or value is None:
        return value
    raise _refusal(path, at)


def _line_items(store: Store, session: Json) -> Json:
    record = store.find(session["id"])
    lines = record.private["lines"] if record else []
    return listed(lines, url=f"/v1/checkout/sessions/{session['id']}/line_items")


def _refunds(store: Store, charge: Json) -> Json:
    found = store.select(
        "kind = 'refund' AND json_extract(body, '$.charge') = ?", (charge["id"],), ascending=False, limit=10
    )
    return listed([record.body for record in found], url=f"/v1/charges/{charge['id']}/refunds")


_INCLUDED: Mapping[tuple[str, str], Callable[[Store, Json], Json]] = {
    ("checkout.session", "line_items"): _line_items,
    ("charge", "refunds"): _refunds,
}
"""Fields that an answer lacks until they are asked for."""


def _refusal(path: str, at: str) -> ApiError:
    return ApiError(f"This property cannot be expanded ({path}).", param=at)
