"""What becomes of a difference that the buyer was asked for: its line gets the new size, or stays as it was.

In the open transaction, with the row of the difference's order locked; the sale's row is locked here, after it.
"""

from __future__ import annotations

from shop.books.operations import settle
from shop.core.database import session
from shop.core.formats import money_text
from shop.core.outbox import promise
from shop.giving.operations import PledgeChanged, promise_pledges
from shop.journeys.return_payment import Why
from shop.journeys.sale_facts import sale_facts
from shop.orders import packing
from shop.orders.differences import DifferenceFacts, difference_of, note_swapped, promise_more
from shop.orders.operations import become, record
from shop.orders.packing import PackedMeanwhile
from shop.orders.queries import lines_of, locked
from shop.orders.rules import OrderFacts
from shop.parcels import operations as parcels
from shop.parcels.queries import holds_on
from shop.stock.operations import OutOfStock, lock_levels
from shop.stock.operations.reservations import release
from shop.stock.sending import swap

SIZE_GONE = Why(
    "too_late",
    "The new size could not be given any more",
    "The payment came when the new size could not be given any more. All of it is given back.",
    "difference_returned",
)
WITHOUT_LETTER = frozenset({"processor_down", "declined"})  # it was never asked; the buyer said so


def hold_words(sku: str, total: str) -> str:
    """The reason on the sale's hold, by which it is known again."""
    return f"Asked to pay {total} for {sku}"


def take_difference(facts: OrderFacts) -> bool:
    """Give the line its new size, which was held or may still be free; False, with nothing held, when it cannot be."""
    asked = difference_of(facts.id)
    sale = locked(asked.sale_id)
    try:
        with session().begin_nested():
            lock_levels([asked.from_variant_id, asked.new.variant_id])
            release(facts.id)
            _swap(asked, sale)
    except (OutOfStock, PackedMeanwhile):
        release(facts.id)
        if become(facts.id, "cancelled", reason="size_gone"):
            record(facts.id, "cancelled", "The new size could not be given any more.", actor="system")
        _let_go(asked, "The difference was paid, but the new size could not be given; the money goes back.")
        return False
    note_swapped(facts.id)
    _promise_more(asked, sale)
    new = asked.new
    said = f"{new.colour} {new.size} in place of what was ordered: {money_text(facts.sums.total)} was paid for it"
    record(sale.id, "difference_paid", f"{said} (order {facts.number}).", actor="stripe")
    _release_hold(asked)
    settle(sale.id, sale_facts(sale.id), memo=f"Order {sale.number} in another size", actor="system")
    return become(facts.id, "paid")


def leave_as_it_was(facts: OrderFacts, *, reason: str) -> None:
    """The difference will not be paid: the sale goes on in the size that was ordered."""
    asked = difference_of(facts.id)
    sale = locked(asked.sale_id)
    _let_go(asked, _LEFT.get(reason, _LEFT["expired"]))
    if reason not in WITHOUT_LETTER:
        payload = {"kind": "difference_lapsed", "order": sale.id, "difference": facts.id}
        promise("letter", key=f"difference_lapsed:{facts.id}", payload=payload)


def _swap(asked: DifferenceFacts, sale: OrderFacts) -> None:
    line = next(one for one in lines_of(sale.id) if one.id == asked.line_id)
    if sale.state != "paid" or line.quantity != asked.quantity:
        raise PackedMeanwhile
    new = asked.new
    named = {"sku": new.sku, "colour": new.colour, "size": new.size}
    packing.swap_line(asked.line_id, seen=asked.from_variant_id, variant_id=new.variant_id, **named)
    swap(sale.id, old=asked.from_variant_id, new=new.variant_id, quantity=asked.quantity)


def _promise_more(asked: DifferenceFacts, sale: OrderFacts) -> None:
    """A share of the price is a share of the dearer price too, as far as the pledge's cap has room."""
    line = next(one for one in lines_of(sale.id) if one.id == asked.line_id)
    if asked.costs.pledge and line.pledge_id is not None:
        try:
            with session().begin_nested():
                promise_pledges({line.pledge_id: asked.costs.pledge})
        except PledgeChanged:
            return
        promise_more(line.id, asked.costs.pledge)


def _let_go(asked: DifferenceFacts, said: str) -> None:
    record(asked.sale_id, "difference_lapsed", said, actor="system")
    _release_hold(asked)


def _release_hold(asked: DifferenceFacts) -> None:
    """Only the hold that was placed with the asking; somebody may have put another in its place."""
    standing = holds_on([asked.sale_id]).get(asked.sale_id)
    if standing and asked.total and standing.reason == hold_words(asked.new.sku, money_text(asked.total)):
        parcels.release(asked.sale_id, actor="system")
        record(asked.sale_id, "released", "Released.", actor="system")


_LEFT = {
    "expired": "The difference was not paid in time. The order stays as it was.",
    "declined": "The buyer keeps the size that was ordered.",
    "withdrawn": "The buyer is not asked for the difference any more. The order stays as it was.",
    "payment_failed": "The payment of the difference did not arrive. The order stays as it was.",
    "processor_down": "The page for the difference could not be opened. The order stays as it was.",
}
