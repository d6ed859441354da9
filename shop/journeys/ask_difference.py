"""A dearer size: the buyer is asked for the difference, on a hosted page of its own, and the size is kept meanwhile.

    transaction (hold, place, promise the letter)  ->  Stripe  ->  transaction (keep the page)

The difference is an order of its own, so that payment, sweep, refund and books are those of every order. Its key for
a line takes the place of a cart's id: asking twice asks once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from shop.cart.rules import fingerprint
from shop.core import clock
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Forbidden, Invalid
from shop.core.formats import money_text
from shop.core.languages import language_named, speaking
from shop.core.outbox import promise
from shop.journeys.close_order import close_order
from shop.journeys.open_page import Started, open_page
from shop.journeys.payment_page import describe_page
from shop.journeys.plan_swap import Swap, plan_swap
from shop.journeys.services import Services
from shop.journeys.settle_difference import hold_words
from shop.orders.differences import DifferenceFacts, difference_of, differences_of, note_difference
from shop.orders.operations import NewOrder, note_customer, place, record
from shop.orders.packing import PackedMeanwhile
from shop.orders.queries import locked
from shop.orders.rules import OrderFacts, OrderTax, Sums
from shop.parcels import operations as parcels
from shop.payments.rules import hold_until, smallest_charge
from shop.staff.operations import record as audit
from shop.staff.rules.audit import begun, ended
from shop.stock.operations.reservations import hold, note_hold

# Stripe ends a page after 24 hours at most; a retry after a crash must still be allowed to open the same one.
PAY_WITHIN = timedelta(hours=23)
PREFIX = "swap-"  # no cart has an id like this


def ask_difference(
    *, order_id: str, line_id: int, variant_id: int, seen: int, may_ask: bool, actor: str, services: Services
) -> Started:
    """Ask the buyer for what another size costs more; `seen` is the variant that the page showed.

    Asked already for the same size, it is that page. Raises Conflict, Invalid, Forbidden, PackedMeanwhile, OutOfStock;
    Unavailable, with nothing held any more, when Stripe does not answer.
    """
    if not may_ask:
        raise Forbidden("The prices differ. Somebody who may give money back must decide about this.")
    asked = _asked(order_id, line_id, variant_id, seen=seen, actor=actor, services=services)
    return open_page(asked, services)


@again
def _asked(order_id: str, line_id: int, variant_id: int, *, seen: int, actor: str, services: Services) -> str:
    """The order of the difference, asked for now or before."""
    with transaction():
        facts = locked(order_id)
        if facts.live != services.live:
            raise Conflict("This order was paid in another mode of Stripe's, so its card cannot be asked now.")
        known = waiting_for(order_id, line_id)
        asked = known.order_id if known else None
        if known is not None and known.new.variant_id != variant_id:
            raise Conflict("The buyer was asked for another size already. Take that back first.")
        if asked is None:
            planned = plan_swap(facts, line_id, variant_id)
            if planned.line.variant_id != seen:
                raise PackedMeanwhile
            asked = _ask(facts, planned, actor=actor, services=services)
    return asked


def waiting_for(order_id: str, line_id: int) -> DifferenceFacts | None:
    """What the buyer was asked for this line and has not answered."""
    return next((one for one in differences_of(order_id) if one.line_id == line_id and one.waits), None)


def take_back_asking(asked_id: str, *, sale_id: str, services: Services, actor: str = "") -> None:
    """The line keeps its size: `actor` of the staff asks no more, or without one the buyer says no. What was paid
    meanwhile counts.

    Raises NotFound for a difference of another order, ProcessorDown.
    """
    asked = difference_of(asked_id)
    if asked.sale_id != sale_id:
        raise Conflict("This belongs to another order.")
    end_read()
    if asked.waits:
        close_order(asked_id, reason="withdrawn" if actor else "declined", services=services)
        if actor:
            _told_taken_back(asked, actor=actor)


@again
def _told_taken_back(asked: DifferenceFacts, *, actor: str) -> None:
    told = ended({"asked to pay": money_text(asked.total or asked.costs.goods), "for": asked.new.sku})
    with transaction():
        number = locked(asked.sale_id).number
        audit(actor=actor, action="order.difference_taken_back", subject=number, details=told)


def sums_of(planned: Swap) -> Sums:
    """What is to be paid, as an order's sums."""
    assert planned.costs is not None  # noqa: S101  # a dearer size has its costs
    goods, tax = planned.costs.goods, planned.costs.tax
    nothing = goods * 0
    return Sums(goods, nothing, nothing, nothing if planned.inclusive else tax, nothing, nothing)


