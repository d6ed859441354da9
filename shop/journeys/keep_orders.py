"""What staff do with an order beside packing it: hold and release, notes, another size, another address."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from shop.catalogue.queries import variants_in_cart
from shop.catalogue.rules import VariantInCart
from shop.core import codes
from shop.core.columns import Json
from shop.core.database import transaction
from shop.core.errors import Conflict, Forbidden, Invalid
from shop.core.formats import money_text
from shop.core.money import Money
from shop.journeys.refund_order import decide
from shop.journeys.refund_plan import Wish, plan_refund
from shop.orders import packing
from shop.orders.operations import record
from shop.orders.packing import PackedMeanwhile
from shop.orders.queries import lines_of, locked
from shop.orders.rules import Line, OrderFacts
from shop.parcels import operations as parcels
from shop.parcels.queries import holds_on
from shop.parcels.rules import HOLDS, HoldFacts, hold_reason
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences, ended, size_of
from shop.stock.sending import swap

LONGEST_NOTE = 1_000
PARTS_OF_ADDRESS = ("name", "line1", "line2", "city", "state", "postal_code", "phone")
NEEDED = {"name": "Enter who it is for.", "line1": "Enter street and number.", "city": "Enter the town."}


@dataclass(frozen=True, slots=True)
class Swap:
    """A line with another variant in place of its own; `difference` is new less old for all units, before discounts."""

    line: Line
    new: VariantInCart
    difference: Money


def hold_order(*, order_id: str, kind: str, reason: str, actor: str) -> bool:
    """Keep an order that is to be sent from leaving; False when it is on hold already. Raises Invalid, Conflict."""
    with transaction():
        facts = locked(order_id)
        if facts.kind == "gift" or facts.state != "paid":
            raise Conflict("Only an order that is still to be sent can be put on hold.")
        if not parcels.hold(order_id, kind=kind, reason=reason, actor=actor):
            return False
        said = hold_reason(kind, reason)
        record(order_id, "held", f"On hold ({HOLDS[kind].lower()}): {said}", actor=actor)
        audit(actor=actor, action="order.held", subject=facts.number, details=begun({"on hold": HOLDS[kind]}))
    return True


def release_order(*, order_id: str, actor: str) -> bool:
    """Let it go on; False when it was not on hold (any more)."""
    with transaction():
        facts = locked(order_id)
        hold = holds_on([order_id]).get(order_id)
        if not parcels.release(order_id, actor=actor):
            return False
        record(order_id, "released", "Released.", actor=actor)
        audit(actor=actor, action="order.released", subject=facts.number, details=ended(_held(hold)))
    return True


def add_note(*, order_id: str, text: str, actor: str) -> None:
    """Words for colleagues on the timeline; its buyer never sees them. Raises Invalid."""
    said = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not 0 < len(said) <= LONGEST_NOTE:
        raise Invalid(f"Write a note of {LONGEST_NOTE} characters at most.", field="note")
    with transaction():
        facts = locked(order_id)
        record(order_id, "note", said, actor=actor)
        audit(actor=actor, action="order.noted", subject=facts.number, details=begun({"note": size_of(said)}))


def answer_note(*, order_id: str, actor: str) -> None:
    """What the buyer wrote with the order was read and seen to."""
    with transaction():
        facts = locked(order_id)
        record(order_id, "note_read", "The buyer’s note was seen to.", actor=actor)
        audit(actor=actor, action="order.note_read", subject=facts.number, details={})


def plan_swap(facts: OrderFacts, line_id: int, variant_id: int) -> Swap:
    """What another size would mean. Raises Conflict once it is packed or given back, Invalid for another product."""
    line = next((one for one in lines_of(facts.id) if one.id == line_id), None)
    if facts.state != "paid" or line is None or line.packed_quantity or line.returned_quantity:
        raise Conflict("Only what is paid, not packed and not given back can be changed.")
    new = variants_in_cart([variant_id]).get(variant_id)
    if new is None or not new.buyable or new.product_id != line.product_id or variant_id == line.variant_id:
        raise Invalid("Choose another size or colour of the same product.", field="variant")
    if new.price.currency != facts.currency:
        raise Conflict("This order was paid in another currency, so prices cannot be compared.")
    return Swap(line, new, (new.price - line.unit_price) * line.quantity)


def swap_size(
    *, order_id: str, line_id: int, variant_id: int, seen: int, settle: str, may_refund: bool, actor: str
) -> Swap:
    """Send another variant of the same product: `seen` is the one that the page showed.

    `settle` says what becomes of a lower price: `refund` or `waive`; a higher one can only be waived, because the card
    cannot be charged again. Whoever may not give money back swaps at the same price only. Raises PackedMeanwhile,
    OutOfStock, Conflict, Invalid, Forbidden.
    """
    with transaction():
        facts = locked(order_id)
        planned = plan_swap(facts, line_id, variant_id)
        if planned.line.variant_id != seen:
            raise PackedMeanwhile
        _settleable(planned, settle, may_refund=may_refund)
        line, new = planned.line, planned.new
        swap(order_id, old=line.variant_id, new=new.id, quantity=line.quantity)
        named = {"sku": new.sku, "colour": new.colour_name, "size": new.size}
        packing.swap_line(line_id, seen=seen, variant_id=new.id, **named)
        was, now = f"{line.colour} {line.size}", f"{new.colour_name} {new.size}"
        record(order_id, "swapped", f"{line.title}: {now} in place of {was}.", actor=actor)
        told = differences({"line": line.sku, "settled by": ""}, {"line": new.sku, "settled by": settle})
        audit(actor=actor, action="order.swapped", subject=facts.number, details=told)
        if planned.difference.minor < 0 and settle == "refund":
            _give_difference(facts, planned, actor=actor)
    return planned


def change_address(*, order_id: str, parts: Json, seen: str, actor: str) -> None:
    """Send it elsewhere in the same country; `seen` is the mark of the address that was shown.

    Raises PackedMeanwhile, Conflict, Invalid beside its field.
    """
    with transaction():
        facts = locked(order_id)
        if address_mark(facts) != seen:
            raise PackedMeanwhile
        new = new_address(facts, parts)
        packing.readdress(order_id, new)
        record(order_id, "readdressed", "The delivery address was changed.", actor=actor)
        details: Json = {"changed": _parts_changed(facts.ship_to or {}, new)}
        audit(actor=actor, action="order.readdressed", subject=facts.number, details=details)


def new_address(facts: OrderFacts, parts: Json) -> Json:
    """An address as Stripe writes them, the country kept: delivery and tax were paid for it. Raises Invalid."""
    said = {name: " ".join(str(parts.get(name) or "").split()) for name in PARTS_OF_ADDRESS}
    for name, text in said.items():
        if len(text) > 100 or not text.isprintable():
            raise Invalid("Keep it under 100 characters.", field=name)
    for name, sentence in NEEDED.items():
        if not said[name]:
            raise Invalid(sentence, field=name)
    inner = {name: said[name] for name in ("line1", "line2", "city", "state", "postal_code")}
    return {"name": said["name"], "phone": said["phone"], "address": inner | {"country": facts.country}}


def address_mark(facts: OrderFacts) -> str:
    """Changes with the address."""
    return hashlib.sha256(repr(sorted((facts.ship_to or {}).items())).encode()).hexdigest()[:16]


def _held(hold: HoldFacts | None) -> Json:
    return {} if hold is None else {"on hold": HOLDS[hold.kind]}


def _parts_changed(before: Json, after: Json) -> list[str]:
    """Which parts of an address are others now; what they say is for the order alone, where it can be erased."""
    was, now = ({**one, **(one.get("address") or {})} for one in (before, after))
    return [name for name in PARTS_OF_ADDRESS if (was.get(name) or "") != (now.get(name) or "")]


def _settleable(planned: Swap, settle: str, *, may_refund: bool) -> None:
    if settle not in ("refund", "waive"):
        raise Invalid("Choose what becomes of the difference.", field="settle")
    if planned.difference and not may_refund:
        raise Forbidden("The prices differ. Somebody who may give money back must decide about this.")
    if planned.difference.minor > 0 and settle != "waive":
        raise Invalid("The card cannot be charged again: waive the difference, or leave the size.", field="settle")


def _give_difference(facts: OrderFacts, planned: Swap, *, actor: str) -> None:
    """The lower price goes back, less its share of the line's discount, with its share of the line's tax."""
    line, less = planned.line, -planned.difference.minor
    share = less * line.net.minor // line.total.minor
    tax = 0 if facts.tax.inclusive else line.tax.minor * less // line.total.minor
    plan = plan_refund(facts, lines_of(facts.id), Wish(price=share, tax=tax))
    reason = f"{line.title} in another size costs {money_text(Money(less, facts.currency))} less."
    decide(facts, plan, key=codes.new_id(), reason=reason, actor=actor, origin="staff")
