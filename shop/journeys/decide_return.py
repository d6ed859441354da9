"""Staff answer what buyers asked, close what was refunded, and tell a buyer of a delay before anybody has to ask."""

from __future__ import annotations

from datetime import date

from shop.core import clock
from shop.core.again import again
from shop.core.columns import Json
from shop.core.database import transaction
from shop.core.errors import Conflict, Invalid
from shop.core.formats import date_text
from shop.core.outbox import promise
from shop.orders.operations import record
from shop.orders.queries import locked
from shop.returns.operations import add_delay, close_return, decide_return
from shop.returns.queries import delay_of, return_by_id
from shop.staff.operations import record as audit
from shop.staff.rules.audit import differences, size_of

LONGEST_ANSWER = 1_000


@again
def answer_return(*, return_id: str, approve: bool, answer: str, actor: str) -> bool:
    """Approve a request, or refuse it with a reason; the buyer gets the words by mail. False when it was decided.

    Raises Invalid, and Conflict for a withdrawal, which needs nobody's leave.
    """
    said = answer.strip()
    if len(said) > LONGEST_ANSWER or (not said and not approve):
        raise Invalid("Say why, in less than a thousand characters; the buyer reads it.", field="answer")
    with transaction():
        asked = return_by_id(return_id, lock=True)
        if asked.kind == "withdrawal":
            raise Conflict("A withdrawal counts from the moment it was stated. Give the money back.")
        state = "approved" if approve else "refused"
        if not decide_return(return_id, state, answer=said, actor=actor):
            return False
        if asked.order_id:
            record(asked.order_id, f"return_{state}", _SAID[state], actor=actor)
        promise("return_letter", key=f"{state}:{return_id}", payload={"return": return_id, "kind": f"return_{state}"})
        told = differences({"state": asked.state}, {"state": state})
        details = told | {"return": return_id, "answer": size_of(said)}
        audit(actor=actor, action=f"return.{state}", subject=asked.number, details=details)
    return True


@again
def settle_return(*, return_id: str, actor: str) -> bool:
    """The money of a return is decided; False when it was."""
    with transaction():
        asked = return_by_id(return_id, lock=True)
        if not close_return(return_id, actor=actor):
            return False
        told = differences({"state": asked.state}, {"state": "settled"}) | {"return": return_id}
        audit(actor=actor, action="return.settled", subject=asked.number, details=told)
    return True


@again
def tell_of_delay(*, order_id: str, leaves_by: date, reason: str, actor: str) -> None:
    """Tell a buyer that a paid order leaves later, by which day and why, and that calling it off costs nothing.

    Raises Invalid for a day that is not to come, Conflict for an order that is not waiting to be packed.
    """
    said = " ".join(reason.split())
    if not said or len(said) > 200:
        raise Invalid("Say why in a few words; the buyer reads it.", field="reason")
    if leaves_by <= clock.now().date():
        raise Invalid("Choose a day that is still to come.", field="leaves_by")
    with transaction():
        facts = locked(order_id)
        if facts.kind != "sale" or facts.state != "paid":
            raise Conflict("Only an order that waits to be packed can be late.")
        before = {"leaves by": delay.leaves_by} if (delay := delay_of(order_id)) else {}
        add_delay(order_id, leaves_by=leaves_by, reason=said, actor=actor)
        record(order_id, "delayed", f"It leaves later: by {date_text(leaves_by)}. {said}", actor=actor)
        told: Json = {"kind": "order_delayed", "order": order_id, "by": leaves_by.isoformat(), "why": said}
        promise("letter", key=f"delay:{order_id}:{leaves_by.isoformat()}", payload=told)
        details = differences(before, {"leaves by": leaves_by}) | {"why": size_of(said)}
        audit(actor=actor, action="order.delayed", subject=facts.number, details=details)


_SAID = {
    "approved": "The return was agreed to.",
    "refused": "The return was not agreed to; the buyer was told why.",
}
