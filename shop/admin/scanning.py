"""Packing by scanner: the slip opens its order, and each tee is checked as it goes in."""

from __future__ import annotations

from collections import Counter

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.asked import whole_number
from shop.admin.reads import packing as read
from shop.admin.reads.board import Row, rows
from shop.admin.routes import Answer, asks, see_other
from shop.core.database import end_read
from shop.core.errors import NotFound, ShopError
from shop.journeys import fulfil_order as journey
from shop.orders.queries import orders_named
from shop.orders.queries.search import ids_numbered
from shop.staff.rules.permissions import Permission

SEND = Permission.SEND_ORDERS


@asks("/orders/scan", needs=SEND)
def scan_slip() -> Answer:
    """The number on a slip leads to its order; `?packed=` names the one whose last tee was scanned just now."""
    typed = request.form.get("code", "").strip()[:40]
    packed = next(iter(orders_named([request.args.get("packed", "")[:32]]).values()), None)
    if request.method == "POST" and pressed():
        if found := ids_numbered([typed]).get(typed):
            return see_other(url_for("admin.scan_order", order_id=found))
        problem = f"There is no order {typed}." if typed else "Scan a slip, or type its number."
        return page("admin/scan_slip.html", typed=typed, packed=None, problem=problem, status=404)
    return page("admin/scan_slip.html", typed="", packed=packed, problem="")


@asks("/orders/<code:order_id>/scan", needs=SEND)
def scan_order(order_id: str) -> Answer:
    """Scan each tee; the parcel is packed once the last one was right. What was scanned travels in the form."""
    found = rows([order_id])
    if not found:
        raise NotFound("There is no such order.")
    (row,) = found
    scanned = Counter(whole_number(one) for one in request.form.get("scanned", "").split())
    if request.method == "GET":
        return _scan_page(row, scanned)
    if not pressed():
        return _scan_page(row, scanned, status=400)
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
    flash(f"{row.order.number} is packed: every tee was right. Scan the next slip.", "success")
    return see_other(url_for("admin.scan_slip", packed=order_id))


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
