"""An order before it is packed: held and released, noted, another size, another address; differences first."""

from __future__ import annotations

from flask import flash, request, url_for

from shop.admin.access import allowed, current, there_lately
from shop.admin.answers import page, pressed, refused, services
from shop.admin.asked import whole_number
from shop.admin.order_forms import AddressForm, HoldForm, NoteForm, SwapForm, edit_forms
from shop.admin.orders import order_page
from shop.admin.routes import Answer, asks, does, see_other
from shop.catalogue.queries import all_variants
from shop.core.columns import Json
from shop.core.database import end_read
from shop.core.errors import NotFound, ShopError
from shop.journeys import keep_orders as journey
from shop.journeys.ask_difference import ask_difference, take_back_asking
from shop.journeys.keep_orders import PARTS_OF_ADDRESS
from shop.journeys.plan_swap import Swap, plan_swap
from shop.orders import queries as orders
from shop.orders.rules import Line, OrderFacts
from shop.staff.rules.permissions import Permission
from shop.stock.queries import available_of

SEND = Permission.SEND_ORDERS
WORDS = {
    "name": "Name",
    "line1": "Street and number",
    "line2": "Further line",
    "city": "Town",
    "state": "State or region",
    "postal_code": "Postcode",
    "phone": "Phone",
}


@does("/orders/<code:order_id>/hold", needs=SEND)
def hold_order(order_id: str) -> Answer:
    """Keep it from leaving, with a reason."""
    form = HoldForm()
    if not form.validate_on_submit():
        return order_page(order_id, edits=edit_forms(hold=form), status=refused(form))
    try:
        held = journey.hold_order(order_id=order_id, kind=form.kind.data, reason=form.reason.data, actor=current().name)
    except ShopError as problem:
        return order_page(order_id, edits=edit_forms(hold=form), status=refused(form, problem=problem))
    flash("On hold." if held else "It was on hold already.", "success")
    return _back(order_id)


@does("/orders/<code:order_id>/release", needs=SEND)
def release_order(order_id: str) -> Answer:
    """Let it go on."""
    if pressed() and journey.release_order(order_id=order_id, actor=current().name):
        flash("Released.", "success")
    return _back(order_id)


@does("/orders/<code:order_id>/note", needs=SEND)
def note_order(order_id: str) -> Answer:
    """Words for colleagues on the timeline."""
    form = NoteForm()
    if not form.validate_on_submit():
        return order_page(order_id, edits=edit_forms(note=form), status=refused(form))
    try:
        journey.add_note(order_id=order_id, text=form.note.data, actor=current().name)
    except ShopError as problem:
        return order_page(order_id, edits=edit_forms(note=form), status=refused(form, problem=problem))
    flash("The note is on the timeline.", "success")
    return _back(order_id)


@does("/orders/<code:order_id>/note-read", needs=SEND)
def answer_note(order_id: str) -> Answer:
    """The buyer's note was seen to: the order leaves the questions."""
    if pressed():
        journey.answer_note(order_id=order_id, actor=current().name)
    return _back(order_id)


@asks("/orders/<code:order_id>/swap/<row:line_id>", needs=SEND)
def swap_size(order_id: str, line_id: int) -> Answer:
    """Choose, look at the difference, swap."""
    facts, line = orders.order(order_id), _line(order_id, line_id)
    form = SwapForm()
    if request.method == "GET":
        return _swap_page(facts, line, form)
    if not form.validate_on_submit():
        return _swap_page(facts, line, form, status=refused(form))
    try:
        planned = plan_swap(facts, line_id, form.variant.data)
        if not form.confirm.data:
            return _swap_page(facts, line, form, planned=planned)
        if form.settle.data == "refund" and planned.difference and not there_lately(current()):
            return see_other(url_for("admin.confirm", next=request.path))
        end_read()
        flash(_swapped(order_id, line_id, form), "success")
    except ShopError as problem:
        end_read()
        shown = planned if form.confirm.data and problem.field in ("reason", "settle") else None
        return _swap_page(facts, line, form, planned=shown, status=refused(form, problem=problem))
    return _back(order_id)


