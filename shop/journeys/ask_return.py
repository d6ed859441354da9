"""What a buyer wants to send back, asked of staff; and the withdrawal, which is stated and needs nobody's leave.

The withdrawal function follows Article 11a of Directive 2011/83/EU (inserted by Directive (EU) 2023/2673): open to
guests, two steps, and an acknowledgement by mail with what was stated, its date and its time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct

from shop.core import clock, rates
from shop.core.again import again
from shop.core.codes import read_order_number
from shop.core.database import end_read, transaction
from shop.core.errors import Conflict, Invalid
from shop.core.languages import _
from shop.core.networks import network_of
from shop.core.outbox import promise
from shop.core.rates import Rate
from shop.journeys.cancel_order import call_off, may_call_off
from shop.mail.rules import mail_address
from shop.orders.operations import record
from shop.orders.queries import lines_of, locked, order_numbered, order_with_token
from shop.orders.rules import OrderFacts
from shop.returns.operations import NewReturn, add_return
from shop.returns.queries import waiting_of
from shop.returns.rules import LONGEST_NAME, LONGEST_WORDS, REASONS, may_return

FREE_PER_NETWORK = 10  # an hour: nobody withdraws from more, and nobody's mailbox is filled from here
FREE_PER_ADDRESS = 5  # a day


class AskedAlready(Conflict):
    """One request at a time."""

    def __init__(self) -> None:
        super().__init__(_("You have asked for this already. We answer by mail."))


class Statement(Struct, frozen=True):
    """A withdrawal as it is stated: by whom, from which order, all of it or which part, and where to acknowledge it."""

    name: str
    number: str
    email: str
    everything: bool
    words: str
    token: str = ""
    gift_back: bool = False


@again
def ask_return(token: str, *, units: Mapping[int, int], reasons: Mapping[int, str], words: str) -> str:
    """Ask staff to take units back, by line id with a reason each; returns its id.

    Raises NotFound, Invalid beside the field, AskedAlready, and Conflict for what was not sent or is too long ago.
    """
    facts = order_with_token(token)
    wanted = {line_id: quantity for line_id, quantity in units.items() if quantity}
    if len(words) > LONGEST_WORDS:
        raise Invalid(_("Keep it under %(max)s characters.", max=LONGEST_WORDS), field="words")
    with transaction():
        facts = locked(facts.id)
        if facts.kind != "sale" or not may_return(sent_at=facts.fulfilled_at, now=clock.now()):
            raise Conflict(_("This order cannot be sent back here. Please write to us."))
        if waiting_of(facts.id):
            raise AskedAlready
        rows = _rows(facts, wanted, reasons)
        asked = NewReturn(facts.id, "request", facts.number, "", facts.email or "", words.strip(), False, False)
        return_id = add_return(asked, rows)
        told = sum(quantity for _line, quantity, _reason in rows)
        record(facts.id, "return_asked", f"The buyer asks to send back {told} of it.", actor="customer")
        promise("return_letter", key=f"asked:{return_id}", payload={"return": return_id, "kind": "return_asked"})
    return return_id


def check_statement(stated: Statement) -> Statement:
    """The first step: made regular. Raises Invalid beside the field."""
    name = " ".join(stated.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_("Enter your name."), field="name")
    number = " ".join(stated.number.split())[:40]
    if not number:
        raise Invalid(_("Enter the number of your order, or what tells us which it is."), field="number")
    if len(stated.words) > LONGEST_WORDS:
        raise Invalid(_("Keep it under %(max)s characters.", max=LONGEST_WORDS), field="words")
    if not stated.everything and not stated.words.strip():
        raise Invalid(_("Say which part you withdraw from."), field="words")
    email = mail_address(stated.email)
    regular = read_order_number(number) or number
    return Statement(name, regular, email, stated.everything, stated.words.strip(), stated.token, stated.gift_back)


@again
def withdraw(stated: Statement, *, address: str | None) -> str:
    """The second step: it counts from this moment. Returns the id of the statement.

    An order that is found by its own link, or by number and the mail address it was paid with, and is not packed yet,
    is called off at once; otherwise staff see to it. Raises Invalid, and UsedUp from where there were too many.
    """
    checked = check_statement(stated)
    found = _found(checked)
    end_read()
    with transaction():
        rates.use(_rates(address, checked.email))
        facts = locked(found) if found else None
        new = NewReturn(
            found,
            "withdrawal",
            checked.number,
            checked.name,
            checked.email,
            checked.words,
            checked.everything,
            checked.gift_back,
        )
        return_id = add_return(new)
        payload = {"return": return_id, "kind": "withdrawal"}
        promise("return_letter", key=f"withdrawal:{return_id}", payload=payload)
        if facts is not None:
            record(facts.id, "withdrawal", "The buyer withdrew from the contract.", actor="customer")
            if checked.everything and may_call_off(facts, lines_of(facts.id)):
                call_off(facts, gift_back=checked.gift_back)
    return return_id


def _rows(facts: OrderFacts, wanted: Mapping[int, int], reasons: Mapping[int, str]) -> tuple[tuple[int, int, str], ...]:
    lines = {line.id: line for line in lines_of(facts.id)}
    for line_id, quantity in wanted.items():
        if line_id not in lines or not 0 < quantity <= lines[line_id].left:
            most = lines[line_id].left if line_id in lines else 0
            raise Invalid(_("Choose a number from 0 to %(most)s.", most=most), field=f"units_{line_id}")
        if reasons.get(line_id) not in REASONS:
            raise Invalid(_("Choose a reason; it helps us to get better."), field=f"reason_{line_id}")
    if not wanted:
        raise Invalid(_("Choose what you would like to send back."), field="form")
    return tuple((line_id, quantity, reasons[line_id]) for line_id, quantity in sorted(wanted.items()))


def _found(stated: Statement) -> str | None:
    """Only whoever holds the order's link, or knows its number and its mail address, ends its contract by machine."""
    if stated.token:
        return order_with_token(stated.token).id
    known = order_numbered(stated.number)
    theirs = known is not None and (known.email or "").casefold() == stated.email.casefold()
    return known.id if known is not None and theirs else None


def _rates(address: str | None, email: str) -> list[Rate]:
    counted = [Rate("withdrawal_mail", email.casefold(), FREE_PER_ADDRESS, timedelta(days=1))]
    return [*counted, Rate("withdrawal", network_of(address), FREE_PER_NETWORK, timedelta(hours=1))]
