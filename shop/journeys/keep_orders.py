"""What staff do with an order beside packing it: hold and release, notes, another size, another address."""

from __future__ import annotations

import hashlib

from shop.books.operations import settle as settle_books
from shop.core import codes
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import transaction
from shop.core.errors import Conflict, Forbidden, Invalid
from shop.core.formats import money_text
from shop.core.money import Money
from shop.journeys.ask_difference import waiting_for
from shop.journeys.plan_swap import Swap, plan_swap
from shop.journeys.refund_order import decide
from shop.journeys.refund_plan import Wish, plan_refund
from shop.journeys.sale_facts import sale_facts
from shop.orders import packing
from shop.orders.differences import Costs, note_difference
from shop.orders.operations import record
from shop.orders.packing import PackedMeanwhile
from shop.orders.queries import lines_of, locked
from shop.orders.rules import OrderFacts
from shop.parcels import operations as parcels
from shop.parcels.queries import holds_on
from shop.parcels.rules import HOLDS, HoldFacts, hold_reason
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, differences, ended, size_of
from shop.stock.sending import swap

LONGEST_NOTE = 1_000
LONGEST_WHY = 150
PARTS_OF_ADDRESS = ("name", "line1", "line2", "city", "state", "postal_code", "phone")
NEEDED = {"name": "Enter who it is for.", "line1": "Enter street and number.", "city": "Enter the town."}


@again
def hold_order(*, order_id: str, kind: str, reason: str, actor: str) -> bool:
    """Keep an order that is to be sent from leaving; False when it is on hold already. Raises Invalid, Conflict."""
    with transaction():
        facts = locked(order_id)
        if facts.kind != "sale" or facts.state != "paid":
            raise Conflict("Only an order that is still to be sent can be put on hold.")
        if not parcels.hold(order_id, kind=kind, reason=reason, actor=actor):
            return False
        said = hold_reason(kind, reason)
        record(order_id, "held", f"On hold ({HOLDS[kind].lower()}): {said}", actor=actor)
        audit(actor=actor, action="order.held", subject=facts.number, details=begun({"on hold": HOLDS[kind]}))
    return True


@again
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


@again
def add_note(*, order_id: str, text: str, actor: str) -> None:
    """Words for colleagues on the timeline; its buyer never sees them. Raises Invalid."""
    said = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not 0 < len(said) <= LONGEST_NOTE:
        raise Invalid(f"Write a note of {LONGEST_NOTE} characters at most.", field="note")
    with transaction():
        facts = locked(order_id)
        record(order_id, "note", said, actor=actor)
        audit(actor=actor, action="order.noted", subject=facts.number, details=begun({"note": size_of(said)}))


@again
def answer_note(*, order_id: str, actor: str) -> None:
    """What the buyer wrote with the order was read and seen to."""
    with transaction():
        facts = locked(order_id)
        record(order_id, "note_read", "The buyer’s note was seen to.", actor=actor)
        audit(actor=actor, action="order.note_read", subject=facts.number, details={})


@again
def swap_size(
    *,
    order_id: str,
    line_id: int,
    variant_id: int,
    seen: int,
    settle: str,
    may_refund: bool,
    actor: str,
    reason: str = "",
) -> Swap:
    """Send another variant of the same product: `seen` is the one that the page showed.

    `settle` says what becomes of a difference: `refund` gives a lower price back, `waive` lets it pass; a higher one
    passes for a `reason` and the store bears it, or its buyer is asked for it (`ask_difference`). Whoever may not give
    money back swaps at the same price only. Raises PackedMeanwhile, OutOfStock, Conflict, Invalid, Forbidden.
    """
    with transaction():
        facts = locked(order_id)
        planned = plan_swap(facts, line_id, variant_id)
        if planned.line.variant_id != seen:
            raise PackedMeanwhile
        if waiting_for(order_id, line_id) is not None:
            raise Conflict("The buyer was asked to pay for another size. Take that back first.")
        why = _settleable(planned, settle, " ".join(reason.split()), may_refund=may_refund)
        _swap(facts, planned, actor=actor)
        if planned.difference.minor < 0 and settle == "refund":
            _give_difference(facts, planned, actor=actor)
        if planned.costs is not None:
            _bear_difference(facts, planned, planned.costs, reason=why, actor=actor)
        settle_books(order_id, sale_facts(order_id), memo=f"Order {facts.number} in another size", actor=actor)
        _log_swap(facts, planned, settle, why, actor=actor)
    return planned


def _swap(facts: OrderFacts, planned: Swap, *, actor: str) -> None:
    line, new = planned.line, planned.new
    swap(facts.id, old=line.variant_id, new=new.id, quantity=line.quantity)
    named = {"sku": new.sku, "colour": new.colour_name, "size": new.size}
    packing.swap_line(line.id, seen=line.variant_id, variant_id=new.id, **named)
    was, now = f"{line.colour} {line.size}", f"{new.colour_name} {new.size}"
    record(facts.id, "swapped", f"{line.title}: {now} in place of {was}.", actor=actor)


@again
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


def _settleable(planned: Swap, settle: str, reason: str, *, may_refund: bool) -> str:
    """The reason made regular; empty where there is nothing to bear."""
    if settle not in ("refund", "waive"):
        raise Invalid("Choose what becomes of the difference.", field="settle")
    if planned.difference and not may_refund:
        raise Forbidden("The prices differ. Somebody who may give money back must decide about this.")
    if planned.costs is None:
        return ""
    if settle != "waive":
        raise Invalid("Ask the buyer for the difference, or let it pass.", field="settle")
    if not 0 < len(reason) <= LONGEST_WHY or not reason.isprintable():
        raise Invalid(f"Say in {LONGEST_WHY} characters at most why the store bears it.", field="reason")
    return reason


def _bear_difference(facts: OrderFacts, planned: Swap, costs: Costs, *, reason: str, actor: str) -> None:
    line = planned.line
    note_difference(
        sale_id=facts.id, line_id=line.id, order_id=None, old=line.variant_id, new=planned.size,
        quantity=line.quantity, costs=costs, reason=reason, actor=actor,
    )  # fmt: skip
    amount = money_text(costs.goods)
    record(facts.id, "difference_borne", f"It costs {amount} more, which the store bears: {reason}", actor=actor)


def _log_swap(facts: OrderFacts, planned: Swap, settle: str, why: str, *, actor: str) -> None:
    """Last: whoever writes to the log keeps everybody else from it until the transaction ends."""
    told = differences({"line": planned.line.sku, "settled by": ""}, {"line": planned.new.sku, "settled by": settle})
    audit(actor=actor, action="order.swapped", subject=facts.number, details=told)
    if planned.costs is not None:
        borne = begun({"the store bears": money_text(planned.costs.goods), "for": planned.size.sku, "reason": why})
        audit(actor=actor, action="order.difference_borne", subject=facts.number, details=borne)


def _give_difference(facts: OrderFacts, planned: Swap, *, actor: str) -> None:
    """The lower price goes back, less its share of the line's discount, with its share of the line's tax."""
    line, less = planned.line, -planned.difference.minor
    share = less * line.net.minor // line.total.minor
    tax = 0 if facts.tax.inclusive else line.tax.minor * less // line.total.minor
    plan = plan_refund(facts, lines_of(facts.id), Wish(price=share, tax=tax))
    reason = f"{line.title} in another size costs {money_text(Money(less, facts.currency))} less."
    decide(facts, plan, key=codes.new_id(), reason=reason, actor=actor, origin="staff")