def _ask(facts: OrderFacts, planned: Swap, *, actor: str, services: Services) -> str:
    line, new, costs = planned.line, planned.size, planned.costs
    sums = _payable(facts, planned)
    assert costs is not None  # noqa: S101  # as above
    wants, page_ends = {new.variant_id: line.quantity}, (clock.now() + PAY_WITHIN).replace(microsecond=0)
    hold(wants)
    with speaking(language_named(facts.language)):
        placed = place(_order(facts, planned, sums, pay_by=page_ends))
    asked_id = placed.id
    note_customer(asked_id, email=facts.email, ship_to=None)
    note_hold(asked_id, wants, until=hold_until(page_ends))
    said = f"{line.title}: {new.colour} {new.size} in place of {line.colour} {line.size}"
    old = line.variant_id
    note_difference(
        sale_id=facts.id, line_id=line.id, order_id=asked_id, old=old, new=new, quantity=line.quantity, costs=costs,
        reason=said[:200], actor=actor,
    )  # fmt: skip
    describe_page(placed, services)
    payload = {"kind": "difference_asked", "order": facts.id, "difference": asked_id}
    promise("letter", key=f"difference_asked:{asked_id}", payload=payload)
    total = money_text(sums.total)
    record(asked_id, "placed", f"Order {facts.number}: {said}. The size is held.", actor=actor)
    record(facts.id, "difference_asked", f"{said}: the buyer is asked to pay {total}.", actor=actor)
    parcels.hold(facts.id, kind="payment", reason=hold_words(new.sku, total), actor=actor)
    told = begun({"asked to pay": total, "for": new.sku, "in place of": line.sku})
    audit(actor=actor, action="order.difference_asked", subject=facts.number, details=told)
    return asked_id


def _payable(facts: OrderFacts, planned: Swap) -> Sums:
    """Raises Invalid where there is nothing that a card could pay, Conflict where there is nobody to ask."""
    if planned.costs is None:
        raise Invalid("This size costs no more, so there is nothing to ask for.", field="settle")
    sums = sums_of(planned)
    least = smallest_charge(facts.currency)
    if sums.total < least:
        raise Invalid(f"A card is charged {money_text(least)} or more. Let the difference pass.", field="settle")
    if not facts.email:
        raise Conflict("There is no mail address on this order, so the buyer cannot be asked.")
    return sums


def _order(facts: OrderFacts, planned: Swap, sums: Sums, *, pay_by: datetime) -> NewOrder:
    before = sum(one.line_id == planned.line.id for one in differences_of(facts.id))
    inclusive = planned.costs.tax.minor if planned.costs and planned.inclusive else 0
    return NewOrder(
        cart_id=f"{PREFIX}{planned.line.id}-{before}",
        fingerprint=fingerprint(planned.line.id, planned.size, sums),
        kind="difference",
        sums=sums,
        country=facts.country,
        delivery_name="",
        pickup=True,
        tax=OrderTax(
            name=facts.tax.name, region=facts.tax.region, inclusive=planned.inclusive, included_minor=inclusive
        ),
        note="",
        pay_by=pay_by,
        lines=(),
        live=facts.live,
    )