@does("/orders/<code:order_id>/difference/<code:asked_id>/back", needs=Permission.GIVE_MONEY_BACK)
def take_back_difference(order_id: str, asked_id: str) -> Answer:
    """The buyer is not asked any more; the order goes on in the size that was ordered."""
    if pressed():
        take_back_asking(asked_id, sale_id=order_id, services=services(), actor=current().name)
        flash("The buyer is not asked any more.", "success")
    return _back(order_id)


@asks("/orders/<code:order_id>/address", needs=SEND)
def change_address(order_id: str) -> Answer:
    """Type, look at the difference, change."""
    facts = orders.order(order_id)
    shown = _parts(facts.ship_to)
    form = AddressForm(data=shown | {"seen": journey.address_mark(facts)})
    if request.method == "GET":
        return _address_page(facts, form)
    if not form.validate_on_submit():
        return _address_page(facts, form, status=refused(form))
    typed = {name: getattr(form, name).data for name in PARTS_OF_ADDRESS}
    try:
        new = _parts(journey.new_address(facts, typed))
        if not form.confirm.data:
            changes = [(WORDS[name], shown[name], new[name]) for name in PARTS_OF_ADDRESS if shown[name] != new[name]]
            return _address_page(facts, form, changes=changes)
        end_read()
        journey.change_address(order_id=order_id, parts=typed, seen=form.seen.data, actor=current().name)
    except ShopError as problem:
        return _address_page(facts, form, status=refused(form, problem=problem))
    flash("The address is changed.", "success")
    return _back(order_id)


def _swapped(order_id: str, line_id: int, form: SwapForm) -> str:
    """Ask the buyer for the difference, or swap at once; what to tell."""
    about = {"order_id": order_id, "line_id": line_id, "variant_id": form.variant.data}
    seen, money, actor = whole_number(form.seen.data), allowed(Permission.GIVE_MONEY_BACK), current().name
    if form.settle.data == "ask":
        ask_difference(**about, seen=seen, may_ask=money, actor=actor, services=services())
        return "The buyer is asked by mail. The size is held, and the order waits."
    settled = {"settle": form.settle.data, "reason": form.reason.data, "may_refund": money}
    journey.swap_size(**about, **settled, seen=seen, actor=actor)
    return "Swapped."


def _choices(line: Line) -> list[tuple[int, str]]:
    """Other sizes and colours of the same product, with what is free of each."""
    kin = [one for one in all_variants(product_ids=[line.product_id]) if one.buyable and one.id != line.variant_id]
    left = available_of(one.id for one in kin)
    return [(one.id, f"{one.colour_name}, {one.size}: {left.get(one.id, 0)} free") for one in kin]


def _swap_page(
    facts: OrderFacts, line: Line, form: SwapForm, *, planned: Swap | None = None, status: int = 200
) -> Answer:
    choices = [(value, label, value == form.variant.data) for value, label in _choices(line)]
    errors = [{"field": field.name, "message": field.errors[0]} for field in form if field.errors]
    given = {"order": facts, "line": line, "form": form, "planned": planned, "choices": choices, "errors": errors}
    return page("admin/swap.html", status=status, **given)


def _address_page(
    facts: OrderFacts, form: AddressForm, *, changes: list[tuple[str, str, str]] | None = None, status: int = 200
) -> Answer:
    return page("admin/address.html", order=facts, form=form, changes=changes, status=status)


def _parts(ship_to: Json | None) -> dict[str, str]:
    told = ship_to or {}
    flat = {**(told.get("address") or {}), "name": told.get("name"), "phone": told.get("phone")}
    return {name: str(flat.get(name) or "") for name in PARTS_OF_ADDRESS}


def _line(order_id: str, line_id: int) -> Line:
    line = next((one for one in orders.lines_of(order_id) if one.id == line_id), None)
    if line is None:
        raise NotFound("There is no such line on this order.")
    return line


def _back(order_id: str) -> Answer:
    return see_other(url_for("admin.one_order", order_id=order_id))
