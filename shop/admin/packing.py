"""Packing and sending: by one press, by scanning each tee, or many orders at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from flask import flash, request, url_for

from shop.admin import papers, words
from shop.admin.access import current, safe_next
from shop.admin.answers import page, pressed, refused
from shop.admin.asked import whole_number
from shop.admin.forms import SendForm
from shop.admin.orders import order_page
from shop.admin.reads import packing as read
from shop.admin.reads.board import Row, rows
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import NotFound, ShopError
from shop.journeys import fulfil_order as journey
from shop.orders.queries import order
from shop.orders.queries.search import ids_numbered
from shop.parcels import operations as parcels
from shop.parcels.queries import last_carrier, parcel, places
from shop.parcels.rules import CARRIERS
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences
from shop.staff.rules.permissions import Permission

SEND = Permission.SEND_ORDERS


@does("/orders/<code:order_id>/pack", needs=SEND)
def pack_order(order_id: str) -> Answer:
    """All that is left, or the units that were chosen."""
    if not pressed():
        return _back(order_id)
    chosen = {name[6:]: value for name, value in request.form.items() if name.startswith("units_")}
    units = {whole_number(line): whole_number(value) for line, value in chosen.items()}
    try:
        journey.pack_order(order_id=order_id, units=units or None, actor=current().name)
        flash(f"{order(order_id).number} is packed.", "success")
    except ShopError as problem:
        flash(problem.message, "danger")
        if not request.form.get("next"):
            return order_page(order_id, status=problem.kind.value)
    return _back(order_id)


@does("/parcels/<code:parcel_id>/send", needs=SEND)
def send_parcel(parcel_id: str) -> Answer:
    """It leaves with a carrier, and its buyer is written to."""
    order_id, form = parcel(parcel_id).order_id, SendForm()
    end_read()
    if not form.validate_on_submit():
        return order_page(order_id, form=form, status=refused(form))
    try:
        sent = journey.send_parcel(
            parcel_id=parcel_id,
            actor=current().name,
            carrier=form.carrier.data or "",
            tracking=form.tracking.data or "",
        )
        flash(f"{order(order_id).number} is on its way." if sent else "It had left before.", "success")
    except ShopError as problem:
        return order_page(order_id, form=form, status=refused(form, problem=problem))
    return _back(order_id)


@does("/parcels/<code:parcel_id>/open", needs=SEND)
def open_parcel(parcel_id: str) -> Answer:
    """Take everything out again."""
    order_id = parcel(parcel_id).order_id
    end_read()
    if pressed():
        opened = journey.unpack(parcel_id=parcel_id, actor=current().name)
        flash("Opened again." if opened else "It had left or was opened before.", "success" if opened else "warning")
    return see_other(url_for("admin.one_order", order_id=order_id))


@asks("/orders/scan", needs=SEND)
def scan_slip() -> Answer:
    """The number on a slip leads to its order."""
    typed = request.form.get("code", "").strip()[:40]
    if request.method == "POST" and pressed():
        if found := ids_numbered([typed]).get(typed):
            return see_other(url_for("admin.scan_order", order_id=found))
        return page("admin/scan_slip.html", typed=typed, problem=f"There is no order {typed}.", status=404)
    return page("admin/scan_slip.html", typed="", problem="")


@asks("/orders/<code:order_id>/scan", needs=SEND)
def scan_order(order_id: str) -> Answer:
    """Scan each tee; the parcel is packed once the last one was right. What was scanned travels in the form."""
    found = rows([order_id])
    if not found:
        raise NotFound("There is no such order.")
    (row,) = found
    scanned = Counter(whole_number(one) for one in request.form.get("scanned", "").split())
    if request.method == "GET" or not pressed():
        return _scan_page(row, scanned)
    wanted = Counter({line.variant_id: 0 for line in row.lines})
    for line in row.lines:
        wanted[line.variant_id] += line.to_pack
    typed = request.form.get("code", "").strip()[:40]
    what = read.meaning(typed)
    if problem := _wrong(what, typed, scanned, wanted):
        return _scan_page(row, scanned, problem=problem, status=422)
    assert what is not None  # noqa: S101  # nothing wrong with it, so it means something
    scanned[what.variant_id] += 1
    if any(scanned[variant_id] < units for variant_id, units in wanted.items()):
        return _scan_page(row, scanned, right=what.name)
    end_read()
    try:
        journey.pack_order(order_id=order_id, actor=current().name)
    except ShopError as problem_:
        return _scan_page(row, scanned, problem=problem_.message, status=problem_.kind.value)
    flash(f"{row.order.number} is packed: every tee was right.", "success")
    return see_other(url_for("admin.one_order", order_id=order_id))


@shows("/orders/batch", needs=SEND)
def batch() -> Answer:
    """Chosen orders: what to take from the shelf, their papers, and both presses for all."""
    return _batch_page()


@does("/orders/batch/pack", needs=SEND)
def pack_batch() -> Answer:
    """Pack each of the chosen orders; those that cannot be are named."""
    return _each(lambda row: journey.pack_order(order_id=row.order.id, actor=current().name), "packed", _can_pack)


@does("/orders/batch/send", needs=SEND)
def send_batch() -> Answer:
    """Send every packed parcel of the chosen orders with one carrier."""
    carrier = " ".join(request.form.get("carrier", "").split())

    def leaves(row: Row) -> object:
        assert row.packed is not None  # noqa: S101  # asked before
        return journey.send_parcel(parcel_id=row.packed.id, carrier=carrier, actor=current().name)

    return _each(leaves, "sent", lambda row: row.packed is not None)


def _places(known: Mapping[int, str]) -> dict[str, str]:
    return {f"variant {variant_id}": place for variant_id, place in known.items()}


@does("/orders/batch/places", needs=SEND)
@again
def keep_places() -> Answer:
    """Write down where variants lie."""
    if not pressed():
        return see_other(_batch_url())
    said = {name[6:]: value for name, value in request.form.items() if name.startswith("place_")}
    try:
        with transaction():
            known = [int(variant_id) for variant_id in said if variant_id.isdecimal()]
            before = places(known)
            for variant_id, place in sorted(said.items()):
                parcels.put_at(whole_number(variant_id), place)
            told = differences(_places(before), _places(places(known)))
            audit(actor=current().name, action="shelf.placed", subject="shelf", details=told)
    except ShopError as problem:
        flash(problem.message, "danger")
        return _batch_page(status=problem.kind.value)
    flash("The places are kept.", "success")
    return see_other(_batch_url())


def _each(act: Callable[[Row], object], said: str, fits: Callable[[Row], bool]) -> Answer:
    if not pressed():
        return see_other(_batch_url())
    found, _ = read.batch(chosen())
    end_read()
    done = 0
    for row in filter(fits, found):
        try:
            act(row)
            done += 1
        except ShopError as problem:
            flash(f"{row.order.number}: {problem.message}", "danger")
    flash(f"{done} {'order' if done == 1 else 'orders'} {said}.", "success" if done else "warning")
    return see_other(_batch_url())


def _can_pack(row: Row) -> bool:
    return row.can_pack


def _batch_page(*, status: int = 200) -> Answer:
    found, picks = read.batch(chosen())
    ids = [row.order.id for row in found]
    typed = {name: value for name, value in request.form.items() if name.startswith("place_")}
    carrier = last_carrier(current().name)
    return page(
        "admin/batch.html",
        rows=found,
        picks=picks,
        ids=ids,
        typed=typed,
        carrier=carrier,
        carriers=CARRIERS,
        by_hand=papers.by_hand({row.order.number: words.address_lines(row.order.ship_to) for row in found}),
        status=status,
    )


def _scan_page(row: Row, scanned: Counter[int], *, problem: str = "", right: str = "", status: int = 200) -> Answer:
    kept = " ".join(str(variant_id) for variant_id in scanned.elements())
    return page("admin/scan.html", row=row, scanned=scanned, kept=kept, problem=problem, right=right, status=status)


def _wrong(what: read.Scanned | None, typed: str, scanned: Counter[int], wanted: Counter[int]) -> str:
    """Why this one does not belong into the parcel, kindly; empty when it does."""
    if what is None:
        return f"Nothing in the catalogue has the code {typed}." if typed else "Scan a tee, or type its SKU."
    if what.variant_id not in wanted:
        return f"This is {what.name}. It does not belong to this order; put it back."
    if scanned[what.variant_id] >= wanted[what.variant_id]:
        return f"All of {what.name} are in already; put this one back."
    return ""


def chosen() -> list[str]:
    """The orders that were ticked on the board."""
    asked = request.form if request.method == "POST" else request.args
    return [one for one in asked.getlist("order") if 0 < len(one) <= 32][: read.MOST]


def _batch_url() -> str:
    return url_for("admin.batch", order=chosen())


def _back(order_id: str) -> Answer:
    wanted = request.form.get("next")
    return see_other(safe_next(wanted) if wanted else url_for("admin.one_order", order_id=order_id))
