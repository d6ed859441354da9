"""Many orders at once: what to take from the shelf, their papers, packed and sent together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import flash, request, url_for

from shop.admin import papers, words
from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.asked import whole_number
from shop.admin.reads import packing as read
from shop.admin.reads.board import Row
from shop.admin.routes import Answer, does, see_other, shows
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import ShopError
from shop.journeys import fulfil_order as journey
from shop.parcels import operations as parcels
from shop.parcels.queries import last_carrier, places
from shop.parcels.rules import CARRIERS
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences
from shop.staff.rules.permissions import Permission

SEND = Permission.SEND_ORDERS


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
        asked_for=chosen(),
        from_us=read.sender(),
        typed=typed,
        carrier=carrier,
        carriers=CARRIERS,
        by_hand=papers.by_hand({row.order.number: words.address_lines(row.order.ship_to) for row in found}),
        status=status,
    )


def chosen() -> list[str]:
    """The orders that were ticked on the board."""
    asked = request.form if request.method == "POST" else request.args
    return [one for one in asked.getlist("order") if 0 < len(one) <= 32][: read.MOST]


def _batch_url() -> str:
    return url_for("admin.batch", order=chosen())
