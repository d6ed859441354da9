"""The hosted payment page at `/pay/<session id>`, marked as a test where no money moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Request, Response

from shop.stripe_standin.checkout.opening import totals
from shop.stripe_standin.checkout.payer import CARD, DECLINE, WAYS
from shop.stripe_standin.checkout.paying import SessionNotOpenError, delayed_method, pay
from shop.stripe_standin.money import written
from shop.stripe_standin.pages import payment_form, render
from shop.stripe_standin.shapes import Json
from shop.stripe_standin.store import Record
from shop.stripe_standin.ticker import do_what_is_due
from shop.stripe_standin.webhooks import wait_for_first_try
from shop.stripe_standin.world import World

VERBS = {"book": "Book", "donate": "Donate", "subscribe": "Subscribe"}


@dataclass(frozen=True)
class Row:
    """One line of the sum: what, how many, how much, and what the store says of it."""

    label: str
    amount: str
    detail: str = ""
    about: str = ""


@dataclass(frozen=True)
class Option:
    """One way of delivery."""

    rate: str
    name: str
    amount: str
    chosen: bool


def respond(world: World, request: Request, session_id: str) -> Response:
    """GET shows the form; POST tries to pay and answers 303, or the form with what is wrong."""
    do_what_is_due(world)
    record = world.store.find(session_id, kind="checkout.session")
    if record is None:
        return render.message(404, "This payment page does not exist", "Check the address, or go back to the store.")
    if request.method not in ("GET", "HEAD", "POST"):
        return render.message(405, "Not like that", "This page is read, or its form is sent.")
    if record.body["status"] != "open":
        return _no_longer_open(record.body)
    if request.method == "POST":
        return _submitted(world, record, {name: value.strip() for name, value in request.form.items()})
    return _form(world, record, payment_form.starting_values(record.body))


def _no_longer_open(session: Json) -> Response:
    if session["status"] == "complete":
        return _redirect(session)
    return render.message(
        410,
        "This payment page has expired",
        "Nothing was charged. Your cart may still be waiting in the store.",
        link=session["cancel_url"],
    )


def _redirect(session: Json) -> Response:
    response = Response(status=303)
    response.headers["Location"] = session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"])
    response.headers["Cache-Control"] = "no-store"
    return response


def _submitted(world: World, record: Record, entered: dict[str, str]) -> Response:
    session, way = record.body, entered.pop("way", "")
    total = str(_chosen_totals(world, record, entered)["amount_total"])
    errors = payment_form.problems(session, entered) if way in WAYS else {}
    if errors:
        return _form(world, record, entered, errors=errors, status=422)
    if way not in WAYS or entered.get("shown_total", total) != total:
        # Nobody pays a total that they have not seen.
        notice = "Here is the total for the delivery you chose. Nothing has been paid yet."
        return _form(world, record, entered, notice=notice)
    try:
        with world.store.writing():
            after = pay(world, session_id=record.id, payer=payment_form.payer(session, entered), way=way)
    except SessionNotOpenError as late:
        return _no_longer_open(late.session)
    world.tell()
    if way == DECLINE and after["status"] == "open":
        refusal = "The card was declined, and nothing was charged. You can try again, or pay another way."
        return _form(world, Record(record.seq, record.id, record.kind, after, record.private), entered,
                     refusal=refusal, status=402)  # fmt: skip
    _wait_for_webhook(world, record.id)
    return _redirect(after)


def _wait_for_webhook(world: World, session_id: str) -> None:
    """As Checkout does: the store should know before its buyer is back."""
    found = world.store.select(
        "kind = 'event' AND json_extract(body, '$.type') = 'checkout.session.completed'"
        " AND json_extract(body, '$.data.object.id') = ?",
        (session_id,),
        ascending=False,
        limit=1,
    )
    if found:
        wait_for_first_try(world, found[0].id, timeout=world.settings.redirect_wait)


def _chosen_totals(world: World, record: Record, values: Mapping[str, str]) -> Json:
    options = record.body["shipping_options"]
    chosen = [option for option in options if option["shipping_rate"] == values.get("shipping_rate")]
    option = (chosen or options or [None])[0]
    taxed = record.body["automatic_tax"]["enabled"]
    return totals(world.store, record.private["lines"], option, taxed=taxed)


def _form(
    world: World,
    record: Record,
    values: Mapping[str, str],
    *,
    errors: Mapping[str, str] | None = None,
    notice: str | None = None,
    refusal: str | None = None,
    status: int = 200,
) -> Response:
    session, sums, errors = record.body, _chosen_totals(world, record, values), errors or {}
    currency = session["currency"]
    total = written(sums["amount_total"], currency)
    return render.page(
        "pay.html",
        status=status,
        form_targets=_origins(session),
        session=session,
        lines=[_line(world, line) for line in record.private["lines"]],
        sums=_sums(sums, currency),
        total=total,
        shown_total=sums["amount_total"],
        pay_words=f"{VERBS.get(session['submit_type'] or '', 'Pay')} {total}",
        fields=payment_form.fields(session, values, errors),
        countries=payment_form.countries(session) if payment_form.asks_address(session) else [],
        country=values.get("country", ""),
        options=_options(world, session, values),
        delivers=bool(session["shipping_address_collection"]),
        consent=session["consent_collection"] or {},
        ticked={name for name in ("terms", "promotions") if values.get(name)},
        by_card="card" in session["payment_method_types"],
        by_delayed=delayed_method(session) is not None,
        errors=errors,
        notice=notice,
        refusal=refusal,
        card_way=CARD,
    )


def _origins(session: Json) -> tuple[str, ...]:
    parts = urlsplit(iri_to_uri(session["success_url"]))
    return (f"{parts.scheme}://{parts.netloc}",)


def _line(world: World, line: Json) -> Row:
    detail = f"{line['quantity']} × {written(line['price']['unit_amount'] or 0, line['currency'])}"
    several = line["quantity"] > 1 and line["price"]["unit_amount"] is not None
    product = world.store.find(line["price"]["product"], kind="product")
    about = (product.body["description"] if product else None) or ""
    amount = written(line["amount_total"], line["currency"])
    return Row(line["description"], amount, detail if several else "", about)


def _sums(sums: Json, currency: str) -> list[Row]:
    tax = sums["total_details"]["amount_tax"]
    rows = [Row("Tax", written(tax, currency))] if tax else []
    if sums["shipping_cost"] is None:
        return rows
    shipping = sums["shipping_cost"]["amount_subtotal"]
    return [
        Row("Subtotal", written(sums["amount_subtotal"], currency)),
        Row("Delivery", written(shipping, currency) if shipping else "Free"),
        *rows,
    ]


def _options(world: World, session: Json, values: Mapping[str, str]) -> list[Option]:
    found = []
    for option in session["shipping_options"]:
        rate = world.store.find(option["shipping_rate"])
        amount = option["shipping_amount"]
        found.append(
            Option(
                rate=option["shipping_rate"],
                name=rate.body["display_name"] if rate else "Delivery",
                amount=written(amount, session["currency"]) if amount else "Free",
                chosen=option["shipping_rate"] == values.get("shipping_rate"),
            )
        )
    return found
