"""Receipts that tell the truth: what an order's receipt should say now, against what it says.

As the books are: bringing a receipt to what is true is one call for every cause, and a second changes nothing.
"""

from __future__ import annotations

from datetime import timedelta

from shop.brand.queries import brand
from shop.core import clock
from shop.core.again import again
from shop.core.database import transaction
from shop.core.errors import Conflict, Invalid
from shop.core.money import Money
from shop.core.outbox import promise
from shop.giving.queries import gifts_of, setup
from shop.giving.rules import gifts_left
from shop.orders.operations import record
from shop.orders.queries import lines_of, locked, order, order_with_token
from shop.orders.rules import Line, OrderFacts
from shop.payments.queries.disputes import disputes_of
from shop.receipts.operations import issue, void
from shop.receipts.queries import issued_for
from shop.receipts.rules import Content
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences

ONE_STATEMENT_PER = timedelta(hours=1)


def true_receipt(order_id: str, *, reason: str, actor: str) -> bool:
    """Issue, void or issue anew, in the open transaction; False when the receipt says what is true already."""
    facts = order(order_id)
    held, wanted = issued_for(facts.id), _wanted(facts)
    if (held.content if held else None) == wanted:
        return False
    if held:
        void(held.id, reason=reason)
        record(facts.id, "receipt_void", f"Receipt {held.name} is void: {reason}", actor=actor)
    if wanted:
        issue(facts.id, wanted)
        made = issued_for(facts.id)
        record(facts.id, "receipt", f"Receipt {made.name if made else ''} was issued.", actor=actor)
    return True


@again
def reissue_receipt(*, order_id: str, reason: str, actor: str) -> None:
    """Void the receipt of an order and issue it anew, because staff say why. Raises Invalid, Conflict without one."""
    said = " ".join(reason.split())[:150]
    if not said:
        raise Invalid("Say why in a few words; the giver may ask.", field="reason")
    with transaction():
        facts = locked(order_id)
        held, wanted = issued_for(order_id), _wanted(facts)
        if held is None or wanted is None:
            raise Conflict("There is no receipt to issue anew: nothing that was given here is kept.")
        void(held.id, reason=said)
        issue(order_id, wanted)
        made = issued_for(order_id)
        issued = made.name if made else ""
        details = differences({"receipt": held.name}, {"receipt": issued}) | {"reason": said}
        audit(actor=actor, action="receipt.reissued", subject=facts.number, details=details)
        record(order_id, "receipt", f"Receipt {held.name} is void: {said} {issued} replaces it.", actor=actor)


@again
def ask_for_statement(token: str, *, year: int) -> None:
    """Promise a mail with everything that this person gave in a year, to the address on record and to no other.

    Who opened the page may have typed somebody else's address when paying, so the page itself never shows it.
    """
    facts = order_with_token(token)
    if not facts.email or not 2000 < year <= clock.now().year:
        raise Conflict("There is nothing to state for that year.")
    window = int(clock.now().timestamp() // ONE_STATEMENT_PER.total_seconds())
    key = f"{year}:{window}:{facts.email.lower()}"[:120]
    with transaction():
        promise("giving_statement", key=key, payload={"email": facts.email, "year": year, "key": key})


def _wanted(facts: OrderFacts) -> Content | None:
    """None where no gift is kept."""
    if facts.paid_at is None:
        return None
    kept = facts.sums - facts.returned
    rest = kept.total - kept.gift
    lost = Money(sum(one.withdrawn for one in disputes_of(facts.id) if one.status == "lost"), facts.currency)
    gone = max(lost - rest, lost * 0, key=_minor)  # a bank takes the gift last, as the books have it
    if gone.minor >= kept.gift.minor:
        return None
    about, given = brand(), setup()
    shares = gifts_of(facts.id)
    left = gifts_left(shares, returned=facts.returned.gift + gone)
    return Content(
        order_number=facts.number,
        paid_on=facts.paid_at.date(),
        operator=about.operator,
        registration=about.registration or "",
        registered=given.operator.registered and not about.demo,
        country=given.operator.country,
        email=facts.email or "",
        funds=[(share.fund.name, left[share.fund.slug].minor) for share in shares if left[share.fund.slug]],
        goods=max(kept.goods - kept.discount + kept.delivery + kept.tax - lost, lost * 0, key=_minor),
        gift=kept.gift - gone,
        fee_cover=kept.fee_cover,
        pledge=lost * 0 if lost and lost.minor >= rest.minor else _pledge(facts, lines_of(facts.id)),
    )


def _minor(amount: Money) -> int:
    return amount.minor


def _pledge(facts: OrderFacts, lines: list[Line]) -> Money:
    """What we give of our own from what was kept of this sale."""
    kept = sum(line.pledge.minor * (line.quantity - line.returned_quantity) // line.quantity for line in lines)
    return Money(kept, facts.currency)
